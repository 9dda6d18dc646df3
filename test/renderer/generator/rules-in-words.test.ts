// What a site's rules ask for, in words.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { toRulesText } from '../../../src/renderer/generator/generator-session.ts';
import { rulesInWords } from '../../../src/renderer/generator/rules-in-words.ts';
import { parsePasswordRules } from '../../../src/shared/password-rules/password-rules.ts';

const words = (text: string) => rulesInWords(parsePasswordRules(text));
const ANY = 'Any printable characters may be used.';

describe('rulesInWords', () => {
  it.each([
    ['', [ANY]],
    ['nonsense', [ANY]],
    [
      'minlength: 12; required: digit; required: upper; allowed: ascii-printable',
      ['At least 12 characters, one digit, one capital letter.', ANY],
    ],
    [
      'minlength: 12; maxlength: 20; required: upper; required: digit, [$%]; max-consecutive: 2',
      [
        '12 to 20 characters, one capital letter, one digit or one of $ %.',
        'Only capital letters, digits and $ % may be used.',
        'The same character at most 2 times in a row.',
      ],
    ],
    [
      'required: digit, special, upper',
      [
        'At least one capital letter, digit or symbol.',
        'Only capital letters, digits and symbols may be used.',
      ],
    ],
    [
      'minlength: 8; minlength: 10; allowed: lower',
      ['At least 10 characters.', 'Only small letters may be used.'],
    ],
    ['maxlength: 9; maxlength: 7', ['At most 7 characters.', ANY]],
    ['allowed: unicode', ['Any characters may be used.']],
    [
      'minlength: 4; maxlength: 4; required: digit; allowed: [ -x]; max-consecutive: 1',
      [
        'Exactly 4 characters, one digit.',
        'Only digits and x space may be used.',
        'No character twice in a row.',
      ],
    ],
    ['required: digit; required: digit', ['At least one digit.', 'Only digits may be used.']],
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
