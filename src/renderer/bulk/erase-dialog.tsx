// One of the few acts that cannot be undone: says what will be lost and asks for the master password.
// SPDX-License-Identifier: MIT

import { formatAmount, formatCount } from '../format.ts';
import type { DialogRequest } from '../main/dialog-request.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { PasswordField } from '../ui/password-field.tsx';
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
  const { items, erased } = erase;
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
        {items === null ? (
          <p role="status" className={styles.working}>
            <Spinner /> Looking through the trash…
          </p>
        ) : (
          <Losses erase={erase} />
        )}
        <PasswordField
          label="Master password"
          value={erase.password}
          onChange={erase.setPassword}
          inputRef={erase.input}
          isReadOnly={erased !== null}
          autoFocus
        />
        {erase.error && <ErrorNotice error={erase.error} />}
        <EraseBar erase={erase} onClose={close} />
      </form>
    </ModalDialog>
  );
}

function Losses({ erase: { items } }: { readonly erase: Erase }) {
  if (items === null) return null;
  return (
    <>
      <p>
        <b>{titlesOf(items.map(({ title }) => title))}</b> will be gone for good. This cannot be
        undone:
      </p>
      <ul className={styles.losses} aria-label="What will be lost">
        {lossesOf(items).map((loss) => (
          <li key={loss}>{loss}</li>
        ))}
      </ul>
      <p>Backups made before now still hold what was in the vault then.</p>
    </>
  );
}

function EraseBar({ erase, onClose }: { readonly erase: Erase; readonly onClose: () => void }) {
  const { items, erased, password } = erase;
  const isBusy = erased !== null;
  const total = items?.length ?? 0;
  return (
    <div className={styles.actions}>
      <Button
        weight="danger"
        type="submit"
        isPending={isBusy}
        isDisabled={!isBusy && (total === 0 || password === '')}
      >
        {isBusy ? 'Erasing…' : 'Erase for good'}
      </Button>
      <Button onPress={onClose}>{isBusy ? 'Stop' : 'Cancel'}</Button>
      {isBusy && total > 1000 && (
        <span role="status" className={styles.working}>
          {formatCount(erased)} of {formatCount(total)}
        </span>
      )}
    </div>
  );
}
