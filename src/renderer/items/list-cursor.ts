// Where the arrow keys are in the list. Rows that are not fetched yet can be gone to: they are chosen when they come.
// A selection whose page was dropped keeps its place, so that the next key goes on from there.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { ItemPages } from './item-pages.ts';

const PAGE_ROWS = 10;

/** The row that a key leads to from `current` (-1: none chosen); null for keys that lead nowhere. */
export function targetIndex(key: string, current: number, total: number): number | null {
  const last = Math.max(0, total - 1);
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, current + 1);
    case 'ArrowUp':
      return Math.max(0, current - 1);
    case 'PageDown':
      return Math.min(last, Math.max(0, current) + PAGE_ROWS);
    case 'PageUp':
      return Math.max(0, current - PAGE_ROWS);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

export class ListCursor {
  readonly #pages: ItemPages;
  readonly #selectedId: () => ItemId | null;
  readonly #select: (id: ItemId) => void;
  /** The row gone to whose page is on its way. */
  #awaited: number | null = null;
  #last: { readonly id: ItemId; readonly index: number } | null = null;

  constructor(pages: ItemPages, selectedId: () => ItemId | null, select: (id: ItemId) => void) {
    this.#pages = pages;
    this.#selectedId = selectedId;
    this.#select = select;
  }

  /** Chooses awaited rows as they come; the returned function stops that. */
  follow(): () => void {
    return this.#pages.state.subscribe(() => {
      if (this.#awaited !== null) this.#goTo(this.#awaited);
    });
  }

  /** Moves by `key` and returns the row to bring into sight; null for keys that do not move. */
  press(key: string): number | null {
    const { total } = this.#pages.state.get();
    const target = targetIndex(key, this.#awaited ?? this.#currentIndex(), total);
    if (target === null || total === 0) return null;
    this.#goTo(target);
    return target;
  }

  #currentIndex(): number {
    const id = this.#selectedId();
    const index = this.#pages.indexOf(id);
    if (index >= 0 || id === null) return index;
    return this.#last?.id === id ? this.#last.index : -1;
  }

  #goTo(index: number): void {
    const row = this.#pages.rowAt(index);
    if (!row) {
      this.#awaited = index;
      this.#pages.want(index, index);
      return;
    }
    this.#awaited = null;
    this.#last = { id: row.id, index };
    this.#select(row.id);
  }
}
