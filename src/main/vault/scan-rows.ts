// All rows of a table of a vault, a few at a time.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { SealedAttachment } from './sealed-attachment.ts';
import type { SealedBody, SealedItemKeys } from './sealed-item.ts';
import type { VaultStore } from './vault-store.ts';

const ROWS_AT_ONCE = 256;

/** In the order of items and revisions. */
export function allBodies(store: VaultStore): Iterable<SealedBody> {
  return all((after: SealedBody | null) => store.scanBodies(after, ROWS_AT_ONCE));
}

/** In the order of items, versions and devices. */
export function allKeys(store: VaultStore): Iterable<SealedItemKeys> {
  return all((after: SealedItemKeys | null) => store.scanKeys(after, ROWS_AT_ONCE));
}

export function allAttachments(store: VaultStore): Iterable<SealedAttachment> {
  return all((after: SealedAttachment | null) => store.scanAttachments(after, ROWS_AT_ONCE));
}

function* all<Row>(next: (after: Row | null) => readonly Row[]): Iterable<Row> {
  let rows = next(null);
  for (;;) {
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_AT_ONCE) return;
    rows = next(last);
  }
}

/** Rows in the order of items, handed out item by item as the items of another table are walked in the same order. */
export class RowsByItem<Row, Kept extends { readonly id: ItemId }> {
  readonly #rows: Iterator<Row, unknown>;
  readonly #keep: (row: Row) => Kept;
  #next: Kept | null;
  #current: readonly Kept[] = [];

  /** `keep` is asked once for each row, whether or not its item is ever asked for. */
  constructor(rows: Iterable<Row>, keep: (row: Row) => Kept) {
    this.#rows = rows[Symbol.iterator]();
    this.#keep = keep;
    this.#next = this.#read();
  }

  /** What was kept of the rows of an item: of the one that was asked for last, or of a later one. */
  of(id: ItemId): readonly Kept[] {
    if (this.#current[0]?.id === id) return this.#current;
    while (this.#next !== null && this.#next.id < id) this.#next = this.#read();
    const own: Kept[] = [];
    while (this.#next?.id === id) {
      own.push(this.#next);
      this.#next = this.#read();
    }
    this.#current = own;
    return own;
  }

  /** Reads on to the last row. */
  skipRest(): void {
    while (this.#next !== null) this.#next = this.#read();
  }

  #read(): Kept | null {
    const next = this.#rows.next();
    return next.done === true ? null : this.#keep(next.value);
  }
}
