// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { toTagTree, type TagNode } from '../../../src/renderer/main/tag-tree.ts';

/** Tags by depth, with their counts. */
function outline(nodes: readonly TagNode[], depth = 0): string[] {
  return nodes.flatMap(({ name, count, children }) => [
    `${'  '.repeat(depth)}${name} ${count ?? '?'}`,
    ...outline(children, depth + 1),
  ]);
}

describe('toTagTree', () => {
  it('puts a tag below its parent, whatever stands between them in order', () => {
    const tags = ['work', 'work-old', 'work/mail', 'work/mail/old'];
    expect(outline(toTagTree(tags.map((tag, index) => ({ tag, count: index + 1 }))))).toEqual([
      ...['work 1', '  mail 3', '    old 4', 'work-old 2'],
    ]);
  });

  it('makes a parent that is missing', () => {
    const [work] = toTagTree([{ tag: 'work/mail', count: 2 }]);
    expect(work).toMatchObject({ tag: 'work', count: null, children: [{ tag: 'work/mail' }] });
  });

  it('has nothing to show for no tags', () => {
    expect(toTagTree([])).toEqual([]);
  });
});
