// The longest each field of an item may be on its way in, in UTF-16 code units: what the vault accepts from an
// editor, it accepts from a file.
// SPDX-License-Identifier: MIT

import type { LoginItem, PasskeyItem } from '../vault/item.ts';

export const FIELD_LIMITS = {
  title: 1024,
  username: 4096,
  password: 16_384,
  url: 8192,
  note: 65_536,
  tag: 128,
} as const;

/** How many of them an item may have. */
export const LIST_LIMITS = { urls: 64, tags: 64 } as const;

type LimitedItem = Omit<LoginItem, 'id'> | Omit<PasskeyItem, 'id'>;

/** Whether an editor could have written this item. */
export function isWithinLimits(item: LimitedItem): boolean {
  const isCommonWithin =
    item.title.length <= FIELD_LIMITS.title &&
    item.note.length <= FIELD_LIMITS.note &&
    areWithin(item.tags, LIST_LIMITS.tags, FIELD_LIMITS.tag);
  if (item.kind === 'passkey') return isCommonWithin;
  return (
    isCommonWithin &&
    item.username.length <= FIELD_LIMITS.username &&
    item.password.length <= FIELD_LIMITS.password &&
    areWithin(item.urls, LIST_LIMITS.urls, FIELD_LIMITS.url)
  );
}

function areWithin(texts: readonly string[], maxCount: number, maxLength: number): boolean {
  return texts.length <= maxCount && texts.every((text) => text.length <= maxLength);
}
