// Setting quick unlock: the full secret once more, and a PIN typed twice.
// SPDX-License-Identifier: MIT

import type { KeySlotInfo, QuickUnlockState } from '../../shared/model/keys.ts';
import { ActForm } from '../keys/act-form.tsx';
import { openingTypes } from '../keys/slot-acts.tsx';
import { useServices } from '../main/services.ts';
import { withPasswordBytes } from '../password-bytes.ts';
import { NewSecretFields, useNewSecret, type SecretFault } from '../ui/new-password.tsx';
import { findPinFault, SHORTEST_PIN } from './pin-rules.ts';

export interface SetQuickUnlockProps {
  readonly slots: readonly KeySlotInfo[];
  readonly onSet: (state: QuickUnlockState) => void;
  readonly onCancel: () => void;
}

export function SetPin({ slots, onSet, onCancel }: SetQuickUnlockProps) {
  const { api } = useServices();
  const pin = useNewSecret(pinFault);
  return (
    <ActForm
      onCancel={onCancel}
      plan={{
        types: openingTypes(slots),
        isReady: pin.isChosen,
        run: (present) =>
          withPasswordBytes([pin.value], (bytes = new Uint8Array()) =>
            api['quick-unlock:set']({ present, pin: bytes }),
          ),
        onDone: onSet,
        onSettled: pin.clear,
      }}
      title="Set a PIN"
      lead="It holds for this computer, until Latchkey quits. Your master password stays as it is."
      submit="Set PIN"
    >
      <NewSecretFields
        label="PIN"
        again="The same PIN again"
        secret={pin}
        description={`${SHORTEST_PIN} digits or more.`}
        autoFocus
      />
    </ActForm>
  );
}

/** Digits of which there are too few yet can still become right. */
function pinFault(pin: string): SecretFault | null {
  const sentence = findPinFault(pin);
  const isUnfinished = /^[0-9]*$/.test(pin) && pin.length < SHORTEST_PIN;
  return sentence === null ? null : { sentence, isUnfinished };
}

export function SetTouchId({ slots, onSet, onCancel }: SetQuickUnlockProps) {
  const { api } = useServices();
  return (
    <ActForm
      onCancel={onCancel}
      plan={{
        types: openingTypes(slots),
        run: (present) => api['quick-unlock:set']({ present, pin: null }),
        onDone: onSet,
      }}
      title="Use Touch ID"
      lead="Whoever has a finger enrolled on this computer opens the vault with it, until Latchkey quits."
      submit="Use Touch ID"
      focusSecret
    />
  );
}
