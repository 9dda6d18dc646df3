// Passwords of characters: at least so many of each chosen class, and otherwise nothing but chance.
// SPDX-License-Identifier: MIT

import {
  GENERATOR_LIMITS,
  type CharactersRequest,
  type GeneratedPassword,
} from '../../shared/model/generator.ts';
import type { RandomSource } from '../crypto/random.ts';
import { assertWithin, GeneratorError } from './generator-error.ts';
import { entropyOf, pick, shuffled, uniformBelow } from './uniform.ts';

/** Disjoint classes: a character counts for one of them. */
const CLASSES = {
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  digits: '0123456789',
  // Without quotes, backquote, backslash and space, which sites and shells trip over.
  symbols: '!#$%&()*+,-./:;<=>?@[]^_{|}~',
} as const;

type ClassName = keyof typeof CLASSES;

const CLASS_NAMES = ['lower', 'upper', 'digits', 'symbols'] as const;
const AMBIGUOUS = '0Oo1lI|';

type Minimums = Readonly<Partial<Record<ClassName, number | undefined>>>;

interface ChosenClass {
  readonly characters: readonly string[];
  readonly min: number;
}

/**
 * All texts that meet the rules are equally likely: first how many characters of each class, in proportion to
 * how many texts have just so many; then those characters; then their order.
 *
 * The entropy is exact: the number of those texts, counted by the same sums.
 */
export function generateCharacters(
  request: CharactersRequest,
  random: RandomSource,
): GeneratedPassword {
  assertWithin(request.length, GENERATOR_LIMITS.characters, 'length');
  const classes = chosenClasses(request);
  const counts = countTexts(classes, request.length);
  const total = at(counts[classes.length], request.length);
  const characters: string[] = [];
  let left = request.length;
  for (let index = classes.length - 1; index >= 0; index--) {
    const chosen = at(classes, index);
    const share = drawShare(chosen, at(counts, index), left, random);
    for (let n = 0; n < share; n++) characters.push(pick(chosen.characters, random));
    left -= share;
  }
  return { value: shuffled(characters, random).join(''), entropyBits: entropyOf(total) };
}

function chosenClasses(request: CharactersRequest): readonly ChosenClass[] {
  const minimums: Minimums = { digits: request.minDigits, symbols: request.minSymbols };
  const chosen = CLASS_NAMES.filter((name) => request[name]);
  if (chosen.length === 0) {
    throw new GeneratorError('no-class', 'expected at least one class of characters, got none');
  }
  for (const name of CLASS_NAMES) assertMinimum(minimums[name], request[name]);
  const without = new Set(request.exclude ?? '');
  if (request.avoidAmbiguous) for (const character of AMBIGUOUS) without.add(character);
  const classes = chosen.map((name) => ({
    characters: allowedCharacters(name, without),
    min: Math.max(1, minimums[name] ?? 1),
  }));
  assertFits(classes, request.length);
  return classes;
}

function assertMinimum(min: number | undefined, isChosen: boolean): void {
  if (min === undefined) return;
  assertWithin(min, { min: 0, max: isChosen ? GENERATOR_LIMITS.characters.max : 0 }, 'minimum');
}

function allowedCharacters(name: ClassName, without: ReadonlySet<string>): readonly string[] {
  const characters = Array.from(CLASSES[name]).filter((character) => !without.has(character));
  if (characters.length > 0) return characters;
  throw new GeneratorError('empty-class', `all characters of ${name} are left out`, {
    class: name,
  });
}

function assertFits(classes: readonly ChosenClass[], length: number): void {
  const needed = classes.reduce((sum, { min }) => sum + min, 0);
  if (needed <= length) return;
  throw new GeneratorError('too-short', `expected a length of ${needed} or more, got ${length}`, {
    length,
    needed,
  });
}

/** Row k, column n: how many texts of length n there are over the first k classes, each as often as it must be. */
function countTexts(
  classes: readonly ChosenClass[],
  length: number,
): readonly (readonly bigint[])[] {
  const rows: bigint[][] = [Array.from({ length: length + 1 }, (_, n) => (n === 0 ? 1n : 0n))];
  for (const [index, chosen] of classes.entries()) {
    const before = at(rows, index);
    rows.push(
      Array.from({ length: length + 1 }, (_, n) =>
        shareWeights(chosen, before, n).reduce((sum, weight) => sum + weight, 0n),
      ),
    );
  }
  return rows;
}

/** Entry s: the texts of length n in which s characters are of `chosen`, the others of the classes before it. */
function shareWeights(
  chosen: ChosenClass,
  before: readonly bigint[],
  n: number,
): readonly bigint[] {
  const size = BigInt(chosen.characters.length);
  const weights: bigint[] = [];
  let placesAndCharacters = 1n;
  for (let share = 0; share <= n; share++) {
    weights.push(share < chosen.min ? 0n : placesAndCharacters * at(before, n - share));
    // From "n choose s" places with size^s characters to those of s + 1; the division leaves no remainder.
    placesAndCharacters = (placesAndCharacters * size * BigInt(n - share)) / BigInt(share + 1);
  }
  return weights;
}

function drawShare(
  chosen: ChosenClass,
  before: readonly bigint[],
  n: number,
  random: RandomSource,
): number {
  const weights = shareWeights(chosen, before, n);
  let ticket = uniformBelow(
    weights.reduce((sum, weight) => sum + weight, 0n),
    random,
  );
  return weights.findIndex((weight) => {
    ticket -= weight;
    return ticket < 0n;
  });
}

function at<T>(entries: readonly T[] | undefined, index: number): T {
  const entry = entries?.[index];
  if (entry === undefined) throw new RangeError('characters: outside of the table');
  return entry;
}
