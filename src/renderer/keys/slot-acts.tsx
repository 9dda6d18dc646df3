// The acts on one slot: another password, a key file beside it or no longer, another name, removal.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import type { KeyFileChoice, KeySlotInfo, SlotType } from '../../shared/model/keys.ts';
import { useServices } from '../main/services.ts';
import { withPasswordBytes } from '../password-bytes.ts';
import { NewPasswordFields, useNewPassword } from '../ui/new-password.tsx';
import { TextField } from '../ui/text-field.tsx';
import { ActForm } from './act-form.tsx';
import { KeyFileRow } from './key-file-row.tsx';
import { slotTitle } from './slot-words.ts';
import { removalSentences } from './what-if-lost.ts';

/** Longest name of a slot. */
export const NAME_LENGTH = 64;

export interface SlotActProps {
  readonly slot: KeySlotInfo;
  readonly slots: readonly KeySlotInfo[];
  /** `text` says what has been done. */
  readonly onDone: (text: string) => void;
  readonly onCancel: () => void;
}

/** `slot` is null where the vault has no master password. */
export type PasswordActProps = Omit<SlotActProps, 'slot'> & { readonly slot: KeySlotInfo | null };

/** The kinds of secret that open the vault now, `first` before the others. */
export function openingTypes(slots: readonly KeySlotInfo[], first?: SlotType): readonly SlotType[] {
  const types = new Set(slots.map(({ type }) => type));
  return [...types].sort((a, b) => Number(b === first) - Number(a === first));
}

export function ChangePassword({ slot, slots, onDone, onCancel }: PasswordActProps) {
  const { api } = useServices();
  const password = useNewPassword();
  const isNew = slot === null;
  return (
    <ActForm
      onCancel={onCancel}
      plan={{
        types: openingTypes(slots, slot?.type),
        isReady: password.isChosen,
        run: (present) =>
          withPasswordBytes([password.value], (bytes = new Uint8Array()) =>
            api['keys:change-password']({ present, password: bytes }),
          ),
        onDone: () => {
          password.clear();
          onDone(
            isNew
              ? 'The master password opens the vault from now on.'
              : 'The master password is changed. Other ways in stay as they are.',
          );
        },
      }}
      title={isNew ? 'Set a master password' : 'Change master password'}
      lead={
        isNew
          ? 'Nobody can recover it, not even us.'
          : 'Nobody can recover it, not even us. If someone may have seen the old one, make a new vault key as well.'
      }
      submit={isNew ? 'Set password' : 'Change password'}
      passwordLabel="Current master password"
    >
      <NewPasswordFields label="New master password" password={password} autoFocus />
    </ActForm>
  );
}

export function AddKeyFile({ onDone, onCancel }: SlotActProps) {
  const { api } = useServices();
  const [keyFile, setKeyFile] = useState<KeyFileChoice | null>(null);
  return (
    <ActForm
      onCancel={onCancel}
      plan={{
        types: ['password'],
        isReady: keyFile !== null,
        run: (present) =>
          api['keys:add-key-file']({ present, keyFile: keyFile?.token ?? '', name: '' }),
        onDone: () => {
          onDone('The master password now needs its key file.');
        },
      }}
      title="Require a key file"
      lead="From then on the master password opens the vault only together with this file. Any change to the file makes it useless: use one that never changes, keep a copy apart from this computer, and never beside a copy of the vault."
      submit="Require key file"
    >
      <KeyFileRow api={api} chosen={keyFile} onChoose={setKeyFile} canMake />
    </ActForm>
  );
}

export function DropKeyFile({ onDone, onCancel }: SlotActProps) {
  const { api } = useServices();
  return (
    <ActForm
      onCancel={onCancel}
      plan={{
        types: ['password-key-file'],
        run: (present) => api['keys:drop-key-file']({ present }),
        onDone: () => {
          onDone('The master password opens the vault alone again.');
        },
      }}
      title="Stop requiring the key file"
      lead="The master password alone will open the vault. The file stays where it is."
      submit="Stop requiring it"
      focusSecret
    />
  );
}

export function RenameSlot({ slot, slots, onDone, onCancel }: SlotActProps) {
  const { api } = useServices();
  const [name, setName] = useState(slot.name);
  return (
    <ActForm
      onCancel={onCancel}
      plan={{
        types: openingTypes(slots),
        isReady: name.trim() !== slot.name,
        run: (present) => api['keys:rename']({ present, slot: slot.id, name: name.trim() }),
        onDone: () => {
          onDone('The name is changed.');
        },
      }}
      title={`Rename ${slotTitle(slot)}`}
      lead="A name tells ways in apart, such as where a sheet is kept. It is stored inside the vault."
      submit="Rename"
    >
      <TextField label="Name" value={name} onChange={setName} maxLength={NAME_LENGTH} autoFocus />
    </ActForm>
  );
}

export function RemoveSlot({ slot, slots, onDone, onCancel }: SlotActProps) {
  const { api } = useServices();
  return (
    <ActForm
      onCancel={onCancel}
      plan={{
        types: openingTypes(slots),
        run: (present) => api['keys:remove']({ present, slot: slot.id }),
        onDone: () => {
          onDone(`${slotTitle(slot)}: removed.`);
        },
      }}
      title={`Remove ${slotTitle(slot)}`}
      lead={removalSentences(slot, slots)}
      submit="Remove"
      isDanger
      focusSecret
    />
  );
}
