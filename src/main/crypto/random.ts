// Randomness as something handed in, and the operating system's generator behind it.
// SPDX-License-Identifier: MIT

import { randomFillSync } from 'node:crypto';

/** A cryptographic source of random bytes. Tests hand in a seeded one. */
export interface RandomSource {
  /** `length` fresh bytes, owned by the caller. */
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

/**
 * Drawn ahead, a page at a time: nonces and keys are short, and asking for each by itself costs ten times what it gives.
 * What was handed out is erased here.
 */
class DrawnAhead implements RandomSource {
  readonly #stock = new Uint8Array(STOCK_BYTES);
  #used = STOCK_BYTES;

  bytes(length: number): Uint8Array<ArrayBuffer> {
    if (length > MOST_FROM_STOCK) return randomFillSync(new Uint8Array(length));
    if (this.#used + length > STOCK_BYTES) {
      randomFillSync(this.#stock);
      this.#used = 0;
    }
    const drawn = this.#stock.slice(this.#used, this.#used + length);
    this.#stock.fill(0, this.#used, this.#used + length);
    this.#used += length;
    return drawn;
  }
}

const STOCK_BYTES = 4096;
const MOST_FROM_STOCK = 256;

export const systemRandom: RandomSource = new DrawnAhead();
