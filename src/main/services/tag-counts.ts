// Tags as a tree: how many items have a tag or one below it.
// SPDX-License-Identifier: MIT

import type { ItemCounts } from '../../shared/model/item.ts';

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

export class TagCounts {
  readonly #counts = new Map<string, number>();

  /** The tags of one item: it counts once for each tag and once for each parent. */
  add(tags: readonly string[]): void {
    if (tags.length === 0) return;
    for (const tag of new Set(tags.flatMap(withParents))) {
      this.#counts.set(tag, (this.#counts.get(tag) ?? 0) + 1);
    }
  }

  /** Parents before their children. */
  list(): ItemCounts['tags'] {
    return Array.from(this.#counts, ([tag, count]) => ({ tag, count })).sort((a, b) =>
      comparePaths(a.tag.split('/'), b.tag.split('/')),
    );
  }
}

/** `work/mail` is within `work`, and so is `work`. */
export function isWithinTag(tag: string, parent: string): boolean {
  return tag === parent || tag.startsWith(`${parent}/`);
}

/** `work/mail` → `work`, `work/mail`. */
function withParents(tag: string): readonly string[] {
  const parts = tag.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = collator.compare(part, other) || (part < other ? -1 : part > other ? 1 : 0);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
