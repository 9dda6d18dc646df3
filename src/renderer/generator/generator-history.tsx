// What was copied or used, newest first: covered until it is asked for, and gone for good once it is cleared.
// SPDX-License-Identifier: MIT

import { Copy, Eye, EyeOff } from 'lucide-react';
import { useId, useState } from 'react';
import type { GeneratorEntry } from '../../shared/model/generator.ts';
import { formatAmount, formatTime } from '../format.ts';
import { useServices } from '../main/services.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { SecretText } from '../ui/secret-text.tsx';
import styles from './generator-history.module.css';
import type { History } from './use-history.ts';

export function GeneratorHistory({ history }: { readonly history: History }) {
  const id = useId();
  const { entries, error } = history;
  return (
    <section aria-labelledby={id} className={styles.history}>
      <header>
        <h2 id={id}>History</h2>
        {entries && entries.length > 0 && (
          <ClearHistory count={entries.length} onClear={history.clear} />
        )}
      </header>
      {error && <ErrorNotice error={error} />}
      {entries?.length === 0 && (
        <p>Nothing yet. A value that you copy or use stays here, should a form lose it.</p>
      )}
      {entries && entries.length > 0 && (
        <ul aria-label="Generated values">
          {entries.map((entry) => (
            <HistoryRow key={entry.value} entry={entry} history={history} />
          ))}
        </ul>
      )}
    </section>
  );
}

interface HistoryRowProps {
  readonly entry: GeneratorEntry;
  readonly history: History;
}

function HistoryRow({ entry: { value, takenAt }, history }: HistoryRowProps) {
  const { actions, clock } = useServices();
  const isShown = history.revealed === value;
  const when = formatTime(takenAt, clock.now());
  return (
    <li>
      <div className={styles.value}>
        {isShown ? (
          <SecretText text={value} />
        ) : (
          <span className={styles.dots} role="img" aria-label="Hidden value">
            ••••••••••
          </span>
        )}
      </div>
      <span className={styles.when}>{when}</span>
      <IconButton
        icon={isShown ? EyeOff : Eye}
        label={`${isShown ? 'Hide' : 'Reveal'} the value of ${when}`}
        onPress={() => {
          history.toggle(value);
        }}
      />
      <IconButton
        icon={Copy}
        label={`Copy the value of ${when}`}
        onPress={() => {
          actions.copyText('Value', value);
        }}
      />
    </li>
  );
}

interface ClearHistoryProps {
  readonly count: number;
  readonly onClear: () => void;
}

/** It cannot be taken back, so it says so and asks. */
function ClearHistory({ count, onClear }: ClearHistoryProps) {
  const [isAsking, setIsAsking] = useState(false);
  if (!isAsking) {
    return (
      <Button
        weight="quiet"
        onPress={() => {
          setIsAsking(true);
        }}
      >
        Clear history…
      </Button>
    );
  }
  return (
    <div className={styles.ask} role="group" aria-label="Clear the history">
      <p>
        {formatAmount(count, 'value')} will be gone for good. Passwords that are saved in items
        stay.
      </p>
      <Button weight="danger" onPress={onClear}>
        Clear now
      </Button>
      <Button
        weight="quiet"
        onPress={() => {
          setIsAsking(false);
        }}
      >
        Keep
      </Button>
    </div>
  );
}
