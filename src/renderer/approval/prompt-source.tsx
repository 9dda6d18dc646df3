// The first line: what brought the request, and how long there is to answer.
// SPDX-License-Identifier: MIT

import { FlaskConical } from 'lucide-react';
import type { Clock } from '../../shared/clock.ts';
import type { ApprovalPrompt } from '../../shared/model/approval.ts';
import { formatCountdown } from '../format.ts';
import { useNow } from '../ui/use-now.ts';
import styles from './approval.module.css';
import { sourceWords } from './prompt-words.ts';

export interface PromptSourceProps {
  readonly prompt: ApprovalPrompt;
  readonly clock: Clock;
}

export function PromptSource({ prompt, clock }: PromptSourceProps) {
  const left = prompt.expiresAt - useNow(clock, 500);
  return (
    <div className={styles.from}>
      <FlaskConical size={14} aria-hidden="true" />
      <span>{sourceWords[prompt.source]}</span>
      <span className={styles.time} role="timer" aria-label="Time left to answer">
        {left > 0 ? formatCountdown(left) : 'over'}
      </span>
    </div>
  );
}
