// The second and third pane: the list of a part of the vault, and the item that is chosen in it.
// SPDX-License-Identifier: MIT

import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { DetailPane } from './detail-pane.tsx';
import { ListPane } from './list-pane.tsx';
import { EmptyVault } from './empty-vault.tsx';
import styles from './items-room.module.css';

export function ItemsRoom() {
  const services = useServices();
  const counts = useStore(services.counts);
  const { mode, section } = useStore(services.view);
  const isEmpty = counts?.all === 0 && counts.trash === 0 && counts.damaged === 0;
  if (isEmpty && mode !== 'new' && section.in === 'all') {
    return (
      <main className={styles.empty}>
        <EmptyVault />
      </main>
    );
  }
  return (
    <div className={styles.room}>
      <ListPane />
      <main className={styles.detail} aria-label="Item">
        <DetailPane />
      </main>
    </div>
  );
}
