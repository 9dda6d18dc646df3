// Tags as a tree: `work/mail` stands below `work`. A parent that no item has by itself is there all the same.
// SPDX-License-Identifier: MIT

import type { ItemCounts } from '../../shared/model/item.ts';

export interface TagNode {
  /** The whole tag, `work/mail`. */
  readonly tag: string;
  /** Its last part, `mail`. */
  readonly name: string;
  /** Items that have the tag or one below it; null where that is not known. */
  readonly count: number | null;
  readonly children: readonly TagNode[];
}

interface Growing {
  readonly tag: string;
  readonly name: string;
  count: number | null;
  readonly children: Map<string, Growing>;
}

export function toTagTree(tags: ItemCounts['tags']): readonly TagNode[] {
  const top = new Map<string, Growing>();
  for (const { tag, count } of tags) {
    const node = grow(top, tag);
    if (node) node.count = count;
  }
  return freeze(top);
}

/** The node of `tag`, made with its parents where it is missing; none for a tag without a name. */
function grow(top: Map<string, Growing>, tag: string): Growing | null {
  let level = top;
  let node: Growing | null = null;
  for (const name of tag.split('/')) {
    const path: string = node ? `${node.tag}/${name}` : name;
    const next: Growing = level.get(name) ?? { tag: path, name, count: null, children: new Map() };
    level.set(name, next);
    node = next;
    level = next.children;
  }
  return node;
}

function freeze(level: ReadonlyMap<string, Growing>): readonly TagNode[] {
  return [...level.values()].map(({ tag, name, count, children }) => ({
    ...{ tag, name, count },
    children: freeze(children),
  }));
}
