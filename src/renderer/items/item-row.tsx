// One row of the list: initials, title, user name, what kind it is.
// SPDX-License-Identifier: MIT

import { KeyRound, Star } from 'lucide-react';
import { memo } from 'react';
import type { ItemSummary } from '../../shared/model/item.ts';
import { useServices } from '../main/services.ts';
import { classNames } from '../ui/class-names.ts';
import { Tile } from '../ui/tile.tsx';
import styles from './item-row.module.css';
import { shownTitle } from './shown-title.ts';

export const ROW_HEIGHT = 54;

export interface ItemRowProps {
  readonly index: number;
  readonly top: number;
  readonly total: number;
  /** Undefined until its page has been fetched. */
  readonly item: ItemSummary | undefined;
  readonly isSelected: boolean;
}

export const ItemRow = memo(function ItemRow(props: ItemRowProps) {
  const { index, top, total, item, isSelected } = props;
  const { actions } = useServices();
  return (
    <div
      id={`row-${index}`}
      role="option"
      aria-selected={isSelected}
      aria-posinset={index + 1}
      aria-setsize={total}
      className={classNames(styles.row, isSelected && styles.selected)}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => {
        if (item) actions.select(item.id);
      }}
    >
      {item ? <RowContent item={item} /> : <span className={styles.waiting}>Loading…</span>}
    </div>
  );
});

function RowContent({ item }: { readonly item: ItemSummary }) {
  return (
    <>
      <Tile title={item.title} />
      <div className={styles.words}>
        <b>{shownTitle(item)}</b>
        <small>{item.subtitle || item.host}</small>
      </div>
      <div className={styles.marks}>
        {item.favourite && <Star size={13} aria-label="Favourite" role="img" />}
        {item.kind === 'passkey' && (
          <span>
            <KeyRound size={13} aria-hidden="true" /> passkey
          </span>
        )}
      </div>
    </>
  );
}
