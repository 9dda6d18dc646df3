// What went wrong, in three sentences, where it went wrong: what happened, what was kept, what to do.
// SPDX-License-Identifier: MIT

import { CircleAlert } from 'lucide-react';
import type { ApiError } from '../api.ts';
import { errorSentences } from '../error-sentences.ts';
import styles from './error-notice.module.css';

export function ErrorNotice({ error }: { readonly error: ApiError }) {
  const { happened, kept, todo } = errorSentences[error.code];
  return (
    <div className={styles.notice} role="alert">
      <CircleAlert size={16} aria-hidden="true" />
      <p>
        <b>{happened}</b> {kept} {todo}
      </p>
    </div>
  );
}
