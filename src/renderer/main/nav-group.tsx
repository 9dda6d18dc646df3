// A group of lines in the navigation, under a heading that folds it. What is folded stays so until it is unfolded.
// SPDX-License-Identifier: MIT

import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import type { NavGroupId } from '../../shared/model/vault.ts';
import { changeSettings } from '../settings/change-settings.ts';
import { useStore } from '../store.ts';
import { classNames } from '../ui/class-names.ts';
import styles from './nav-pane.module.css';
import { useServices } from './services.ts';

export interface NavGroupProps {
  readonly group: NavGroupId;
  readonly title: string;
  /** Its lines are told apart by their words alone: left out where there is room for icons only. */
  readonly isWordy?: boolean;
  readonly children: ReactNode;
}

export function NavGroup({ group, title, isWordy = false, children }: NavGroupProps) {
  const services = useServices();
  const { foldedGroups } = useStore(services.settings);
  const isFolded = foldedGroups.includes(group);
  const id = useId();
  const Fold = isFolded ? ChevronRight : ChevronDown;
  const fold = (): void => {
    const others = services.settings.get().foldedGroups.filter((one) => one !== group);
    changeSettings(services, { foldedGroups: isFolded ? others : [...others, group] });
  };
  return (
    <div role="group" aria-labelledby={id} className={classNames(isWordy && styles.wordy)}>
      <h2 className={styles.title}>
        <button type="button" id={id} aria-expanded={!isFolded} onClick={fold}>
          {title}
          <Fold size={13} aria-hidden="true" />
        </button>
      </h2>
      <div className={styles.lines} hidden={isFolded}>
        {children}
      </div>
    </div>
  );
}
