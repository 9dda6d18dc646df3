// The list's window onto the vault: pages of 100 rows, fetched as they come into sight; those that merely flew past while
// others were on their way are not. A change of the vault fetches what is in sight anew and swaps it in at once, so the
// list never blinks and never loses its place.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { ItemPage, ItemQuery, ItemSummary, ListQuery } from '../../shared/model/item.ts';
import { Store } from '../store.ts';

export const PAGE_SIZE = 100;
/** A thumb that is dragged passes hundreds in a second. */
const MOST_IN_FLIGHT = 2;
/** Those fetched longest ago go first. */
const MOST_KEPT = 50;

export type { ListQuery };

export interface ListState {
  /** The query that `total` and the rows belong to; null until the first answer. */
  readonly query: ListQuery | null;
  readonly revision: number;
  readonly total: number;
  /** Page number → rows; a page not fetched yet is missing. */
  readonly pages: ReadonlyMap<number, readonly ItemSummary[]>;
}

const NOTHING: ListState = { query: null, revision: -1, total: 0, pages: new Map() };

export class ItemPages {
  readonly state = new Store<ListState>(NOTHING);
  readonly #list: (query: ItemQuery) => Promise<ItemPage>;
  readonly #report: (error: unknown) => void;
  #query: ListQuery | null = null;
  /** Pages in sight. */
  #wanted: readonly number[] = [0];
  /** Counts the restarts; an answer from before the last one is dropped. */
  #generation = 0;
  readonly #inFlight = new Set<number>();

  constructor(list: (query: ItemQuery) => Promise<ItemPage>, report: (error: unknown) => void) {
    this.#list = list;
    this.#report = report;
  }

  /** Shows another part of the vault, from its beginning. Does nothing when it is shown already. */
  show(query: ListQuery): void {
    if (this.#query !== null && isSameQuery(query, this.#query)) return;
    this.#query = query;
    this.#wanted = [0];
    this.refresh();
  }

  /** Says which rows are in sight; their pages get fetched if they are missing. */
  want(firstIndex: number, lastIndex: number): void {
    const first = Math.floor(Math.max(0, firstIndex) / PAGE_SIZE);
    const last = Math.floor(Math.max(0, lastIndex) / PAGE_SIZE);
    this.#wanted = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
    this.#fetchWanted();
  }

  /** Fetches what is in sight anew, all of one revision, and forgets the rest. */
  refresh(): void {
    const generation = ++this.#generation;
    this.#inFlight.clear();
    void this.#refetch(generation);
  }

  rowAt(index: number): ItemSummary | undefined {
    return this.state.get().pages.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE];
  }

  /** Where among the fetched rows an item is; -1 where it is not. */
  indexOf(id: ItemId | null): number {
    return indexIn(this.state.get(), id);
  }

  #fetchWanted(): void {
    const { pages } = this.state.get();
    for (const page of this.#wanted) {
      if (this.#inFlight.size >= MOST_IN_FLIGHT) return;
      if (!pages.has(page) && !this.#inFlight.has(page)) void this.#fetchMissing(page);
    }
  }

  async #refetch(generation: number): Promise<void> {
    const query = this.#query;
    if (!query) return;
    try {
      const wanted = this.#wanted;
      const answers = await Promise.all(wanted.map((page) => this.#fetch(query, page)));
      if (generation !== this.#generation) return;
      const [first] = answers;
      if (!first) return;
      // The vault changed between two answers: pages of different revisions do not belong together.
      if (answers.some(({ revision }) => revision !== first.revision)) {
        await this.#refetch(generation);
        return;
      }
      const pages = new Map(wanted.map((page, index) => [page, answers[index]?.items ?? []]));
      this.state.set({ query, revision: first.revision, total: first.total, pages });
      // What has come into sight meanwhile.
      this.#fetchWanted();
    } catch (error) {
      if (generation === this.#generation) this.#report(error);
    }
  }

  async #fetchMissing(page: number): Promise<void> {
    const query = this.#query;
    if (!query) return;
    const generation = this.#generation;
    this.#inFlight.add(page);
    try {
      const answer = await this.#fetch(query, page);
      if (generation !== this.#generation) return;
      const state = this.state.get();
      if (answer.revision !== state.revision || state.query !== query) {
        this.refresh();
        return;
      }
      this.state.set({ ...state, pages: this.#withPage(state.pages, page, answer.items) });
      this.#inFlight.delete(page);
      this.#fetchWanted();
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#inFlight.delete(page);
      this.#report(error);
    }
  }

  #withPage(
    pages: ListState['pages'],
    page: number,
    rows: readonly ItemSummary[],
  ): ListState['pages'] {
    const kept = [...pages].filter(
      ([one], index) => index > pages.size - MOST_KEPT || this.#wanted.includes(one),
    );
    return new Map([...kept, [page, rows]]);
  }

  #fetch(query: ListQuery, page: number): Promise<ItemPage> {
    return this.#list({ ...query, offset: page * PAGE_SIZE, limit: PAGE_SIZE });
  }
}

/** Where among the fetched rows an item is; -1 where it is not. */
export function indexIn({ pages }: ListState, id: ItemId | null): number {
  if (id === null) return -1;
  for (const [page, rows] of pages) {
    const index = rows.findIndex((row) => row.id === id);
    if (index >= 0) return page * PAGE_SIZE + index;
  }
  return -1;
}

function isSameQuery(a: ListQuery, b: ListQuery): boolean {
  return (
    a.text === b.text &&
    a.sort === b.sort &&
    JSON.stringify(a.section) === JSON.stringify(b.section)
  );
}
