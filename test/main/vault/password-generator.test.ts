// The password generator: rules kept, no character favoured, entropy as small as it is.
// SPDX-License-Identifier: MIT

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GeneratorRules } from '../../../src/shared/model/item.ts';
import { type RandomSource, systemRandom } from '../../../src/main/crypto/random.ts';
import { generatePassword } from '../../../src/main/vault/password-generator.ts';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
const SYMBOLS = '!#$%&()*+,-./:;<=>?@[]^_{|}~';
const ALL: GeneratorRules = {
  length: 20,
  lower: true,
  upper: true,
  digits: true,
  symbols: true,
  avoidAmbiguous: false,
};
const NONE = { ...ALL, lower: false, upper: false, digits: false, symbols: false };

/** SHA-256 in counter mode: the same bytes for the same seed, on every machine. */
function seeded(seed: number): RandomSource {
  let counter = 0;
  return {
    bytes(length) {
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; at += 32) {
        const block = createHash('sha256').update(`${seed}/${counter++}`).digest();
        bytes.set(block.subarray(0, Math.min(32, length - at)), at);
      }
      return bytes;
    },
  };
}

describe('generatePassword', () => {
  it('keeps its rules for every choice of them', () => {
    const rules = fc.record({
      length: fc.integer({ min: 8, max: 128 }),
      lower: fc.boolean(),
      upper: fc.boolean(),
      digits: fc.boolean(),
      symbols: fc.boolean(),
      avoidAmbiguous: fc.boolean(),
    });
    fc.assert(
      fc.property(rules, fc.nat(), (chosen, seed) => {
        const classes = classesOf(chosen);
        fc.pre(classes.length > 0);
        const characters = Array.from(generatePassword(chosen, seeded(seed)).value);
        expect(characters).toHaveLength(chosen.length);
        expect(characters.every((c) => classes.join('').includes(c))).toBe(true);
        for (const one of classes) expect(characters.some((c) => one.includes(c))).toBe(true);
      }),
    );
  });

  it('gives different passwords one after the other', () => {
    const values = Array.from({ length: 1000 }, () => generatePassword(ALL, systemRandom).value);
    expect(new Set(values).size).toBe(1000);
  });

  it('favours no character of one class', () => {
    const rules = { ...NONE, lower: true, length: 100 };
    // 26 does not divide 256: taking bytes modulo 26 would give chi-square above 300 here.
    expect(chiSquare(sampleText(rules, 1000), LOWER)).toBeLessThan(60);
  });

  it('favours no character of the whole alphabet beyond the rules', () => {
    const rules = { ...ALL, length: 128 };
    // 89 degrees of freedom: a fair source exceeds 150 once in ten thousand seeds.
    expect(chiSquare(sampleText(rules, 1000), LOWER + UPPER + DIGITS + SYMBOLS)).toBeLessThan(150);
  });

  it('makes every password that obeys the rules equally likely', () => {
    // Two digits and lower case at length 2: 26 * 10 * 2 = 520 texts.
    const rules = { ...NONE, lower: true, digits: true, length: 2 };
    const random = seeded(5);
    const counts = new Map<string, number>();
    for (let run = 0; run < 52_000; run++) {
      const { value } = generatePassword(rules, random);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect(counts.size).toBe(520);
    const sum = Array.from(counts.values(), (n) => (n - 100) ** 2 / 100).reduce((a, b) => a + b);
    // 519 degrees of freedom: mean 519, standard deviation 32.
    expect(sum).toBeGreaterThan(390);
    expect(sum).toBeLessThan(650);
  });

  it.each([
    ['one class', { ...NONE, digits: true, length: 10 }, 10 * Math.log2(10)],
    ['two classes at length 2', { ...NONE, lower: true, digits: true, length: 2 }, Math.log2(520)],
    [
      'four classes at length 4',
      { ...ALL, length: 4 },
      Math.log2(24 * 26 * 26 * 10 * SYMBOLS.length),
    ],
    [
      'digits without those easily mistaken',
      { ...NONE, digits: true, avoidAmbiguous: true, length: 9 },
      9 * Math.log2(8),
    ],
  ])('counts the entropy of %s exactly', (_, rules, bits) => {
    expect(generatePassword(rules, systemRandom).entropyBits).toBeCloseTo(bits, 9);
  });

  it('never claims more than the alphabet could give, and comes close to it when long', () => {
    for (const length of [8, 20, 64, 128]) {
      const { entropyBits } = generatePassword({ ...ALL, length }, systemRandom);
      const wholeAlphabet = length * Math.log2(26 + 26 + 10 + SYMBOLS.length);
      expect(entropyBits).toBeLessThanOrEqual(wholeAlphabet);
      expect(entropyBits).toBeGreaterThan(wholeAlphabet - 2);
    }
  });

  it.each([
    ['no class', NONE, { classes: 0 }],
    ['a length below the number of classes', { ...ALL, length: 3 }, { classes: 4, length: 3 }],
    ['a length of zero', { ...ALL, length: 0 }, { classes: 4, length: 0 }],
    ['half a length', { ...ALL, length: 8.5 }, { classes: 4, length: 8.5 }],
  ])('refuses %s', (_, rules, details) => {
    expect(() => generatePassword(rules, systemRandom)).toThrow(
      expect.objectContaining({ code: 'vault/parameters-refused', details }),
    );
  });

  it('gives up on a source that is not random instead of breaking a rule', () => {
    const stuck: RandomSource = { bytes: (length) => new Uint8Array(length) };
    expect(() => generatePassword(ALL, stuck)).toThrow('not random');
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
    generatePassword(ALL, watched);
    expect(given.length).toBeGreaterThan(0);
    expect(given.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  });
});

function classesOf(rules: GeneratorRules): readonly string[] {
  const chosen = [
    rules.lower ? LOWER : '',
    rules.upper ? UPPER : '',
    rules.digits ? DIGITS : '',
    rules.symbols ? SYMBOLS : '',
  ];
  return chosen
    .map((text) => (rules.avoidAmbiguous ? text.replaceAll(/[0Oo1lI|]/g, '') : text))
    .filter((text) => text !== '');
}

function sampleText(rules: GeneratorRules, runs: number): string {
  const random = seeded(1);
  return Array.from({ length: runs }, () => generatePassword(rules, random).value).join('');
}

function chiSquare(text: string, alphabet: string): number {
  const expected = text.length / alphabet.length;
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return Array.from(alphabet, (c) => ((counts.get(c) ?? 0) - expected) ** 2 / expected).reduce(
    (a, b) => a + b,
  );
}
