// Makes a vault: its name and the one password that nobody can recover. Length is advised, nothing else is demanded
// (NIST SP 800-63B-4, section 3.1.1.2): no rules of composition, pasting allowed, a look at what was typed.
// SPDX-License-Identifier: MIT

import { useState, type SubmitEvent } from 'react';
import type { VaultFile } from '../../shared/model/vault.ts';
import { toApiError, type Api, type ApiError } from '../api.ts';
import { withPasswordBytes } from '../password-bytes.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { NewPasswordFields, useNewPassword } from '../ui/new-password.tsx';
import { TextField } from '../ui/text-field.tsx';
import { OtherFileButton } from './other-file-button.tsx';
import styles from './unlock.module.css';

export interface CreateVaultProps {
  readonly api: Api<'unlock'>;
  readonly isFirstStart: boolean;
  /** The person pointed at an existing file instead. */
  readonly onChosen: (vault: VaultFile) => void;
  readonly onBack: () => void;
}

export function CreateVault({ api, isFirstStart, onChosen, onBack }: CreateVaultProps) {
  const form = useCreateForm(api);
  return (
    <>
      <h1>{isFirstStart ? 'Make your vault' : 'New vault'}</h1>
      <p className={styles.lead}>One file on this computer, opened by one password.</p>
      <form className={styles.form} onSubmit={form.onSubmit} aria-label="New vault">
        {form.error && <ErrorNotice error={form.error} />}
        <TextField label="Vault name" value={form.name} onChange={form.setName} maxLength={64} />
        <NewPasswordFields label="Master password" password={form.password} autoFocus />
        <p className={styles.honest}>
          Nobody can recover this password, not even us: without it the vault stays closed for good.
        </p>
        <Button
          weight="primary"
          size="l"
          type="submit"
          isWide
          isPending={form.isBusy}
          isDisabled={!form.isReady}
        >
          {form.isBusy ? 'Creating vault…' : 'Create vault'}
        </Button>
      </form>
      <div className={styles.others}>
        {!isFirstStart && (
          <Button weight="quiet" onPress={onBack}>
            Back
          </Button>
        )}
        <OtherFileButton api={api} onChosen={onChosen} />
      </div>
    </>
  );
}

function useCreateForm(api: Api<'unlock'>) {
  const [name, setName] = useState('Personal');
  const password = useNewPassword();
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const isReady = name.trim() !== '' && password.isChosen;
  const create = async (): Promise<void> => {
    await withPasswordBytes([password.value], (bytes = new Uint8Array()) =>
      api['vault:create']({ name: name.trim(), password: bytes }),
    );
    password.clear();
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isReady || isBusy) return;
    setIsBusy(true);
    setError(null);
    // After success it goes on showing that it works: main takes this window away.
    create().catch((reason: unknown) => {
      setError(toApiError(reason));
      setIsBusy(false);
    });
  };
  return { name, setName, password, isBusy, isReady: isReady || isBusy, error, onSubmit };
}
