// The accounts to choose from, newest first, the first one chosen. Their names were chosen by the site.
// SPDX-License-Identifier: MIT

import { RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import type { AccountChoice } from '../../shared/model/approval.ts';
import { formatDay } from '../format.ts';
import { Tile } from '../ui/tile.tsx';
import styles from './account-cards.module.css';
import { toDisplayText } from './display-text.ts';
import { nameOfAccount } from './prompt-words.ts';

export interface AccountCardsProps {
  readonly accounts: readonly AccountChoice[];
  readonly chosen: AccountChoice;
  readonly onChoose: (account: AccountChoice) => void;
}

export function AccountCards({ accounts, chosen, onChoose }: AccountCardsProps) {
  return (
    <RadioGroup
      className={styles.cards ?? ''}
      aria-label="Account"
      value={chosen.credentialId}
      onChange={(id) => {
        const account = accounts.find(({ credentialId }) => credentialId === id);
        if (account) onChoose(account);
      }}
    >
      {accounts.map((account) => (
        <AccountCard key={account.credentialId} account={account} />
      ))}
    </RadioGroup>
  );
}

function AccountCard({ account }: { readonly account: AccountChoice }) {
  const name = nameOfAccount(account);
  const userName = toDisplayText(account.userName, { max: 40 });
  return (
    <RadioField value={account.credentialId}>
      <RadioButton className={styles.card ?? ''}>
        <Tile title={name} isRound />
        <span className={styles.words}>
          <bdi className={styles.name}>{name}</bdi>
          <small>
            {userName !== name && (
              <>
                <bdi>{userName}</bdi>,{' '}
              </>
            )}
            made {formatDay(account.createdAt)}
          </small>
        </span>
        <span className={styles.where}>this vault</span>
      </RadioButton>
    </RadioField>
  );
}
