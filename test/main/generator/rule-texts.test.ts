// Counted and numbered texts against all texts written down and sifted.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RuleTexts, type TextRules } from '../../../src/main/generator/rule-texts.ts';
import { allTexts } from './chi-square.ts';

function longestRun(text: string): number {
  let longest = 0;
  let run = 0;
  let previous = '';
  for (const character of text) {
    run = character === previous ? run + 1 : 1;
    previous = character;
    longest = Math.max(longest, run);
  }
  return longest;
}

function siftedTexts({ alphabet, length, required, maxRun }: TextRules): readonly string[] {
  return allTexts(alphabet, length).filter(
    (text) =>
      longestRun(text) <= maxRun &&
      required.every((set) => set.some((character) => text.includes(character))),
  );
}

const rules = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 4 })
  .chain((alphabet) =>
    fc.record({
      length: fc.integer({ min: 0, max: 6 }),
      alphabet: fc.constant(alphabet),
      required: fc.array(fc.subarray(alphabet, { minLength: 1 }), { maxLength: 4 }),
      maxRun: fc.oneof(fc.integer({ min: 1, max: 7 }), fc.constant(Infinity)),
    }),
  );

describe('RuleTexts', () => {
  it('numbers exactly the texts that meet the rules, each once', () => {
    fc.assert(
      fc.property(rules, (chosen) => {
        const expected = siftedTexts(chosen);
        const texts = new RuleTexts(chosen);
        expect(texts.count).toBe(BigInt(expected.length));
        const numbered = expected.map((_, index) => texts.textAt(BigInt(index)));
        expect(numbered.sort()).toEqual([...expected].sort());
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, TextRules, bigint]>([
    [
      'nothing asked',
      { length: 20, alphabet: Array.from('0123456789'), required: [], maxRun: Infinity },
      10n ** 20n,
    ],
    ['no character twice', { length: 30, alphabet: ['a', 'b'], required: [], maxRun: 1 }, 2n],
    [
      'no character twice in a row',
      { length: 40, alphabet: Array.from('abcde'), required: [], maxRun: 1 },
      5n * 4n ** 39n,
    ],
    [
      'each of eight characters once',
      {
        length: 8,
        alphabet: Array.from('abcdefgh'),
        required: Array.from('abcdefgh').map((c) => [c]),
        maxRun: 8,
      },
      40_320n,
    ],
    [
      'more sets than characters',
      { length: 1, alphabet: ['a', 'b'], required: [['a'], ['b']], maxRun: 1 },
      0n,
    ],
    ['one character too often', { length: 3, alphabet: ['a'], required: [], maxRun: 2 }, 0n],
    ['an empty alphabet', { length: 3, alphabet: [], required: [], maxRun: 2 }, 0n],
    ['the empty text', { length: 0, alphabet: ['a'], required: [], maxRun: 2 }, 1n],
  ])('counts with %s', (_, chosen, count) => {
    expect(new RuleTexts(chosen).count).toBe(count);
  });

  it.each([-1n, 1000n, 1n << 100n])('has no text of number %s', (index) => {
    const texts = new RuleTexts({
      length: 3,
      alphabet: Array.from('0123456789'),
      required: [],
      maxRun: 3,
    });
    expect(() => texts.textAt(index)).toThrow(RangeError);
  });
});
