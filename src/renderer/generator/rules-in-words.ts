// What a site's rules ask for, as short sentences.
// SPDX-License-Identifier: MIT

import { formatAmount, formatCount } from '../format.ts';
import type { ClassName, Rule, RuleClass, RuleLimit } from './read-rules.ts';

const WORDS: Readonly<Record<ClassName, string>> = {
  upper: 'a capital letter',
  lower: 'a small letter',
  digit: 'a digit',
  special: 'a symbol',
  'ascii-printable': 'any printable character',
  unicode: 'any character',
};

/** One sentence a rule, lengths first; what holds where the rules say nothing comes last. */
export function rulesInWords(rules: readonly Rule[]): readonly string[] {
  return [
    ...lengthWords(rules),
    ...classWords(rules, 'required').map((classes) => `At least one of: ${classes}.`),
    ...allowedWords(rules),
    ...runWords(rules),
  ];
}

function valuesOf(rules: readonly Rule[], limit: RuleLimit): readonly number[] {
  return rules.flatMap((rule) => (rule.is === limit ? [rule.value] : []));
}

/** Of several limits the strictest holds. */
function lengthWords(rules: readonly Rule[]): readonly string[] {
  const [mins, maxs] = [valuesOf(rules, 'minlength'), valuesOf(rules, 'maxlength')];
  const min = mins.length === 0 ? null : formatCount(Math.max(...mins));
  const max = maxs.length === 0 ? null : formatCount(Math.min(...maxs));
  if (min !== null && max !== null) {
    return [min === max ? `Exactly ${min} characters.` : `From ${min} to ${max} characters.`];
  }
  if (min !== null) return [`At least ${min} characters.`];
  return max === null ? [] : [`At most ${max} characters.`];
}

function runWords(rules: readonly Rule[]): readonly string[] {
  const runs = valuesOf(rules, 'max-consecutive');
  if (runs.length === 0) return [];
  const most = Math.min(...runs);
  if (most === 1) return ['No character twice in a row.'];
  return [`The same character at most ${formatAmount(most, 'time')} in a row.`];
}

function classWords(rules: readonly Rule[], is: 'required' | 'allowed'): readonly string[] {
  return rules.flatMap((rule) => {
    if (rule.is !== is) return [];
    const words = rule.classes.map(inWords).filter((one) => one !== '');
    return words.length === 0 ? [] : [words.join(', ')];
  });
}

function allowedWords(rules: readonly Rule[]): readonly string[] {
  const allowed = classWords(rules, 'allowed');
  const isAnyRequired = classWords(rules, 'required').length > 0;
  if (allowed.length === 0) {
    return [isAnyRequired ? 'No other characters.' : 'Any printable characters.'];
  }
  return [`${isAnyRequired ? 'Also allowed' : 'Only'}: ${allowed.join(', ')}.`];
}

function inWords(one: RuleClass): string {
  if ('named' in one) return WORDS[one.named];
  return one.characters.map((character) => (character === ' ' ? 'space' : character)).join(' ');
}
