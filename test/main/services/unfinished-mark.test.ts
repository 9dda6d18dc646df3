// The mark of an unfinished import among the tags of an item: within their limit, and nothing of them lost.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { markUnfinished, unmarkUnfinished } from '../../../src/main/services/unfinished-mark.ts';
import { FIELD_LIMITS, LIST_LIMITS } from '../../../src/shared/model/field-limits.ts';
import { UNFINISHED_TAG } from '../../../src/shared/model/transfer.ts';

const full = Array.from({ length: LIST_LIMITS.tags }, (_, index) => `tag ${index}`);

describe('the mark of an unfinished import', () => {
  it('stands beside the tags of an item and is taken off them', () => {
    expect(markUnfinished(['a'])).toEqual(['a', UNFINISHED_TAG]);
    expect(unmarkUnfinished(['a', UNFINISHED_TAG, 'mine'], ['a'])).toEqual(['a', 'mine']);
  });

  it('takes one tag below it where the item has as many as it may have', () => {
    const marked = markUnfinished(full);
    expect(marked).toEqual([...full.slice(0, -1), `${UNFINISHED_TAG}/tag 63`]);
    expect(unmarkUnfinished(marked, full)).toEqual(full);
  });

  it('takes one that has room below it, and none where none has', () => {
    const long = full.map((tag) => tag.padEnd(FIELD_LIMITS.tag, 'x'));
    const mixed = long.with(5, 'short');
    expect(markUnfinished(mixed)).toEqual(long.with(5, `${UNFINISHED_TAG}/short`));
    expect(markUnfinished(long)).toEqual(long);
    expect(unmarkUnfinished(long, long)).toEqual(long);
    for (const tag of markUnfinished(mixed)) expect(tag.length).toBeLessThan(129);
  });

  it('leaves a tag of its name alone that the item came with', () => {
    const own = [UNFINISHED_TAG, 'a'];
    expect(markUnfinished(own)).toEqual(own);
    expect(unmarkUnfinished(own, own)).toEqual(own);
  });

  it('brings a tag back once that a person has put on the item again meanwhile', () => {
    const marked = markUnfinished(full).with(0, 'tag 63');
    expect(unmarkUnfinished(marked, full)).toEqual(['tag 63', ...full.slice(1, -1)]);
  });
});
