// What went wrong, in three sentences that depend on where it went wrong and not on the code alone.
// SPDX-License-Identifier: MIT

import { CircleAlert } from 'lucide-react';
import type { ErrorSentence } from '../error-sentences.ts';
import styles from '../ui/error-notice.module.css';

export function SentenceNotice({ sentence }: { readonly sentence: ErrorSentence }) {
  const { happened, kept, todo } = sentence;
  return (
    <div className={styles.notice} role="alert">
      <CircleAlert size={16} aria-hidden="true" />
      <p>
        <b>{happened}</b> {kept} {todo}
      </p>
    </div>
  );
}
