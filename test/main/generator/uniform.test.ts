// Choices without bias: the bounds are hit, the numbers even, a stuck source is noticed, its bytes are erased.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entropyOf, pick, shuffled, uniformBelow } from '../../../src/main/generator/uniform.ts';
import { type RandomSource, systemRandom } from '../../../src/main/crypto/random.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { deviationFromEven } from './chi-square.ts';

const bytesOf = (...values: readonly number[]): RandomSource => {
  let at = 0;
  return {
    bytes: (length) => Uint8Array.from({ length }, () => values[at++] ?? 0),
  };
};

describe('uniformBelow', () => {
  it('stays below its bound, whatever the bound is', () => {
    const bounds = fc.bigInt({ min: 1n, max: 1n << 900n });
    fc.assert(
      fc.property(bounds, fc.string(), (bound, seed) => {
        const number = uniformBelow(bound, seededRandom(seed));
        expect(number >= 0n && number < bound).toBe(true);
      }),
    );
  });

  it.each([2n, 3n, 10n, 26n, 100n, 129n, 255n, 256n, 257n, 1000n])(
    'gives each number below %s equally often',
    (bound) => {
      const random = seededRandom(`even/${String(bound)}`);
      const numbers = Array.from({ length: 50_000 }, () => String(uniformBelow(bound, random)));
      const categories = Array.from({ length: Number(bound) }, (_, n) => String(n));
      expect(Math.abs(deviationFromEven(numbers, categories))).toBeLessThan(4);
    },
  );

  it('throws a number at or above the bound away instead of folding it in', () => {
    // Five bits for 26 letters: 31 and 26 are drawn again, 25 is the last letter.
    expect(uniformBelow(26n, bytesOf(0xff, 26, 25))).toBe(25n);
  });

  it('uses only as many bits as the bound has', () => {
    expect(uniformBelow(4n, bytesOf(0b1111_1110))).toBe(2n);
    expect(uniformBelow(0x1_0000n, bytesOf(0xab, 0xcd))).toBe(0xabcdn);
  });

  it('needs no randomness where there is no choice', () => {
    const none: RandomSource = {
      bytes: () => {
        throw new Error('asked for bytes');
      },
    };
    expect(uniformBelow(1n, none)).toBe(0n);
  });

  it('gives up on a source that is not random', () => {
    const stuck: RandomSource = { bytes: (length) => new Uint8Array(length).fill(0xff) };
    expect(() => uniformBelow(3n, stuck)).toThrow('not random');
  });

  it.each([0n, -1n])('refuses the bound %s', (bound) => {
    expect(() => uniformBelow(bound, systemRandom)).toThrow(RangeError);
  });

  it('erases the random bytes that it was given', () => {
    const given: Uint8Array[] = [];
    const watched: RandomSource = {
      bytes(length) {
        const bytes = systemRandom.bytes(length);
        given.push(bytes);
        return bytes;
      },
    };
    for (let run = 0; run < 20; run++) uniformBelow(1n << 127n, watched);
    expect(given.length).toBeGreaterThanOrEqual(20);
    expect(given.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  });
});

describe('pick', () => {
  it('gives each option its turn', () => {
    const random = seededRandom('pick');
    const picks = Array.from({ length: 3000 }, () => pick('abc', random));
    expect(Math.abs(deviationFromEven(picks, ['a', 'b', 'c']))).toBeLessThan(4);
  });

  it('refuses to pick from nothing', () => {
    expect(() => pick([], systemRandom)).toThrow(RangeError);
  });
});

describe('shuffled', () => {
  it('gives every order equally often and leaves its input alone', () => {
    const random = seededRandom('shuffle');
    const entries = ['a', 'b', 'c', 'd'];
    const orders = Array.from({ length: 24_000 }, () => shuffled(entries, random).join(''));
    const all = ['a', 'b', 'c', 'd'].flatMap((a) =>
      ['a', 'b', 'c', 'd'].flatMap((b) =>
        ['a', 'b', 'c', 'd'].flatMap((c) => ['a', 'b', 'c', 'd'].map((d) => a + b + c + d)),
      ),
    );
    const permutations = all.filter((order) => new Set(order).size === 4);
    expect(Math.abs(deviationFromEven(orders, permutations))).toBeLessThan(4);
    expect(entries).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('entropyOf', () => {
  it.each([
    [1n, 0],
    [2n, 1],
    [6n, Math.log2(6)],
    [7776n ** 6n, 6 * Math.log2(7776)],
    [1n << 1000n, 1000],
    [89n ** 128n, 128 * Math.log2(89)],
  ])('of %s', (count, bits) => {
    expect(entropyOf(count)).toBeCloseTo(bits, 9);
  });

  it('does not round the mantissa up', () => {
    expect(entropyOf((1n << 200n) - 1n)).toBeLessThanOrEqual(200);
  });
});
