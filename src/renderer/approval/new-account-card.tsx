// The account that a new passkey would be for, as the site calls it, and where the passkey will live.
// SPDX-License-Identifier: MIT

import type { CreatePrompt } from '../../shared/model/approval.ts';
import { formatAmount } from '../format.ts';
import { algorithmWords } from '../passkeys/passkey-words.ts';
import { Tile } from '../ui/tile.tsx';
import cardStyles from './account-cards.module.css';
import styles from './approval.module.css';
import { toDisplayText } from './display-text.ts';
import { nameOfAccount } from './prompt-words.ts';

export function NewAccountCard({ prompt }: { readonly prompt: CreatePrompt }) {
  const name = nameOfAccount(prompt);
  const userName = toDisplayText(prompt.userName, { max: 40 });
  return (
    <>
      <div className={cardStyles.card} role="group" aria-label="Account">
        <Tile title={name} isRound />
        <span className={cardStyles.words}>
          <bdi className={cardStyles.name}>{name}</bdi>
          {userName !== name && (
            <small>
              <bdi>{userName}</bdi>
            </small>
          )}
        </span>
        <span className={cardStyles.where}>new</span>
      </div>
      <dl className={styles.facts}>
        <dt>Kept</dt>
        <dd>in this vault</dd>
        <dt>Algorithm</dt>
        <dd>{algorithmWords(prompt.algorithm)}</dd>
        {prompt.existing > 0 && (
          <>
            <dt>Besides</dt>
            <dd>{formatAmount(prompt.existing, 'passkey')} for this site, kept as before</dd>
          </>
        )}
      </dl>
    </>
  );
}
