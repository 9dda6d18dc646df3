// Dice: fast repeatable randomness for millions of throws (sfc32, public domain, by Chris Doty-Humphrey). Tests alone.
// SPDX-License-Identifier: MIT

import { sha256 } from '../../src/main/crypto/digest.ts';
import { toUtf8 } from '../../src/shared/bytes.ts';

export class Dice {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** The same seed gives the same throws. */
  constructor(seed: string) {
    const view = new DataView(sha256(toUtf8(seed)).buffer);
    this.#a = view.getUint32(0);
    this.#b = view.getUint32(4);
    this.#c = view.getUint32(8);
  }

  /** An integer from 0 and below `limit`. */
  below(limit: number): number {
    return Math.floor((this.#next() / 0x1_0000_0000) * limit);
  }

  /** True once in `count` throws. */
  oneIn(count: number): boolean {
    return this.below(count) === 0;
  }

  pick<T>(list: readonly T[]): T {
    const index = this.below(list.length);
    if (list.length === 0) throw new Error('dice: nothing to pick from');
    return list[index] as T;
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    for (let index = 0; index < length; index += 1) bytes[index] = this.below(256);
    return bytes;
  }

  /** Lower-case letters. */
  word(length: number): string {
    return Array.from({ length }, () => String.fromCharCode(97 + this.below(26))).join('');
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}
