// The mark of an item whose files are still on their way in, among its tags. An item has no more tags than it may have by
// it: where there is no room for one more, one of them goes below the mark, and comes out again when the item is whole.
// SPDX-License-Identifier: MIT

import { FIELD_LIMITS, LIST_LIMITS } from '../../shared/model/field-limits.ts';
import { UNFINISHED_TAG } from '../../shared/model/transfer.ts';

const BELOW_IT = `${UNFINISHED_TAG}/`;

/** Without a mark where no tag has room below it: an item of nothing but the longest tags. */
export function markUnfinished(own: readonly string[]): readonly string[] {
  if (own.includes(UNFINISHED_TAG)) return own;
  if (own.length < LIST_LIMITS.tags) return [...own, UNFINISHED_TAG];
  const at = own.findLastIndex((tag) => {
    const moved = BELOW_IT + tag;
    return moved.length <= FIELD_LIMITS.tag && !own.includes(moved);
  });
  return own.map((tag, index) => (index === at ? BELOW_IT + tag : tag));
}

/** Of the tags that are there `now`, without the mark that was put on an item that came with `own`. */
export function unmarkUnfinished(
  now: readonly string[],
  own: readonly string[],
): readonly string[] {
  const mark = markUnfinished(own).find((tag) => !own.includes(tag));
  if (mark === undefined) return now;
  if (mark === UNFINISHED_TAG) return now.filter((tag) => tag !== mark);
  const whole = now.map((tag) => (tag === mark ? mark.slice(BELOW_IT.length) : tag));
  return [...new Set(whole)];
}
