// Several rows of the list, chosen together. There are none or at least two: one alone is the item of the detail pane.
// The row that the keys are on is the chosen item of the view and always one of them.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { ItemPage, ItemQuery, ItemSummary } from '../../shared/model/item.ts';
import { targetIndex } from '../items/list-cursor.ts';
import type { ItemPages } from '../items/item-pages.ts';
import type { View } from '../main/view.ts';
import { Store } from '../store.ts';

/** Ids of one request: `itemIds` in the table of requests. */
export const MOST_SELECTED = 1000;
/** The most rows that one request gives. */
const PAGE_ROWS = 200;

export type SelectedRows = ReadonlyMap<ItemId, ItemSummary>;

const NONE: SelectedRows = new Map();

export interface BulkSelectionParts {
  readonly list: (query: ItemQuery) => Promise<ItemPage>;
  readonly pages: ItemPages;
  readonly view: Store<View>;
  readonly report: (error: unknown) => void;
  /** Not all of what was asked for could be chosen. */
  readonly onCut: () => void;
}

interface Place {
  readonly id: ItemId;
  readonly index: number;
}

export class BulkSelection {
  readonly rows = new Store<SelectedRows>(NONE);
  readonly #parts: BulkSelectionParts;
  /** Where a range begins. */
  #anchor: Place | null = null;
  #generation = 0;

  constructor(parts: BulkSelectionParts) {
    this.#parts = parts;
  }

  get isMany(): boolean {
    return this.rows.get().size > 0;
  }

  clear(): void {
    this.#generation += 1;
    this.#anchor = null;
    this.rows.set(NONE);
  }

  /** Adds the row, or takes it out. */
  toggle(row: ItemSummary, index: number): void {
    const rows = new Map(this.isMany ? this.rows.get() : this.#cursorRow());
    if (!rows.delete(row.id)) rows.set(row.id, row);
    if (rows.size > MOST_SELECTED) {
      this.#parts.onCut();
      return;
    }
    this.#choose(rows, rows.has(row.id) ? row.id : (lastOf(rows) ?? null));
    this.#anchor = { id: row.id, index };
  }

  /** Chooses all rows between the first one and `index`. */
  extendTo(index: number): void {
    const anchor = this.#anchorIndex();
    const from = Math.max(Math.min(anchor, index), anchor - MOST_SELECTED + 1);
    const to = Math.min(Math.max(anchor, index), anchor + MOST_SELECTED - 1);
    if (index < from || index > to) this.#parts.onCut();
    const cursor = index < anchor ? from : to;
    void this.#chooseRange(from, to, cursor - from, anchor - from);
  }

  /** Extends by a key that moves and returns the row to bring into sight; null for keys that do not. */
  press(key: string): number | null {
    const { pages, view } = this.#parts;
    const { total } = pages.state.get();
    const cursor = pages.indexOf(view.get().selectedId);
    const target = targetIndex(key, cursor < 0 ? this.#anchorIndex() : cursor, total);
    if (target === null || total === 0) return null;
    this.extendTo(target);
    return target;
  }

  /** Everything that the list shows, as far as one change may reach. */
  all(): void {
    const { total } = this.#parts.pages.state.get();
    if (total === 0) return;
    if (total > MOST_SELECTED) this.#parts.onCut();
    const cursor = this.#parts.pages.indexOf(this.#parts.view.get().selectedId);
    const last = Math.min(total, MOST_SELECTED) - 1;
    void this.#chooseRange(0, last, cursor < 0 || cursor > last ? 0 : cursor, 0);
  }

  /** Ends it when the person goes elsewhere or chooses another item. */
  follow(view: View, isSameList: boolean): void {
    if (!this.isMany) {
      if (!isSameList) this.clear();
      return;
    }
    const isThere = view.selectedId !== null && this.rows.get().has(view.selectedId);
    if (!isSameList || !isThere || view.room !== null || view.mode !== 'show') this.clear();
  }

  /** Takes over what is known anew of the rows in sight. */
  renew(): void {
    const rows = this.rows.get();
    if (rows.size === 0) return;
    const fresh = [...this.#parts.pages.state.get().pages.values()].flat();
    const known = fresh.filter(({ id }) => rows.has(id));
    if (known.length > 0) this.rows.set(new Map([...rows, ...known.map(toEntry)]));
  }

  async #chooseRange(from: number, to: number, cursor: number, anchor: number): Promise<void> {
    const generation = ++this.#generation;
    try {
      const rows = this.#fetchedRows(from, to) ?? (await this.#fetch(from, to));
      if (generation !== this.#generation) return;
      const first = rows[anchor];
      this.#anchor = first ? { id: first.id, index: from + anchor } : null;
      this.#choose(new Map(rows.map(toEntry)), rows[cursor]?.id ?? null);
    } catch (error) {
      if (generation === this.#generation) this.#parts.report(error);
    }
  }

  #choose(rows: SelectedRows, cursor: ItemId | null): void {
    // First the rows: whoever hears of another chosen item looks whether it is one of them.
    this.rows.set(rows.size > 1 ? rows : NONE);
    const { view } = this.#parts;
    if (view.get().selectedId === cursor && view.get().mode === 'show') return;
    view.update((state) => ({ ...state, selectedId: cursor, mode: 'show' }));
  }

  #cursorRow(): SelectedRows {
    const { pages, view } = this.#parts;
    const row = pages.rowAt(pages.indexOf(view.get().selectedId));
    return row ? new Map([toEntry(row)]) : NONE;
  }

  #anchorIndex(): number {
    const { pages, view } = this.#parts;
    if (this.isMany && this.#anchor) {
      const index = pages.indexOf(this.#anchor.id);
      return index < 0 ? this.#anchor.index : index;
    }
    return Math.max(0, pages.indexOf(view.get().selectedId));
  }

  #fetchedRows(from: number, to: number): readonly ItemSummary[] | null {
    const rows: ItemSummary[] = [];
    for (let index = from; index <= to; index++) {
      const row = this.#parts.pages.rowAt(index);
      if (!row) return null;
      rows.push(row);
    }
    return rows;
  }

  async #fetch(from: number, to: number): Promise<readonly ItemSummary[]> {
    const { list, view } = this.#parts;
    const { section, text, sort } = view.get();
    const rows: ItemSummary[] = [];
    for (let offset = from; offset <= to; offset += PAGE_ROWS) {
      const limit = Math.min(PAGE_ROWS, to - offset + 1);
      rows.push(...(await list({ section, text, sort, offset, limit })).items);
    }
    return rows;
  }
}

function toEntry(row: ItemSummary): readonly [ItemId, ItemSummary] {
  return [row.id, row];
}

function lastOf(rows: SelectedRows): ItemId | undefined {
  return [...rows.keys()].at(-1);
}
