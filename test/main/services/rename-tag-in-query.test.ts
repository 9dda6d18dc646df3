// A tag in the text of a saved search: found as the search finds it, written so that it is found again.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../src/main/search/parse-query.ts';
import { renameTagInQuery } from '../../../src/main/services/rename-tag-in-query.ts';

describe('a tag in a query', () => {
  it.each([
    ['tag:old', 'new', 'tag:new'],
    ['  tag:old   rest ', 'new', '  tag:new   rest '],
    ['tag:OLD -tag:"old" TAG:old/below', 'new', 'tag:new -tag:new tag:new/below'],
    ['tag:/old/ x', 'new', 'tag:new x'],
    ['tag:old', 'two words', 'tag:"two words"'],
    ['-tag:old/below', 'a/two words', '-tag:"a/two words/below"'],
    ['tag:“old” a', 'new', 'tag:new a'],
    ['tag:old a', 'it-is:-so', 'tag:it-is:-so a'],
  ])('%j becomes, with %j, %j', (text, name, renamed) => {
    expect(renameTagInQuery(text, 'old', name)).toBe(renamed);
  });

  it('is found by its new name', () => {
    for (const name of ['new', 'two words', 'a/b c', '-x', 'is:code', 'ÄÖ/ü']) {
      const [term] = parseQuery(`${renameTagInQuery('tag:old', 'old', name)} `).terms;
      const [typed] = parseQuery(`tag:"${name}" `).terms;
      expect(term).toEqual(typed);
    }
  });

  it.each([
    'old',
    '"tag:old"',
    'title:old',
    'user:"tag:old"',
    'tag:older',
    'tag:ol',
    'tag:new/old',
    'tag:',
    '',
    'https://old.example/tag:old',
  ])('is not what %j means', (text) => {
    expect(renameTagInQuery(text, 'old', 'new')).toBe(text);
  });

  it('of several parts is told by all of them', () => {
    expect(renameTagInQuery('tag:a/b/c tag:a tag:a/bc', 'a/b', 'x')).toBe('tag:x/c tag:a tag:a/bc');
  });

  it('stays where the new name cannot be written, or makes too long a query', () => {
    for (const name of ['a "b" c', 'a"b', '“a”']) {
      expect(renameTagInQuery('tag:old', 'old', name)).toBe('tag:old');
    }
    const long = Array.from({ length: 60 }, () => 'tag:old').join(' ');
    expect(renameTagInQuery(long, 'old', 'much longer than that')).toBe(long);
  });
});
