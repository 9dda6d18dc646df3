// The letters of a record as bits: what the bits say must be what a look at the text says.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toByteText } from '../../../src/main/search/byte-text.ts';
import {
  bitOf,
  bitsOf,
  heldIn,
  initialsIn,
  isOneLetter,
} from '../../../src/main/search/letters.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

function lettersOf(text: string): { held: number; initial: number } {
  const bytes = Buffer.from(`xyz ${text}\0behind`);
  const end = 4 + Buffer.byteLength(text);
  return { held: heldIn(bytes, 4, end), initial: initialsIn(bytes, 4, end) };
}

describe('the letters of a record', () => {
  it('have a bit each; all else shares three', () => {
    const bits = Array.from(LETTERS, (letter) => bitOf(letter.charCodeAt(0)));
    expect(new Set(bits).size).toBe(26);
    const others = Array.from({ length: 256 }, (_, byte) => bitOf(byte)).filter(
      (bit) => !bits.includes(bit),
    );
    expect(new Set(others).size).toBe(3);
  });

  it('say of each letter whether it is there, and whether a word begins with it', () => {
    const words = fc.array(
      fc.constantFrom(...Array.from(LETTERS), ' ', '.', '-', '7', 'é', '\u0001'),
    );
    fc.assert(
      fc.property(words, (characters) => {
        const text = characters.join('');
        const { held, initial } = lettersOf(text);
        for (const letter of LETTERS) {
          const bit = bitOf(letter.charCodeAt(0));
          expect((held & bit) !== 0).toBe(text.includes(letter));
          const begins = new RegExp(`(^|[^a-z0-9é])${letter}`).test(text);
          expect((initial & bit) !== 0).toBe(begins);
        }
      }),
    );
  });

  it('never leave out a record that holds the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, more) => {
        const bits = bitsOf(toByteText(text));
        expect(lettersOf(more + text + more).held & bits).toBe(bits);
      }),
    );
  });

  it.each([
    ['a', true],
    ['z', true],
    ['', false],
    ['aa', false],
    ['7', false],
    ['-', false],
    ['é', false],
  ])('tell all that there is to know of %j: %s', (text, isAll) => {
    expect(isOneLetter(toByteText(text))).toBe(isAll);
  });
});
