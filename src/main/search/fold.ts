// Folding: what two spellings of one text have in common, so that "Müller" is found by "muller".
// NFKD of Unicode (UAX 15) without marks and format characters, in lower case, plus the letters that NFKD leaves whole.
// Works code point by code point: the fold of a text is the folds of its code points, one after the other.
// SPDX-License-Identifier: MIT

/** Letter and spelling in turns. */
const SPELLINGS =
  'ß ss æ ae œ oe ø o ł l đ d ð d þ th ħ h ŧ t ŋ n ĸ k ı i ς σ − - ' +
  '‘ \' ’ \' ‚ \' ‛ \' ′ \' “ " ” " „ " ‟ " « " » "';

const SPELLED: ReadonlyMap<string, string> = new Map(
  Array.from(SPELLINGS.matchAll(/(\S+) (\S+)/g), ([, letter = '', spelling = '']) => [
    letter,
    spelling,
  ]),
);

const SPELLED_OR_DASH = new RegExp(`[${[...SPELLED.keys()].join('')}\\p{Pd}]`, 'gu');

/** Holds no control character and no lone surrogate, and folds to itself. */
export function fold(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  return text
    .toWellFormed()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[\p{Cc}\p{Z}]/gu, ' ')
    .toLowerCase()
    .replace(SPELLED_OR_DASH, (character) => SPELLED.get(character) ?? '-');
}

/** Writes the fold of an ASCII `text` at `at`, where there must be room; false, with part of it written, for any other. */
export function foldAsciiInto(bytes: Uint8Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x80) return false;
    if (unit >= 0x41 && unit <= 0x5a) bytes[at + index] = unit + 0x20;
    else bytes[at + index] = unit < 0x20 || unit === 0x7f ? 0x20 : unit;
  }
  return true;
}
