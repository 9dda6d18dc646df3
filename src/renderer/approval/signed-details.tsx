// What the signature will cover, for who wants to know exactly.
// SPDX-License-Identifier: MIT

import type { ApprovalPrompt } from '../../shared/model/approval.ts';
import { algorithmWords } from '../passkeys/passkey-words.ts';
import styles from './approval.module.css';
import { toDisplayText } from './display-text.ts';
import { flagWords } from './prompt-words.ts';

export function SignedDetails({ prompt }: { readonly prompt: ApprovalPrompt }) {
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
        <dd>{flagWords(prompt)}</dd>
        {prompt.kind === 'create' && (
          <>
            <dt>Algorithm</dt>
            <dd>{algorithmWords(prompt.algorithm)}</dd>
          </>
        )}
        <dt>Client data</dt>
        <dd className={styles.mono}>SHA-256 {prompt.clientDataHash}</dd>
      </dl>
    </details>
  );
}
