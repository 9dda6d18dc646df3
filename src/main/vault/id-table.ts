// IdTable: from ids of items, as the bytes they are, to numbers. It keeps no id itself: whoever owns the numbers says which
// id one stands for, so that 100,000 items take 1 MB and no text.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { id16 } from './fixed-width.ts';

export const ID_BYTES = 16;
const WORDS = 4;
const FIRST_CAPACITY = 1024;
const FREE = 0xffff_ffff;
/** Up to here it grows fourfold: going through all ids again, scattered as they lie, is what costs. */
const SMALL_CAPACITY = 2 ** 18;

/** Where the id of `number` lies: from `start` of `bytes` on. Lent until the next question. */
export interface IdPlace {
  readonly bytes: Uint8Array;
  readonly start: number;
}

/** Open addressing over the first word of an id: ids are random, so it is as good as a hash. */
export class IdTable {
  readonly #placeOf: (number: number) => IdPlace;
  #numbers: Uint32Array<ArrayBuffer>;
  #size = 0;

  /**
   * `placeOf` is asked for numbers that are in, and for those that are being put in or taken out: integers from 0 to
   * 2³² − 2. There is room for `expected` ids without growing.
   */
  constructor(placeOf: (number: number) => IdPlace, expected = 0) {
    this.#placeOf = placeOf;
    this.#numbers = emptyCells(capacityFor(expected));
  }

  get size(): number {
    return this.#size;
  }

  /** The number of the id whose 16 bytes lie in `bytes` from `start` on. */
  find(bytes: Uint8Array, start: number): number | undefined {
    return this.#at(this.#cellOf(bytes, start));
  }

  findId(id: ItemId): number | undefined {
    return this.find(id16(id), 0);
  }

  /** Puts a number in under its own id; false, and nothing done, where that id is in already. */
  add(number: number): boolean {
    if (this.#size * 2 >= this.#numbers.length) this.#grow();
    const { bytes, start } = this.#placeOf(number);
    const cell = this.#cellOf(bytes, start);
    if (this.#numbers[cell] !== FREE) return false;
    this.#numbers[cell] = number;
    this.#size += 1;
    return true;
  }

  /** Takes a number out; its id must still be where it was, and those of all others. */
  remove(number: number): void {
    const { bytes, start } = this.#placeOf(number);
    let free = this.#cellOf(bytes, start);
    if (this.#numbers[free] !== number) return;
    const mask = this.#numbers.length - 1;
    // Those behind it move up, so that each is still found from where its id would have it.
    for (let cell = (free + 1) & mask; ; cell = (cell + 1) & mask) {
      const other = this.#at(cell);
      if (other === undefined) break;
      const wanted = this.#firstWord(other) & mask;
      if (((cell - wanted) & mask) < ((cell - free) & mask)) continue;
      this.#numbers[free] = other;
      free = cell;
    }
    this.#numbers[free] = FREE;
    this.#size -= 1;
  }

  clear(): void {
    this.#numbers = emptyCells(FIRST_CAPACITY);
    this.#size = 0;
  }

  #at(cell: number): number | undefined {
    const number = this.#numbers[cell];
    return number === FREE ? undefined : number;
  }

  /** Where an id is, or the free cell that it would take. */
  #cellOf(bytes: Uint8Array, start: number): number {
    const mask = this.#numbers.length - 1;
    for (let cell = wordAt(bytes, start) & mask; ; cell = (cell + 1) & mask) {
      const number = this.#numbers[cell] ?? FREE;
      if (number === FREE || this.#isAt(number, bytes, start)) return cell;
    }
  }

  #isAt(number: number, bytes: Uint8Array, start: number): boolean {
    const own = this.#placeOf(number);
    for (let word = 0; word < WORDS; word += 1) {
      if (wordAt(own.bytes, own.start + 4 * word) !== wordAt(bytes, start + 4 * word)) return false;
    }
    return true;
  }

  #firstWord(number: number): number {
    const { bytes, start } = this.#placeOf(number);
    return wordAt(bytes, start);
  }

  #grow(): void {
    const former = this.#numbers;
    const mask = former.length * (former.length < SMALL_CAPACITY ? 4 : 2) - 1;
    this.#numbers = emptyCells(mask + 1);
    for (const number of former) {
      if (number === FREE) continue;
      let cell = this.#firstWord(number) & mask;
      while (this.#numbers[cell] !== FREE) cell = (cell + 1) & mask;
      this.#numbers[cell] = number;
    }
    // Frees its memory at once, without waiting for the garbage collector.
    former.buffer.transfer(0);
  }
}

/** The power of two that `count` ids fill by less than half. */
function capacityFor(count: number): number {
  return Math.max(FIRST_CAPACITY, 2 ** Math.ceil(Math.log2(count * 2 + 1)));
}

function emptyCells(capacity: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(capacity).fill(FREE);
}

function wordAt(bytes: Uint8Array, at: number): number {
  const high = ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16);
  return high | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
}
