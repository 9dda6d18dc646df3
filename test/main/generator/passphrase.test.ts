// Passphrases: read back into their words, whatever stands between them; every word and place as likely as another.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PassphraseRequest } from '../../../src/shared/model/generator.ts';
import { generatePassphrase } from '../../../src/main/generator/passphrase.ts';
import { WORDS } from '../../../src/main/generator/words.ts';
import { systemRandom } from '../../../src/main/crypto/random.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { deviationFromEven } from './chi-square.ts';

const PLAIN: PassphraseRequest = {
  type: 'passphrase',
  words: 6,
  separator: '-',
  capitalise: false,
  addDigit: false,
};
const LIST = new Set(WORDS);

/** All ways to read a passphrase, each as its words with the digit behind one of them. */
function readings(text: string, request: PassphraseRequest): readonly (readonly string[])[] {
  const step = (rest: string, left: number): readonly (readonly string[])[] => {
    const found: (readonly string[])[] = [];
    for (let end = 3; end <= 9; end++) {
      const word = rest.slice(0, end);
      const plain = request.capitalise ? word.slice(0, 1).toLowerCase() + word.slice(1) : word;
      if (word.length < end || !LIST.has(plain)) continue;
      for (const digit of request.addDigit ? ['', ...Array.from('0123456789')] : ['']) {
        const tail = rest.slice(end);
        const between = left === 1 ? digit : digit + request.separator;
        if (!tail.startsWith(between)) continue;
        const after = tail.slice(between.length);
        if (left === 1) {
          if (after === '') found.push([plain + digit]);
        } else {
          for (const others of step(after, left - 1)) found.push([plain + digit, ...others]);
        }
      }
    }
    return found;
  };
  const digits = request.addDigit ? 1 : 0;
  return step(text, request.words).filter(
    (words) => words.filter((word) => /\d$/.test(word)).length === digits,
  );
}

describe('generatePassphrase', () => {
  it('can be read back in exactly one way for every request', () => {
    const requests = fc.record({
      type: fc.constant('passphrase' as const),
      words: fc.integer({ min: 3, max: 12 }),
      separator: fc.oneof(
        fc.constantFrom('', '-', ' ', '.', '1', '11', 'a', '5a', '--', '/0/', '🔑'),
        fc.string({ maxLength: 4 }),
      ),
      capitalise: fc.boolean(),
      addDigit: fc.boolean(),
    });
    fc.assert(
      fc.property(requests, fc.string(), (request, seed) => {
        const { value } = generatePassphrase(request, seededRandom(seed));
        expect(readings(value, request)).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['three words', { words: 3 }, 3 * Math.log2(7776)],
    ['six words', {}, 77.54887502163469],
    ['twelve words', { words: 12 }, 12 * Math.log2(7776)],
    ['capitals, which add nothing', { capitalise: true }, 6 * Math.log2(7776)],
    ['a separator, which adds nothing', { separator: '#?!.' }, 6 * Math.log2(7776)],
    ['a digit in one of six places', { addDigit: true }, 6 * Math.log2(7776) + Math.log2(60)],
    ['a digit, three words', { words: 3, addDigit: true }, 3 * Math.log2(7776) + Math.log2(30)],
  ])('counts the entropy of %s', (_, change, bits) => {
    const { entropyBits } = generatePassphrase({ ...PLAIN, ...change }, systemRandom);
    expect(entropyBits).toBeCloseTo(bits, 9);
  });

  it('favours no word', () => {
    const random = seededRandom('words');
    const words = Array.from({ length: 6000 }, () =>
      generatePassphrase({ ...PLAIN, words: 12, separator: '/' }, random).value.split('/'),
    ).flat();
    expect(Math.abs(deviationFromEven(words, WORDS))).toBeLessThan(4);
  });

  it('favours neither a digit nor a place for it', () => {
    const random = seededRandom('digits');
    const request = { ...PLAIN, words: 4, separator: '/', addDigit: true };
    const draws = Array.from({ length: 4000 }, () => {
      const words = generatePassphrase(request, random).value.split('/');
      const place = words.findIndex((word) => /\d$/.test(word));
      return `${String(place)}:${words[place]?.slice(-1) ?? ''}`;
    });
    const categories = [0, 1, 2, 3].flatMap((p) => Array.from('0123456789', (d) => `${p}:${d}`));
    expect(Math.abs(deviationFromEven(draws, categories))).toBeLessThan(4);
  });

  it('writes the first letter of each word in upper case when asked to', () => {
    const { value } = generatePassphrase(
      { ...PLAIN, capitalise: true, separator: ' ' },
      seededRandom('capitals'),
    );
    expect(value).toMatch(/^([A-Z][a-z-]+ ){5}[A-Z][a-z-]+$/);
  });

  it.each([
    ['two words', { words: 2 }, { reason: 'words', value: 2, min: 3, max: 12 }],
    ['thirteen words', { words: 13 }, { reason: 'words', value: 13, min: 3, max: 12 }],
    ['half a word', { words: 3.5 }, { reason: 'words', value: 3.5, min: 3, max: 12 }],
    ['NaN words', { words: NaN }, { reason: 'words', value: NaN, min: 3, max: 12 }],
    ['Infinity', { words: Infinity }, { reason: 'words', value: Infinity, min: 3, max: 12 }],
    ['a long separator', { separator: '-----' }, { reason: 'separator', value: 5, max: 4 }],
  ])('refuses %s', (_, change, details) => {
    expect(() => generatePassphrase({ ...PLAIN, ...change }, systemRandom)).toThrow(
      expect.objectContaining({ code: 'generator/impossible-rules', details }),
    );
  });
});
