// The button in its four weights: primary (one per view), plain, quiet and danger.
// SPDX-License-Identifier: MIT

import type { ReactNode, Ref } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import styles from './button.module.css';
import { classNames } from './class-names.ts';
import { Spinner } from './spinner.tsx';

export interface ButtonProps {
  readonly children: ReactNode;
  readonly weight?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly size?: 'm' | 'l';
  readonly type?: 'button' | 'submit';
  readonly label?: string;
  readonly isDisabled?: boolean;
  /** Shows that it works on it; presses are ignored meanwhile, focus stays. */
  readonly isPending?: boolean;
  readonly isWide?: boolean;
  readonly onPress?: () => void;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button(props: ButtonProps) {
  const { children, weight = 'plain', size = 'm', type = 'button', label, onPress, ref } = props;
  const { isPending = false } = props;
  return (
    <AriaButton
      {...(ref === undefined ? {} : { ref })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      type={type}
      isDisabled={props.isDisabled ?? false}
      onPress={() => {
        if (!isPending) onPress?.();
      }}
      className={classNames(
        styles.button,
        styles[weight],
        size === 'l' && styles.large,
        props.isWide && styles.wide,
      )}
    >
      {isPending && <Spinner />}
      {children}
    </AriaButton>
  );
}
