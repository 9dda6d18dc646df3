// A group of lines in the navigation, under a heading that folds it.
// SPDX-License-Identifier: MIT

import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { classNames } from '../ui/class-names.ts';
import styles from './nav-pane.module.css';

export interface NavGroupProps {
  readonly title: string;
  /** Its lines are told apart by their words alone: left out where there is room for icons only. */
  readonly isWordy?: boolean;
  readonly children: ReactNode;
}

export function NavGroup({ title, isWordy = false, children }: NavGroupProps) {
  const [isOpen, setIsOpen] = useState(true);
  const id = useId();
  const Fold = isOpen ? ChevronDown : ChevronRight;
  return (
    <div role="group" aria-labelledby={id} className={classNames(isWordy && styles.wordy)}>
      <h2 className={styles.title}>
        <button
          type="button"
          id={id}
          aria-expanded={isOpen}
          onClick={() => {
            setIsOpen(!isOpen);
          }}
        >
          {title}
          <Fold size={13} aria-hidden="true" />
        </button>
      </h2>
      {isOpen && children}
    </div>
  );
}
