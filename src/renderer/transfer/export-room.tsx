// Export: the whole vault into one encrypted file with a password of its own. The master password is asked first.
// SPDX-License-Identifier: MIT

import { FileLock2 } from 'lucide-react';
import { useState, type SubmitEvent } from 'react';
import type { ExportOutcome } from '../../shared/model/transfer.ts';
import { toApiError, type ApiError } from '../api.ts';
import { useServices } from '../main/services.ts';
import { withPasswordBytes } from '../password-bytes.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { NewPasswordFields, useNewPassword } from '../ui/new-password.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { RoomPage } from '../ui/room-page.tsx';
import { ExportDone } from './export-done.tsx';
import { TransferProgress, useProgress } from './transfer-progress.tsx';
import styles from './transfer.module.css';

export function ExportRoom() {
  const [outcome, setOutcome] = useState<ExportOutcome | null>(null);
  return (
    <RoomPage
      title="Export"
      lead="Writes everything in this vault into one encrypted file: items of every kind, passkeys with their private keys, attachments, and what is in the archive and the trash. Former revisions stay behind. Anyone with the file and its password has all of it."
    >
      {outcome ? (
        <ExportDone
          outcome={outcome}
          onAgain={() => {
            setOutcome(null);
          }}
        />
      ) : (
        <ExportForm onDone={setOutcome} />
      )}
    </RoomPage>
  );
}

function ExportForm({ onDone }: { readonly onDone: (outcome: ExportOutcome) => void }) {
  const form = useExportForm(onDone);
  const progress = useProgress(form.isBusy);
  return (
    <form className={styles.form} onSubmit={form.onSubmit} aria-label="Export">
      {form.error && <ErrorNotice error={form.error} />}
      <NewPasswordFields label="Password for the file" password={form.own} />
      <PasswordField
        label="Master password"
        value={form.master}
        onChange={form.setMaster}
        description="Asked so that nobody exports your vault from an unlocked screen."
      />
      <div className={styles.actions}>
        <Button
          weight="primary"
          type="submit"
          isPending={form.isBusy}
          isDisabled={!form.isReady && !form.isBusy}
        >
          <FileLock2 aria-hidden="true" /> Export vault
        </Button>
        {progress && <TransferProgress label="Exporting" progress={progress} />}
      </div>
    </form>
  );
}

function useExportForm(onDone: (outcome: ExportOutcome) => void) {
  const { api } = useServices();
  const own = useNewPassword();
  const [master, setMaster] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const isReady = own.isChosen && master !== '';
  const run = async (): Promise<void> => {
    const outcome = await withPasswordBytes(
      [master, own.value],
      (masterPassword = new Uint8Array(), exportPassword = new Uint8Array()) =>
        api['transfer:export']({ masterPassword, exportPassword }),
    );
    if (!outcome) return;
    own.clear();
    onDone(outcome);
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isReady || isBusy) return;
    setIsBusy(true);
    setError(null);
    run()
      .catch((reason: unknown) => {
        setError(toApiError(reason));
      })
      .finally(() => {
        setMaster('');
        setIsBusy(false);
      });
  };
  return { own, master, setMaster, isBusy, isReady, error, onSubmit };
}
