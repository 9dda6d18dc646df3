// Adding a recovery key: verification and a name in place, then the dialog with the sheet.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import { useStore } from '../store.ts';
import { useServices } from '../main/services.ts';
import { TextField } from '../ui/text-field.tsx';
import { ActForm } from './act-form.tsx';
import { RecoveryDialog } from './recovery-dialog.tsx';
import { NAME_LENGTH, openingTypes, type SlotActProps } from './slot-acts.tsx';
import { useRecovery } from './use-recovery.ts';

export type AddRecoveryProps = Omit<SlotActProps, 'slot'>;

export function AddRecovery({ slots, onDone, onCancel }: AddRecoveryProps) {
  const { status, clock } = useServices();
  const vaultName = useStore(status)?.name ?? '';
  const [name, setName] = useState('');
  const [madeAt, setMadeAt] = useState(0);
  const recovery = useRecovery({
    onAdded: () => {
      onDone('The recovery key counts from now on. Put the sheet away safely.');
    },
    onGivenUp: onCancel,
  });
  return (
    <>
      <ActForm
        onCancel={onCancel}
        plan={{
          types: openingTypes(slots),
          run: recovery.prepare,
          onDone: () => {
            setMadeAt(clock.now());
          },
        }}
        title="Add a recovery key"
        lead="24 words on a sheet of paper that open this vault without the password. For the day you forget it, or for someone who shall have the vault after you."
        submit="Show the words"
      >
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          maxLength={NAME_LENGTH}
          placeholder="Where the sheet will be kept"
          autoFocus
        />
      </ActForm>
      <RecoveryDialog {...{ recovery, vaultName, madeAt }} name={name.trim()} />
    </>
  );
}
