// What every kind of item has besides its own fields: tags and times. A tag leads to the items that have it.
// SPDX-License-Identifier: MIT

import type { ItemDetail } from '../../shared/model/item.ts';
import { formatTime } from '../format.ts';
import { goToSection } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { Card, CardRow } from '../ui/card.tsx';
import { Chip } from '../ui/chip.tsx';
import styles from './item-more.module.css';

export function ItemMore({ item }: { readonly item: ItemDetail }) {
  const services = useServices();
  const now = services.clock.now();
  return (
    <Card title="More">
      {item.tags.length > 0 && (
        <CardRow name="Tags">
          <span className={styles.tags}>
            {item.tags.map((tag) => (
              <button
                key={tag}
                type="button"
                className={styles.tag}
                onClick={() => {
                  goToSection(services, { in: 'tag', tag });
                }}
              >
                <Chip>{tag}</Chip>
              </button>
            ))}
          </span>
        </CardRow>
      )}
      <CardRow name="Changed">{formatTime(item.modifiedAt, now)}</CardRow>
      <CardRow name="Added">{formatTime(item.createdAt, now)}</CardRow>
      {item.archivedAt !== null && (
        <CardRow name="In archive since">{formatTime(item.archivedAt, now)}</CardRow>
      )}
      {item.trashedAt !== null && (
        <CardRow name="In trash since">{formatTime(item.trashedAt, now)}</CardRow>
      )}
    </Card>
  );
}
