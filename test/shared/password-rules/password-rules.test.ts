// The `passwordrules` syntax, after Apple's article and the proposal whatwg/html#3518; what WebKit's parser makes of
// malformed text is quoted as WebKit's, and each place where ours differs as a Deviation.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parsePasswordRules,
  readPasswordRules,
  type PasswordRules,
} from '../../../src/shared/password-rules/password-rules.ts';

const NOTHING: PasswordRules = {
  required: [],
  allowed: ['ascii-printable'],
  maxConsecutive: null,
  minLength: null,
  maxLength: null,
};

type Case = [text: string, rules: Partial<PasswordRules>];

const reads = (cases: readonly Case[]) => {
  it.each(cases)('reads %j', (text, rules) => {
    expect(parsePasswordRules(text)).toEqual({ ...NOTHING, ...rules });
  });
};

describe('readPasswordRules', () => {
  it.each([
    [
      'requird: upper; minlength: eight; maxlength: 20; allowed: upper lower',
      ['requird: upper', 'minlength: eight', 'allowed: upper lower'],
    ],
    ['', []],
    [' ; ;', []],
    ['minlength: 0', ['minlength: 0']],
    ['required: [abc', ['required: [abc']],
    ['required: []', []],
    ['Required: upper', ['Required: upper']],
    ['required: [;]; nonsense [;] ; digit', ['nonsense [;]', 'digit']],
  ])('names what it passes over in %j', (text, unread) => {
    expect(readPasswordRules(text).unread).toEqual(unread);
  });
});

describe('parsePasswordRules', () => {
  describe('by the article', () => {
    reads([
      ['', {}],
      ['required: upper', { required: [['upper']], allowed: ['upper'] }],
      ['required: upper;', { required: [['upper']], allowed: ['upper'] }],
      ['allowed: upper', { allowed: ['upper'] }],
      ['required: upper; allowed: lower', { required: [['upper']], allowed: ['upper', 'lower'] }],
      ['allowed: lower; required: upper', { required: [['upper']], allowed: ['upper', 'lower'] }],
      ['max-consecutive: 2', { maxConsecutive: 2 }],
      ['minlength: 12; maxlength: 73;', { minLength: 12, maxLength: 73 }],
      [
        // One character of either: not one of each.
        'required: upper, lower',
        { required: [['upper', 'lower']], allowed: ['upper', 'lower'] },
      ],
      [
        'required: upper; required: lower',
        { required: [['upper'], ['lower']], allowed: ['upper', 'lower'] },
      ],
      [
        'required: lower; required: upper; allowed: digit; allowed: [-().&@?\'#,/"+]; max-consecutive: 2',
        {
          required: [['lower'], ['upper']],
          allowed: ['upper', 'lower', 'digit', '[-"#&\'()+,./?@]'],
          maxConsecutive: 2,
        },
      ],
      [
        'minlength: 20; required: lower; required: upper; required: digit; required: [-];',
        {
          required: [['lower'], ['upper'], ['digit'], ['[-]']],
          allowed: ['upper', 'lower', 'digit', '[-]'],
          minLength: 20,
        },
      ],
      ['required: ascii-printable', { required: [['ascii-printable']] }],
      ['required: unicode', { required: [['unicode']], allowed: ['unicode'] }],
      ['allowed: unicode, digit', { allowed: ['unicode'] }],
      ['allowed: special', { allowed: ['special'] }],
    ]);
  });

  describe('of several declarations', () => {
    reads([
      ['max-consecutive: 5; max-consecutive: 3', { maxConsecutive: 3 }],
      ['max-consecutive: 3; max-consecutive: 1; max-consecutive: 5', { maxConsecutive: 1 }],
      ['minlength: 12; minlength: 7; minlength: 23', { minLength: 23 }],
      ['maxlength: 10; maxlength: 7; maxlength: 12', { maxLength: 7 }],
      ['allowed: upper; allowed: lower', { allowed: ['upper', 'lower'] }],
      ['allowed: [b]; allowed: [a]', { allowed: ['[ab]'] }],
      [
        'required: upper; required: upper',
        { required: [['upper'], ['upper']], allowed: ['upper'] },
      ],
      [
        'required: unicode; required: digit',
        { required: [['unicode'], ['digit']], allowed: ['unicode'] },
      ],
      ['minlength: 20; maxlength: 8', { minLength: 20, maxLength: 8 }],
    ]);
  });

  describe('in letters of either case and with white space', () => {
    reads([
      ['    required: upper', { required: [['upper']], allowed: ['upper'] }],
      ['required: uPPeR', { required: [['upper']], allowed: ['upper'] }],
      ['allowed: ASCII-printable', {}],
      ['required:upper,lower', { required: [['upper', 'lower']], allowed: ['upper', 'lower'] }],
      ['allowed: upper,  \tlower', { allowed: ['upper', 'lower'] }],
      ['allowed: upper , lower', { allowed: ['upper', 'lower'] }],
      ['allowed: lower \t; minlength:        12', { allowed: ['lower'], minLength: 12 }],
      ['\r\n\fminlength: 8;\r\n\tmaxlength: 9\n', { minLength: 8, maxLength: 9 }],
      // Property names are in lower case alone.
      ['maxLENGTH: 7', {}],
      ['Required: upper', {}],
      // The colon follows at once.
      ['required : upper', {}],
    ]);
  });

  describe('with lists of characters', () => {
    reads([
      ['allowed: [abc]', { allowed: ['[abc]'] }],
      ['allowed: [abc01A]', { allowed: ['[Aabc01]'] }],
      ['allowed: [bab]', { allowed: ['[ab]'] }],
      ['allowed: [ ]', { allowed: ['[ ]'] }],
      ['allowed: [a], [b], digit', { allowed: ['digit', '[ab]'] }],
      ['allowed: [;,:]; minlength: 9', { allowed: ['[,:;]'], minLength: 9 }],
      ['allowed: [[]', { allowed: ['[[]'] }],
      // A hyphen counts at the front alone: there is room for ranges elsewhere.
      ['allowed: [-]', { allowed: ['[-]'] }],
      ['allowed: [-ab]', { allowed: ['[-ab]'] }],
      ['allowed: [--]', { allowed: ['[-]'] }],
      ['allowed: [a-]', { allowed: ['[a]'] }],
      ['allowed: [a-c]', { allowed: ['[ac]'] }],
      ['allowed: [☃-a]', { allowed: ['[a]'] }],
      // A closing bracket counts right before the one that closes.
      ['allowed: []]', { allowed: ['[]]'] }],
      ['allowed: [a]]', { allowed: ['[a]]'] }],
      ['allowed: [-a]], digit', { allowed: ['digit', '[-a]]'] }],
      ['allowed: [a]], [b]; minlength: 9', { allowed: ['[ab]]'], minLength: 9 }],
      // Only printable ASCII counts.
      ['allowed: [供应A商B责任C进展]', { allowed: ['[ABC]'] }],
      ['allowed: [供应商责任进展]', {}],
      ['allowed: [\u0000a\u001f\u007fb\u00e9]', { allowed: ['[ab]'] }],
      ['allowed: [😀a]', { allowed: ['[a]'] }],
      ['allowed: []', {}],
      ['allowed: [], [b]', { allowed: ['[b]'] }],
      ['required: []', {}],
      ['required: []; required: upper', { required: [['upper']], allowed: ['upper'] }],
    ]);
  });

  describe('when malformed, as WebKit does', () => {
    reads(
      [
        ...['☃', ';', ';;;', ':', ': upper', 'dummy', 'required', 'required upper', '[abc]'],
        ...['dummy: upper', 'upper: lower', 'required:', 'required: ', 'required:;', 'allowed: ;'],
        ...['max-consecutive:', 'max-consecutive: [ABC]', 'max-consecutive: upper'],
        ...['max-consecutive: 1+1', 'max-consecutive: -1', 'minlength: 12a', 'minlength: 1.5'],
        ...['minlength: 0x10', 'maxlength: "8"', 'minlength: ８'],
        ...['required: 1', 'required: A', 'required: dummy', 'required: digits', 'allowed: 1+1'],
        ...['allowed: upper,,', 'allowed: upper,;', 'allowed: upper,', 'allowed: , upper'],
        ...['allowed: upper [a]', 'required: upper d', 'required: upper, dummy', 'required: ☃'],
        ...['allowed: [', 'allowed: [a', 'allowed: [a;b', 'allowed: [a]b]', 'allowed: []a]'],
        ...['allowed: [a]]]', 'required: required: upper'],
      ].map((text): Case => [text, {}]),
    );

    reads([
      // Zero limits nothing: no password would be that short.
      ['max-consecutive: 0', {}],
      ['maxlength: 0; minlength: 0', {}],
      ['maxlength: 0; maxlength: 9', { maxLength: 9 }],
      // A list that nothing closes is as good as none.
      ['allowed: upper, [abc', { allowed: ['upper'] }],
      ['required: ; required: upper', { required: [['upper']], allowed: ['upper'] }],
      ['required: upper;;', { required: [['upper']], allowed: ['upper'] }],
      ['minlength: 007', { minLength: 7 }],
      ['minlength: 99999999999999999999', { minLength: Number.MAX_SAFE_INTEGER }],
      [`maxlength: ${'9'.repeat(400)}`, { maxLength: Number.MAX_SAFE_INTEGER }],
    ]);
  });

  describe('Deviation: passes over a malformed declaration alone, where WebKit gives up all', () => {
    reads([
      ['dummy: upper; minlength: 8', { minLength: 8 }],
      ['minlength: 8; blocklist: default; maxlength: 9', { minLength: 8, maxLength: 9 }],
      ['minlength: 8; required: upper d; maxlength: 9', { minLength: 8, maxLength: 9 }],
      ['minlength: 8;; maxlength: 9', { minLength: 8, maxLength: 9 }],
      ['minlength: 8; ☃; maxlength: 9', { minLength: 8, maxLength: 9 }],
      ['required; maxlength: 9', { maxLength: 9 }],
      ['minlength: 12a; maxlength: 9', { maxLength: 9 }],
      // The semicolon in the list ends nothing.
      ['dummy: [; minlength: 99;]; maxlength: 9', { maxLength: 9 }],
      ['allowed: lower x [;]; maxlength: 9', { maxLength: 9 }],
    ]);
  });

  describe('Deviation: reads a number with white space behind it, where WebKit passes over it', () => {
    reads([
      ['minlength: 8 ; maxlength: 9 ', { minLength: 8, maxLength: 9 }],
      ['max-consecutive: 2\n', { maxConsecutive: 2 }],
    ]);
  });

  it('never fails, whatever the text, and always allows what it requires', () => {
    const bits = fc.constantFrom(
      ...['required', 'allowed', 'max-consecutive', 'minlength', 'maxlength', ':', ';', ',', ' '],
      ...['upper', 'lower', 'digit', 'special', 'unicode', '[', ']', '-', 'a', '8', '0', '☃', '\n'],
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(bits, { maxLength: 60 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { required, allowed, ...limits } = parsePasswordRules(text);
        expect(allowed.length).toBeGreaterThan(0);
        expect(required.every((classes) => classes.length > 0)).toBe(true);
        for (const limit of Object.values(limits)) expect(limit).not.toBe(0);
        const again = parsePasswordRules(`allowed: ${allowed.join(', ')}`);
        expect(again.allowed).toEqual(allowed);
        const both = parsePasswordRules(`allowed: ${[...allowed, ...required.flat()].join(', ')}`);
        expect(both.allowed).toEqual(allowed);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads a text of 100,000 brackets in no time', () => {
    const start = performance.now();
    for (const text of ['[', ']', '[]', 'allowed:[', 'allowed:[a];', 'a', '-', ',']) {
      parsePasswordRules(text.repeat(100_000 / text.length));
    }
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
