// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../../src/main/search/fold.ts';
import { highlights, type ShownField } from '../../../src/main/search/highlights.ts';
import { parseQuery } from '../../../src/main/search/parse-query.ts';
import { anyEntry, anyQueryText } from './entries.ts';

function marked(query: string, text: string, field: ShownField = 'title'): string {
  let result = '';
  let at = 0;
  for (const { start, end } of highlights(parseQuery(query), text, field)) {
    result += `${text.slice(at, start)}[${text.slice(start, end)}]`;
    at = end;
  }
  return result + text.slice(at);
}

describe('highlights', () => {
  it.each([
    ['hub', 'GitHub', 'Git[Hub]'],
    ['a', 'Banana', 'B[a]n[a]n[a]'],
    ['git hub', 'GitHub', '[GitHub]'],
    ['ithu git', 'GitHub', '[GitHu]b'],
    ['aa', 'aaa', '[aa]a'],
    ['"git hub"', 'My Git Hub', 'My [Git Hub]'],
    ['muller', 'Herr Müller', 'Herr [Müller]'],
    ['muller', 'Herr Mu\u0308ller!', 'Herr [Mu\u0308ller]!'],
    ['u', 'u\u0308\u0304x', '[u\u0308\u0304]x'],
    ['müller', 'Muller', '[Muller]'],
    ['i', 'ofﬁce', 'of[ﬁ]ce'],
    ['fi', 'ofﬁce', 'of[ﬁ]ce'],
    ['ffi', 'oﬃce', 'o[ﬃ]ce'],
    ['istanbul', 'İstanbul', '[İstanbul]'],
    ['tanbul', 'İstanbul', 'İs[tanbul]'],
    ['ss', 'Straße', 'Stra[ß]e'],
    ['하', '한국', '[한]국'],
    ['한국', '대한국', '대[한국]'],
    ['🔑', 'my 🔑 key', 'my [🔑] key'],
    ['👩', 'family 👨‍👩‍👧!', 'family [👨‍👩‍👧]!'],
    ['key', '🔑key', '🔑[key]'],
    ['b', 'a\u00adb', 'a\u00ad[b]'],
    ["o'brien", 'O’Brien', '[O’Brien]'],
    ['xyz', 'GitHub', 'GitHub'],
    ['', 'GitHub', 'GitHub'],
    ['git', '', ''],
    ['-git', 'GitHub', 'GitHub'],
    ['tag:git kind:git is:git', 'GitHub', 'GitHub'],
  ])('of %j in the title %j: %j', (query, text, expected) => {
    expect(marked(query, text)).toBe(expected);
  });

  it.each<[string, ShownField, string]>([
    ['title:git', 'title', '[git]'],
    ['title:git', 'subtitle', 'git'],
    ['title:git', 'host', 'git'],
    ['user:git', 'subtitle', '[git]'],
    ['user:git', 'title', 'git'],
    ['url:git', 'host', '[git]'],
    ['url:git', 'subtitle', 'git'],
    ['git', 'subtitle', '[git]'],
    ['git', 'host', '[git]'],
  ])('of %j in the %s', (query, field, expected) => {
    expect(marked(query, 'git', field)).toBe(expected);
  });

  it.each<[string, ShownField, string]>([
    ['github.com', 'host', '[github.com]'],
    ['www.github.com', 'host', 'www.[github.com]'],
    ['github.com login', 'title', '[github.com] login'],
    ['github.com', 'subtitle', 'github.com'],
    ['gitlab.com', 'host', 'gitlab.com'],
  ])('of a pasted address in %j as %s', (text, field, expected) => {
    expect(marked('https://www.github.com/login?a=b', text, field)).toBe(expected);
  });

  it('marks the host that a pasted address lies below', () => {
    expect(marked('https://login.example.com/x', 'example.com', 'host')).toBe('[example.com]');
  });

  it('marks whole characters that hold the word, in order and apart', () => {
    const needles = fc.constantFrom('a', 'git', 'u', 'fi', 's', 'ᄒ', '하', '🔑', '1', '.');
    fc.assert(
      fc.property(anyEntry, needles, ({ title }, needle) => {
        const ranges = highlights(
          { terms: [{ by: 'text', negated: false, field: 'title', text: fold(needle) }] },
          title,
          'title',
        );
        let last = -1;
        for (const { start, end } of ranges) {
          expect(start).toBeGreaterThan(last);
          expect(end).toBeGreaterThan(start);
          expect(fold(title.slice(start, end))).toContain(fold(needle));
          last = end;
        }
        expect(last).toBeLessThanOrEqual(title.length);
        expect(ranges.length > 0).toBe(fold(title).includes(fold(needle)));
      }),
      { numRuns: 2000 },
    );
  });

  it('marks something wherever a query looks for it, whatever was typed', () => {
    fc.assert(
      fc.property(anyEntry, anyQueryText, ({ title }, text) => {
        const query = parseQuery(text);
        const wanted = query.terms.filter(
          (term) => term.by === 'text' && !term.negated && fold(title).includes(term.text),
        );
        const inTitle = wanted.filter(
          (term) => term.by === 'text' && ['any', 'title'].includes(term.field),
        );
        const ranges = highlights(query, title, 'title');
        if (inTitle.length > 0) expect(ranges).not.toEqual([]);
        for (const { start, end } of ranges) expect(title.slice(start, end)).not.toBe('');
      }),
      { numRuns: 1000 },
    );
  });
});
