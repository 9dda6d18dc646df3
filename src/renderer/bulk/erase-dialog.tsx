// One of the few acts that cannot be undone: says what will be lost and asks for a secret that opens the vault.
// SPDX-License-Identifier: MIT

import { useId } from 'react';
import { formatAmount, formatCount } from '../format.ts';
import type { DialogRequest } from '../main/dialog-request.ts';
import { useServices } from '../main/services.ts';
import { SecretError } from '../keys/secret-error.tsx';
import { OtherKinds, SecretFields } from '../keys/secret-fields.tsx';
import { Button } from '../ui/button.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { titlesOf } from './bulk-pane.tsx';
import styles from './dialogs.module.css';
import { lossesOf } from './erase-items.ts';
import { useErase, type Erase } from './use-erase.ts';

export interface EraseDialogProps {
  readonly request: Extract<DialogRequest, { readonly is: 'erase' }>;
  readonly onClose: () => void;
}

export function EraseDialog({ request, onClose }: EraseDialogProps) {
  const erase = useErase(request.items, onClose);
  const { api } = useServices();
  const { items, erased, secret } = erase;
  const close = (): void => {
    if (erased === null) onClose();
    else erase.stop();
  };
  return (
    <ModalDialog
      title={items === null ? 'Empty the trash' : `Erase ${formatAmount(items.length, 'item')}`}
      isOpen
      onClose={close}
      width="s"
    >
      <form className={styles.form} onSubmit={erase.onSubmit}>
        {items === null && erase.error === null && (
          <p role="status" className={styles.working}>
            <Spinner /> Looking through the trash…
          </p>
        )}
        <Losses erase={erase} />
        <SecretFields
          api={api}
          entry={secret.entry}
          onChange={secret.change}
          error={erase.error}
          isReadOnly={erased !== null}
          autoFocus
        />
        {erase.error && <SecretError error={erase.error} kind={secret.entry.type} />}
        <EraseBar erase={erase} onClose={close} />
      </form>
    </ModalDialog>
  );
}

function Losses({ erase: { items } }: { readonly erase: Erase }) {
  const id = useId();
  if (items === null) return null;
  const they = items.length === 1 ? 'it' : 'them';
  const losses = lossesOf(items);
  return (
    <>
      <p>
        <b>{titlesOf(items.map(({ title }) => title))}</b> will be gone for good, with every earlier
        version of {they}. This cannot be undone.
      </p>
      {losses.length > 0 && (
        <div>
          <p id={id}>Lost with {they}:</p>
          <ul className={styles.losses} aria-labelledby={id}>
            {losses.map((loss) => (
              <li key={loss}>{loss}</li>
            ))}
          </ul>
        </div>
      )}
      <p>Backups made before now still hold what was in the vault then.</p>
    </>
  );
}

function EraseBar({ erase, onClose }: { readonly erase: Erase; readonly onClose: () => void }) {
  const { items, erased, secret } = erase;
  const isBusy = erased !== null;
  const total = items?.length ?? 0;
  return (
    <div className={styles.actions}>
      <Button
        weight="danger"
        type="submit"
        isPending={isBusy}
        isDisabled={!isBusy && (total === 0 || !secret.isEntered)}
      >
        {isBusy ? 'Erasing…' : 'Erase for good'}
      </Button>
      <Button onPress={onClose}>{isBusy ? 'Stop' : 'Cancel'}</Button>
      {!isBusy && (
        <OtherKinds types={secret.types} current={secret.entry.type} onChoose={secret.choose} />
      )}
      {isBusy && total > 1000 && (
        <span role="status" className={styles.working}>
          {formatCount(erased)} of {formatCount(total)}
        </span>
      )}
    </div>
  );
}
