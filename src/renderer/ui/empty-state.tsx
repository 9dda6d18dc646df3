// A place that stands for no one thing (nothing in it yet, or several chosen) and says what to do next.
// SPDX-License-Identifier: MIT

import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

export interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly level?: 1 | 2;
  /** A sentence on what to do next. */
  readonly children?: ReactNode;
  /** What stands below the sentence and the actions. */
  readonly more?: ReactNode;
  readonly actions?: ReactNode;
}

export function EmptyState(props: EmptyStateProps) {
  const { icon: Icon, title, level = 2, children, actions, more } = props;
  const Title = `h${level}` as const;
  return (
    <div className={styles.empty}>
      <span className={styles.icon}>
        <Icon size={22} strokeWidth={1.6} aria-hidden="true" />
      </span>
      <Title className={styles.title}>{title}</Title>
      {children && <p>{children}</p>}
      {actions && <div className={styles.actions}>{actions}</div>}
      {more}
    </div>
  );
}
