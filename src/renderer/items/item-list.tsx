// The rows, virtual: only what is in sight is in the document. One listbox that keeps the focus itself and names the
// chosen row, so that arrow keys work over any number of rows.
// SPDX-License-Identifier: MIT

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { focusPart } from '../main/focus-part.ts';
import { useServices } from '../main/services.ts';
import { sectionTitle } from '../main/view.ts';
import { useStore } from '../store.ts';
import { ItemRow, ROW_HEIGHT } from './item-row.tsx';
import styles from './item-list.module.css';
import type { ListQuery } from './item-pages.ts';
import { ListCursor } from './list-cursor.ts';

const OVERSCAN = 8;

export function ItemList() {
  const { view, pages } = useServices();
  const { selectedId, section } = useStore(view);
  const { total, query } = useStore(pages.state);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRows(scroller, total, query);
  const selectedIndex = pages.indexOf(selectedId);
  const onKeyDown = useListKeys(rows.scrollTo);
  return (
    <div className={styles.scroller} ref={scroller}>
      <div
        role="listbox"
        tabIndex={0}
        data-part="list"
        aria-label={sectionTitle(section)}
        aria-activedescendant={selectedIndex >= 0 ? `row-${selectedIndex}` : undefined}
        className={styles.list}
        style={{ height: rows.height }}
        onKeyDown={onKeyDown}
      >
        {rows.visible.map(({ index, start }) => (
          <ItemRow
            key={index}
            index={index}
            top={start}
            total={total}
            item={pages.rowAt(index)}
            isSelected={index === selectedIndex}
          />
        ))}
      </div>
    </div>
  );
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
  return {
    visible,
    height: virtualizer.getTotalSize(),
    scrollTo: (index: number) => {
      virtualizer.scrollToIndex(index);
    },
  };
}

function useListKeys(scrollTo: (index: number) => void) {
  const { view, pages, actions } = useServices();
  const [cursor] = useState(
    () =>
      new ListCursor(
        pages,
        () => view.get().selectedId,
        (id) => {
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
    const target = cursor.press(event.key);
    if (target === null) return;
    event.preventDefault();
    scrollTo(target);
  };
}
