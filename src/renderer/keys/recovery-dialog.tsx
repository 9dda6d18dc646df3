// A new recovery key: its sheet, once, and then the rehearsal. It closes by a decision alone: a stray click or Escape
// must not throw away what was just written down.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import { Heading } from 'react-aria-components';
import { Button } from '../ui/button.tsx';
import { ModalFrame } from '../ui/modal-frame.tsx';
import type { RecoverySheet } from '../../shared/model/keys.ts';
import styles from './recovery-dialog.module.css';
import { RecoveryPaper, type PaperFacts } from './recovery-paper.tsx';
import { Rehearsal } from './rehearsal.tsx';
import type { Recovery } from './use-recovery.ts';

export interface RecoveryDialogProps extends PaperFacts {
  readonly recovery: Recovery;
}

export function RecoveryDialog({ recovery, ...facts }: RecoveryDialogProps) {
  const { sheet } = recovery;
  return (
    <ModalFrame isOpen={sheet !== null} onClose={null} width="paper">
      <div className={styles.steps}>
        {sheet && <Steps key={sheet.token} {...{ sheet, recovery, facts }} />}
      </div>
    </ModalFrame>
  );
}

interface StepsProps {
  readonly sheet: RecoverySheet;
  readonly recovery: Recovery;
  readonly facts: PaperFacts;
}

function Steps({ sheet, recovery, facts }: StepsProps) {
  const [isRehearsing, setIsRehearsing] = useState(false);
  if (isRehearsing) {
    return (
      <Rehearsal
        sheet={sheet}
        recovery={recovery}
        name={facts.name}
        onBack={() => {
          setIsRehearsing(false);
        }}
      />
    );
  }
  return (
    <>
      <Heading slot="title" className={styles.title ?? ''}>
        Write this down, or print it
      </Heading>
      <p className={styles.lead}>
        These words are shown this once and stored nowhere. In the next step you type a few of them;
        only then the key counts.
      </p>
      <RecoveryPaper sheet={sheet} {...facts} />
      <div className={styles.actions}>
        <Button
          weight="primary"
          onPress={() => {
            setIsRehearsing(true);
          }}
        >
          I have written it down
        </Button>
        <Button
          onPress={() => {
            window.print();
          }}
        >
          Print…
        </Button>
        <Button weight="quiet" onPress={recovery.giveUp}>
          Give up this key
        </Button>
      </div>
    </>
  );
}
