// Choosing a password that nobody can recover: the field, its meter and the repetition, wherever one is chosen.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import { PasswordField } from './password-field.tsx';
import { SHORTEST_LENGTH } from './strength.ts';
import { StrengthMeter } from './strength-meter.tsx';

export interface NewPassword {
  readonly value: string;
  readonly setValue: (value: string) => void;
  readonly repeated: string;
  readonly setRepeated: (repeated: string) => void;
  /** Long enough, and typed twice the same. */
  readonly isChosen: boolean;
  readonly clear: () => void;
}

export function useNewPassword(): NewPassword {
  const [value, setValue] = useState('');
  const [repeated, setRepeated] = useState('');
  return {
    ...{ value, setValue, repeated, setRepeated },
    isChosen: value.length >= SHORTEST_LENGTH && repeated === value,
    clear: () => {
      setValue('');
      setRepeated('');
    },
  };
}

export interface NewPasswordFieldsProps {
  readonly label: string;
  readonly password: NewPassword;
  readonly autoFocus?: boolean;
}

export function NewPasswordFields({ label, password, autoFocus = false }: NewPasswordFieldsProps) {
  const { value, setValue, repeated, setRepeated } = password;
  // Said once the second field is begun: not while the first is still being typed.
  const isTooShort = value !== '' && value.length < SHORTEST_LENGTH && repeated !== '';
  const isMismatch = repeated !== '' && repeated !== value;
  return (
    <>
      <PasswordField
        label={label}
        isNew
        autoFocus={autoFocus}
        value={value}
        onChange={setValue}
        error={isTooShort ? `At least ${SHORTEST_LENGTH} characters.` : null}
      />
      <StrengthMeter password={value} />
      <PasswordField
        label="The same password again"
        isNew
        value={repeated}
        onChange={setRepeated}
        error={isMismatch ? 'The two are not the same yet.' : null}
      />
    </>
  );
}
