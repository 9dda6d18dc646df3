// What the signature will cover, for who wants to know exactly.
// SPDX-License-Identifier: MIT

import type { ApprovalPrompt, ApprovalSecretKind } from '../../shared/model/approval.ts';
import { algorithmWords } from '../passkeys/passkey-words.ts';
import { classNames } from '../ui/class-names.ts';
import styles from './approval.module.css';
import { toDisplayText } from './display-text.ts';
import { flagWords } from './prompt-words.ts';

export interface SignedDetailsProps {
  readonly prompt: ApprovalPrompt;
  /** What verifies the person, or has by unlocking for this ceremony; null where nothing does. */
  readonly verifiedBy: ApprovalSecretKind | null;
}

export function SignedDetails({ prompt, verifiedBy }: SignedDetailsProps) {
  if (prompt.kind !== 'create' && prompt.kind !== 'get') return null;
  const calledItself = prompt.kind === 'create' ? toDisplayText(prompt.rpName) : null;
  return (
    <details className={styles.details} open>
      <summary>What will be signed</summary>
      <dl className={styles.facts}>
        <dt>Origin</dt>
        <dd className={styles.mono}>{toDisplayText(prompt.origin, { max: 120 })}</dd>
        <dt>For</dt>
        <dd className={styles.mono}>{toDisplayText(prompt.rpId, { max: 120 })}</dd>
        {calledItself !== null && (
          <>
            <dt>Calls itself</dt>
            <dd>
              <bdi>{calledItself}</bdi>
            </dd>
          </>
        )}
        <dt>Flags</dt>
        <dd>{flagWords(verifiedBy)}</dd>
        {prompt.kind === 'create' && (
          <>
            <dt>Algorithm</dt>
            <dd>{algorithmWords(prompt.algorithm)}</dd>
          </>
        )}
        <dt>Client data</dt>
        <dd className={classNames(styles.mono, styles.hash)}>SHA-256 {prompt.clientDataHash}</dd>
      </dl>
    </details>
  );
}
