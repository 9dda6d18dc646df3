// Quick unlock: a PIN of which only a few wrong ones are allowed, or Touch ID.
// SPDX-License-Identifier: MIT

import { Fingerprint } from 'lucide-react';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import type { QuickUnlockState } from '../../shared/model/keys.ts';
import { SecretError } from '../keys/secret-error.tsx';
import { Button } from '../ui/button.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import styles from './unlock.module.css';
import type { Unlock } from './use-unlock.ts';

export type ReadyQuickUnlock = Extract<QuickUnlockState, { is: 'ready' }>;

export interface QuickUnlockFormProps {
  readonly quick: ReadyQuickUnlock;
  readonly unlock: Unlock;
}

export function QuickUnlockForm({ quick, unlock }: QuickUnlockFormProps) {
  return quick.by === 'pin' ? (
    <PinForm triesLeft={quick.triesLeft} unlock={unlock} />
  ) : (
    <TouchIdForm unlock={unlock} />
  );
}

function PinForm({ triesLeft, unlock }: { readonly triesLeft: number; readonly unlock: Unlock }) {
  const [pin, setPin] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const { isBusy, refusal } = unlock;
  useEffect(() => {
    if (!refusal) return;
    input.current?.focus();
    input.current?.select();
  }, [refusal]);
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (pin === '') return;
    unlock.quick(pin, () => {
      setPin('');
    });
  };
  return (
    <form className={styles.form} onSubmit={onSubmit} aria-label="Unlock">
      <PasswordField
        label="PIN"
        value={pin}
        onChange={setPin}
        autoFocus
        isReadOnly={isBusy}
        inputRef={input}
        description={triesSentence(triesLeft)}
      />
      {refusal && <SecretError error={refusal.error} kind={refusal.kind} />}
      <Button weight="primary" size="l" type="submit" isWide isPending={isBusy}>
        {isBusy ? 'Unlocking…' : 'Unlock'}
      </Button>
    </form>
  );
}

/** How many wrong ones are left before it is gone. */
export function triesSentence(triesLeft: number): string {
  if (triesLeft > 1) return `${triesLeft} tries left`;
  return 'Last try: after a wrong PIN quick unlock is gone, and the master password is asked.';
}

function TouchIdForm({ unlock }: { readonly unlock: Unlock }) {
  const { isBusy, refusal } = unlock;
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    unlock.quick(null, () => undefined);
  };
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    button.current?.focus();
  }, []);
  return (
    <form className={styles.form} onSubmit={onSubmit} aria-label="Unlock">
      {refusal && <SecretError error={refusal.error} kind={refusal.kind} />}
      <Button weight="primary" size="l" type="submit" isWide isPending={isBusy} ref={button}>
        {!isBusy && <Fingerprint aria-hidden="true" />}
        {isBusy ? 'Waiting for Touch ID…' : 'Unlock with Touch ID'}
      </Button>
    </form>
  );
}
