// How far a file is on its way, and the way to stop it.
// SPDX-License-Identifier: MIT

import { ProgressBar } from 'react-aria-components';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import type { TransferProgress, TransferState } from './attachment-transfer.ts';
import { formatFileSize } from './format-file-size.ts';
import styles from './attachments-card.module.css';

export interface TransferLineProps {
  readonly state: TransferState;
  readonly progress: TransferProgress;
}

export function TransferLine({ state, progress: { done, total } }: TransferLineProps) {
  const { files } = useServices();
  const part = total === 0 ? 1 : Math.min(1, done / total);
  const words = state.is === 'adding' ? 'Attaching' : 'Saving';
  return (
    <div className={styles.transfer}>
      <ProgressBar
        className={classNames(styles.progress)}
        aria-label={`${words} a file`}
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
