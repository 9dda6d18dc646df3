// The approval window: one prompt at a time, each stage drawn from scratch, so that nothing typed or chosen for one
// stage can be taken for another.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import type { Clock } from '../../shared/clock.ts';
import type { Connection } from '../api.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import styles from './approval.module.css';
import { EntryMemory } from './entry-memory.ts';
import { PromptView } from './prompt-view.tsx';
import { usePrompt } from './use-prompt.ts';

export interface ApprovalWindowProps {
  readonly connection: Connection<'approval'>;
  readonly clock: Clock;
}

export function ApprovalWindow({ connection, clock }: ApprovalWindowProps) {
  const { shown, error } = usePrompt(connection);
  const [memory] = useState(() => new EntryMemory());
  if (error) {
    return (
      <main className={styles.window}>
        <div className={styles.body}>
          <h1 className={styles.over}>Nothing to approve</h1>
          <ErrorNotice error={error} />
        </div>
      </main>
    );
  }
  if (!shown) return null;
  const { sessionId, stage } = shown.prompt;
  return (
    <PromptView key={`${sessionId}:${stage}`} {...{ shown, api: connection.api, clock, memory }} />
  );
}
