// A small label: a tag, a property, a state.
// SPDX-License-Identifier: MIT

import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './chip.module.css';

export interface ChipProps {
  readonly children: ReactNode;
  readonly tone?: 'plain' | 'good' | 'bad' | 'accent';
}

export function Chip({ children, tone = 'plain' }: ChipProps) {
  return <span className={classNames(styles.chip, styles[tone])}>{children}</span>;
}
