// SPDX-License-Identifier: MIT

import { generatePrimeSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { assertSound } from '../../../src/main/ssh/assert-sound.ts';
import type { RsaMaterial } from '../../../src/main/ssh/key-material.ts';
import { fromHex } from '../../../src/shared/bytes.ts';

const E = 65_537n;

const prime = (bits: number): bigint => generatePrimeSync(bits, { bigint: true });

/** Extended Euclid; `null` where the two have a common divisor. */
function inverse(value: bigint, modulus: bigint): bigint | null {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (b !== 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return a === 1n ? ((x % modulus) + modulus) % modulus : null;
}

function toBytes(value: bigint): Uint8Array {
  const hex = value.toString(16);
  return fromHex(hex.length % 2 === 0 ? hex : `0${hex}`);
}

/** A key whose arithmetic is right whatever `makeP` gives. */
function rsaOf(makeP: () => bigint): RsaMaterial {
  for (;;) {
    const [p, q] = [makeP(), prime(512)];
    const d = inverse(E, (p - 1n) * (q - 1n));
    const iqmp = inverse(q, p);
    if (d === null || iqmp === null) continue;
    const [n, e] = [toBytes(p * q), toBytes(E)];
    if (n.length !== 128 || (n[0] ?? 0) < 0x80) continue;
    return { kind: 'rsa', n, e, d: toBytes(d), iqmp: toBytes(iqmp), p: toBytes(p), q: toBytes(q) };
  }
}

const sound = rsaOf(() => prime(512));

describe('assertSound', () => {
  it('takes a key of two primes', () => {
    expect(() => {
      assertSound(sound);
    }).not.toThrow();
  });

  it('refuses a key with right arithmetic whose prime is a product', () => {
    const material = rsaOf(() => prime(256) * prime(256));
    expect(() => {
      assertSound(material);
    }).toThrow('its signatures do not verify');
  });

  it('refuses a key with one prime twice', () => {
    const { p, iqmp } = sound;
    expect(() => {
      assertSound({ ...sound, q: p, iqmp });
    }).toThrow('do not belong together');
  });

  it.each(['n', 'e', 'd', 'iqmp', 'p', 'q'] as const)('refuses a key with another %s', (name) => {
    const changed = Uint8Array.from(sound[name]);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 2;
    expect(() => {
      assertSound({ ...sound, [name]: changed });
    }).toThrow('do not belong together');
  });

  it('refuses a private exponent that fits one prime alone', () => {
    const { p, d } = numbersOf(sound);
    const other = { ...sound, d: toBytes(d > p ? d - (p - 1n) : d + (p - 1n)) };
    expect(() => {
      assertSound(other);
    }).toThrow('do not belong together');
  });

  it('refuses a private exponent that is larger than the modulus', () => {
    let material = sound;
    let larger = new Uint8Array();
    do {
      material = rsaOf(() => prime(512));
      const { p, q, d } = numbersOf(material);
      larger = Uint8Array.from(toBytes(d + (p - 1n) * (q - 1n)));
    } while (larger.length > material.n.length);
    expect(() => {
      assertSound({ ...material, d: larger });
    }).toThrow('do not belong together');
  });
});

function numbersOf(material: RsaMaterial): Record<'p' | 'q' | 'd', bigint> {
  const toInteger = (bytes: Uint8Array): bigint =>
    BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  return { p: toInteger(material.p), q: toInteger(material.q), d: toInteger(material.d) };
}
