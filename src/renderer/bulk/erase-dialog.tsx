// One of the few acts that cannot be undone: says what will be lost and asks for a secret that opens the vault.
// SPDX-License-Identifier: MIT

import { useId } from 'react';
import { formatAmount, formatCount } from '../format.ts';
import type { DialogRequest } from '../main/dialog-request.ts';
import { useServices } from '../main/services.ts';
import { SecretError } from '../keys/secret-error.tsx';
import { OtherKinds, SecretFields } from '../keys/secret-fields.tsx';
import { FormDialog } from '../ui/form-dialog.tsx';
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
  const isBusy = erased !== null;
  const total = items?.length ?? 0;
  const close = (): void => {
    if (isBusy) erase.stop();
    else onClose();
  };
  return (
    <FormDialog
      title={items === null ? 'Empty the trash' : `Erase ${formatAmount(total, 'item')}`}
      submit={isBusy ? 'Erasing…' : 'Erase for good'}
      weight="danger"
      canSubmit={isBusy || (total > 0 && secret.isEntered)}
      isPending={isBusy}
      onSubmit={erase.start}
      cancel={isBusy ? 'Stop' : 'Cancel'}
      onClose={close}
      aside={
        isBusy ? (
          <Progress erased={erased} total={total} />
        ) : (
          <OtherKinds types={secret.types} current={secret.entry.type} onChoose={secret.choose} />
        )
      }
    >
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
        isReadOnly={isBusy}
        autoFocus
      />
      {erase.error && <SecretError error={erase.error} kind={secret.entry.type} />}
    </FormDialog>
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

/** While it works on very many, how far it has come. */
function Progress({ erased, total }: { readonly erased: number; readonly total: number }) {
  if (total <= 1000) return null;
  return (
    <span role="status" className={styles.working}>
      {formatCount(erased)} of {formatCount(total)}
    </span>
  );
}
