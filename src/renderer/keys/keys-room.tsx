// Ways in: every slot that opens the vault, what can be done with it, and what is lost with it.
// SPDX-License-Identifier: MIT

import { Plus, RefreshCw } from 'lucide-react';
import { useCallback, useEffect, useId, useState } from 'react';
import type { KeySlotInfo } from '../../shared/model/keys.ts';
import { toApiError, type ApiError } from '../api.ts';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RoomPage } from '../ui/room-page.tsx';
import styles from './keys-room.module.css';
import { AddRecovery } from './recovery-act.tsx';
import { RekeyFlow } from './rekey-flow.tsx';
import { ChangePassword } from './slot-acts.tsx';
import { SlotCard, type SlotAct } from './slot-card.tsx';
import { WhatIfTable } from './what-if-table.tsx';

/** The one act that is open: on a slot, or the addition of one. */
type OpenAct =
  | { readonly on: string; readonly act: SlotAct }
  | { readonly on: null; readonly act: 'recovery' | 'password' };

export function KeysRoom() {
  const { toasts } = useServices();
  const { slots, error, reload } = useSlots();
  const [open, setOpen] = useState<OpenAct | null>(null);
  const [isRekeying, setIsRekeying] = useState(false);
  const close = (): void => {
    setOpen(null);
  };
  const onDone = (text: string): void => {
    close();
    reload();
    toasts.show({ text, tone: 'good' });
  };
  if (slots && isRekeying) {
    return (
      <RekeyFlow
        slots={slots}
        onClose={() => {
          setIsRekeying(false);
          reload();
        }}
      />
    );
  }
  return (
    <RoomPage
      title="Ways in"
      lead="Each of these opens the vault by itself. Adding, changing or removing one leaves the others as they are."
    >
      {error && <ErrorNotice error={error} />}
      {slots && (
        <>
          <Slots {...{ slots, open, onDone }} onOpen={setOpen} onCancel={close} />
          <WhatIfTable slots={slots} />
          <RekeyIntroduction
            onStart={() => {
              close();
              setIsRekeying(true);
            }}
          />
        </>
      )}
    </RoomPage>
  );
}

interface SlotsProps {
  readonly slots: readonly KeySlotInfo[];
  readonly open: OpenAct | null;
  readonly onOpen: (act: OpenAct) => void;
  readonly onDone: (text: string) => void;
  readonly onCancel: () => void;
}

function Slots({ slots, open, onOpen, onDone, onCancel }: SlotsProps) {
  return (
    <>
      <ul className={styles.slots} aria-label="Ways in">
        {slots.map((slot) => (
          <SlotCard
            key={slot.id}
            {...{ slot, slots, onDone, onCancel }}
            open={open?.on === slot.id ? open.act : null}
            onOpen={(act) => {
              onOpen({ on: slot.id, act });
            }}
          />
        ))}
      </ul>
      <Additions {...{ slots, open, onOpen, onDone, onCancel }} />
    </>
  );
}

/** What can be added: recovery keys, and a master password where there is none. */
function Additions({ slots, open, onOpen, onDone, onCancel }: SlotsProps) {
  const hasPassword = slots.some(({ type }) => type !== 'recovery');
  const added = open?.on === null ? open.act : null;
  return (
    <div className={styles.add}>
      {added === 'recovery' && <AddRecovery {...{ slots, onDone, onCancel }} />}
      {added === 'password' && <ChangePassword slot={null} {...{ slots, onDone, onCancel }} />}
      {added === null && (
        <Button
          onPress={() => {
            onOpen({ on: null, act: 'recovery' });
          }}
        >
          <Plus aria-hidden="true" /> Add a recovery key
        </Button>
      )}
      {added === null && !hasPassword && (
        <Button
          onPress={() => {
            onOpen({ on: null, act: 'password' });
          }}
        >
          <Plus aria-hidden="true" /> Set a master password
        </Button>
      )}
    </div>
  );
}

function useSlots() {
  const { api } = useServices();
  const [slots, setSlots] = useState<readonly KeySlotInfo[] | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const reload = useCallback((): void => {
    api['keys:list']({}).then(
      (found) => {
        setSlots(found);
        setError(null);
      },
      (reason: unknown) => {
        setError(toApiError(reason));
      },
    );
  }, [api]);
  useEffect(reload, [reload]);
  return { slots, error, reload };
}

function RekeyIntroduction({ onStart }: { readonly onStart: () => void }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h2 id={id}>A new vault key</h2>
      <p>
        Under all ways in lies one key that seals everything. Replace it when a computer with the
        vault was lost or stolen, when someone saw a password or a recovery sheet, or when a way in
        was removed because it could no longer be trusted. Changing a password alone does not shut
        out who already had the old one and a copy of the file.
      </p>
      <Button onPress={onStart}>
        <RefreshCw aria-hidden="true" /> Make a new vault key…
      </Button>
    </section>
  );
}
