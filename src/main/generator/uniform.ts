// Choices without bias from random bytes, and the entropy of a choice among so many.
// Bytes that would favour the low numbers are thrown away and drawn again, never folded in by a remainder.
// SPDX-License-Identifier: MIT

import type { RandomSource } from '../crypto/random.ts';

/** A fair draw is refused less than every second time: so many in a row, once in 2^200, is a broken source. */
const MAX_DRAWS = 200;

/** A whole number from 0 to `bound` - 1, each equally likely. `bound` is at least 1. */
export function uniformBelow(bound: bigint, random: RandomSource): bigint {
  if (bound < 1n) throw new RangeError('uniform number: expected a bound of at least 1');
  const bits = bitLength(bound - 1n);
  if (bits === 0) return 0n;
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const number = drawBits(bits, random);
    if (number < bound) return number;
  }
  throw new Error(`uniform number: ${MAX_DRAWS} draws in a row were refused; not random`);
}

/** One of `options`, each equally likely. */
export function pick<T>(options: ArrayLike<T>, random: RandomSource): T {
  const option = options[Number(uniformBelow(BigInt(options.length), random))];
  if (option === undefined) throw new RangeError('pick: expected at least one option');
  return option;
}

/** The same entries in an order that is any of theirs with equal chance (Fisher and Yates). */
export function shuffled<T>(entries: readonly T[], random: RandomSource): T[] {
  const left = [...entries];
  const result: T[] = [];
  while (left.length > 0) {
    const at = Number(uniformBelow(BigInt(left.length), random));
    result.push(...left.splice(at, 1));
  }
  return result;
}

/** Base-2 logarithm of `count`, to the precision of a double. `count` is at least 1. */
export function entropyOf(count: bigint): number {
  // What a double cannot hold is cut off, so the mantissa is rounded down and never up.
  const shift = Math.max(0, bitLength(count) - 53);
  return Math.log2(Number(count >> BigInt(shift))) + shift;
}

function drawBits(bits: number, random: RandomSource): bigint {
  const bytes = random.bytes(Math.ceil(bits / 8));
  let number = 0n;
  for (const byte of bytes) number = (number << 8n) | BigInt(byte);
  bytes.fill(0);
  return number & ((1n << BigInt(bits)) - 1n);
}

function bitLength(number: bigint): number {
  return number === 0n ? 0 : number.toString(2).length;
}
