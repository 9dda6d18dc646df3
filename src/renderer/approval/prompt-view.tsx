// One prompt: who asks, for what, with which account, and the two answers. Deny has the focus from the start.
// SPDX-License-Identifier: MIT

import { useState, type KeyboardEvent } from 'react';
import type { Clock } from '../../shared/clock.ts';
import type {
  AccountChoice,
  ApprovalPrompt,
  ApprovalSecretKind,
  ShownPrompt,
} from '../../shared/model/approval.ts';
import type { Api } from '../api.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { AccountCards } from './account-cards.tsx';
import { AnswerBar } from './answer-bar.tsx';
import styles from './approval.module.css';
import type { EntryMemory } from './entry-memory.ts';
import { NewAccountCard } from './new-account-card.tsx';
import { OriginTitle } from './origin-title.tsx';
import { approveWords, askWords, leadWords } from './prompt-words.ts';
import { PromptSource } from './prompt-source.tsx';
import { SecretPart } from './secret-part.tsx';
import { SignedDetails } from './signed-details.tsx';
import { useAnswer } from './use-answer.ts';
import { useArming } from './use-arming.ts';
import { useEntry } from './use-entry.ts';

export interface PromptViewProps {
  readonly shown: ShownPrompt;
  readonly api: Api<'approval'>;
  readonly clock: Clock;
  /** Of this window, over all its stages. */
  readonly memory: EntryMemory;
}

export function PromptView({ shown, api, clock, memory }: PromptViewProps) {
  const { prompt } = shown;
  const arming = useArming(clock);
  const answer = useAnswer(api, shown, arming);
  const [account, setAccount] = useState(firstAccount(prompt));
  const entry = useEntry(api, prompt, memory);
  const isReady = !prompt.asksPassword || entry.isEntered;
  const approve = (): void => {
    if (!isReady) return;
    answer.approve(account?.credentialId ?? null, prompt.asksPassword ? entry.typed : null);
    if (prompt.asksPassword) memory.keep(prompt.sessionId, { given: entry.kind });
    entry.clear();
  };
  const approveLabel = approveWords(prompt, account);
  const verifiedBy = prompt.asksPassword ? entry.kind : memory.of(prompt.sessionId).given;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.repeat) answer.deny();
  };
  return (
    <main className={styles.window} onKeyDown={onKeyDown}>
      <div className={styles.body}>
        <PromptSource prompt={prompt} clock={clock} />
        <p className={styles.ask}>{askWords(prompt)}</p>
        <OriginTitle prompt={prompt} />
        <p className={styles.lead}>{leadWords(prompt)}</p>
        {prompt.kind === 'create' && <NewAccountCard prompt={prompt} />}
        {prompt.kind === 'get' && account && (
          <AccountCards accounts={prompt.accounts} chosen={account} onChoose={setAccount} />
        )}
        {prompt.asksPassword && (
          <SecretPart
            {...{ prompt, api, entry }}
            onChoose={(way) => {
              entry.choose(way);
              // What is asked for now is another thing, and the words on the button are the same.
              arming.restart();
            }}
            onEnter={() => {
              if (arming.isArmed) approve();
            }}
          />
        )}
        <SignedDetails {...{ prompt, verifiedBy }} />
      </div>
      <div className={styles.foot}>
        {answer.error && <ErrorNotice error={answer.error} />}
        <AnswerBar
          arming={arming}
          approveLabel={approveLabel}
          isReady={isReady}
          needsHold={!prompt.asksPassword || !hasLine(entry.kind)}
          isBusy={answer.isBusy}
          focusesDeny={prompt.refusal === null}
          onApprove={approve}
          // A notice can only be seen: closing it says that it was.
          onDeny={approveLabel === null ? approve : answer.deny}
        />
      </div>
    </main>
  );
}

function firstAccount(prompt: ApprovalPrompt): AccountChoice | null {
  return prompt.kind === 'get' ? (prompt.accounts[0] ?? null) : null;
}

/** Whether Enter after typing approves; where it cannot, the button takes a key that is held. */
function hasLine(kind: ApprovalSecretKind): boolean {
  return kind !== 'recovery' && kind !== 'touch-id';
}
