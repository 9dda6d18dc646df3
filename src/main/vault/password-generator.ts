// Makes passwords: every string that obeys the rules is equally likely, and the entropy given is that of exactly
// these strings, not of the wider set without the rule that each chosen class must occur.
// SPDX-License-Identifier: MIT

import type { GeneratedPassword, GeneratorRules } from '../../shared/model/item.ts';
import type { RandomSource } from '../crypto/random.ts';
import { VaultError } from './vault-error.ts';

const CLASSES = {
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  digits: '0123456789',
  // Without quotes, backquote, backslash and space, which sites and shells trip over.
  symbols: '!#$%&()*+,-./:;<=>?@[]^_{|}~',
} as const;

const AMBIGUOUS = new Set('0Oo1lI|');
const CLASS_NAMES = ['lower', 'upper', 'digits', 'symbols'] as const;

/** At the shortest lengths a draw obeys the rules once in about ten times: this many misses is a broken source. */
const MAX_DRAWS = 10_000;

/**
 * A password of `rules.length` characters with at least one of each chosen class.
 * Throws `vault/parameters-refused` when no class is chosen or the length cannot hold one of each.
 */
export function generatePassword(rules: GeneratorRules, random: RandomSource): GeneratedPassword {
  const classes = chosenClasses(rules);
  assertPossible(rules.length, classes.length);
  const alphabet = classes.join('');
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const value = drawText(alphabet, rules.length, random);
    // Redrawing the whole text, rather than planting the missing class, keeps all texts equally likely.
    if (classes.every((characters) => includesAny(value, characters))) {
      return { value, entropyBits: entropyBits(classes, rules.length) };
    }
  }
  throw new Error(`password generator: ${MAX_DRAWS} draws in a row broke the rules; not random`);
}

function chosenClasses(rules: GeneratorRules): readonly string[] {
  return CLASS_NAMES.filter((name) => rules[name]).map((name) => {
    const characters = Array.from(CLASSES[name]);
    return characters.filter((c) => !rules.avoidAmbiguous || !AMBIGUOUS.has(c)).join('');
  });
}

function assertPossible(length: number, classCount: number): void {
  if (classCount === 0) {
    throw new VaultError(
      'vault/parameters-refused',
      'password generator: expected at least one class of characters, got none',
      { details: { classes: classCount } },
    );
  }
  if (!Number.isSafeInteger(length) || length < classCount) {
    throw new VaultError(
      'vault/parameters-refused',
      `password generator: expected a length of at least ${classCount}, got ${length}`,
      { details: { classes: classCount, length } },
    );
  }
}

function includesAny(text: string, characters: string): boolean {
  return Array.from(text).some((character) => characters.includes(character));
}

/** Bytes at or above the largest multiple of the alphabet's size are thrown away: they would favour its beginning. */
function drawText(alphabet: string, length: number, random: RandomSource): string {
  const ceiling = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    const bytes = random.bytes(length - text.length + 16);
    for (const byte of bytes) {
      if (byte < ceiling && text.length < length) text += alphabet.charAt(byte % alphabet.length);
    }
    bytes.fill(0);
  }
  return text;
}

/** Base-2 logarithm of the number of texts that hold each class, by inclusion and exclusion over missing classes. */
function entropyBits(classes: readonly string[], length: number): number {
  let count = 0n;
  for (let missing = 0; missing < 1 << classes.length; missing++) {
    const present = classes.filter((_, index) => (missing & (1 << index)) === 0);
    const size = present.reduce((sum, characters) => sum + characters.length, 0);
    const texts = BigInt(size) ** BigInt(length);
    const isOdd = (classes.length - present.length) % 2 === 1;
    count += isOdd ? -texts : texts;
  }
  return log2(count);
}

function log2(count: bigint): number {
  const shift = Math.max(0, count.toString(2).length - 53);
  return Math.log2(Number(count >> BigInt(shift))) + shift;
}
