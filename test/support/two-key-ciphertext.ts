// A ciphertext that opens under two keys: AEADs with a polynomial MAC do not commit to their key (Len, Grubbs,
// Ristenpart, "Partitioning Oracle Attacks", USENIX Security 2021). For XChaCha20-Poly1305 and two blocks of content.
// SPDX-License-Identifier: MIT

import { xchacha20 } from '@noble/ciphers/chacha.js';
import { concatBytes } from '@noble/hashes/utils.js';

const P = (1n << 130n) - 5n;
const TWO_128 = 1n << 128n;
const CLAMP = 0x0ffffffc0ffffffc0ffffffc0fffffffn;

interface OneTimeKey {
  readonly r: bigint;
  readonly s: bigint;
}

/** `nonce(24) ‖ ciphertext(32) ‖ tag(16)` that is authentic under both keys, with associated data `aad`. */
export function sealUnderTwoKeys(
  keys: readonly [Uint8Array, Uint8Array],
  input: { readonly nonce: Uint8Array; readonly aad: Uint8Array },
): Uint8Array {
  const { nonce, aad } = input;
  const [one, other] = keys.map((key) => oneTimeKey(key, nonce));
  if (!one || !other) throw new Error('two keys are needed');
  const lengths = numberOf(concatBytes(u64(aad.length), u64(32))) + TWO_128;
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    const first = new Uint8Array(16).fill(7);
    new DataView(first.buffer).setUint32(0, attempt);
    const before = [...blocksOf(aad), numberOf(first) + TWO_128];
    const last = solve([one, other], before, lengths);
    if (last === null) continue;
    const tag = tagOf(one, [...before, last + TWO_128, lengths]);
    return concatBytes(nonce, first, bytesOf(last), bytesOf(tag));
  }
  throw new Error('no block was found');
}

/** The block that makes both tags the same; null where it would have more than 128 bits. */
function solve(
  [one, other]: readonly [OneTimeKey, OneTimeKey],
  before: readonly bigint[],
  lengths: bigint,
): bigint | null {
  const all = [...before, TWO_128, lengths];
  const known = evaluate(one.r, all) - evaluate(other.r, all);
  const factor = inverse(mod(one.r * one.r - other.r * other.r));
  // The tags are equal modulo 2^128 alone: the sums before may differ by some multiples of it.
  for (let wraps = -4n; wraps <= 4n; wraps += 1n) {
    const block = mod((other.s - one.s + wraps * TWO_128 - known) * factor);
    if (block >= TWO_128) continue;
    const blocks = [...before, block + TWO_128, lengths];
    if (tagOf(one, blocks) === tagOf(other, blocks)) return block;
  }
  return null;
}

function oneTimeKey(key: Uint8Array, nonce: Uint8Array): OneTimeKey {
  const bytes = xchacha20(key, nonce, new Uint8Array(32));
  return { r: numberOf(bytes.subarray(0, 16)) & CLAMP, s: numberOf(bytes.subarray(16)) };
}

function tagOf({ r, s }: OneTimeKey, blocks: readonly bigint[]): bigint {
  return (evaluate(r, blocks) + s) % TWO_128;
}

/** RFC 8439, section 2.5. */
function evaluate(r: bigint, blocks: readonly bigint[]): bigint {
  return blocks.reduce((sum, block) => mod((sum + block) * r), 0n);
}

/** Blocks of 16 bytes, the last filled with zeros, as RFC 8439 pads associated data. */
function blocksOf(bytes: Uint8Array): bigint[] {
  return Array.from({ length: Math.ceil(bytes.length / 16) }, (_, index) => {
    const block = new Uint8Array(16);
    block.set(bytes.subarray(index * 16, index * 16 + 16));
    return numberOf(block) + TWO_128;
  });
}

function mod(value: bigint): bigint {
  return ((value % P) + P) % P;
}

function inverse(value: bigint): bigint {
  let [result, base] = [1n, value];
  for (let exponent = P - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = mod(result * base);
    base = mod(base * base);
  }
  return result;
}

function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
}

function bytesOf(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 16 }, (_, index) => Number((value >> BigInt(index * 8)) & 255n));
}

function u64(value: number): Uint8Array {
  return bytesOf(BigInt(value)).subarray(0, 8);
}
