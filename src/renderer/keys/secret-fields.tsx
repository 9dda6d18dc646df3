// Where a secret that opens the vault is entered: password, password and key file, or the words of a recovery key.
// SPDX-License-Identifier: MIT

import { useEffect, useRef } from 'react';
import type { SlotType } from '../../shared/model/keys.ts';
import type { ApiError } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { KeyFileRow, type KeyFileApi } from './key-file-row.tsx';
import { RecoveryWordsField } from './recovery-words-field.tsx';
import type { SecretEntry } from './secret-entry.ts';
import styles from './secret-fields.module.css';
import { wordFault } from './secret-sentences.ts';

export interface SecretFieldsProps {
  readonly api: KeyFileApi;
  readonly entry: SecretEntry;
  readonly onChange: (part: Partial<SecretEntry>) => void;
  /** The last refusal: what was typed is selected, to be typed over. */
  readonly error: ApiError | null;
  readonly isReadOnly?: boolean;
  readonly autoFocus?: boolean;
  readonly passwordLabel?: string;
  readonly recoveryLabel?: string;
}

export function SecretFields(props: SecretFieldsProps) {
  const { api, entry, onChange, error, autoFocus = false, isReadOnly = false } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) selectTyped(box.current);
  }, [error]);
  return (
    <div className={styles.fields} ref={box}>
      {entry.type === 'recovery' ? (
        <RecoveryWordsField
          value={entry.words}
          onChange={(words) => {
            onChange({ words });
          }}
          autoFocus={autoFocus}
          isReadOnly={isReadOnly}
          error={wordFault(error, entry.words)}
          {...(props.recoveryLabel === undefined ? {} : { label: props.recoveryLabel })}
        />
      ) : (
        <PasswordField
          label={props.passwordLabel ?? 'Master password'}
          value={entry.password}
          onChange={(password) => {
            onChange({ password });
          }}
          autoFocus={autoFocus}
          isReadOnly={isReadOnly}
        />
      )}
      {entry.type === 'password-key-file' && (
        <KeyFileRow
          api={api}
          chosen={entry.keyFile}
          onChoose={(keyFile) => {
            onChange({ keyFile });
          }}
        />
      )}
    </div>
  );
}

function selectTyped(box: HTMLElement | null): void {
  const typed = box?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
  typed?.focus();
  // Words are corrected, a password is typed anew.
  if (typed instanceof HTMLInputElement) typed.select();
}

const OTHER_KIND: Readonly<Record<SlotType, string>> = {
  password: 'Use master password instead',
  'password-key-file': 'Use master password and key file',
  recovery: 'Use recovery key',
};

export interface OtherKindsProps {
  readonly types: readonly SlotType[];
  readonly current: SlotType | null;
  readonly onChoose: (type: SlotType) => void;
}

/** The other kinds of secret that would do as well. */
export function OtherKinds({ types, current, onChoose }: OtherKindsProps) {
  return types
    .filter((type) => type !== current)
    .map((type) => (
      <Button
        key={type}
        weight="quiet"
        onPress={() => {
          onChoose(type);
        }}
      >
        {OTHER_KIND[type]}
      </Button>
    ));
}
