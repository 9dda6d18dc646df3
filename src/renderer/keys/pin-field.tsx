// Where the PIN of quick unlock is typed, with the tries that are left.
// SPDX-License-Identifier: MIT

import { useEffect, useRef } from 'react';
import { PasswordField } from '../ui/password-field.tsx';

export interface PinFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly triesLeft: number;
  /** The last refusal, whatever it is: what was typed is selected, to be typed over. */
  readonly refusal: object | null;
  readonly label?: string;
  readonly isReadOnly?: boolean;
  readonly autoFocus?: boolean;
}

export function PinField(props: PinFieldProps) {
  const { refusal } = props;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!refusal) return;
    input.current?.focus();
    input.current?.select();
  }, [refusal]);
  return (
    <PasswordField
      label={props.label ?? 'PIN'}
      value={props.value}
      onChange={props.onChange}
      autoFocus={props.autoFocus ?? false}
      isReadOnly={props.isReadOnly ?? false}
      inputRef={input}
      description={triesSentence(props.triesLeft)}
    />
  );
}

/** How many wrong ones are left before it is gone. */
export function triesSentence(triesLeft: number): string {
  if (triesLeft > 1) return `${triesLeft} tries left`;
  return 'Last try: after a wrong PIN quick unlock is gone, and the master password is asked.';
}
