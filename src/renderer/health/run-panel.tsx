// A run that is under way: how far it is, how long it may still take, and the way to stop it.
// SPDX-License-Identifier: MIT

import { ProgressBar } from 'react-aria-components';
import { formatCount } from '../format.ts';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import { Spinner } from '../ui/spinner.tsx';
import type { HealthRun, HealthTask } from './health-check.ts';
import { leftWords } from './health-words.ts';
import styles from './run-panel.module.css';

const FIRST_WORDS: Readonly<Record<HealthTask, string>> = {
  assess: 'Opening the items…',
  file: 'Choose the list, and it is searched here…',
  online: 'Opening the items, then asking…',
};

const CHECKING: Readonly<Record<HealthTask, string>> = {
  assess: 'Looking at the passwords',
  file: 'Searching the list',
  online: 'Asking by five-character ranges',
};

export function RunPanel({ run }: { readonly run: HealthRun }) {
  const { health } = useServices();
  const { task, stage, progress, isStopping } = run;
  return (
    <div className={styles.panel} role="group" aria-label="Check under way">
      <ProgressBar
        className={styles.progress ?? ''}
        aria-label="Checking passwords"
        value={progress?.done ?? 0}
        maxValue={Math.max(1, progress?.total ?? 1)}
        isIndeterminate={progress === null}
      >
        {({ percentage = 0 }) => (
          <>
            <p className={styles.words}>
              <Spinner />
              <b>
                {progress === null
                  ? FIRST_WORDS[task]
                  : CHECKING[stage === 'checking' ? task : 'assess']}
              </b>
              {progress && (
                <span>
                  {formatCount(progress.done)} of {formatCount(progress.total)}
                  {progress.leftMs !== null && `, ${leftWords(progress.leftMs)}`}
                </span>
              )}
            </p>
            <div className={styles.track}>
              <i style={{ width: `${percentage}%` }} />
            </div>
          </>
        )}
      </ProgressBar>
      <p className={styles.quiet}>You can leave this room: the check goes on.</p>
      <Button
        isPending={isStopping}
        onPress={() => {
          health.stop();
        }}
      >
        {isStopping ? 'Stopping…' : 'Cancel'}
      </Button>
    </div>
  );
}
