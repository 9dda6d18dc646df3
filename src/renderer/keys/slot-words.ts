// Key slots in words: what each is, since when, and what a guess at it costs.
// SPDX-License-Identifier: MIT

import { FileKey, KeyRound, ScrollText, type LucideIcon } from 'lucide-react';
import type { KeySlotInfo, SlotType } from '../../shared/model/keys.ts';
import { formatDay } from '../format.ts';

export const SLOT_TITLES: Readonly<Record<SlotType, string>> = {
  password: 'Master password',
  'password-key-file': 'Master password and key file',
  recovery: 'Recovery key',
};

export const SLOT_ICONS: Readonly<Record<SlotType, LucideIcon>> = {
  password: KeyRound,
  'password-key-file': FileKey,
  recovery: ScrollText,
};

/** The kind, and the name where it has one: `Recovery key “Safe”`. */
export function slotTitle({ type, name }: KeySlotInfo): string {
  return name === '' ? SLOT_TITLES[type] : `${SLOT_TITLES[type]} “${name}”`;
}

/** The same inside a sentence. */
export function slotInSentence({ type, name }: KeySlotInfo): string {
  switch (type) {
    case 'password':
      return 'the master password';
    case 'password-key-file':
      return 'the master password with its key file';
    case 'recovery':
      return name === '' ? 'the recovery key without a name' : `the recovery key “${name}”`;
  }
}

export function slotSince({ createdAt }: KeySlotInfo): string {
  return `since ${formatDay(createdAt)}`;
}

/** What it costs to try one secret. */
export function slotCost({ kdf }: KeySlotInfo): string {
  if (!kdf) return '256 random bits: nothing to guess';
  const { memoryMib, passes, lanes } = kdf;
  const times = passes === 1 ? 'once' : `${passes} times`;
  const threads = lanes === 1 ? 'one thread' : `${lanes} threads`;
  return `each guess fills ${memoryMib} MiB of memory ${times}, on ${threads}`;
}

/** `A`, `A or B`, `A, B or C`. */
export function joinOr(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} or ${parts.at(-1) ?? ''}`;
}
