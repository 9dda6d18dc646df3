// What unlocking did besides opening, said once after it.
// SPDX-License-Identifier: MIT

import type { PinsState, UnlockNotice } from '../../shared/model/keys.ts';
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
    const ofPins = PINS_SENTENCES[notice.pins];
    for (const text of noticeSentences(notice)) {
      toasts.show({ text, tone: ofPins.includes(text) ? 'bad' : 'plain' });
    }
  }, report);
}

/** What this computer remembers of the vault, to tell an older copy of its file. */
const PINS_SENTENCES: Readonly<Record<PinsState, readonly string[]>> = {
  sound: [],
  damaged: [
    'What this computer remembered of this vault was damaged or changed, so it cannot tell whether this file is the newest. It remembers this state from now on.',
  ],
  unwritable: [
    'This computer could not write down how far this vault has come, so it would not notice an older copy of it. Check that its disk has space.',
  ],
};

export function noticeSentences(notice: UnlockNotice): readonly string[] {
  const { isCostRaised, trashEmptied, pins } = notice;
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
  // Last: of many messages the latest are shown.
  return [...sentences, ...PINS_SENTENCES[pins]];
}
