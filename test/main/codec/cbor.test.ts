// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeCbor,
  parseCbor,
  parseCborPrefix,
  type CborMap,
  type CborValue,
} from '../../../src/main/codec/cbor.ts';
import { CodecError } from '../../../src/main/codec/codec-error.ts';
import { fromHex, toHex } from '../../../src/shared/bytes.ts';
import { NOT_PRESENT, readJsonVectors } from '../../support/vectors.ts';

interface AppendixCase {
  readonly hex: string;
  readonly roundtrip: boolean;
  readonly decoded?: unknown;
}

const appendix = readJsonVectors('cbor', 'appendix_a.json') as readonly AppendixCase[] | null;

/** Of RFC 8949, appendix A: what CTAP2's canonical form has no place for. */
const REFUSED_BY_CTAP2 = new Set([
  // floats of all sizes
  ...['f90000', 'f98000', 'f93c00', 'fb3ff199999999999a', 'f93e00', 'f97bff', 'fa47c35000'],
  ...['fa7f7fffff', 'fb7e37e43c8800759c', 'f90001', 'f90400', 'f9c400', 'fbc010666666666666'],
  ...['f97c00', 'f97e00', 'f9fc00', 'fa7f800000', 'fa7fc00000', 'faff800000'],
  ...['fb7ff0000000000000', 'fb7ff8000000000000', 'fbfff0000000000000'],
  // undefined and other simple values
  ...['f7', 'f0', 'f818', 'f8ff'],
  // tags, bignums among them
  ...['c249010000000000000000', 'c349010000000000000000'],
  ...['c074323031332d30332d32315432303a30343a30305a', 'c11a514b67b0', 'c1fb41d452d9ec200000'],
  ...['d74401020304', 'd818456449455446'],
  'd82076687474703a2f2f7777772e6578616d706c652e636f6d',
  // indefinite lengths
  ...['5f42010243030405ff', '7f657374726561646d696e67ff', '9fff', '9f018202039f0405ffff'],
  ...['9f01820203820405ff', '83018202039f0405ff', '83019f0203ff820405'],
  '9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff',
  ...['bf61610161629f0203ffff', '826161bf61626163ff', 'bf6346756ef563416d7421ff'],
]);

describe.skipIf(appendix === null)(`RFC 8949, appendix A (or: ${NOT_PRESENT})`, () => {
  it('takes and writes each case that is canonical, and refuses each that is not', () => {
    const outcomes = (appendix ?? []).map(({ hex }) => {
      try {
        return [hex, toHex(encodeCbor(parseCbor(fromHex(hex))))];
      } catch (error) {
        if (!(error instanceof CodecError)) throw error;
        return [hex, 'refused'];
      }
    });
    const expected = (appendix ?? []).map(({ hex }) => [
      hex,
      REFUSED_BY_CTAP2.has(hex) ? 'refused' : hex,
    ]);
    expect(outcomes).toEqual(expected);
    expect(outcomes.length).toBe(82);
  });

  it('reads the values that the file names', () => {
    const compared = (appendix ?? []).filter(
      ({ hex, decoded }) =>
        !REFUSED_BY_CTAP2.has(hex) && ['number', 'string', 'boolean'].includes(typeof decoded),
    );
    const values = compared.map(({ hex }) => {
      const value = parseCbor(fromHex(hex));
      return typeof value === 'bigint' ? Number(value) : value;
    });
    expect(values).toEqual(compared.map(({ decoded }) => decoded));
    expect(compared.length).toBe(25);
  });
});

describe('parseCbor', () => {
  it.each([
    ['nothing at all', ''],
    ['a byte left over', '0000'],
    ['an integer in two bytes where one would do', '1817'],
    ['an integer in three bytes where two would do', '1900ff'],
    ['an integer in five bytes where three would do', '1a0000ffff'],
    ['an integer in nine bytes where five would do', '1b00000000ffffffff'],
    ['a negative integer in two bytes where one would do', '3817'],
    ['a length in two bytes where one would do', '580100'],
    ['a reserved length form', '1c'],
    ['a byte string cut short', '4301'],
    ['a byte string of indefinite length', '5f4101ff'],
    ['a byte string that says it has 4 GiB', '5bffffffffffffffff'],
    ['an array that says it has 2^31 items', '9a7fffffff'],
    ['text that is not UTF-8', '61ff'],
    ['text cut inside a character', '61c3'],
    ['a map with one key twice', 'a201000100'],
    ['a map with descending integers', 'a202000100'],
    ['a map with text before an integer', 'a2616100' + '0100'],
    ['a map with a negative before a positive integer', 'a220000100'],
    ['a map with a longer key before a shorter one', 'a262616100' + '616200'],
    ['a map with a byte string as a key', 'a1410000'],
    ['a map with an array as a key', 'a18000'],
    ['a map with a 64-bit key', 'a11bffffffffffffffff00'],
    ['a map cut after a key', 'a101'],
    ['five levels of arrays', '8181818180'],
    ['five levels of maps and arrays', 'a101a101a101a10180'],
    ['a tag', 'c000'],
    ['a half float', 'f90000'],
    ['undefined', 'f7'],
    ['a break without a beginning', 'ff'],
  ])('refuses %s', (_, hex) => {
    expect(() => parseCbor(fromHex(hex))).toThrow(CodecError);
  });

  it('takes four levels', () => {
    expect(parseCbor(fromHex('81818180'))).toEqual([[[[]]]]);
  });

  it('names the code that the application knows', () => {
    expect(() => parseCbor(fromHex('0000'))).toThrow(
      expect.objectContaining({
        code: 'codec/malformed',
        message: 'CBOR: expected 1 bytes, got 2',
      }) as Error,
    );
  });

  it('copies byte strings out of the input', () => {
    const input = fromHex('4101');
    const value = parseCbor(input) as Uint8Array;
    input.fill(0);
    expect(value).toEqual(Uint8Array.of(1));
  });

  it('reads from a view into a larger buffer', () => {
    const buffer = fromHex('ffff1903e8ff');
    expect(parseCbor(buffer.subarray(2, 5))).toBe(1000);
  });
});

describe('parseCborPrefix', () => {
  it('says how many bytes it took', () => {
    expect(parseCborPrefix(fromHex('4101ffff'))).toEqual({ value: Uint8Array.of(1), length: 2 });
  });
});

describe('encodeCbor', () => {
  it('sorts map keys: by major type, then length, then bytes', () => {
    const map = new Map<number | string, CborValue>([
      ['b', 1],
      ['aa', 2],
      ['a', 3],
      [-1, 4],
      [256, 5],
      [24, 6],
      [1, 7],
    ]);
    expect(toHex(encodeCbor(map))).toBe('a7010718180619010005200461610361620162616102');
  });

  it.each([
    ['a fraction', 1.5],
    ['a number beyond the safe integers', 2 ** 60],
    ['NaN', Number.NaN],
    ['an integer beyond 64 bits', 2n ** 64n],
    ['text with a lone surrogate', '\ud800'],
    ['five levels', [[[[[]]]]]],
  ])('refuses %s', (_, value) => {
    expect(() => encodeCbor(value)).toThrow(CodecError);
  });
});

const leaf = fc.oneof(
  fc.constantFrom<CborValue>(null, true, false),
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n - 1n }).map((value) => {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }),
  fc.string({ unit: 'grapheme' }),
  fc.uint8Array({ maxLength: 300 }),
);
const key = fc.oneof(fc.maxSafeInteger(), fc.string({ unit: 'grapheme' }));
function value(depth: number): fc.Arbitrary<CborValue> {
  if (depth === 0) return leaf;
  const inner = value(depth - 1);
  const map = fc
    .uniqueArray(fc.tuple(key, inner), { selector: ([k]) => k, maxLength: 5 })
    .map((entries) => new Map(entries));
  return fc.oneof(leaf, fc.array(inner, { maxLength: 5 }), map);
}

describe('CBOR properties', () => {
  it('gives back every value that it writes', () => {
    fc.assert(
      fc.property(value(4), (original) => {
        expect(normalise(parseCbor(encodeCbor(original)))).toEqual(normalise(original));
      }),
    );
  });

  it('writes again, byte for byte, whatever it takes, and throws nothing but CodecError', () => {
    let taken = 0;
    const check = (bytes: Uint8Array): void => {
      try {
        const again = encodeCbor(parseCbor(bytes));
        taken += 1;
        expect(toHex(again)).toBe(toHex(bytes));
      } catch (error) {
        if (!(error instanceof CodecError)) throw error;
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), check), { numRuns: 5000 });
    // Near misses: one byte of something well-formed is changed.
    const nearMiss = fc.tuple(value(3), fc.nat(), fc.nat(255)).map(([original, at, byte]) => {
      const bytes = encodeCbor(original);
      bytes[at % bytes.length] = byte;
      return bytes;
    });
    fc.assert(fc.property(nearMiss, check), { numRuns: 2000 });
    expect(taken).toBeGreaterThan(100);
  });
});

/** Maps compare by entry, in an order of their own. */
function normalise(item: CborValue): unknown {
  if (item instanceof Map) {
    const entries = [...(item as CborMap)];
    return entries
      .map(([k, v]) => [`${typeof k}:${k}`, normalise(v)])
      .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
  }
  if (Array.isArray(item)) return item.map((entry: CborValue) => normalise(entry));
  return item;
}
