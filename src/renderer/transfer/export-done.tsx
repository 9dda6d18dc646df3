// What an export has written and, before anybody takes the file for whole, what it does not have.
// SPDX-License-Identifier: MIT

import { FileLock2, TriangleAlert } from 'lucide-react';
import type { ExportOutcome, LeftOut } from '../../shared/model/transfer.ts';
import { formatAmount, formatCount, formatSize } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { kindAmounts, leftOutSentences, nameOfLeftOut } from './transfer-sentences.ts';
import styles from './transfer.module.css';

export interface ExportDoneProps {
  readonly outcome: ExportOutcome;
  readonly onAgain: () => void;
}

export function ExportDone({ outcome, onAgain }: ExportDoneProps) {
  const { leftOut } = outcome;
  const isWhole = leftOut.items + leftOut.files === 0;
  return (
    <div className={styles.preview}>
      {!isWhole && <LeftOutNotice leftOut={leftOut} />}
      <EmptyState
        icon={isWhole ? FileLock2 : TriangleAlert}
        title={`${formatAmount(outcome.items, 'item')} exported${isWhole ? '' : ', not everything'}`}
        actions={<Button onPress={onAgain}>Export again</Button>}
      >
        {outcome.fileName}, {formatSize(outcome.sizeBytes)}
        {outcome.items > 0 && `: ${contentOf(outcome)}`}. Without its password the file cannot be
        opened by anyone, including us.
      </EmptyState>
    </div>
  );
}

function contentOf({ kinds, files }: ExportOutcome): string {
  const amounts = kindAmounts(kinds);
  return [...amounts, ...(files > 0 ? [formatAmount(files, 'attachment')] : [])].join(', ');
}

function LeftOutNotice({ leftOut }: { readonly leftOut: LeftOut }) {
  const { items, files, names } = leftOut;
  const amounts = [
    ...(items > 0 ? [formatAmount(items, 'item')] : []),
    ...(files > 0 ? [formatAmount(files, 'attachment')] : []),
  ];
  const rest = items + files - names.length;
  return (
    <div role="alert">
      <Card title={`Not in this file: ${amounts.join(' and ')}`}>
        <ul className={styles.lines}>
          {names.map((name, index) => (
            <li key={index}>
              <b>{nameOfLeftOut(name)}</b> {leftOutSentences[name.reason]}.
            </li>
          ))}
          {rest > 0 && <li>and {formatCount(rest)} more.</li>}
        </ul>
      </Card>
      <p className={styles.kinds}>
        They stay in this vault as they are. Do not delete the vault in favour of this file; look
        for what is damaged in a backup.
      </p>
    </div>
  );
}
