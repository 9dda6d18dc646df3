// Choosing a secret that nobody can recover: typed twice, wherever one is chosen. A password has a meter beside it.
// SPDX-License-Identifier: MIT

import { useState, type ReactNode } from 'react';
import { PasswordField } from './password-field.tsx';
import { SHORTEST_LENGTH } from './strength.ts';
import { StrengthMeter } from './strength-meter.tsx';

export interface NewSecret {
  readonly value: string;
  readonly setValue: (value: string) => void;
  readonly repeated: string;
  readonly setRepeated: (repeated: string) => void;
  /** What is wrong with it, as far as it is to be said yet. */
  readonly fault: string | null;
  /** Good enough, and typed twice the same. */
  readonly isChosen: boolean;
  readonly clear: () => void;
}

export interface SecretFault {
  readonly sentence: string;
  /** It can still come right while the person types: not said before the second field is begun. */
  readonly isUnfinished: boolean;
}

/** `findFault` says what is wrong with a secret; null where it may be chosen. */
export function useNewSecret(findFault: (value: string) => SecretFault | null): NewSecret {
  const [value, setValue] = useState('');
  const [repeated, setRepeated] = useState('');
  const found = findFault(value);
  const isEarly = value === '' || (found?.isUnfinished === true && repeated === '');
  return {
    ...{ value, setValue, repeated, setRepeated },
    fault: found && !isEarly ? found.sentence : null,
    isChosen: found === null && repeated === value,
    clear: () => {
      setValue('');
      setRepeated('');
    },
  };
}

export function useNewPassword(): NewSecret {
  return useNewSecret((value) =>
    value.length >= SHORTEST_LENGTH
      ? null
      : { sentence: `At least ${SHORTEST_LENGTH} characters.`, isUnfinished: true },
  );
}

export interface NewSecretFieldsProps {
  readonly label: string;
  readonly again: string;
  readonly secret: NewSecret;
  readonly description?: string;
  readonly autoFocus?: boolean;
  /** Between the two fields. */
  readonly children?: ReactNode;
}

export function NewSecretFields(props: NewSecretFieldsProps) {
  const { label, again, secret, description, autoFocus = false, children } = props;
  const { value, setValue, repeated, setRepeated, fault } = secret;
  const isMismatch = repeated !== '' && repeated !== value;
  return (
    <>
      <PasswordField
        {...{ label, value, description, autoFocus }}
        isNew
        onChange={setValue}
        error={fault}
      />
      {children}
      <PasswordField
        label={again}
        isNew
        value={repeated}
        onChange={setRepeated}
        error={isMismatch ? 'The two are not the same yet.' : null}
      />
    </>
  );
}

export interface NewPasswordFieldsProps {
  readonly label: string;
  readonly password: NewSecret;
  readonly autoFocus?: boolean;
}

export function NewPasswordFields({ label, password, autoFocus = false }: NewPasswordFieldsProps) {
  return (
    <NewSecretFields {...{ label, autoFocus }} again="The same password again" secret={password}>
      <StrengthMeter password={password.value} />
    </NewSecretFields>
  );
}
