// Quick unlock: a PIN of which only a few wrong ones are allowed, or Touch ID.
// SPDX-License-Identifier: MIT

import { Fingerprint } from 'lucide-react';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import type { QuickUnlockState } from '../../shared/model/keys.ts';
import type { VaultFile } from '../../shared/model/vault.ts';
import type { Api } from '../api.ts';
import { SecretError } from '../keys/secret-error.tsx';
import { Button } from '../ui/button.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { isAgainstMemory, OlderCopyNotice } from './older-copy-notice.tsx';
import styles from './unlock.module.css';
import type { Unlock } from './use-unlock.ts';

export type ReadyQuickUnlock = Extract<QuickUnlockState, { is: 'ready' }>;

export interface QuickUnlockFormProps {
  readonly quick: ReadyQuickUnlock;
  readonly unlock: Unlock;
  readonly api: Api<'unlock'>;
  readonly onChosen: (vault: VaultFile) => void;
}

export function QuickUnlockForm(props: QuickUnlockFormProps) {
  return props.quick.by === 'pin' ? <PinForm {...props} /> : <TouchIdForm {...props} />;
}

function PinForm({ quick, unlock, api, onChosen }: QuickUnlockFormProps) {
  const [pin, setPin] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const { isBusy, refusal } = unlock;
  useEffect(() => {
    if (!refusal) return;
    input.current?.focus();
    input.current?.select();
  }, [refusal]);
  const present = (acceptOlder?: true): void => {
    if (pin === '') return;
    const onOpen = (): void => {
      setPin('');
    };
    unlock.quick(pin, onOpen, acceptOlder);
  };
  return (
    <form className={styles.form} onSubmit={submitting(present)} aria-label="Unlock">
      <PasswordField
        label="PIN"
        value={pin}
        onChange={setPin}
        autoFocus
        isReadOnly={isBusy}
        inputRef={input}
        description={triesSentence(quick.triesLeft)}
      />
      <Refused {...{ api, unlock, onChosen, present }} />
      {!isOlder(unlock) && (
        <Button weight="primary" size="l" type="submit" isWide isPending={isBusy}>
          {isBusy ? 'Unlocking…' : 'Unlock'}
        </Button>
      )}
    </form>
  );
}

/** How many wrong ones are left before it is gone. */
export function triesSentence(triesLeft: number): string {
  if (triesLeft > 1) return `${triesLeft} tries left`;
  return 'Last try: after a wrong PIN quick unlock is gone, and the master password is asked.';
}

function TouchIdForm({ unlock, api, onChosen }: QuickUnlockFormProps) {
  const { isBusy } = unlock;
  const present = (acceptOlder?: true): void => {
    unlock.quick(null, () => undefined, acceptOlder);
  };
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    button.current?.focus();
  }, []);
  return (
    <form className={styles.form} onSubmit={submitting(present)} aria-label="Unlock">
      <Refused {...{ api, unlock, onChosen, present }} />
      {!isOlder(unlock) && (
        <Button weight="primary" size="l" type="submit" isWide isPending={isBusy} ref={button}>
          {!isBusy && <Fingerprint aria-hidden="true" />}
          {isBusy ? 'Waiting for Touch ID…' : 'Unlock with Touch ID'}
        </Button>
      )}
    </form>
  );
}

interface RefusedProps extends Omit<QuickUnlockFormProps, 'quick'> {
  readonly present: (acceptOlder?: true) => void;
}

function Refused({ api, unlock, onChosen, present }: RefusedProps) {
  const { refusal, isBusy } = unlock;
  if (!refusal) return null;
  const { error, kind } = refusal;
  if (!isAgainstMemory(error)) return <SecretError error={error} kind={kind} />;
  return (
    <OlderCopyNotice
      {...{ api, error, isBusy, onChosen }}
      onOpenAllTheSame={() => {
        present(true);
      }}
    />
  );
}

function isOlder({ refusal }: Unlock): boolean {
  return refusal !== null && isAgainstMemory(refusal.error);
}

function submitting(present: () => void): (event: SubmitEvent) => void {
  return (event) => {
    event.preventDefault();
    present();
  };
}
