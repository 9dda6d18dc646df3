// What every kind of item has besides its own fields: note, tags, times.
// SPDX-License-Identifier: MIT

import type { ItemDetail } from '../../shared/model/item.ts';
import { formatTime } from '../format.ts';
import { useServices } from '../main/services.ts';
import { Card, CardRow } from '../ui/card.tsx';
import { Chip } from '../ui/chip.tsx';
import styles from './item-more.module.css';

export function ItemMore({ item }: { readonly item: ItemDetail }) {
  const { clock } = useServices();
  const now = clock.now();
  return (
    <Card title="More">
      {item.note !== '' && (
        <CardRow name="Note" isTall>
          <p className={styles.note} data-selectable="">
            {item.note}
          </p>
        </CardRow>
      )}
      {item.tags.length > 0 && (
        <CardRow name="Tags">
          <span className={styles.tags}>
            {item.tags.map((tag) => (
              <Chip key={tag}>{tag}</Chip>
            ))}
          </span>
        </CardRow>
      )}
      <CardRow name="Changed">{formatTime(item.modifiedAt, now)}</CardRow>
      <CardRow name="Added">{formatTime(item.createdAt, now)}</CardRow>
      {item.trashedAt !== null && (
        <CardRow name="In trash since">{formatTime(item.trashedAt, now)}</CardRow>
      )}
    </Card>
  );
}
