// Passwords by a site's rules: accepted by another reading of the rules, evenly drawn, exactly counted.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { charactersOf } from '../../../src/shared/password-rules/character-class.ts';
import { GeneratorError } from '../../../src/main/generator/generator-error.ts';
import { parsePasswordRules } from '../../../src/shared/password-rules/password-rules.ts';
import { generateBySiteRules } from '../../../src/main/generator/site-rules.ts';
import { systemRandom } from '../../../src/main/crypto/random.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { allTexts, deviationFromEven } from './chi-square.ts';

const make = (rules: string, length: number | null = null, random = systemRandom) =>
  generateBySiteRules({ type: 'site-rules', rules, length }, random);

const refusal = (details: Readonly<Record<string, unknown>>) =>
  expect.objectContaining({ code: 'generator/impossible-rules', details }) as Error;

/** As a site would check: by regular expressions that stand beside the rules, not by our parser. */
const SITES: readonly [name: string, rules: string, RegExp[], length: number][] = [
  ['no rules', '', [/^[!-~]{20}$/], 20],
  ['a long minimum', 'minlength: 40', [/^[!-~]{40}$/], 40],
  ['a small maximum', 'maxlength: 6', [/^[!-~]{6}$/], 6],
  ['a maximum of one', 'maxlength: 1; required: digit', [/^\d$/], 1],
  ['a PIN', 'minlength: 4; maxlength: 4; allowed: digit', [/^\d{4}$/], 4],
  ['either case', 'required: upper, lower', [/^[A-Za-z]{20}$/], 20],
  [
    'each case and a digit',
    'minlength: 8; maxlength: 12; required: lower; required: upper; required: digit;',
    [/^[A-Za-z0-9]{12}$/, /[a-z]/, /[A-Z]/, /\d/],
    12,
  ],
  [
    'symbols, none twice in a row',
    'minlength: 8; maxlength: 20; required: lower; required: digit; allowed: upper, [-().@]]; max-consecutive: 1',
    [/^[A-Za-z0-9\-().@\]]{20}$/, /[a-z]/, /\d/, /^(?!.*(.)\1)/],
    20,
  ],
  [
    'two in a row of few characters',
    'allowed: [01]; max-consecutive: 2; minlength: 30',
    [/^[01]{30}$/, /^(?!.*(.)\1\1)/],
    30,
  ],
  ['special characters', 'required: special; allowed: digit', [/^[!-@[-`{-~]{20}$/, /\D/], 20],
  ['any character of Unicode', 'required: unicode', [/^[!-~]{20}$/], 20],
  [
    'a text with faults',
    'minlength: 10; frobnicate: 3; required: upper; allowed digit; maxlength: 11',
    [/^[A-Z]{11}$/],
    11,
  ],
];

describe('generateBySiteRules', () => {
  it.each(SITES)('meets the rules of a site with %s', (_, rules, patterns, length) => {
    const random = seededRandom(rules);
    for (let run = 0; run < 50; run++) {
      const { value } = make(rules, null, random);
      expect(value).toHaveLength(length);
      for (const pattern of patterns) expect(value).toMatch(pattern);
    }
  });

  it.each([
    ['digits', 'allowed: digit', null, 20 * Math.log2(10)],
    ['printable characters without space', '', 10, 10 * Math.log2(94)],
    ['one of either', 'required: upper, lower', 8, 8 * Math.log2(52)],
    ['one of each', 'required: [a]; required: [b]', 3, Math.log2(6)],
    ['no two alike in a row', 'allowed: digit; max-consecutive: 1', 9, Math.log2(10 * 9 ** 8)],
    [
      'a demand that another one covers',
      'required: lower, upper; required: lower; allowed: digit',
      1,
      Math.log2(26),
    ],
    [
      'a demand made twice',
      'required: lower; required: [a]; required: lower; allowed: digit',
      2,
      Math.log2(71),
    ],
    ['no choice at all', 'allowed: [a]', 12, 0],
    ['as little choice as can be', 'allowed: [ab]; max-consecutive: 1', 128, 1],
    ['a single place', 'maxlength: 1; required: digit', null, Math.log2(10)],
  ])('counts the entropy of %s', (_, rules, length, bits) => {
    expect(make(rules, length).entropyBits).toBeCloseTo(bits, 9);
  });

  it('makes every text that meets the rules equally likely', () => {
    const rules = 'required: [ab]; required: [bc]; allowed: [de]; max-consecutive: 2; maxlength: 4';
    const texts = allTexts(Array.from('abcde'), 4).filter(
      (text) => /[ab]/.test(text) && /[bc]/.test(text) && !/(.)\1\1/.test(text),
    );
    const random = seededRandom('even');
    const values = Array.from({ length: 20_000 }, () => make(rules, null, random));
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

  it('meets every rule that can be met, by another reading of them, and says so of the others', () => {
    const classes = fc.constantFrom(
      ...['upper', 'lower', 'digit', 'special', 'ascii-printable', 'unicode', '[-a]]', '[abc]'],
      ...['[b]', '[ ]', '[01]', '[xyz!]', '[]'],
    );
    const property = fc.oneof(
      fc
        .tuple(
          fc.constantFrom('required', 'allowed'),
          fc.array(classes, { minLength: 1, maxLength: 3 }),
        )
        .map(([name, values]) => `${name}: ${values.join(', ')}`),
      fc
        .tuple(
          fc.constantFrom('max-consecutive', 'minlength', 'maxlength'),
          fc.integer({ min: 0, max: 30 }),
        )
        .map(([name, value]) => `${name}: ${String(value)}`),
    );
    const texts = fc.array(property, { maxLength: 8 }).map((parts) => parts.join('; '));
    const lengths = fc.option(fc.integer({ min: 1, max: 40 }), { nil: null });
    let met = 0;
    fc.assert(
      fc.property(texts, lengths, fc.string(), (text, length, seed) => {
        const rules = parsePasswordRules(text);
        const allowed = new Set(charactersOf(rules.allowed));
        const min = rules.minLength ?? 1;
        const max = rules.maxLength ?? 128;
        let made;
        try {
          made = make(text, length, seededRandom(seed));
        } catch (error) {
          expect(error).toBeInstanceOf(GeneratorError);
          const hasNoLength = min > max || (length !== null && (length < min || length > max));
          const isTooShort = (length ?? max) < rules.required.length;
          const isTooLong = allowed.size === 1 && (length ?? min) > (rules.maxConsecutive ?? 128);
          expect(hasNoLength || isTooShort || isTooLong).toBe(true);
          return;
        }
        met += 1;
        const characters = Array.from(made.value);
        expect(characters.length).toBe(length ?? characters.length);
        expect(characters.length).toBeGreaterThanOrEqual(min);
        expect(characters.length).toBeLessThanOrEqual(max);
        expect(characters.every((character) => allowed.has(character))).toBe(true);
        for (const demand of rules.required) {
          expect(charactersOf(demand).some((character) => characters.includes(character))).toBe(
            true,
          );
        }
        if (rules.maxConsecutive !== null) {
          const tooLong = characters.some((c) =>
            made.value.includes(c.repeat((rules.maxConsecutive ?? 0) + 1)),
          );
          expect(tooLong).toBe(false);
        }
        expect(made.entropyBits).toBeGreaterThanOrEqual(0);
        expect(made.entropyBits).toBeLessThanOrEqual(
          characters.length * Math.log2(allowed.size) + 1e-9,
        );
      }),
      { numRuns: 1500 },
    );
    expect(met).toBeGreaterThan(500);
  });

  it('takes the length asked for within the rules', () => {
    for (const length of [8, 13, 64]) {
      expect(make('minlength: 8; maxlength: 64', length).value).toHaveLength(length);
    }
    expect(make('', 128).value).toHaveLength(128);
    expect(make('', 1).value).toHaveLength(1);
  });

  it('goes below the good length where one character may not be repeated so often', () => {
    expect(make('allowed: [a]; max-consecutive: 3').value).toBe('aaa');
  });

  describe('Deviation: keeps spaces out', () => {
    it('of classes that have other characters', () => {
      const random = seededRandom('space');
      const text = Array.from({ length: 200 }, () => make('required: special', 20, random).value);
      expect(text.join('')).not.toContain(' ');
      expect(make('required: special', 20).entropyBits).toBeCloseTo(20 * Math.log2(32), 9);
    });

    it('unless a rule can be met by nothing else', () => {
      expect(make('required: [ ]; allowed: lower').value).toMatch(/ /);
      expect(make('allowed: [b ]; max-consecutive: 1', 4).value).toMatch(/^( b ?)+$|^(b )+$/);
      expect(make('allowed: [ ]', 3).value).toBe('   ');
    });
  });

  it.each([
    [
      'a minimum above the maximum',
      'minlength: 20; maxlength: 8',
      null,
      { reason: 'contradiction', min: 20, max: 8 },
    ],
    [
      'a minimum that nobody types',
      'minlength: 129',
      null,
      { reason: 'contradiction', min: 129, max: 128 },
    ],
    [
      'more demands than places',
      'maxlength: 2; required: upper; required: lower; required: digit',
      null,
      { reason: 'contradiction', length: 2 },
    ],
    [
      'one character too often in a row',
      'allowed: [a]; max-consecutive: 3; minlength: 4',
      null,
      { reason: 'contradiction', length: 4 },
    ],
    [
      'a length below the minimum',
      'minlength: 8; maxlength: 20',
      7,
      { reason: 'length-outside-rules', length: 7, min: 8, max: 20 },
    ],
    [
      'a length above the maximum',
      'maxlength: 20',
      21,
      { reason: 'length-outside-rules', length: 21, min: 1, max: 20 },
    ],
    [
      'nine demands that do not cover each other',
      Array.from('abcdefghi')
        .map((c) => `required: [${c}]`)
        .join(';'),
      null,
      { reason: 'too-many-requirements', required: 9, max: 8 },
    ],
    ['a length of none', '', 0, { reason: 'length', value: 0, min: 1, max: 128 }],
    ['a length beyond all', '', 129, { reason: 'length', value: 129, min: 1, max: 128 }],
    ['half a length', '', 9.5, { reason: 'length', value: 9.5, min: 1, max: 128 }],
  ])('refuses %s', (_, rules, length, details) => {
    expect(() => make(rules, length)).toThrow(refusal(details));
  });

  it('takes a hundred demands as one when they are the same', () => {
    const rules = Array.from({ length: 100 }, () => 'required: digit').join(';');
    expect(make(rules).value).toMatch(/^\d{20}$/);
  });

  it('takes nine demands as eight when one covers another, whichever comes first', () => {
    const eight = Array.from('abcdefgh', (c) => `required: [${c}]`);
    for (const demands of [
      ['required: lower', ...eight],
      [...eight, 'required: lower'],
    ]) {
      expect(make(demands.join(';'), 8).entropyBits).toBeCloseTo(Math.log2(40_320), 9);
    }
  });

  it('gives each of eight demands its character at the greatest length, in good time', () => {
    const demands = Array.from('abcdefgh').map((c) =>
      `required: [${c}0123456789]`.replace(c, c + c.toUpperCase()),
    );
    const start = performance.now();
    const { value } = make(
      `${demands.join(';')}; allowed: ascii-printable; max-consecutive: 2`,
      128,
    );
    expect(performance.now() - start).toBeLessThan(3000);
    expect(value).toHaveLength(128);
  });
});
