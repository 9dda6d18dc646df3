// The second and third pane: the list of a part of the vault, and the item that is chosen in it.
// SPDX-License-Identifier: MIT

import type { ItemCounts } from '../../shared/model/item.ts';
import { IntegrityBanner } from '../integrity/integrity-banner.tsx';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { DetailPane } from './detail-pane.tsx';
import { ListPane } from './list-pane.tsx';
import { EmptyVault } from './empty-vault.tsx';
import styles from './items-room.module.css';

function isEmptyVault(counts: ItemCounts | null): boolean {
  if (!counts) return false;
  const { all, archive, trash, damaged } = counts;
  return all + archive + trash + damaged === 0;
}

export function ItemsRoom() {
  const services = useServices();
  const counts = useStore(services.counts);
  const { mode, section } = useStore(services.view);
  const isEmpty = isEmptyVault(counts);
  if (isEmpty && mode !== 'new' && section.in === 'all') {
    return (
      <div className={styles.column}>
        <IntegrityBanner />
        <main className={styles.empty}>
          <EmptyVault />
        </main>
      </div>
    );
  }
  return (
    <div className={styles.column}>
      <IntegrityBanner />
      <div className={styles.room}>
        <ListPane />
        <main className={styles.detail} aria-label="Item">
          <DetailPane />
        </main>
      </div>
    </div>
  );
}
