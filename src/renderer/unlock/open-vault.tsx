// Opens a vault: which one, and its password. A wrong password says so and stays selected, to be typed over.
// SPDX-License-Identifier: MIT

import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import type { VaultFile } from '../../shared/model/vault.ts';
import { toApiError, type Api, type ApiError } from '../api.ts';
import { formatDay } from '../format.ts';
import { withPasswordBytes } from '../password-bytes.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { Select } from '../ui/select.tsx';
import { OtherFileButton } from './other-file-button.tsx';
import styles from './unlock.module.css';

export interface OpenVaultProps {
  readonly api: Api<'unlock'>;
  /** At least one. */
  readonly vaults: readonly VaultFile[];
  readonly onChosen: (vault: VaultFile) => void;
  readonly onNew: () => void;
}

export function OpenVault({ api, vaults, onChosen, onNew }: OpenVaultProps) {
  const last = vaults.find(({ isLast }) => isLast) ?? vaults[0];
  const [key, setKey] = useState(last?.key ?? '');
  const chosen = vaults.find((vault) => vault.key === key) ?? last;
  const form = useUnlockForm(api, chosen?.key ?? '');
  return (
    <>
      <h1>Unlock {chosen?.name}</h1>
      <p className={styles.lead}>{chosen && `Last changed ${formatDay(chosen.modifiedAt)}`}</p>
      <form className={styles.form} onSubmit={form.onSubmit} aria-label="Unlock">
        {vaults.length > 1 && (
          <Select
            label="Vault"
            options={vaults.map(({ key: id, name, modifiedAt }) => ({
              id,
              title: name,
              note: formatDay(modifiedAt),
            }))}
            value={chosen?.key ?? ''}
            onChange={setKey}
          />
        )}
        <PasswordField
          label="Master password"
          autoFocus
          value={form.password}
          onChange={form.setPassword}
          isReadOnly={form.isBusy}
          inputRef={form.input}
        />
        {form.error && <ErrorNotice error={form.error} />}
        <Button weight="primary" size="l" type="submit" isWide isPending={form.isBusy}>
          {form.isBusy ? 'Unlocking…' : 'Unlock'}
        </Button>
      </form>
      <div className={styles.others}>
        <OtherFileButton
          api={api}
          onChosen={(vault) => {
            setKey(vault.key);
            onChosen(vault);
          }}
        />
        <Button weight="quiet" onPress={onNew}>
          New vault
        </Button>
      </div>
    </>
  );
}

function useUnlockForm(api: Api<'unlock'>, key: string) {
  const [password, setPassword] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!error) return;
    input.current?.focus();
    input.current?.select();
  }, [error]);
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isBusy || password === '') return;
    setIsBusy(true);
    setError(null);
    withPasswordBytes([password], (bytes = new Uint8Array()) =>
      api['vault:unlock']({ key, password: bytes }),
    ).then(
      () => {
        // It goes on showing that it works: main takes this window away.
        setPassword('');
      },
      (reason: unknown) => {
        setError(toApiError(reason));
        setIsBusy(false);
      },
    );
  };
  return { password, setPassword, isBusy, error, input, onSubmit };
}
