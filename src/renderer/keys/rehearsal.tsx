// The rehearsal of a new recovery key: some of its words are asked for again. The main side decides; what is marked
// here only helps to find the slip.
// SPDX-License-Identifier: MIT

import { useState, type SubmitEvent } from 'react';
import { Heading } from 'react-aria-components';
import type { RecoverySheet } from '../../shared/model/keys.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './recovery-dialog.module.css';
import { toWord } from './recovery-words.ts';
import type { Recovery } from './use-recovery.ts';

export interface RehearsalProps {
  readonly sheet: RecoverySheet;
  readonly recovery: Recovery;
  readonly name: string;
  readonly onBack: () => void;
}

export function Rehearsal({ sheet, recovery, name, onBack }: RehearsalProps) {
  const [typed, setTyped] = useState<readonly string[]>(() => sheet.rehearsal.map(() => ''));
  /** What was refused: marked until it is changed. */
  const [refused, setRefused] = useState<readonly string[]>([]);
  const isReady = typed.every((word) => toWord(word) !== '');
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    setRefused(typed);
    recovery.confirm(typed.map(toWord), name);
  };
  const isSlip = (at: number): boolean =>
    recovery.error?.code === 'keys/not-rehearsed' &&
    refused[at] === typed[at] &&
    toWord(typed[at] ?? '') !== sheet.words[sheet.rehearsal[at] ?? -1];
  return (
    <form className={styles.rehearsal} onSubmit={onSubmit} aria-label="Rehearsal">
      <Heading slot="title" className={styles.title ?? ''}>
        Now from your paper
      </Heading>
      <p className={styles.lead}>
        Type these words from what you wrote down or printed. So you know today that it can be read
        on the day you need it.
      </p>
      <div className={styles.asked}>
        {sheet.rehearsal.map((position, at) => (
          <TextField
            key={position}
            label={`Word ${position + 1}`}
            value={typed[at] ?? ''}
            onChange={(word) => {
              setTyped(typed.map((before, index) => (index === at ? word : before)));
            }}
            maxLength={16}
            isMono
            autoFocus={at === 0}
            error={isSlip(at) ? 'Not the word at this place.' : null}
          />
        ))}
      </div>
      {recovery.error && <ErrorNotice error={recovery.error} />}
      <div className={styles.actions}>
        <Button
          weight="primary"
          type="submit"
          isPending={recovery.isBusy}
          isDisabled={!isReady && !recovery.isBusy}
        >
          Add recovery key
        </Button>
        <Button onPress={onBack}>Show the words again</Button>
        <Button weight="quiet" onPress={recovery.giveUp}>
          Give up this key
        </Button>
      </div>
    </form>
  );
}
