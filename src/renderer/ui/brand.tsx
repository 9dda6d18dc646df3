// The mark and the name.
// SPDX-License-Identifier: MIT

import { classNames } from './class-names.ts';
import styles from './brand.module.css';

export function BrandMark({ size = 's' }: { readonly size?: 's' | 'l' }) {
  return (
    <svg
      className={classNames(styles.mark, size === 'l' && styles.large)}
      viewBox="0 0 32 32"
      aria-hidden="true"
    >
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <rect x="13" y="7" width="6" height="18" rx="3" fill="var(--accent-text)" />
      <rect x="13" y="18" width="11" height="6" rx="3" fill="var(--accent-text)" />
    </svg>
  );
}

export function Brand() {
  return (
    <div className={styles.brand}>
      <BrandMark />
      Latchkey
    </div>
  );
}
