// What the vault accepts from an editor, it accepts from a file, and nothing larger.
// SPDX-License-Identifier: MIT

import { FIELD_LIMITS, LIST_LIMITS } from '../../shared/model/field-limits.ts';
import type { LoginItem, PasskeyItem } from '../vault/item.ts';

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
