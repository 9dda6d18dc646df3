// PINs: never one that is tried first, all others equally likely, and none promised that is not given.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { generatePin, refusedPins } from '../../../src/main/generator/pin.ts';
import { type RandomSource, systemRandom } from '../../../src/main/crypto/random.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { deviationFromEven } from './chi-square.ts';

const LENGTHS = Array.from({ length: 13 }, (_, index) => index + 4);
const refused4 = new Set(refusedPins(4));
const allowed4 = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0')).filter(
  (pin) => !refused4.has(pin),
);

/** Gives the bytes of `number`, as the generator reads them for a bound of `bits`. */
function fixedNumber(number: bigint, bits: number): RandomSource {
  return {
    bytes: (length) => {
      expect(length).toBe(Math.ceil(bits / 8));
      return Uint8Array.from({ length }, (_, at) =>
        Number((number >> BigInt(8 * (length - 1 - at))) & 0xffn),
      );
    },
  };
}

describe('refusedPins', () => {
  it.each([
    ...['0000', '1111', '9999', '1234', '0123', '7890', '8901', '4321', '3210', '0987', '1212'],
    ...['1004', '2580', '0852', '1998', '6969'],
  ])('holds %s', (pin) => {
    expect(refusedPins(4)).toContain(pin);
  });

  it.each(['123456', '654321', '111111', '112233', '121212', '123123', '159753', '789456'])(
    'holds %s',
    (pin) => {
      expect(refusedPins(6)).toContain(pin);
    },
  );

  it.each(['1357', '1243', '1122334', '8068', '2468'])('does not hold %s', (pin) => {
    expect(refusedPins(pin.length)).not.toContain(pin);
  });

  it.each(LENGTHS)('holds ten repeats and twenty runs of %i digits, in order, none twice', (n) => {
    const refused = refusedPins(n);
    const steps = refused.map((pin) =>
      Array.from(pin.slice(1), (digit, at) => (Number(digit) - Number(pin[at]) + 10) % 10),
    );
    const straight = steps.filter(
      (of) => of.every((s) => s === of[0]) && [0, 1, 9].includes(of[0] ?? -1),
    );
    expect(straight).toHaveLength(30);
    expect(refused.every((pin) => pin.length === n && /^\d+$/.test(pin))).toBe(true);
    expect([...new Set(refused)].sort()).toEqual(refused);
  });
});

describe('generatePin', () => {
  it.each(LENGTHS)('counts the entropy of %i digits without those refused', (length) => {
    const { value, entropyBits } = generatePin({ type: 'pin', length }, systemRandom);
    expect(value).toMatch(new RegExp(`^\\d{${length}}$`));
    expect(entropyBits).toBeCloseTo(Math.log2(10 ** length - refusedPins(length).length), 12);
    expect(entropyBits).toBeLessThanOrEqual(length * Math.log2(10));
  });

  it('has a place for every PIN of four digits that is not refused, and for no other', () => {
    const given = allowed4.map(
      (_, n) => generatePin({ type: 'pin', length: 4 }, fixedNumber(BigInt(n), 14)).value,
    );
    expect(given).toEqual(allowed4);
  });

  it('gives each of those equally often', () => {
    const random = seededRandom('pins');
    const pins = Array.from(
      { length: 60_000 },
      () => generatePin({ type: 'pin', length: 4 }, random).value,
    );
    expect(Math.abs(deviationFromEven(pins, allowed4))).toBeLessThan(4);
  });

  it('keeps zeros in front', () => {
    expect(generatePin({ type: 'pin', length: 4 }, fixedNumber(1n, 14)).value).toBe('0002');
    expect(generatePin({ type: 'pin', length: 16 }, fixedNumber(0n, 54)).value).toBe(
      '0000000000000001',
    );
  });

  it.each([3, 17, 0, -4, 4.5, NaN, Infinity])('refuses a length of %s', (length) => {
    expect(() => generatePin({ type: 'pin', length }, systemRandom)).toThrow(
      expect.objectContaining({
        code: 'generator/impossible-rules',
        details: { reason: 'length', value: length, min: 4, max: 16 },
      }),
    );
  });
});
