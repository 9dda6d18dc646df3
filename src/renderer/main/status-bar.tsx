// The line at the bottom: whether everything is saved, what is open, and when it locks.
// SPDX-License-Identifier: MIT

import { formatAmount } from '../format.ts';
import { useStore } from '../store.ts';
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
      <span className={styles.end}>Locks after {autoLockMinutes} min</span>
    </footer>
  );
}
