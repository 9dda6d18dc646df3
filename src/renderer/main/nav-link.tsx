// One line of the navigation: icon, name, how much there is.
// SPDX-License-Identifier: MIT

import type { LucideIcon } from 'lucide-react';
import { formatCount } from '../format.ts';
import { classNames } from '../ui/class-names.ts';
import styles from './nav-pane.module.css';

export interface NavLinkProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** Read out in place of the title, where that says too little by itself. */
  readonly label?: string | null;
  readonly isHere: boolean;
  readonly count: number | null;
  readonly onChoose: () => void;
}

export function NavLink(props: NavLinkProps) {
  const { icon: Icon, title, label = null, isHere, count, onChoose } = props;
  const amount = count === null ? null : formatCount(count);
  return (
    <button
      type="button"
      className={classNames(styles.link, isHere && styles.here)}
      title={title}
      aria-current={isHere ? 'page' : undefined}
      aria-label={label === null ? undefined : [label, amount].filter(Boolean).join(' ')}
      onClick={onChoose}
    >
      <Icon size={16} strokeWidth={1.7} aria-hidden="true" />
      <span>{title}</span>
      {amount !== null && <em>{amount}</em>}
    </button>
  );
}
