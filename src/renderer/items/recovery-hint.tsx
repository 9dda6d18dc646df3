// Said as long as one password is all that opens the vault: forgetting it would be the end of it. The place for it is
// where nothing else is to be read, in the first minutes above all.
// SPDX-License-Identifier: MIT

import { LifeBuoy } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { KeySlotInfo } from '../../shared/model/keys.ts';
import { runCommand } from '../main/commands.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import styles from './recovery-hint.module.css';

export function RecoveryHint() {
  const services = useServices();
  const slots = useSlotsInSight();
  const [only] = slots ?? [];
  if (slots?.length !== 1 || !only || only.type === 'recovery') return null;
  return (
    <section className={styles.hint} aria-label="Recovery">
      <LifeBuoy size={18} strokeWidth={1.7} aria-hidden="true" />
      <p>
        {only.type === 'password'
          ? 'Only your master password opens this vault. A recovery key on paper is the way back in, should you ever forget it.'
          : 'Only your master password together with its key file opens this vault. A recovery key on paper is the way back in, should you ever lose one of them.'}
      </p>
      <Button
        onPress={() => {
          runCommand('keys', services);
        }}
      >
        Add a recovery key
      </Button>
    </section>
  );
}

/** The ways in, read again whenever the items come back into sight: the room where they change lies over them. */
function useSlotsInSight(): readonly KeySlotInfo[] | null {
  const { api, view } = useServices();
  const isInSight = useStore(view).room === null;
  const [slots, setSlots] = useState<readonly KeySlotInfo[] | null>(null);
  useEffect(() => {
    if (!isInSight) return undefined;
    let isWanted = true;
    api['keys:list']({}).then(
      (found) => {
        if (isWanted) setSlots(found);
      },
      // It is a hint: where the ways in cannot be read, their own room says why.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [api, isInSight]);
  return slots;
}
