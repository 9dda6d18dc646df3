// Passwords by the rules of a site, in Apple's `passwordrules` syntax: any that meets them, with equal chance.
// SPDX-License-Identifier: MIT

import {
  GENERATOR_LIMITS,
  type GeneratedPassword,
  type SiteRulesRequest,
} from '../../shared/model/generator.ts';
import type { RandomSource } from '../crypto/random.ts';
import { charactersOf } from '../../shared/password-rules/character-class.ts';
import { assertWithin, GeneratorError } from './generator-error.ts';
import {
  parsePasswordRules,
  type PasswordRules,
} from '../../shared/password-rules/password-rules.ts';
import { RuleTexts } from './rule-texts.ts';
import { entropyOf, uniformBelow } from './uniform.ts';

/** Some 130 bits with letters, digits and symbols, 66 with digits alone. */
const GOOD_LENGTH = 20;

/** More different demands than any site is known to make; the work doubles with each. */
const MAX_REQUIRED = 8;

type Characters = readonly string[];

/**
 * One of all passwords of the length that meet the rules, each equally likely: the length asked for, or 20, or as
 * near to it as the rules let it be. The entropy is exact, the logarithm of their counted number.
 *
 * Deviation: a space is used only where the rules leave no other choice, though `special` and `ascii-printable`
 * contain it: many sites cut it off at the ends without a word. Texts with a space are not counted then.
 */
export function generateBySiteRules(
  request: SiteRulesRequest,
  random: RandomSource,
): GeneratedPassword {
  if (request.length !== null) {
    assertWithin(request.length, GENERATOR_LIMITS.siteRules, 'length');
  }
  const rules = parsePasswordRules(request.rules);
  const sets = [charactersOf(rules.allowed), ...rules.required.map(charactersOf)];
  const length = lengthWithin(rules, request.length);
  const maxRun = rules.maxConsecutive ?? Infinity;
  const withoutSpace = sets.map((set) => set.filter((character) => character !== ' '));
  const plain = textsOver(withoutSpace, length, maxRun);
  const texts = plain.count > 0n ? plain : textsOver(sets, length, maxRun);
  if (texts.count === 0n) {
    throw new GeneratorError('contradiction', `no text of length ${length} meets the rules`, {
      length,
    });
  }
  const value = texts.textAt(uniformBelow(texts.count, random));
  return { value, entropyBits: entropyOf(texts.count) };
}

/** `sets`: all characters that may be used, then those of each demand. */
function textsOver(sets: readonly Characters[], length: number, maxRun: number): RuleTexts {
  const [alphabet = [], ...demands] = sets;
  const required = strictest(demands);
  assertWorkable(required);
  return new RuleTexts({ length, alphabet, required, maxRun });
}

/** Leaves out each set that another one, within it, meets at the same time. */
function strictest(sets: readonly Characters[]): readonly Characters[] {
  return sets.filter(
    (set, index) =>
      !sets.some(
        (other, at) =>
          other.every((character) => set.includes(character)) &&
          (other.length < set.length || at < index),
      ),
  );
}

function assertWorkable(required: readonly Characters[]): void {
  if (required.length <= MAX_REQUIRED) return;
  throw new GeneratorError(
    'too-many-requirements',
    `expected at most ${MAX_REQUIRED} different required classes, got ${required.length}`,
    { required: required.length, max: MAX_REQUIRED },
  );
}

function lengthWithin(rules: PasswordRules, wanted: number | null): number {
  const min = Math.max(rules.minLength ?? 0, GENERATOR_LIMITS.siteRules.min);
  const max = Math.min(rules.maxLength ?? Infinity, GENERATOR_LIMITS.siteRules.max);
  if (min > max) {
    throw new GeneratorError('contradiction', `the rules ask for ${min} to ${max} characters`, {
      min,
      max,
    });
  }
  const length = wanted ?? Math.max(min, Math.min(GOOD_LENGTH, max, longestFor(rules)));
  if (length >= min && length <= max) return length;
  throw new GeneratorError(
    'length-outside-rules',
    `expected a length from ${min} to ${max} by the rules, got ${length}`,
    { length, min, max },
  );
}

/** Of a single character there are no texts longer than it may be repeated. */
function longestFor(rules: PasswordRules): number {
  const isSingle = charactersOf(rules.allowed).length === 1;
  return isSingle ? (rules.maxConsecutive ?? Infinity) : Infinity;
}
