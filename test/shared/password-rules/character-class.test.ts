// Classes of characters: what the names mean, and one way to write each set of characters.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalClasses,
  charactersOf,
  toNamedClass,
  type CharacterClass,
} from '../../../src/shared/password-rules/character-class.ts';
import { parsePasswordRules } from '../../../src/shared/password-rules/password-rules.ts';

const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = UPPER.toLowerCase();
const SPECIAL = ' !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

describe('charactersOf', () => {
  it.each([
    ['upper', UPPER],
    ['lower', LOWER],
    ['digit', '0123456789'],
    ['special', SPECIAL],
    ['[a1!]', 'a1!'],
    ['[-a]]', 'a-]'],
    ['[aaa]', 'a'],
  ] as const)('reads %s', (one, characters) => {
    expect(charactersOf([one]).join('')).toBe(characters);
  });

  it.each(['ascii-printable', 'unicode'] as const)('reads %s as all printable ASCII', (one) => {
    expect([...charactersOf([one])].sort()).toEqual(PRINTABLE);
  });

  it('has each character once, however often it is named', () => {
    expect(charactersOf(['digit', '[0123]', 'digit'])).toHaveLength(10);
  });

  it('reads no class as no character', () => {
    expect(charactersOf([])).toEqual([]);
  });
});

describe('canonicalClasses', () => {
  it.each<[string, readonly CharacterClass[], readonly CharacterClass[]]>([
    ['one name', ['upper'], ['upper']],
    ['a name twice', ['upper', 'upper'], ['upper']],
    ['names in another order', ['special', 'digit', 'upper'], ['upper', 'digit', 'special']],
    ['a name and other characters', ['upper', '[cba]'], ['upper', '[abc]']],
    ['a name and characters of it', ['upper', '[QXA]'], ['upper']],
    ['a whole class as a list', [`[${UPPER}]`], ['upper']],
    ['a whole class as a list in disorder', ['[WABCXYZDEFGHIJKLMNOPQRSTUV]'], ['upper']],
    ['two whole classes as one list', [`[${LOWER}${UPPER}]`], ['upper', 'lower']],
    ['a class in two lists', ['[01234]', '[98765]'], ['digit']],
    ['all but one of a class', [`[${LOWER.slice(1)}]`], [`[${LOWER.slice(1)}]`]],
    ['the four classes', ['digit', 'lower', 'special', 'upper'], ['ascii-printable']],
    ['three classes', ['digit', 'lower', 'special'], ['lower', 'digit', 'special']],
    ['printable and more', ['digit', 'ascii-printable', '[a]'], ['ascii-printable']],
    ['unicode and more', ['digit', 'unicode', '[a]'], ['unicode']],
    ['unicode before and after printable', ['ascii-printable', 'unicode'], ['unicode']],
    ['symbols in disorder', ['[*&^]'], ['[&*^]']],
    ['letters, digits, symbols', ['[z!1Za&0A]'], ['[AZaz01!&]']],
    ['a hyphen', ['[az-]'], ['[-az]']],
    ['a bracket', ['[]az]'], ['[az]]']],
    ['a hyphen and a bracket', ['[a]-[]'], ['[-a[]]']],
    ['nothing', [], []],
  ])('of %s', (_, classes, canonical) => {
    expect(canonicalClasses(classes)).toEqual(canonical);
  });

  it('keeps the characters and is done after once, for every set of them', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...PRINTABLE), { minLength: 1 }), (set) => {
        const canonical = canonicalClasses([`[${set.join('')}]`]);
        expect([...charactersOf(canonical)].sort()).toEqual([...set].sort());
        expect(canonicalClasses(canonical)).toEqual(canonical);
      }),
    );
  });

  it('is written so that the parser reads the same set from it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...PRINTABLE), { minLength: 1 }), (set) => {
        const canonical = canonicalClasses([`[${set.join('')}]`]);
        const { allowed } = parsePasswordRules(`allowed: ${canonical.join(', ')};`);
        expect(allowed).toEqual(canonical);
      }),
    );
  });
});

describe('toNamedClass', () => {
  it.each(['upper', 'LOWER', 'DiGiT', 'Ascii-Printable'])('knows %s', (text) => {
    expect(toNamedClass(text)).toBe(text.toLowerCase());
  });

  it.each(['', 'digits', 'up', 'ascii', '-', 'constructor', '[a]'])('does not know %j', (text) => {
    expect(toNamedClass(text)).toBeNull();
  });
});
