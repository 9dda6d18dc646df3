// A button with a menu of actions, each with its icon and key.
// SPDX-License-Identifier: MIT

import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import styles from './action-menu.module.css';
import { classNames } from './class-names.ts';
import { Keys } from './keys.tsx';

export interface MenuAction {
  readonly id: string;
  readonly title: string;
  readonly icon: LucideIcon;
  readonly keys: string | null;
  readonly run: () => void;
}

export interface ActionMenuProps {
  /** Name of the menu. */
  readonly label: string;
  /** The button that opens it. */
  readonly children: ReactNode;
  readonly actions: readonly MenuAction[];
}

export function ActionMenu({ label, children, actions }: ActionMenuProps) {
  return (
    <MenuTrigger>
      {children}
      <Popover className={classNames(styles.popover)} placement="bottom end" offset={6}>
        <Menu
          className={classNames(styles.menu)}
          aria-label={label}
          onAction={(id) => {
            actions.find((action) => action.id === id)?.run();
          }}
        >
          {actions.map(({ id, title, icon: Icon, keys }) => (
            <MenuItem key={id} id={id} textValue={title} className={classNames(styles.item)}>
              <Icon size={16} strokeWidth={1.7} aria-hidden="true" />
              <span>{title}</span>
              {keys !== null && <Keys keys={keys} />}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
