// Randomness as something handed in, and the operating system's generator behind it.
// SPDX-License-Identifier: MIT

import { randomBytes } from 'node:crypto';

/** A cryptographic source of random bytes. Tests hand in a seeded one. */
export interface RandomSource {
  /** `length` fresh bytes, owned by the caller. */
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

export const systemRandom: RandomSource = {
  bytes: (length) => Uint8Array.from(randomBytes(length)),
};
