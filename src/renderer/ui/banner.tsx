// A line across a pane about something that stays so until it is dealt with.
// SPDX-License-Identifier: MIT

import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './banner.module.css';

export function Banner({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.banner} role="status">
      <TriangleAlert size={16} aria-hidden="true" />
      <p>{children}</p>
    </div>
  );
}
