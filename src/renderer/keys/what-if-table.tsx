// The table “What if I lose…”.
// SPDX-License-Identifier: MIT

import { useId } from 'react';
import type { KeySlotInfo } from '../../shared/model/keys.ts';
import styles from './keys-room.module.css';
import { joinOr, slotInSentence } from './slot-words.ts';
import { hasSinglePointOfLoss, whatIfLost, type Loss } from './what-if-lost.ts';

export function WhatIfTable({ slots }: { readonly slots: readonly KeySlotInfo[] }) {
  const id = useId();
  const hasSheet = slots.some(({ type }) => type === 'recovery');
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h2 id={id}>What if I lose…</h2>
      <table className={styles.table} aria-labelledby={id}>
        <thead>
          <tr>
            <th scope="col">If you…</th>
            <th scope="col">What still opens the vault</th>
          </tr>
        </thead>
        <tbody>
          {whatIfLost(slots).map((loss) => (
            <LossRow key={loss.id} loss={loss} />
          ))}
        </tbody>
      </table>
      {hasSinglePointOfLoss(slots) && (
        <p className={styles.advice}>
          {hasSheet
            ? 'One mishap alone would close this vault for good.'
            : 'Add a recovery key, and a forgotten password is no longer the end.'}
        </p>
      )}
    </section>
  );
}

function LossRow({ loss: { title, remaining } }: { readonly loss: Loss }) {
  return (
    <tr>
      <th scope="row">{title}</th>
      <td className={remaining.length === 0 ? styles.fatal : undefined}>
        {remaining.length === 0
          ? 'Nothing. The vault stays closed for good.'
          : toSentence(joinOr(remaining.map(slotInSentence)))}
      </td>
    </tr>
  );
}

function toSentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
