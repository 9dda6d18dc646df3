// What a site's rules ask for, in words; and that they are read as the vault process reads them.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalClasses,
  type CharacterClass,
} from '../../../src/main/generator/character-class.ts';
import { parsePasswordRules } from '../../../src/main/generator/password-rules.ts';
import { toRulesText } from '../../../src/renderer/generator/generator-session.ts';
import {
  readRules,
  type Rule,
  type RuleClass,
} from '../../../src/renderer/generator/read-rules.ts';
import { rulesInWords } from '../../../src/renderer/generator/rules-in-words.ts';

/** Without what the canonical form of brackets gives a meaning to. */
function toClass(one: RuleClass): CharacterClass {
  if ('named' in one) return one.named;
  const { characters } = one;
  const plain = characters.filter((character) => character !== '-' && character !== ']');
  return `[${characters.includes('-') ? '-' : ''}${plain.join('')}${characters.includes(']') ? ']' : ''}]`;
}

function classesOf(rules: readonly Rule[], is: 'required' | 'allowed'): CharacterClass[][] {
  return rules.flatMap((rule) => (rule.is === is ? [rule.classes.map(toClass)] : []));
}

/** The rules in the form of the vault process. */
function summarise(text: string) {
  const { rules } = readRules(text);
  const values = (name: Rule['is']) =>
    rules.flatMap((rule) => (rule.is === name && 'value' in rule ? [rule.value] : []));
  const least = (name: Rule['is']) => (values(name).length > 0 ? Math.min(...values(name)) : null);
  const required = classesOf(rules, 'required').map(canonicalClasses);
  const allowed = canonicalClasses([...required.flat(), ...classesOf(rules, 'allowed').flat()]);
  return {
    required: required.filter((classes) => classes.length > 0),
    allowed: allowed.length > 0 ? allowed : ['ascii-printable'],
    maxConsecutive: least('max-consecutive'),
    minLength: values('minlength').length > 0 ? Math.max(...values('minlength')) : null,
    maxLength: least('maxlength'),
  };
}

const words = (text: string) => rulesInWords(readRules(text).rules);

describe('readRules', () => {
  it('reads what the vault process reads', () => {
    const piece = fc.constantFrom(
      ...['required', 'allowed', 'minlength', 'maxlength', 'max-consecutive', 'upper', 'LOWER'],
      ...[
        'digit',
        'special',
        'ascii-printable',
        'unicode',
        ':',
        ': ',
        ';',
        ';;',
        ',',
        ' ',
        '\n',
        '[',
      ],
      ...[']', '[abc]', '[-a]', '[a-]', '[]]', '[]', '[;]', '[é]', '0', '8', '12', 'nonsense', '"'],
      ...['required: upper; ', 'allowed: [!#$], digit; ', 'minlength: 8; ', 'maxlength: 20 ;'],
    );
    const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (rules) => {
        expect(summarise(rules)).toEqual(parsePasswordRules(rules));
      }),
      { numRuns: 3000 },
    );
  });

  it('names what it does not understand, and reads on', () => {
    expect(
      readRules('requird: upper; minlength: eight; maxlength: 20; allowed: upper lower'),
    ).toEqual({
      rules: [{ is: 'maxlength', value: 20 }],
      unread: ['requird: upper', 'minlength: eight', 'allowed: upper lower'],
    });
  });

  it.each([
    ['', []],
    [' ; ;', []],
    ['minlength: 0', ['minlength: 0']],
    ['required: [abc', ['required: [abc']],
    ['Required: upper', ['Required: upper']],
  ])('finds nothing in %j', (text, unread) => {
    expect(readRules(text)).toEqual({ rules: [], unread });
  });
});

describe('rulesInWords', () => {
  it.each([
    ['', ['Any printable characters.']],
    [
      'minlength: 12; maxlength: 20; required: upper; required: digit, [$%]; max-consecutive: 2',
      [
        'From 12 to 20 characters.',
        'At least one of: a capital letter.',
        'At least one of: a digit, $ %.',
        'No other characters.',
        'The same character at most 2 times in a row.',
      ],
    ],
    [
      'minlength: 8; minlength: 10; allowed: lower',
      ['At least 10 characters.', 'Only: a small letter.'],
    ],
    ['maxlength: 9; maxlength: 7', ['At most 7 characters.', 'Any printable characters.']],
    [
      'minlength: 4; maxlength: 4; required: digit; allowed: [ -x]; max-consecutive: 1',
      [
        'Exactly 4 characters.',
        'At least one of: a digit.',
        'Also allowed: space x.',
        'No character twice in a row.',
      ],
    ],
  ])('says what %j asks for', (text, sentences) => {
    expect(words(text)).toEqual(sentences);
  });
});

describe('toRulesText', () => {
  it.each([
    ['minlength: 8;\n  required: digit', 'minlength: 8; required: digit'],
    [
      '<input passwordrules="minlength: 8; required: [\']" name="p">',
      "minlength: 8; required: [']",
    ],
    ["PasswordRules = 'maxlength: 9'", 'maxlength: 9'],
    ['passwordrules="minlength: 8', 'passwordrules="minlength: 8'],
    ['   ', ''],
  ])('takes %j as %j', (pasted, text) => {
    expect(toRulesText(pasted)).toBe(text);
  });
});
