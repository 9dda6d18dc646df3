// Quick unlock in the settings: whether it is set, setting it after verification, and what it means in plain words.
// SPDX-License-Identifier: MIT

import { useCallback, useEffect, useId, useState } from 'react';
import type { KeySlotInfo, QuickUnlockState } from '../../shared/model/keys.ts';
import { toApiError, type ApiError } from '../api.ts';
import { formatAmount, formatTime } from '../format.ts';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { SetPin, SetTouchId } from './quick-unlock-acts.tsx';
import styles from './settings-room.module.css';

type OpenAct = 'pin' | 'touch-id' | null;

export function QuickUnlock() {
  const id = useId();
  const { isMac, toasts } = useServices();
  const quick = useQuickUnlock();
  const [open, setOpen] = useState<OpenAct>(null);
  const onSet = (state: QuickUnlockState): void => {
    setOpen(null);
    quick.take(state);
    toasts.show({ text: 'Quick unlock is set.', tone: 'good' });
  };
  const onCancel = (): void => {
    setOpen(null);
  };
  const { state, slots } = quick;
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h2 id={id}>Quick unlock</h2>
      {quick.error && <ErrorNotice error={quick.error} />}
      {state && <StateLine state={state} />}
      {state && state.is !== 'unavailable' && slots && (
        <>
          {open === 'pin' && <SetPin {...{ slots, onSet, onCancel }} />}
          {open === 'touch-id' && <SetTouchId {...{ slots, onSet, onCancel }} />}
          {open === null && (
            <div className={styles.actions}>
              <Button
                onPress={() => {
                  setOpen('pin');
                }}
              >
                {state.is === 'ready' && state.by === 'pin' ? 'Set another PIN' : 'Set a PIN'}
              </Button>
              {isMac && (
                <Button
                  onPress={() => {
                    setOpen('touch-id');
                  }}
                >
                  Use Touch ID
                </Button>
              )}
              {state.is === 'ready' && (
                <Button weight="danger" onPress={quick.remove}>
                  Remove
                </Button>
              )}
            </div>
          )}
        </>
      )}
    </section>
  );
}

function useQuickUnlock() {
  const { api } = useServices();
  const [state, setState] = useState<QuickUnlockState | null>(null);
  const [slots, setSlots] = useState<readonly KeySlotInfo[] | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const fail = useCallback((reason: unknown) => {
    setError(toApiError(reason));
  }, []);
  useEffect(() => {
    api['quick-unlock:state']({}).then(setState, fail);
    api['keys:list']({}).then(setSlots, fail);
  }, [api, fail]);
  return {
    ...{ state, slots, error },
    take: setState,
    remove: () => {
      setError(null);
      api['quick-unlock:remove']({}).then(setState, fail);
    },
  };
}

function StateLine({ state }: { readonly state: QuickUnlockState }) {
  const { clock } = useServices();
  switch (state.is) {
    case 'unavailable':
      return (
        <p>
          Not on this computer: its system has no real keystore, so a PIN could be tried without end
          by whoever copies the files. The master password is asked each time.
        </p>
      );
    case 'off':
      return (
        <p>
          After the vault has locked, a PIN of six or more digits opens it again. Five wrong ones,
          and it is gone; it is gone as well when Latchkey quits. The first unlocking after a start
          always asks for the full secret. Programs that run under your name meanwhile have an
          easier target than your master password.
        </p>
      );
    case 'ready':
      return (
        <p>
          <b>{state.by === 'pin' ? 'A PIN is set.' : 'Touch ID is set.'}</b> It works until{' '}
          {formatTime(state.expiresAt, clock.now())}, until Latchkey quits, or until{' '}
          {formatAmount(state.triesLeft, 'wrong try', 'wrong tries')}, whichever comes first.
        </p>
      );
  }
}
