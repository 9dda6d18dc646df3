// What an import has done.
// SPDX-License-Identifier: MIT

import { CircleCheck } from 'lucide-react';
import type { ImportOutcome, ImportReport } from '../../shared/model/transfer.ts';
import { formatAmount } from '../format.ts';
import { useServices } from '../main/services.ts';
import { initialView } from '../main/view.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { kindAmounts } from './transfer-sentences.ts';

export interface ImportDoneProps {
  readonly report: ImportReport;
  readonly outcome: ImportOutcome;
  readonly onAgain: () => void;
}

export function ImportDone({ report, outcome, onAgain }: ImportDoneProps) {
  const { view } = useServices();
  const actions = (
    <>
      <Button
        weight="primary"
        onPress={() => {
          view.set({ ...initialView, sort: 'created' });
        }}
      >
        Show the items
      </Button>
      <Button onPress={onAgain}>Import another file</Button>
    </>
  );
  const skipped =
    outcome.skipped === 0
      ? 'None was'
      : `${formatAmount(outcome.skipped, 'row')} ${outcome.skipped === 1 ? 'was' : 'were'}`;
  return (
    <EmptyState
      icon={CircleCheck}
      title={`${formatAmount(outcome.imported, 'item')} imported`}
      actions={actions}
    >
      {outcome.imported > 0 && `${kindAmounts(outcome.kinds).join(', ')}${filesOf(outcome)}. `}
      {skipped} skipped.{' '}
      {report.format === 'browser-csv' &&
        `Delete ${report.fileName} now: everything in it can be read by anyone.`}
    </EmptyState>
  );
}

function filesOf({ files }: ImportOutcome): string {
  return files === 0 ? '' : `, with ${formatAmount(files, 'file')}`;
}
