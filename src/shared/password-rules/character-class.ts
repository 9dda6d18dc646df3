// Classes of characters as Apple's `passwordrules` names them, and their canonical form: few names, then one list.
// SPDX-License-Identifier: MIT

const NAMES = ['upper', 'lower', 'digit', 'special', 'ascii-printable', 'unicode'] as const;

export type NamedClass = (typeof NAMES)[number];

/** A name, or characters in brackets, with `-` in front and `]` at the end as the syntax wants it. */
export type CharacterClass = NamedClass | `[${string}]`;

const ASCII_PRINTABLE = characterRange(' ', '~');
const UPPER = characterRange('A', 'Z');
const LOWER = characterRange('a', 'z');
const DIGIT = characterRange('0', '9');

const CHARACTERS: Readonly<Record<NamedClass, readonly string[]>> = {
  upper: UPPER,
  lower: LOWER,
  digit: DIGIT,
  special: ASCII_PRINTABLE.filter((c) => ![...UPPER, ...LOWER, ...DIGIT].includes(c)),
  'ascii-printable': ASCII_PRINTABLE,
  // Any character will do, so those that every keyboard and every site can take do best.
  unicode: ASCII_PRINTABLE,
};

/** The name in lower case, as it may be written in either; null when there is no class of this name. */
export function toNamedClass(text: string): NamedClass | null {
  return NAMES.find((name) => name === text.toLowerCase()) ?? null;
}

export function isAsciiPrintable(character: string): boolean {
  return character >= ' ' && character <= '~';
}

/** All characters of the classes, each once, in the order of the canonical form. */
export function charactersOf(classes: readonly CharacterClass[]): readonly string[] {
  const wanted = new Set(classes.flatMap(charactersOfOne));
  return [...UPPER, ...LOWER, ...DIGIT, ...CHARACTERS.special].filter((c) => wanted.has(c));
}

/**
 * The same characters in as few names as there are, and the others sorted in one list at the end.
 * `unicode` takes in everything, `ascii-printable` everything else; nothing stays nothing.
 */
export function canonicalClasses(classes: readonly CharacterClass[]): readonly CharacterClass[] {
  if (classes.includes('unicode')) return ['unicode'];
  const characters = charactersOf(classes);
  if (characters.length === ASCII_PRINTABLE.length) return ['ascii-printable'];
  const full = (['upper', 'lower', 'digit', 'special'] as const).filter((name) =>
    CHARACTERS[name].every((character) => characters.includes(character)),
  );
  const named = new Set(full.flatMap((name) => CHARACTERS[name]));
  const others = characters.filter((character) => !named.has(character));
  return others.length === 0 ? full : [...full, inBrackets(others)];
}

function charactersOfOne(one: CharacterClass): readonly string[] {
  return isCustom(one) ? Array.from(one.slice(1, -1)) : CHARACTERS[one];
}

function isCustom(one: CharacterClass): one is `[${string}]` {
  return one.startsWith('[');
}

/** Elsewhere than at these ends, `-` would be passed over and `]` would close the list. */
function inBrackets(characters: readonly string[]): CharacterClass {
  const first = characters.includes('-') ? '-' : '';
  const last = characters.includes(']') ? ']' : '';
  const between = characters.filter((character) => character !== '-' && character !== ']');
  return `[${first}${between.join('')}${last}]`;
}

function characterRange(first: string, last: string): readonly string[] {
  const start = first.charCodeAt(0);
  return Array.from({ length: last.charCodeAt(0) - start + 1 }, (_, index) =>
    String.fromCharCode(start + index),
  );
}
