// How far a file has been read or written.
// SPDX-License-Identifier: MIT

import { useEffect, useState } from 'react';
import { ProgressBar } from 'react-aria-components';
import { formatSize } from '../format.ts';
import { useServices } from '../main/services.ts';
import styles from './transfer.module.css';

/** In bytes. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface TransferProgressProps {
  readonly label: string;
  readonly progress: Progress;
}

export function TransferProgress({ label, progress }: TransferProgressProps) {
  const { done, total } = progress;
  return (
    <ProgressBar
      className={styles.progress ?? ''}
      aria-label={label}
      value={done}
      maxValue={Math.max(1, total)}
    >
      <span>
        {formatSize(done)} of {formatSize(total)}
      </span>
    </ProgressBar>
  );
}

/** Of the work that is going on; null before it says anything, and of none. */
export function useProgress(isBusy: boolean): Progress | null {
  const { events } = useServices();
  const [progress, setProgress] = useState<Progress | null>(null);
  useEffect(() => {
    if (!isBusy) return;
    const stop = events['transfer:progressed'](setProgress);
    return () => {
      stop();
      setProgress(null);
    };
  }, [events, isBusy]);
  return isBusy ? progress : null;
}
