// The rows, virtual: only what is in sight is in the document. One listbox that keeps the focus itself and names the
// chosen row, so that arrow keys work over any number of rows.
// SPDX-License-Identifier: MIT

import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import type { ItemId } from '../../shared/brand.ts';
import { focusPart } from '../main/focus-part.ts';
import { useServices } from '../main/services.ts';
import { sectionTitle } from '../main/view.ts';
import { useStore } from '../store.ts';
import { ItemRow, ROW_HEIGHT } from './item-row.tsx';
import styles from './item-list.module.css';
import { indexIn, type ListQuery } from './item-pages.ts';
import { ListCursor } from './list-cursor.ts';

const OVERSCAN = 8;

export function ItemList() {
  const { view, pages, selection } = useServices();
  const { selectedId, section, mode } = useStore(view);
  const chosen = useStore(selection.rows);
  const list = useStore(pages.state);
  const { total, query } = list;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRows(scroller, total, query);
  // While a new item is typed no row is what the third pane shows.
  const isNew = mode === 'new';
  const chosenIndex = useMemo(() => indexIn(list, selectedId), [list, selectedId]);
  const selectedIndex = isNew ? -1 : chosenIndex;
  const onKeyDown = useListKeys(rows.scrollTo);
  useSelectionInSight(rows.bringIntoSight);
  return (
    <div className={styles.scroller} ref={scroller}>
      <div
        role="listbox"
        tabIndex={0}
        data-part="list"
        aria-multiselectable="true"
        aria-label={sectionTitle(section)}
        aria-activedescendant={selectedIndex >= 0 ? `row-${selectedIndex}` : undefined}
        className={styles.list}
        style={{ height: rows.height }}
        onKeyDown={onKeyDown}
      >
        {rows.visible.map(({ index, start }) => {
          const item = pages.rowAt(index);
          return (
            <ItemRow
              key={index % recycled(rows.visible.length)}
              {...{ index, total, item }}
              top={start}
              isSelected={
                index === selectedIndex || (!isNew && item !== undefined && chosen.has(item.id))
              }
            />
          );
        })}
      </div>
    </div>
  );
}

/**
 * How many elements take turns at being rows: more than are in sight, and the same number while that changes by a few. A
 * row that comes into sight takes over the element of one that went.
 */
function recycled(inSight: number): number {
  return Math.ceil((inSight + 1) / 32) * 32;
}

/** Which rows are in sight; asks for their pages, and goes back to the top when the list becomes another one. */
function useRows(
  scroller: RefObject<HTMLDivElement | null>,
  total: number,
  query: ListQuery | null,
) {
  const { pages } = useServices();
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes this project
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    paddingStart: 2,
    paddingEnd: 8,
  });
  const visible = virtualizer.getVirtualItems();
  const first = visible.at(0)?.index ?? 0;
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    pages.want(first, last);
  }, [pages, first, last, total]);
  useEffect(() => {
    virtualizer.scrollToOffset(0);
  }, [virtualizer, query]);
  const scrollTo = useCallback(
    (index: number) => {
      virtualizer.scrollToIndex(index);
    },
    [virtualizer],
  );
  const bringIntoSight = useCallback(
    (index: number) => {
      const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
      const isNear = index >= startIndex && index <= endIndex;
      // From afar into the middle: at the edge a message could lie over it.
      virtualizer.scrollToIndex(index, { align: isNear ? 'auto' : 'center' });
    },
    [virtualizer],
  );
  return { visible, height: virtualizer.getTotalSize(), scrollTo, bringIntoSight };
}

/** Brings the chosen row into sight however it was chosen, and again when a search ends or the order changes. */
function useSelectionInSight(bringIntoSight: (index: number) => void): void {
  const { api, view, pages, openItem, report } = useServices();
  const { selectedId, text, sort } = useStore(view);
  const isWhole = text.trim() === '';
  const list = useStore(pages.state);
  const { item } = useStore(openItem.state);
  /** The choice that still has to be brought into sight. */
  const sought = useRef<ItemId | null>(null);
  useEffect(() => {
    sought.current = selectedId;
  }, [selectedId]);
  useEffect(() => {
    if (isWhole) sought.current = view.get().selectedId;
  }, [view, isWhole, sort]);
  useEffect(() => {
    const id = sought.current;
    // The rows of a search that has just ended are still there for a moment.
    if (id === null || list.query?.text !== text || list.query.sort !== sort) return undefined;
    const index = pages.indexOf(id);
    if (index >= 0) {
      sought.current = null;
      bringIntoSight(index);
      return undefined;
    }
    if (item?.id !== id) return undefined;
    let isWanted = true;
    api['items:place']({ ...list.query, id }).then(({ index: place }) => {
      // A list that has not yet heard of the row will be looked at again when it has.
      if (!isWanted || (place !== null && place >= list.total)) return;
      sought.current = null;
      if (place === null) return;
      pages.want(place, place);
      bringIntoSight(place);
    }, report);
    return () => {
      isWanted = false;
    };
  }, [api, pages, list, selectedId, text, sort, item, bringIntoSight, report]);
}

function useListKeys(scrollTo: (index: number) => void) {
  const { view, pages, actions, selection } = useServices();
  const [cursor] = useState(
    () =>
      new ListCursor(
        pages,
        () => view.get().selectedId,
        (id) => {
          selection.clear();
          actions.select(id);
        },
      ),
  );
  useEffect(() => cursor.follow(), [cursor]);
  return (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && view.get().selectedId !== null) {
      event.preventDefault();
      focusPart('detail');
      return;
    }
    const target = event.shiftKey ? selection.press(event.key) : cursor.press(event.key);
    if (target === null) return;
    event.preventDefault();
    scrollTo(target);
  };
}
