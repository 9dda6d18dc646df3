// The generator in words: how hard a value is to guess, and which of the rules cannot be met.
// SPDX-License-Identifier: MIT

import type { ErrorDetails } from '../../shared/errors.ts';
import { formatAmount, formatCount } from '../format.ts';

/** What one who has stolen a badly protected copy may try each second: a room of graphics cards on a fast hash. */
const TRIES_PER_SECOND = 1e12;

const GRADES: readonly { readonly from: number; readonly words: string }[] = [
  { from: 100, words: 'beyond any guessing' },
  { from: 75, words: 'very strong' },
  { from: 60, words: 'strong' },
  { from: 45, words: 'fair' },
  { from: 30, words: 'weak' },
  { from: 0, words: 'only where tries are limited' },
];

/** `131 bits: beyond any guessing`. Rounded down, so that nothing looks better than it is. */
export function entropyWords(bits: number): string {
  const grade = GRADES.find(({ from }) => bits >= from) ?? { words: '' };
  return `${Math.floor(bits)} bits: ${grade.words}`;
}

/** How long guessing takes, with the speed that this assumes; the mean, over half of all values. */
export function guessingWords(bits: number): string {
  const seconds = 2 ** (bits - 1) / TRIES_PER_SECOND;
  return `At a trillion tries a second: ${durationWords(seconds)}.`;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365.25 * DAY;
const AGE_OF_UNIVERSE = 1.38e10 * YEAR;

const UNITS: readonly { readonly from: number; readonly unit: number; readonly name: string }[] = [
  { from: 1e9 * YEAR, unit: 1e9 * YEAR, name: 'billion year' },
  { from: 1e6 * YEAR, unit: 1e6 * YEAR, name: 'million year' },
  { from: YEAR, unit: YEAR, name: 'year' },
  { from: DAY, unit: DAY, name: 'day' },
  { from: HOUR, unit: HOUR, name: 'hour' },
  { from: MINUTE, unit: MINUTE, name: 'minute' },
  { from: 1, unit: 1, name: 'second' },
];

function durationWords(seconds: number): string {
  if (seconds >= AGE_OF_UNIVERSE) return 'longer than the universe has existed';
  const step = UNITS.find(({ from }) => seconds >= from);
  if (!step) return 'less than a second';
  const amount = Math.floor(seconds / step.unit);
  // Two digits tell all there is to tell, and promise no more than there is.
  const grain = 10 ** Math.max(0, String(amount).length - 2);
  const rounded = Math.floor(amount / grain) * grain;
  return `about ${formatAmount(rounded, step.name)} on average`;
}

const CLASS_WORDS: Readonly<Record<string, string>> = {
  lower: 'small letters',
  upper: 'capital letters',
  digits: 'digits',
  symbols: 'symbols',
};

type NumberOf = (name: string) => string;

/** By the reason that the main side gives, with the numbers that go with it. */
const IMPOSSIBLE: Readonly<Record<string, (number: NumberOf, details: ErrorDetails) => string>> = {
  'no-class': () => 'No kind of characters is chosen.',
  'empty-class': (_, details) =>
    `All ${CLASS_WORDS[String(details.class)] ?? 'characters of one kind'} are left out, yet one is asked for.`,
  'too-short': (number) =>
    `The minimums add up to ${number('needed')} characters, and the length is ${number('length')}.`,
  length: (number) => `The length must be from ${number('min')} to ${number('max')}.`,
  words: (number) => `The number of words must be from ${number('min')} to ${number('max')}.`,
  minimum: (number) => `A minimum must be from ${number('min')} to ${number('max')}.`,
  separator: (number) => `Between words there is room for ${number('max')} characters.`,
  'length-outside-rules': (number) =>
    `The rules allow ${number('min')} to ${number('max')} characters, and the length is ${number('length')}.`,
  'too-many-requirements': (number) =>
    `The rules ask for ${number('required')} different kinds of characters; Latchkey takes up to ${number('max')}.`,
  contradiction: (number, details) =>
    'length' in details
      ? `No text of ${number('length')} characters meets all the rules.`
      : `The rules ask for at least ${number('min')} and at most ${number('max')} characters.`,
};

/** Which rule it was that no password can meet, by the details of the error; null where they do not tell. */
export function impossibleWords(details: ErrorDetails): string | null {
  const reason = String(details.reason);
  const words = Object.hasOwn(IMPOSSIBLE, reason) ? IMPOSSIBLE[reason] : undefined;
  return words?.((name) => formatCount(Number(details[name])), details) ?? null;
}
