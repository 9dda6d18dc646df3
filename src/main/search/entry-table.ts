// EntryTable: the searchable text of all entries, one column per field, with their kinds and flags.
// Each entry has a slot, a number that stays its own. Its text lies in a record, the same in every column: a change
// leaves the record behind and writes a new one at the end, and now and then the columns are sealed without what was
// left, so that a change costs about what the entry is long and not what the vault is large.
// SPDX-License-Identifier: MIT

import { fold } from './fold.ts';
import { withRoomFor } from './growing.ts';
import { initialsOfHost, putHostAndUrls } from './host-text.ts';
import { initialsIn } from './letters.ts';
import type { SearchEntry } from './search-entry.ts';
import { SEPARATOR, TextColumn } from './text-column.ts';

/** Neither a slot nor a record. */
export const NOWHERE = 0xffff_ffff;

/** After so many changes, and as many as a quarter of all records, the columns are sealed anew. */
const FEWEST_CHANGES = 1024;

/** Room for what comes after the first ones, so that the first change copies nothing. */
const SPARE = 1024;

export class EntryTable {
  readonly title = new TextColumn(initialsIn);
  /** The host among them: host-text.ts. */
  readonly urls = new TextColumn(initialsOfHost);
  readonly user = new TextColumn();
  readonly tags = new TextColumn();
  readonly #columns = [this.title, this.urls, this.user, this.tags] as const;
  #slotOf = new Uint32Array(16);
  #recordOf = new Uint32Array(16);
  #flags = new Uint8Array(16);
  #kinds = new Uint16Array(16);
  readonly #kindNames: string[] = [];
  readonly #kindNumbers = new Map<string, number>();
  readonly #freeSlots: number[] = [];
  #slots = 0;
  #records = 0;
  /** Records made or left behind since the columns were sealed. */
  #changes = 0;

  /** Folded names of all kinds that ever were here, by their number. */
  get kindNames(): readonly string[] {
    return this.#kindNames;
  }

  /** How many entries there are. */
  get count(): number {
    return this.#slots - this.#freeSlots.length;
  }

  /** How many records there are, those left behind among them. */
  get records(): number {
    return this.#records;
  }

  get byteLength(): number {
    const parts = [...this.#columns, this.#slotOf, this.#recordOf, this.#flags, this.#kinds];
    return parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** By record; {@link NOWHERE} for one left behind. */
  get slotOf(): Uint32Array {
    return this.#slotOf.subarray(0, this.#records);
  }

  /** False for what an entry has left behind: its text is still there. */
  isLive(record: number): boolean {
    return this.#slotOf[record] !== NOWHERE;
  }

  /** By slot; {@link NOWHERE} for one without entry. */
  get recordOf(): Uint32Array {
    return this.#recordOf.subarray(0, this.#slots);
  }

  /** By slot. */
  get flags(): Uint8Array {
    return this.#flags;
  }

  /** By slot: the number of the kind. */
  get kinds(): Uint16Array {
    return this.#kinds;
  }

  /** All slots with an entry, ascending. */
  slots(): Uint32Array {
    const slots = new Uint32Array(this.count);
    let length = 0;
    for (let slot = 0; slot < this.#slots; slot++) {
      if (this.#recordOf[slot] !== NOWHERE) slots[length++] = slot;
    }
    return slots;
  }

  /** Makes room for so many entries before they come. */
  reserve(entries: number): void {
    for (const column of this.#columns) column.reserve(entries);
    this.#slotOf = withRoomFor(this.#slotOf, entries + SPARE);
    this.#recordOf = withRoomFor(this.#recordOf, entries + SPARE);
    this.#flags = withRoomFor(this.#flags, entries + SPARE);
    this.#kinds = withRoomFor(this.#kinds, entries + SPARE);
  }

  add(entry: SearchEntry): number {
    const slot = this.#freeSlots.pop() ?? this.#slots++;
    this.#write(slot, entry);
    return slot;
  }

  replace(slot: number, entry: SearchEntry): void {
    this.#leave(slot);
    this.#write(slot, entry);
  }

  remove(slot: number): void {
    this.#leave(slot);
    this.#freeSlots.push(slot);
  }

  /** Joins what was added, and leaves out what nothing refers to any more. */
  seal(): void {
    const slotOf = this.#slotOf;
    for (const column of this.#columns) column.seal((record) => slotOf[record] !== NOWHERE);
    let kept = 0;
    for (const slot of slotOf.subarray(0, this.#records)) {
      if (slot === NOWHERE) continue;
      slotOf[kept] = slot;
      this.#recordOf[slot] = kept++;
    }
    this.#records = kept;
    this.#changes = 0;
  }

  sealNowAndThen(): void {
    if (this.#changes > FEWEST_CHANGES + this.#records / 4) this.seal();
  }

  #write(slot: number, entry: SearchEntry): void {
    const record = this.#records++;
    this.#changes += 1;
    this.title.put(entry.title);
    putHostAndUrls(this.urls, entry.host, entry.urls);
    this.user.put(entry.subtitle);
    putValues(this.tags, entry.tags);
    for (const column of this.#columns) column.endRecord();
    this.#slotOf = withRoomFor(this.#slotOf, record + 1);
    this.#recordOf = withRoomFor(this.#recordOf, slot + 1);
    this.#flags = withRoomFor(this.#flags, slot + 1);
    this.#kinds = withRoomFor(this.#kinds, slot + 1);
    this.#slotOf[record] = slot;
    this.#recordOf[slot] = record;
    this.#flags[slot] = entry.flags;
    this.#kinds[slot] = this.#kindNumber(entry.kind);
  }

  #kindNumber(kind: string): number {
    const known = this.#kindNumbers.get(kind);
    if (known !== undefined) return known;
    const number = this.#kindNames.push(fold(kind)) - 1;
    this.#kindNumbers.set(kind, number);
    return number;
  }

  #leave(slot: number): void {
    const record = this.recordOf[slot] ?? NOWHERE;
    if (record === NOWHERE) throw new RangeError(`search: no entry in slot ${slot}`);
    this.#slotOf[record] = NOWHERE;
    this.#recordOf[slot] = NOWHERE;
    this.#changes += 1;
  }
}

/** A separator before, between and after the values: each of them stands between two. */
function putValues(column: TextColumn, values: readonly string[]): void {
  for (const value of values) {
    column.sign(SEPARATOR);
    column.put(value);
  }
  if (values.length > 0) column.sign(SEPARATOR);
}
