// What a site's rules ask for, as sentences that a person would say.
// SPDX-License-Identifier: MIT

import type { CharacterClass, NamedClass } from '../../shared/password-rules/character-class.ts';
import type { PasswordRules } from '../../shared/password-rules/password-rules.ts';
import { formatAmount, formatCount } from '../format.ts';

interface ClassWords {
  readonly one: string;
  readonly many: string;
}

const WORDS: Readonly<Record<NamedClass, ClassWords>> = {
  upper: { one: 'capital letter', many: 'capital letters' },
  lower: { one: 'small letter', many: 'small letters' },
  digit: { one: 'digit', many: 'digits' },
  special: { one: 'symbol', many: 'symbols' },
  'ascii-printable': { one: 'printable character', many: 'printable characters' },
  unicode: { one: 'character', many: 'characters' },
};

/** What there must be, what there may be, and what there may not be too much of. */
export function rulesInWords(rules: PasswordRules): readonly string[] {
  return [...demandWords(rules), allowedWords(rules), ...runWords(rules)];
}

/** `At least 12 characters, one digit, one capital letter.` */
function demandWords({ minLength, maxLength, required }: PasswordRules): readonly string[] {
  const length = lengthWords(minLength, maxLength);
  const demands = Array.from(new Set(required.map(demandOf)));
  if (length === null && demands.length === 0) return [];
  const [first, ...rest] = length === null ? demands : [length, ...demands];
  return [`${[length === null ? `At least ${first}` : first, ...rest].join(', ')}.`];
}

function lengthWords(min: number | null, max: number | null): string | null {
  if (min === null && max === null) return null;
  if (min === null) return `At most ${formatAmount(max ?? 0, 'character')}`;
  if (max === null) return `At least ${formatAmount(min, 'character')}`;
  if (min === max) return `Exactly ${formatAmount(min, 'character')}`;
  return `${formatCount(min)} to ${formatAmount(max, 'character')}`;
}

/** `one digit or symbol`, `one digit or one of $ %`. */
function demandOf(classes: readonly CharacterClass[]): string {
  const named = classes.flatMap((one) => (isNamed(one) ? WORDS[one].one : []));
  const listed = classes.flatMap((one) => (isNamed(one) ? [] : `one of ${listOf(one)}`));
  const first = named.length === 0 ? [] : [`one ${joined(named, 'or')}`];
  return joined([...first, ...listed], 'or');
}

function allowedWords({ allowed }: PasswordRules): string {
  const [only] = allowed;
  if (only === 'unicode') return 'Any characters may be used.';
  if (only === 'ascii-printable') return 'Any printable characters may be used.';
  const words = allowed.map((one) => (isNamed(one) ? WORDS[one].many : listOf(one)));
  return `Only ${joined(words, 'and')} may be used.`;
}

function runWords({ maxConsecutive }: PasswordRules): readonly string[] {
  if (maxConsecutive === null) return [];
  if (maxConsecutive === 1) return ['No character twice in a row.'];
  return [`The same character at most ${formatAmount(maxConsecutive, 'time')} in a row.`];
}

function isNamed(one: CharacterClass): one is NamedClass {
  return Object.hasOwn(WORDS, one);
}

/** `[-ab ]` → `- a b space`. */
function listOf(one: CharacterClass): string {
  return Array.from(one.slice(1, -1), (character) =>
    character === ' ' ? 'space' : character,
  ).join(' ');
}

/** `a`, `a or b`, `a, b or c`. */
function joined(words: readonly string[], by: 'or' | 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${by} ${words.at(-1) ?? ''}`;
}
