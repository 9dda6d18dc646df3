// Quick unlock: a PIN of which only a few wrong ones are allowed, or Touch ID.
// SPDX-License-Identifier: MIT

import { Fingerprint } from 'lucide-react';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import type { VaultFile } from '../../shared/model/vault.ts';
import type { Api } from '../api.ts';
import type { ReadyQuickUnlock } from '../keys/offered-ways.ts';
import { PinField } from '../keys/pin-field.tsx';
import { SecretError } from '../keys/secret-error.tsx';
import { Button } from '../ui/button.tsx';
import { isAgainstMemory, OlderCopyNotice } from './older-copy-notice.tsx';
import styles from './unlock.module.css';
import type { Unlock } from './use-unlock.ts';

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
  const { isBusy, refusal } = unlock;
  const present = (acceptOlder?: true): void => {
    if (pin === '') return;
    const onOpen = (): void => {
      setPin('');
    };
    unlock.quick(pin, onOpen, acceptOlder);
  };
  return (
    <form className={styles.form} onSubmit={submitting(present)} aria-label="Unlock">
      <PinField
        {...{ refusal, triesLeft: quick.triesLeft }}
        value={pin}
        onChange={setPin}
        autoFocus
        isReadOnly={isBusy}
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
