// All rows of a table of a vault, a few at a time.
// SPDX-License-Identifier: MIT

import type { DeviceId, ItemId } from '../../shared/brand.ts';
import type { SealedAttachment } from './sealed-attachment.ts';
import type { SealedBody, SealedItemKeys } from './sealed-item.ts';
import type { AttachmentPosition, BodyPosition, VaultStore } from './vault-store.ts';

const ROWS_AT_ONCE = 256;
/** No random id is before it. */
const LOWEST_ID = '0'.repeat(32);

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

/** Every body of one item, oldest first, however many there are. */
export function bodiesOf(store: VaultStore, id: ItemId): Iterable<SealedBody> {
  const before = { id, revision: { lamport: 0, deviceId: LOWEST_ID as DeviceId } };
  const scan = (after: BodyPosition | null) => store.scanBodies(after, ROWS_AT_ONCE);
  return whileOf(all(scan, before), (row) => row.id === id);
}

/** Every head of a file of one item, however many there are. */
export function attachmentsOf(store: VaultStore, itemId: ItemId): Iterable<SealedAttachment> {
  const before = { itemId, id: LOWEST_ID };
  const scan = (after: AttachmentPosition | null) => store.scanAttachments(after, ROWS_AT_ONCE);
  return whileOf(all(scan, before), (row) => row.itemId === itemId);
}

function* whileOf<Row>(rows: Iterable<Row>, isOf: (row: Row) => boolean): Iterable<Row> {
  for (const row of rows) {
    if (!isOf(row)) return;
    yield row;
  }
}

function* all<Row extends Position, Position>(
  next: (after: Position | null) => readonly Row[],
  after: Position | null = null,
): Iterable<Row> {
  let rows = next(after);
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
  readonly #most: number;
  #next: Kept | null;
  #current: readonly Kept[] = [];

  /**
   * `keep` is asked once for each row, whether or not its item is ever asked for. Of an item not more than `most` are
   * kept: a file may hold as many as someone cared to plant.
   */
  constructor(rows: Iterable<Row>, keep: (row: Row) => Kept, most: number) {
    this.#rows = rows[Symbol.iterator]();
    this.#keep = keep;
    this.#most = most;
    this.#next = this.#read();
  }

  /** What was kept of the rows of an item: of the one that was asked for last, or of a later one. */
  of(id: ItemId): readonly Kept[] {
    if (this.#current[0]?.id === id) return this.#current;
    while (this.#next !== null && this.#next.id < id) this.#next = this.#read();
    const own: Kept[] = [];
    while (this.#next?.id === id) {
      if (own.length < this.#most) own.push(this.#next);
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
