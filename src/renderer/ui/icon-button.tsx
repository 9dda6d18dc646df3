// A button that shows an icon alone: named for everyone else, with a tip on hover and focus that also shows its key.
// The tip is drawn by the style sheet: nothing is put over the page that could take the focus or a click.
// SPDX-License-Identifier: MIT

import type { LucideIcon } from 'lucide-react';
import { useContext } from 'react';
import { Button } from 'react-aria-components';
import { classNames } from './class-names.ts';
import styles from './icon-button.module.css';
import { formatChord } from './key-chord.ts';
import { MacKeysContext } from './keys.tsx';

export interface IconButtonProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly keys?: string | null | undefined;
  /** For buttons that switch something on and off. */
  readonly isOn?: boolean;
  readonly isDisabled?: boolean;
  readonly onPress: () => void;
}

export function IconButton(props: IconButtonProps) {
  const { icon: Icon, label, keys, isOn, isDisabled = false, onPress } = props;
  const isMac = useContext(MacKeysContext);
  const tip = keys ? `${label}  ${formatChord(keys, isMac)}` : label;
  return (
    <Button
      className={classNames(styles.button, isOn && styles.on)}
      aria-label={label}
      data-tip={tip}
      {...(isOn === undefined ? {} : { 'aria-pressed': isOn })}
      isDisabled={isDisabled}
      onPress={() => {
        onPress();
      }}
    >
      <Icon size={16} strokeWidth={1.8} aria-hidden="true" />
    </Button>
  );
}
