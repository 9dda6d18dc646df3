// What unlocking did besides opening, said once after it.
// SPDX-License-Identifier: MIT

import type { UnlockNotice } from '../../shared/model/keys.ts';
import type { Api } from '../api.ts';
import { formatAmount } from '../format.ts';
import type { Toasts } from '../ui/toasts.ts';

export interface NoticeServices {
  readonly api: Pick<Api<'main'>, 'vault:notice'>;
  readonly toasts: Toasts;
  readonly report: (error: unknown) => void;
}

/** Asks what unlocking did and shows it, where it did anything. */
export function announceUnlock({ api, toasts, report }: NoticeServices): void {
  api['vault:notice']({}).then((notice) => {
    for (const text of noticeSentences(notice)) toasts.show({ text });
  }, report);
}

export function noticeSentences({ isCostRaised, trashEmptied }: UnlockNotice): readonly string[] {
  const sentences: string[] = [];
  if (isCostRaised) {
    sentences.push(
      'Guessing your password now costs more: the protection of this vault was below today’s and has been raised. Your password is the same.',
    );
  }
  if (trashEmptied > 0) {
    const were = trashEmptied === 1 ? 'was' : 'were';
    sentences.push(
      `${formatAmount(trashEmptied, 'item')} that ${were} in the trash for more than 30 days ${were} removed for good.`,
    );
  }
  return sentences;
}
