// Which file is the key file, and the button that lets the person point at it. The file itself stays on the main side.
// SPDX-License-Identifier: MIT

import { FileKey } from 'lucide-react';
import { useId, useState } from 'react';
import type { KeyFileChoice } from '../../shared/model/keys.ts';
import { toApiError, type Api, type ApiError } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import styles from './secret-fields.module.css';

export type KeyFileApi = Pick<Api<'unlock'>, 'keys:choose-key-file'>;

export interface KeyFileRowProps {
  readonly api: KeyFileApi;
  readonly chosen: KeyFileChoice | null;
  readonly onChoose: (choice: KeyFileChoice) => void;
  /** Whether a new file may be made instead. */
  readonly canMake?: boolean;
}

export function KeyFileRow({ api, chosen, onChoose, canMake = false }: KeyFileRowProps) {
  const id = useId();
  const [error, setError] = useState<ApiError | null>(null);
  const choose = (make: boolean): void => {
    setError(null);
    api['keys:choose-key-file']({ make }).then(
      (choice) => {
        if (choice) onChoose(choice);
      },
      (reason: unknown) => {
        setError(toApiError(reason));
      },
    );
  };
  return (
    <div className={styles.keyFile} role="group" aria-labelledby={id}>
      <span id={id} className={styles.label}>
        Key file
      </span>
      <div className={styles.file}>
        <FileKey size={16} aria-hidden="true" />
        <span data-chosen={chosen !== null}>{chosen?.fileName ?? 'No file chosen'}</span>
        <Button
          onPress={() => {
            choose(false);
          }}
        >
          {chosen ? 'Choose another…' : 'Choose key file…'}
        </Button>
        {canMake && (
          <Button
            onPress={() => {
              choose(true);
            }}
          >
            Make one…
          </Button>
        )}
      </div>
      {error && <ErrorNotice error={error} />}
    </div>
  );
}
