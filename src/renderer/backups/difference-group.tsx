// One group of a comparison: items with a box each, or without where there is nothing to bring back. Only a part is
// drawn at first: a backup may differ in every one of 100,000 items.
// SPDX-License-Identifier: MIT

import { useId, useState, type ReactNode } from 'react';
import type { ItemSummary } from '../../shared/model/item.ts';
import { formatCount } from '../format.ts';
import { KindTile } from '../items/kind-tile.tsx';
import { shownTitle } from '../items/shown-title.ts';
import { Button } from '../ui/button.tsx';
import { CheckBox } from '../ui/check-box.tsx';
import styles from './backups-room.module.css';
import type { Selection } from './use-selection.ts';

const SHOWN_AT_ONCE = 100;

export type DifferentItem = ItemSummary & { readonly changed?: readonly string[] };

export interface DifferenceGroupProps {
  readonly title: string;
  readonly lead: string;
  readonly items: readonly DifferentItem[];
  /** Null where nothing can be brought back. */
  readonly selection: Selection | null;
}

export function DifferenceGroup({ title, lead, items, selection }: DifferenceGroupProps) {
  const id = useId();
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  if (items.length === 0) return null;
  const rest = items.length - shown;
  return (
    <section aria-labelledby={id} className={styles.group}>
      <h2 id={id}>
        {title} <span>{formatCount(items.length)}</span>
      </h2>
      <p>{lead}</p>
      {selection && items.length > 1 && <AllBox items={items} selection={selection} />}
      <ul>
        {items.slice(0, shown).map((item) => (
          <li key={item.id}>
            <ItemLine item={item} selection={selection} />
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <Button
          weight="quiet"
          onPress={() => {
            setShown(shown + SHOWN_AT_ONCE);
          }}
        >
          Show {formatCount(Math.min(rest, SHOWN_AT_ONCE))} more
        </Button>
      )}
    </section>
  );
}

interface AllBoxProps {
  readonly items: readonly DifferentItem[];
  readonly selection: Selection;
}

function AllBox({ items, selection }: AllBoxProps) {
  return (
    <div className={styles.all}>
      <CheckBox
        isChecked={items.every(({ id }) => selection.ids.has(id))}
        onChange={(isChosen) => {
          selection.set(
            items.map(({ id }) => id),
            isChosen,
          );
        }}
      >
        All {formatCount(items.length)}
      </CheckBox>
    </div>
  );
}

interface ItemLineProps {
  readonly item: DifferentItem;
  readonly selection: Selection | null;
}

function ItemLine({ item, selection }: ItemLineProps) {
  const content: ReactNode = (
    <span className={styles.item}>
      <KindTile item={item} size="s" />
      <b>{shownTitle(item)}</b>
      <small>{item.subtitle}</small>
      {item.changed && item.changed.length > 0 && <em>{item.changed.join(', ')}</em>}
    </span>
  );
  if (!selection) return content;
  return (
    <CheckBox
      isChecked={selection.ids.has(item.id)}
      onChange={(isChosen) => {
        selection.set([item.id], isChosen);
      }}
    >
      {content}
    </CheckBox>
  );
}
