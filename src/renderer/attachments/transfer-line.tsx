// How far a file is on its way, and the way to stop it.
// SPDX-License-Identifier: MIT

import { ProgressBar } from 'react-aria-components';
import type { WorkStage } from '../../shared/ipc/events.ts';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import type { TransferProgress, TransferState } from './attachment-transfer.ts';
import { formatFileSize } from './format-file-size.ts';
import styles from './attachments-card.module.css';

const STAGES: Readonly<Record<TransferState['is'], Readonly<Record<WorkStage, string>>>> = {
  adding: { reading: 'Reading', checking: 'Checking', sealing: 'Encrypting', writing: 'Writing' },
  saving: { reading: 'Decrypting', checking: 'Checking', sealing: 'Saving', writing: 'Saving' },
};

export interface TransferLineProps {
  readonly state: TransferState;
  readonly progress: TransferProgress;
}

export function TransferLine({ state, progress: { stage, done, total } }: TransferLineProps) {
  const { files } = useServices();
  const part = total === 0 ? 1 : Math.min(1, done / total);
  const words = STAGES[state.is][stage];
  return (
    <div className={styles.transfer}>
      <ProgressBar
        className={classNames(styles.progress)}
        aria-label={state.is === 'adding' ? 'Attaching a file' : 'Saving a file'}
        value={part * 100}
        valueLabel={`${formatFileSize(done)} of ${formatFileSize(total)}`}
      >
        <span className={styles.track}>
          <i style={{ width: `${part * 100}%` }} />
        </span>
        <span className={styles.amount}>
          {words}: {formatFileSize(done)} of {formatFileSize(total)}
        </span>
      </ProgressBar>
      <Button
        isPending={state.isStopping}
        onPress={() => {
          files.stop();
        }}
      >
        {state.isStopping ? 'Stopping…' : 'Cancel'}
      </Button>
    </div>
  );
}
