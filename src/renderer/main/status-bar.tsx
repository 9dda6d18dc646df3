// The line at the bottom: whether everything is saved, what is open, when it locks, and between them what has just been
// done. Messages stand in the line and not over the panes, so that they cover nothing.
// SPDX-License-Identifier: MIT

import { formatAmount } from '../format.ts';
import { useStore } from '../store.ts';
import { ToastRegion } from '../ui/toast-region.tsx';
import { useServices } from './services.ts';
import styles from './status-bar.module.css';

export function StatusBar() {
  const services = useServices();
  const name = useStore(services.status)?.name;
  const counts = useStore(services.counts);
  const { isRunning } = useStore(services.testSite);
  const { autoLockMinutes } = useStore(services.settings);
  return (
    <footer className={styles.bar}>
      <span>
        <i className={styles.dot} aria-hidden="true" />
        {name ? `Saved in “${name}”` : 'Saved'}
      </span>
      {counts && <span>{formatAmount(counts.all, 'item')}</span>}
      <span>Test site: {isRunning ? 'on' : 'off'}</span>
      <div className={styles.messages}>
        <ToastRegion toasts={services.toasts} />
      </div>
      <span>Locks after {autoLockMinutes} min</span>
    </footer>
  );
}
