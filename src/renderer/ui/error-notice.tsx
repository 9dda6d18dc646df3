// What went wrong, in three sentences, where it went wrong: what happened, what was kept, what to do. The sentences come
// with the code of an error, or from a place that knows better.
// SPDX-License-Identifier: MIT

import { CircleAlert } from 'lucide-react';
import type { ApiError } from '../api.ts';
import { errorSentences, type ErrorSentence } from '../error-sentences.ts';
import styles from './error-notice.module.css';

export interface ErrorNoticeProps {
  readonly error: ApiError;
  /** What is known beyond the code, behind what happened. */
  readonly reason?: string | null;
}

export function ErrorNotice({ error, reason = null }: ErrorNoticeProps) {
  return <SentenceNotice sentence={errorSentences[error.code]} reason={reason} />;
}

export interface SentenceNoticeProps {
  readonly sentence: ErrorSentence;
  readonly reason?: string | null;
}

export function SentenceNotice({ sentence, reason = null }: SentenceNoticeProps) {
  const { happened, kept, todo } = sentence;
  return (
    <div className={styles.notice} role="alert">
      <CircleAlert size={16} aria-hidden="true" />
      <p>
        <b>{happened}</b> {reason !== null && `${reason} `}
        {kept} {todo}
      </p>
    </div>
  );
}
