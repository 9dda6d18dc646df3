// One prompt: who asks, for what, with which account, and the two answers. Deny has the focus from the start.
// SPDX-License-Identifier: MIT

import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Clock } from '../../shared/clock.ts';
import type { AccountChoice, ApprovalPrompt, ShownPrompt } from '../../shared/model/approval.ts';
import type { Api } from '../api.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { AccountCards } from './account-cards.tsx';
import { AnswerBar } from './answer-bar.tsx';
import styles from './approval.module.css';
import { NewAccountCard } from './new-account-card.tsx';
import { OriginTitle } from './origin-title.tsx';
import { approveWords, askWords, leadWords, passwordReason, refusalWords } from './prompt-words.ts';
import { PromptSource } from './prompt-source.tsx';
import { SignedDetails } from './signed-details.tsx';
import { useAnswer } from './use-answer.ts';
import { useArming } from './use-arming.ts';

export interface PromptViewProps {
  readonly shown: ShownPrompt;
  readonly api: Api<'approval'>;
  readonly clock: Clock;
}

export function PromptView({ shown, api, clock }: PromptViewProps) {
  const { prompt } = shown;
  const arming = useArming(clock);
  const answer = useAnswer(api, shown, arming);
  const [account, setAccount] = useState(firstAccount(prompt));
  const [password, setPassword] = useState('');
  const approve = (): void => {
    if (prompt.asksPassword && password === '') return;
    answer.approve(account?.credentialId ?? null, prompt.asksPassword ? password : null);
    setPassword('');
  };
  const approveLabel = approveWords(prompt, account);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.repeat) answer.deny();
  };
  return (
    <main className={styles.window} onKeyDown={onKeyDown}>
      <PromptSource prompt={prompt} clock={clock} />
      <p className={styles.ask}>{askWords(prompt)}</p>
      <OriginTitle prompt={prompt} />
      <p className={styles.lead}>{leadWords(prompt)}</p>
      {prompt.kind === 'create' && <NewAccountCard prompt={prompt} />}
      {prompt.kind === 'get' && account && (
        <AccountCards accounts={prompt.accounts} chosen={account} onChoose={setAccount} />
      )}
      {prompt.asksPassword && (
        <MasterPassword
          prompt={prompt}
          value={password}
          onChange={setPassword}
          onEnter={() => {
            if (arming.isArmed) approve();
          }}
        />
      )}
      {answer.error && <ErrorNotice error={answer.error} />}
      <AnswerBar
        arming={arming}
        approveLabel={approveLabel}
        isReady={!prompt.asksPassword || password !== ''}
        needsHold={!prompt.asksPassword}
        isBusy={answer.isBusy}
        focusesDeny={prompt.refusedPasswords === 0}
        onApprove={approve}
        // A notice can only be seen: closing it says that it was.
        onDeny={approveLabel === null ? approve : answer.deny}
      />
      <SignedDetails prompt={prompt} />
    </main>
  );
}

function firstAccount(prompt: ApprovalPrompt): AccountChoice | null {
  return prompt.kind === 'get' ? (prompt.accounts[0] ?? null) : null;
}

interface MasterPasswordProps {
  readonly prompt: ApprovalPrompt;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
}

function MasterPassword({ prompt, value, onChange, onEnter }: MasterPasswordProps) {
  const refusal = refusalWords(prompt);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // After a wrong password the person is typing here already: a space of it must not press Deny.
    if (refusal !== null) input.current?.focus();
  }, [refusal]);
  return (
    <div className={styles.password}>
      {refusal !== null && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
      <PasswordField
        label={passwordReason(prompt)}
        value={value}
        onChange={onChange}
        inputRef={input}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.repeat || event.nativeEvent.isComposing) return;
          event.preventDefault();
          onEnter();
        }}
      />
    </div>
  );
}
