// What the list knows of every item without asking the vault, in columns: 100,000 items take 6 MB.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { ITEM_KINDS, type ItemKind } from '../../shared/model/item-kinds.ts';
import { id16 } from '../vault/fixed-width.ts';
import { ID_BYTES, IdTable } from '../vault/id-table.ts';
import type { ItemOverview } from '../vault/item-overview.ts';

const NO_TAGS: readonly string[] = [];
/** Room for so many more than were there at first. */
const SPARE_CAPACITY = 1024;
const GROWTH = 1.25;

export class SlotTable {
  readonly #slotOf: IdTable;
  /** Of those alone that have any. */
  readonly #tags = new Map<number, readonly string[]>();
  readonly #tagLists = new Map<string, readonly string[]>();
  #length = 0;
  #ids: Uint8Array;
  #isUsed: Uint8Array;
  #kinds: Uint8Array;
  #flags: Uint8Array;
  #modified: Float64Array;
  #created: Float64Array;

  /** Has room for `expected` items and some more: what a table leaves behind when it grows may lie in memory for ever. */
  constructor(expected = 0) {
    const capacity = expected + SPARE_CAPACITY;
    this.#slotOf = new IdTable((slot) => ({ bytes: this.#ids, start: slot * ID_BYTES }), expected);
    this.#ids = new Uint8Array(capacity * ID_BYTES);
    this.#isUsed = new Uint8Array(capacity);
    this.#kinds = new Uint8Array(capacity);
    this.#flags = new Uint8Array(capacity);
    this.#modified = new Float64Array(capacity);
    this.#created = new Float64Array(capacity);
  }

  /** One past the highest slot. */
  get length(): number {
    return this.#length;
  }

  slotOf(id: ItemId): number | undefined {
    return this.#slotOf.findId(id);
  }

  /** Null for a slot without item. */
  idOf(slot: number): ItemId | null {
    if (this.#isUsed[slot] !== 1) return null;
    const { buffer } = this.#ids;
    return Buffer.from(buffer, slot * ID_BYTES, ID_BYTES).toString('hex') as ItemId;
  }

  kindOf(slot: number): ItemKind {
    return ITEM_KINDS[this.#kinds[slot] ?? 0] ?? 'login';
  }

  flagsOf(slot: number): number {
    return this.#flags[slot] ?? 0;
  }

  tagsOf(slot: number): readonly string[] {
    return this.#tags.get(slot) ?? NO_TAGS;
  }

  modifiedAt(slot: number): number {
    return this.#modified[slot] ?? 0;
  }

  createdAt(slot: number): number {
    return this.#created[slot] ?? 0;
  }

  hasItem(slot: number): boolean {
    return this.#isUsed[slot] === 1;
  }

  /** `slot` is the one that the item has already, or one without item. */
  put(slot: number, overview: ItemOverview, flags: number): void {
    this.#makeRoom(slot);
    const { id, kind, tags, modifiedAt, createdAt } = overview;
    if (this.#isUsed[slot] !== 1) this.#enter(slot, id);
    this.#kinds[slot] = ITEM_KINDS.indexOf(kind);
    this.#flags[slot] = flags;
    this.#modified[slot] = modifiedAt;
    this.#created[slot] = createdAt;
    if (tags.length === 0) this.#tags.delete(slot);
    else this.#tags.set(slot, this.#shared(tags));
  }

  remove(slot: number): void {
    if (this.#isUsed[slot] !== 1) return;
    this.#slotOf.remove(slot);
    this.#isUsed[slot] = 0;
    this.#tags.delete(slot);
  }

  #enter(slot: number, id: ItemId): void {
    this.#ids.set(id16(id), slot * ID_BYTES);
    this.#isUsed[slot] = 1;
    this.#slotOf.add(slot);
    this.#length = Math.max(this.#length, slot + 1);
  }

  /** One list for all items with the same tags. */
  #shared(tags: readonly string[]): readonly string[] {
    const key = tags.join('\n');
    const known = this.#tagLists.get(key);
    if (known) return known;
    this.#tagLists.set(key, tags);
    return tags;
  }

  #makeRoom(slot: number): void {
    if (slot < this.#kinds.length) return;
    const capacity = Math.max(slot + 1, Math.ceil(this.#kinds.length * GROWTH));
    this.#ids = grown(this.#ids, new Uint8Array(capacity * ID_BYTES));
    this.#isUsed = grown(this.#isUsed, new Uint8Array(capacity));
    this.#kinds = grown(this.#kinds, new Uint8Array(capacity));
    this.#flags = grown(this.#flags, new Uint8Array(capacity));
    this.#modified = grown(this.#modified, new Float64Array(capacity));
    this.#created = grown(this.#created, new Float64Array(capacity));
  }
}

function grown<T extends Uint8Array | Float64Array>(former: T, larger: T): T {
  larger.set(former);
  return larger;
}
