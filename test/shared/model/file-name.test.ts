// Names of files: what is refused, and what a name from elsewhere is made into.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import {
  fileNameProblem,
  numberedFileName,
  toFileName,
} from '../../../src/shared/model/file-name.ts';

describe('fileNameProblem', () => {
  it.each(['a.txt', 'Résumé 2.pdf', '.env', 'a..b', 'console.txt', 'nul-list.txt', 'com10'])(
    'takes %j',
    (name) => {
      expect(fileNameProblem(name)).toBeNull();
    },
  );

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['.', 'dots'],
    ['..', 'dots'],
    ['...', 'dots'],
    ['a/b', 'slash'],
    ['../codes', 'slash'],
    ['a\\b', 'slash'],
    ['a\u0000b', 'unseen'],
    ['a\nb', 'unseen'],
    ['a\u202Eb', 'unseen'],
    ['\uD800', 'unseen'],
    ['CON', 'reserved'],
    ['nul.txt', 'reserved'],
    ['Com1', 'reserved'],
    ['lpt9.tar.gz', 'reserved'],
    ['a.', 'end'],
    ['a ', 'end'],
  ])('refuses %j as %s', (name, problem) => {
    expect(fileNameProblem(name)).toBe(problem);
  });
});

describe('toFileName', () => {
  it.each([
    ['a.txt', 'a.txt'],
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['C:\\x?.txt', 'C__x_.txt'],
    ['con', '_con'],
    ['a. ', 'a'],
    ['', 'File'],
    ['..', 'File'],
    ['a\u202Etxt.exe', 'a_txt.exe'],
  ])('makes %j into %j', (name, made) => {
    expect(toFileName(name)).toBe(made);
  });

  it('makes a name of anything that a file can have, short enough for a number behind it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (name) => {
        const made = toFileName(name);
        expect(fileNameProblem(made)).toBeNull();
        expect(toUtf8(numberedFileName(made, 9999)).length).toBeLessThanOrEqual(255);
      }),
    );
  });

  it('keeps the ending of what is too long', () => {
    expect(toFileName(`${'ä'.repeat(300)}.pdf`)).toMatch(/^ä+\.pdf$/);
  });
});

describe('numberedFileName', () => {
  it.each([
    ['a.txt', 'a (2).txt'],
    ['a.tar.gz', 'a.tar (2).gz'],
    ['.env', '.env (2)'],
    ['a', 'a (2)'],
  ])('numbers %j as %j', (name, numbered) => {
    expect(numberedFileName(name, 2)).toBe(numbered);
  });
});
