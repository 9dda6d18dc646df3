// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, foldAsciiInto } from '../../../src/main/search/fold.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 40 });

describe('fold', () => {
  it.each([
    ['GitHub', 'github'],
    ['Müller', 'muller'],
    ['Mu\u0308ller', 'muller'],
    ['STRASSE', 'strasse'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['Łódź', 'lodz'],
    ['Ørsted', 'orsted'],
    ['Æon œuvre', 'aeon oeuvre'],
    ['Þór', 'thor'],
    ['ﬁle', 'file'],
    ['İstanbul', 'istanbul'],
    ['ısı', 'isi'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['οδός', 'οδοσ'],
    ['Ａｂｃ１', 'abc1'],
    ['ｶﾞ', 'カ'],
    ['한', '한'],
    ['O’Brien', "o'brien"],
    ['“quoted”', '"quoted"'],
    ['a – b — c', 'a - b - c'],
    ['a\u00a0b\u3000c', 'a b c'],
    ['a\tb\nc\u0000d\u0085e', 'a b c d e'],
    ['soft\u00adhyphen', 'softhyphen'],
    ['\u202egnp.exe\u202c', 'gnp.exe'],
    ['Ünïcödé ①', 'unicode 1'],
    ['', ''],
  ])('makes %j and %j alike', (text, folded) => {
    expect(fold(text)).toBe(fold(folded));
    expect(fold(text).normalize('NFC')).toBe(folded.normalize('NFC'));
  });

  it('keeps different letters apart', () => {
    expect(fold('o')).not.toBe(fold('0'));
    expect(fold('и')).not.toBe(fold('н'));
  });

  it('folds to what folds to itself, without control characters or halves of surrogate pairs', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = fold(text);
        expect(fold(folded)).toBe(folded);
        expect(folded).not.toMatch(/\p{Cc}/u);
        expect(folded.isWellFormed()).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('folds a text code point by code point', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(Array.from(text, fold).join('')).toBe(fold(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('folds ASCII in place like any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
        const bytes = Buffer.alloc(text.length);
        expect(foldAsciiInto(bytes, 0, text)).toBe(true);
        expect(bytes.toString('latin1')).toBe(fold(text));
      }),
    );
  });

  it('leaves text beyond ASCII to the other way', () => {
    expect(foldAsciiInto(Buffer.alloc(8), 0, 'abcé')).toBe(false);
  });
});
