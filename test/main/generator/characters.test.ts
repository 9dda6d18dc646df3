// Passwords of characters: rules kept, no text favoured, entropy as small as it is.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CharactersRequest } from '../../../src/shared/model/generator.ts';
import { generateCharacters } from '../../../src/main/generator/characters.ts';
import { systemRandom } from '../../../src/main/crypto/random.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { allTexts, deviationFromEven } from './chi-square.ts';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
const SYMBOLS = '!#$%&()*+,-./:;<=>?@[]^_{|}~';
const ALL: CharactersRequest = {
  type: 'characters',
  length: 20,
  lower: true,
  upper: true,
  digits: true,
  symbols: true,
  avoidAmbiguous: false,
};
const NONE = { ...ALL, lower: false, upper: false, digits: false, symbols: false };
/** Leaves 0 and 1 of the digits and a of the small letters: few enough texts to write down. */
const FEW = { ...NONE, lower: true, digits: true, length: 8, exclude: `23456789${LOWER.slice(1)}` };

const isIn = (set: string) => (character: string) => set.includes(character);
const countIn = (text: string, set: string) => Array.from(text).filter(isIn(set)).length;

function classesOf(request: CharactersRequest): readonly { set: string; min: number }[] {
  const without = new Set([
    ...Array.from(request.exclude ?? ''),
    ...Array.from(request.avoidAmbiguous ? '0Oo1lI|' : ''),
  ]);
  const left = (set: string) =>
    Array.from(set)
      .filter((c) => !without.has(c))
      .join('');
  return [
    ...(request.lower ? [{ set: left(LOWER), min: 1 }] : []),
    ...(request.upper ? [{ set: left(UPPER), min: 1 }] : []),
    ...(request.digits ? [{ set: left(DIGITS), min: Math.max(1, request.minDigits ?? 1) }] : []),
    ...(request.symbols ? [{ set: left(SYMBOLS), min: Math.max(1, request.minSymbols ?? 1) }] : []),
  ];
}

/** The count by inclusion and exclusion over missing classes: another way than the generator's. */
function bitsWithOneOfEach(sizes: readonly number[], length: number): number {
  let count = 0n;
  for (let missing = 0; missing < 1 << sizes.length; missing++) {
    const present = sizes.filter((_, index) => (missing & (1 << index)) === 0);
    const texts = BigInt(present.reduce((a, b) => a + b, 0)) ** BigInt(length);
    count += (sizes.length - present.length) % 2 === 1 ? -texts : texts;
  }
  // Natural logarithm of the leading digits: exact enough, and not the generator's.
  const digits = String(count);
  return Math.log2(Number(`0.${digits}`)) + digits.length * Math.log2(10);
}

const requests = fc.record({
  type: fc.constant('characters' as const),
  length: fc.integer({ min: 8, max: 128 }),
  lower: fc.boolean(),
  upper: fc.boolean(),
  digits: fc.boolean(),
  symbols: fc.boolean(),
  avoidAmbiguous: fc.boolean(),
  minDigits: fc.option(fc.nat(20), { nil: undefined }),
  minSymbols: fc.option(fc.nat(20), { nil: undefined }),
  exclude: fc.option(fc.string({ maxLength: 60 }), { nil: undefined }),
});

describe('generateCharacters', () => {
  it('keeps its rules for every request, or says that none can', () => {
    fc.assert(
      fc.property(requests, fc.string(), (request, seed) => {
        const classes = classesOf(request);
        const isPossible =
          classes.length > 0 &&
          classes.every(({ set }) => set !== '') &&
          classes.reduce((sum, { min }) => sum + min, 0) <= request.length &&
          (request.digits || (request.minDigits ?? 0) === 0) &&
          (request.symbols || (request.minSymbols ?? 0) === 0);
        if (!isPossible) {
          expect(() => generateCharacters(request, seededRandom(seed))).toThrow(
            expect.objectContaining({ code: 'generator/impossible-rules' }),
          );
          return;
        }
        const { value, entropyBits } = generateCharacters(request, seededRandom(seed));
        const alphabet = classes.map(({ set }) => set).join('');
        expect(value).toHaveLength(request.length);
        expect(countIn(value, alphabet)).toBe(request.length);
        for (const { set, min } of classes) expect(countIn(value, set)).toBeGreaterThanOrEqual(min);
        expect(entropyBits).toBeLessThanOrEqual(request.length * Math.log2(alphabet.length) + 1e-9);
        expect(entropyBits).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 600 },
    );
  });

  it('gives different passwords one after the other', () => {
    const values = Array.from({ length: 1000 }, () => generateCharacters(ALL, systemRandom).value);
    expect(new Set(values).size).toBe(1000);
  });

  it('favours no character of one class, nor a place for it', () => {
    const random = seededRandom('one class');
    const request = { ...NONE, lower: true, length: 100 };
    const text = Array.from({ length: 400 }, () => generateCharacters(request, random).value);
    expect(Math.abs(deviationFromEven(text.join(''), Array.from(LOWER)))).toBeLessThan(4);
    const placesOfA = text.flatMap((t) =>
      Array.from(t, (c, at) => (c < 'f' ? String(at) : '')).filter((at) => at !== ''),
    );
    const places = Array.from({ length: 100 }, (_, at) => String(at));
    expect(Math.abs(deviationFromEven(placesOfA, places))).toBeLessThan(4);
  });

  it('favours no character of the whole alphabet when the rules hardly bind', () => {
    const random = seededRandom('alphabet');
    const request = { ...ALL, length: 128 };
    const text = Array.from({ length: 250 }, () => generateCharacters(request, random).value);
    const alphabet = Array.from(LOWER + UPPER + DIGITS + SYMBOLS);
    expect(Math.abs(deviationFromEven(text.join(''), alphabet))).toBeLessThan(4);
  });

  it.each([
    ['one of each', {}, (text: string) => text.includes('a') && /[01]/.test(text)],
    [
      'five digits',
      { minDigits: 5 },
      (text: string) => countIn(text, '01') >= 5 && text.includes('a'),
    ],
    ['seven digits', { minDigits: 7 }, (text: string) => countIn(text, '01') === 7],
  ])('makes every text with %s equally likely and counts them exactly', (_, change, isGood) => {
    const request = { ...FEW, ...change };
    const texts = allTexts(['0', '1', 'a'], 8).filter(isGood);
    const random = seededRandom('few');
    const values = Array.from({ length: 40_000 }, () => generateCharacters(request, random));
    expect(values[0]?.entropyBits).toBeCloseTo(Math.log2(texts.length), 12);
    expect(
      Math.abs(
        deviationFromEven(
          values.map(({ value }) => value),
          texts,
        ),
      ),
    ).toBeLessThan(4);
  });

  it.each([8, 9, 12, 20, 64, 128])(
    'counts the entropy at length %i as inclusion and exclusion do',
    (length) => {
      const four = generateCharacters({ ...ALL, length }, systemRandom).entropyBits;
      expect(four).toBeCloseTo(bitsWithOneOfEach([26, 26, 10, 28], length), 8);
      const clear = generateCharacters({ ...ALL, length, avoidAmbiguous: true }, systemRandom);
      expect(clear.entropyBits).toBeCloseTo(bitsWithOneOfEach([24, 24, 8, 27], length), 8);
      const two = { ...NONE, length, lower: true, digits: true };
      expect(generateCharacters(two, systemRandom).entropyBits).toBeCloseTo(
        bitsWithOneOfEach([26, 10], length),
        8,
      );
    },
  );

  it.each([
    ['digits alone', { ...NONE, digits: true, length: 10 }, 10 * Math.log2(10)],
    ['clear digits', { ...NONE, digits: true, avoidAmbiguous: true, length: 9 }, 9 * 3],
    ['one letter left', { ...NONE, lower: true, exclude: LOWER.slice(1), length: 9 }, 0],
    [
      'no room to choose how many of each',
      { ...NONE, lower: true, digits: true, symbols: true, minDigits: 4, minSymbols: 3, length: 8 },
      Math.log2(26 * 10 ** 4 * 28 ** 3 * 280),
    ],
  ])('counts the entropy of %s', (_, request, bits) => {
    expect(generateCharacters(request, systemRandom).entropyBits).toBeCloseTo(bits, 9);
  });

  it('takes a minimum of none as one, for the class was chosen', () => {
    const request = { ...NONE, lower: true, digits: true, length: 8, minDigits: 0 };
    const random = seededRandom('none');
    for (let run = 0; run < 300; run++) {
      expect(generateCharacters(request, random).value).toMatch(/\d/);
    }
  });

  it('lets a minimum of none stand for a class that was not chosen', () => {
    const request = { ...ALL, digits: false, minDigits: 0 };
    expect(generateCharacters(request, systemRandom).value).not.toMatch(/\d/);
  });

  it('passes over what is left out but was never in', () => {
    const exclude = '🔑é "\'`\\\n';
    const plain = generateCharacters(ALL, systemRandom).entropyBits;
    expect(generateCharacters({ ...ALL, exclude }, systemRandom).entropyBits).toBe(plain);
  });

  it.each([
    ['no class', NONE, { reason: 'no-class' }],
    ['a length of 7', { ...ALL, length: 7 }, { reason: 'length', value: 7, min: 8, max: 128 }],
    [
      'a length of 129',
      { ...ALL, length: 129 },
      { reason: 'length', value: 129, min: 8, max: 128 },
    ],
    ['half a length', { ...ALL, length: 8.5 }, { reason: 'length', value: 8.5, min: 8, max: 128 }],
    ['no length', { ...ALL, length: NaN }, { reason: 'length', value: NaN, min: 8, max: 128 }],
    [
      'more digits than there is room for',
      { ...ALL, length: 8, minDigits: 6 },
      { reason: 'too-short', length: 8, needed: 9 },
    ],
    [
      'digits and symbols that together have no room',
      { ...ALL, length: 10, minDigits: 5, minSymbols: 4 },
      { reason: 'too-short', length: 10, needed: 11 },
    ],
    [
      'a minimum of digits without digits',
      { ...ALL, digits: false, minDigits: 1 },
      { reason: 'minimum', value: 1, min: 0, max: 0 },
    ],
    [
      'a minimum of symbols without symbols',
      { ...ALL, symbols: false, minSymbols: 3 },
      { reason: 'minimum', value: 3, min: 0, max: 0 },
    ],
    [
      'a minimum below none',
      { ...ALL, minDigits: -1 },
      { reason: 'minimum', value: -1, min: 0, max: 128 },
    ],
    [
      'half a minimum',
      { ...ALL, minSymbols: 1.5 },
      { reason: 'minimum', value: 1.5, min: 0, max: 128 },
    ],
    [
      'all digits left out',
      { ...ALL, exclude: DIGITS },
      { reason: 'empty-class', class: 'digits' },
    ],
    [
      'the last digits left out as ambiguous',
      { ...ALL, exclude: '23456789', avoidAmbiguous: true },
      { reason: 'empty-class', class: 'digits' },
    ],
  ])('refuses %s', (_, request, details) => {
    expect(() => generateCharacters(request, systemRandom)).toThrow(
      expect.objectContaining({ code: 'generator/impossible-rules', details }),
    );
  });
});
