// Export: the whole vault into one encrypted file with a password of its own. A secret that opens the vault is asked first.
// SPDX-License-Identifier: MIT

import { FileLock2 } from 'lucide-react';
import { useState, type SubmitEvent } from 'react';
import type { SlotType } from '../../shared/model/keys.ts';
import type { ExportOutcome } from '../../shared/model/transfer.ts';
import { toApiError, type ApiError } from '../api.ts';
import { withPresented } from '../keys/secret-entry.ts';
import { SecretError } from '../keys/secret-error.tsx';
import { OtherKinds, SecretFields } from '../keys/secret-fields.tsx';
import { useOpeningTypes } from '../keys/use-opening-types.ts';
import { isSlipOfWords, useSecret } from '../keys/use-secret.ts';
import { useServices } from '../main/services.ts';
import { withPasswordBytes } from '../password-bytes.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { NewPasswordFields, useNewPassword } from '../ui/new-password.tsx';
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
  const { api } = useServices();
  const form = useExportForm(onDone);
  const { secret } = form;
  const progress = useProgress(form.isBusy);
  return (
    <form className={styles.form} onSubmit={form.onSubmit} aria-label="Export">
      {form.error && <FormError error={form.error} kind={secret.entry.type} />}
      <NewPasswordFields label="Password for the file" password={form.own} />
      <SecretFields
        api={api}
        entry={secret.entry}
        onChange={secret.change}
        error={isOfSecret(form.error) ? form.error : null}
        isReadOnly={form.isBusy}
      />
      <p className={styles.why}>Asked so that nobody exports your vault from an unlocked screen.</p>
      <div className={styles.actions}>
        <Button
          weight="primary"
          type="submit"
          isPending={form.isBusy}
          isDisabled={!form.isReady && !form.isBusy}
        >
          <FileLock2 aria-hidden="true" /> Export vault
        </Button>
        {!form.isBusy && (
          <OtherKinds types={secret.types} current={secret.entry.type} onChoose={secret.choose} />
        )}
        {progress && <TransferProgress label="Exporting" progress={progress} />}
      </div>
    </form>
  );
}

/** What is wrong with the secret is said in words of its own kind. */
function FormError({ error, kind }: { readonly error: ApiError; readonly kind: SlotType }) {
  return isOfSecret(error) ? (
    <SecretError error={error} kind={kind} />
  ) : (
    <ErrorNotice error={error} />
  );
}

function isOfSecret(error: ApiError | null): boolean {
  return (
    error !== null && (error.code === 'vault/wrong-password' || error.code.startsWith('keys/'))
  );
}

function useExportForm(onDone: (outcome: ExportOutcome) => void) {
  const { api } = useServices();
  const own = useNewPassword();
  const secret = useSecret(useOpeningTypes().types ?? []);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const isReady = own.isChosen && secret.isEntered;
  const run = async (): Promise<void> => {
    const outcome = await withPresented([secret.entry], async ([present]) =>
      present
        ? await withPasswordBytes([own.value], (exportPassword = new Uint8Array()) =>
            api['transfer:export']({ present, exportPassword }),
          )
        : null,
    );
    secret.clear();
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
        const failure = toApiError(reason);
        if (!isSlipOfWords(failure)) secret.clear();
        setError(failure);
      })
      .finally(() => {
        setIsBusy(false);
      });
  };
  return { own, secret, isBusy, isReady, error, onSubmit };
}
