// Setting quick unlock: the full secret once more, and a PIN typed twice.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import type { KeySlotInfo, QuickUnlockState } from '../../shared/model/keys.ts';
import { ActForm } from '../keys/act-form.tsx';
import { openingTypes } from '../keys/slot-acts.tsx';
import { useAct } from '../keys/use-act.ts';
import { useServices } from '../main/services.ts';
import { withPasswordBytes } from '../password-bytes.ts';
import { PasswordField } from '../ui/password-field.tsx';
import { findPinFault, SHORTEST_PIN } from './pin-rules.ts';

export interface SetQuickUnlockProps {
  readonly slots: readonly KeySlotInfo[];
  readonly onSet: (state: QuickUnlockState) => void;
  readonly onCancel: () => void;
}

export function SetPin({ slots, onSet, onCancel }: SetQuickUnlockProps) {
  const { api } = useServices();
  const [pin, setPin] = useState('');
  const [repeated, setRepeated] = useState('');
  const fault = findPinFault(pin);
  const act = useAct({
    types: openingTypes(slots),
    isReady: fault === null && repeated === pin,
    run: (present) =>
      withPasswordBytes([pin], (bytes = new Uint8Array()) =>
        api['quick-unlock:set']({ present, pin: bytes }),
      ),
    onDone: onSet,
    onSettled: () => {
      setPin('');
      setRepeated('');
    },
  });
  return (
    <ActForm
      {...{ api, act, onCancel }}
      title="Set a PIN"
      lead="It holds for this computer, until Latchkey quits. Your master password stays as it is."
      submit="Set PIN"
    >
      <PasswordField
        label="PIN"
        isNew
        autoFocus
        value={pin}
        onChange={setPin}
        description={`${SHORTEST_PIN} digits or more.`}
        error={shownFault(pin, repeated, fault)}
      />
      <PasswordField
        label="The same PIN again"
        isNew
        value={repeated}
        onChange={setRepeated}
        error={repeated !== '' && repeated !== pin ? 'The two are not the same yet.' : null}
      />
    </ActForm>
  );
}

/** What can still become right while it is typed is not called wrong. */
function shownFault(pin: string, repeated: string, fault: string | null): string | null {
  const isStillShort = /^[0-9]*$/.test(pin) && pin.length < SHORTEST_PIN;
  return isStillShort && repeated === '' ? null : fault;
}

export function SetTouchId({ slots, onSet, onCancel }: SetQuickUnlockProps) {
  const { api } = useServices();
  const act = useAct({
    types: openingTypes(slots),
    run: (present) => api['quick-unlock:set']({ present, pin: null }),
    onDone: onSet,
  });
  return (
    <ActForm
      {...{ api, act, onCancel }}
      title="Use Touch ID"
      lead="Whoever has a finger enrolled on this computer opens the vault with it, until Latchkey quits."
      submit="Use Touch ID"
      focusSecret
    />
  );
}
