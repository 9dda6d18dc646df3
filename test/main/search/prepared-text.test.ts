// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../src/main/search/parse-query.ts';
import { PreparedText } from '../../../src/main/search/prepared-text.ts';
import { SEARCH_FLAGS, type SearchEntry } from '../../../src/main/search/search-entry.ts';
import { anyEntries, anyEntry, anyQueryText, entryOf } from './entries.ts';
import { KINDS, referenceSearch } from './reference-search.ts';

function prepare(entries: readonly SearchEntry[]): PreparedText {
  return PreparedText.prepare(entries.length, (index) => entries[index] ?? entryOf({}));
}

/** Titles of what is found, in order. */
function found(entries: readonly Partial<SearchEntry>[], query: string): string[] {
  const prepared = prepare(entries.map(entryOf));
  return Array.from(prepared.search(parseQuery(query)), (slot) => entries[slot]?.title ?? '');
}

describe('a search', () => {
  const vault = [
    { title: 'Amazon', subtitle: 'alice@example.org', host: 'amazon.de', tags: ['shopping'] },
    { title: 'AWS console', subtitle: 'root', host: 'aws.amazon.com', tags: ['work/aws'] },
    { title: 'Büro', subtitle: 'müller', tags: ['Work'], kind: 'note', flags: 1 },
    {
      title: 'GitHub',
      subtitle: 'alice',
      host: 'github.com',
      urls: ['https://github.com/login', 'https://gist.github.com'],
      tags: ['workshop', 'dev'],
      flags: SEARCH_FLAGS.hasOneTimeCode,
    },
    { title: 'Passkey of GitHub', host: 'github.com', kind: 'passkey', flags: 2 },
    { title: 'Visa', subtitle: 'Alice Example', kind: 'card', flags: SEARCH_FLAGS.isDamaged },
  ];
  const all = vault.map(({ title }) => title);

  it.each<[string, string[]]>([
    ['', all],
    ['alice', ['Amazon', 'GitHub', 'Visa']],
    ['ALICE example', ['Amazon', 'Visa']],
    ['"alice example"', ['Visa']],
    ['buro', ['Büro']],
    ['MULLER', ['Büro']],
    ['nothing', []],
    ['alice -github', ['Amazon', 'Visa']],
    ['-alice', ['AWS console', 'Büro', 'Passkey of GitHub']],
    ['-"alice example" alice', ['Amazon', 'GitHub']],
    ['title:github', ['GitHub', 'Passkey of GitHub']],
    ['user:alice', ['Amazon', 'GitHub', 'Visa']],
    ['user:github', []],
    ['url:gist', ['GitHub']],
    ['url:github.com', ['GitHub', 'Passkey of GitHub']],
    ['tag:work', ['AWS console', 'Büro']],
    ['tag:work/aws', ['AWS console']],
    ['tag:WORK/', ['AWS console', 'Büro']],
    ['tag:aws', []],
    ['tag:"work" github', []],
    ['-tag:work alice', ['Amazon', 'GitHub', 'Visa']],
    ['kind:passkey', ['Passkey of GitHub']],
    ['kind:note', ['Büro']],
    ['kind:zebra', []],
    ['-kind:login', ['Büro', 'Passkey of GitHub', 'Visa']],
    ['is:favourite', ['Büro']],
    ['is:Favorite', ['Büro']],
    ['is:archived', ['Passkey of GitHub']],
    ['is:trashed', []],
    ['is:code', ['GitHub']],
    ['is:passkey', ['Passkey of GitHub']],
    ['is:attachment', []],
    ['is:damaged', ['Visa']],
    ['is:card', ['Visa']],
    ['is:weak', []],
    ['-is:login', ['Büro', 'Passkey of GitHub', 'Visa']],
    ['foo:bar', []],
    ['https://github.com/settings/keys?tab=1#top', ['GitHub', 'Passkey of GitHub']],
    ['https://www.github.com', ['GitHub', 'Passkey of GitHub']],
    ['http://someone@login.amazon.de:8443/', ['Amazon']],
    ['https://nowhere.example/', []],
    ['-https://github.com alice', ['Amazon', 'Visa']],
  ])('for %j finds %j', (query, titles) => {
    expect(found(vault, query)).toEqual(titles);
  });

  it.each([
    '-',
    '"',
    '""',
    '-"',
    'user:',
    '-user:',
    'tag:',
    'tag:/',
    'is:',
    'kind:',
    'title:"',
    '-g',
  ])('keeps the whole list at %j, which is half a word', (query) => {
    expect(found(vault, query)).toEqual(all);
    expect(found(vault, `  ${query}`)).toEqual(all);
  });

  it.each([
    'tag:work/aws',
    'kind:passkey',
    'is:favourite',
    '"alice example"',
    'https://github.com/x',
  ])('is never empty on the way to %j', (query) => {
    const lengths = Array.from(query, (_, index) => found(vault, query.slice(0, index + 1)).length);
    const fromPrefix = lengths.slice(query.indexOf(':') + 1);
    expect(Math.min(...fromPrefix)).toBeGreaterThan(0);
  });

  it.each(['-tag:work', '-kind:passkey', '-is:favourite', 'alice -tag:workshop', '-"visa"'])(
    'leaves out nothing on the way to %j that stays in the end',
    (query) => {
      const last = found(vault, query);
      for (let length = query.search(/[:"]/) + 1; length <= query.length; length++) {
        expect(found(vault, query.slice(0, length))).toEqual(expect.arrayContaining(last));
      }
    },
  );

  it('takes a tag literally again when the word is finished', () => {
    expect(found(vault, 'tag:wo')).toEqual(['AWS console', 'Büro', 'GitHub']);
    expect(found(vault, 'tag:wo ')).toEqual([]);
    expect(found(vault, 'tag:"wo"')).toEqual([]);
  });

  it('puts titles before hosts, hosts before users, users before URLs, and tags last', () => {
    const entries = [
      { title: 'by tag', tags: ['x/bank'] },
      { title: 'by URL', urls: ['https://x.example/bank'] },
      { title: 'inside the host', host: 'mybank.example' },
      { title: 'by user', subtitle: 'bank' },
      { title: 'by host', host: 'login.bank.example' },
      { title: 'MyBank' },
      { title: 'My Bank' },
      { title: 'Bank of all' },
      { title: 'Bank' },
    ];
    expect(found(entries, 'bank')).toEqual([
      'Bank',
      'Bank of all',
      'My Bank',
      'MyBank',
      'by host',
      'by user',
      'by URL',
      'inside the host',
      'by tag',
    ]);
  });

  it('prefers the title that several words spell', () => {
    const entries = ['Mail by Google', 'Mail, Google mail', 'Google mail archive', 'Google Mail'];
    expect(
      found(
        entries.map((title) => ({ title })),
        'google mail',
      )[0],
    ).toBe('Google Mail');
    expect(
      found(
        entries.map((title) => ({ title })),
        'google mail',
      )[1],
    ).toBe('Google mail archive');
  });

  it('does not find a word across fields, values or entries', () => {
    const entries = [
      { title: 'ab', subtitle: 'cd', urls: ['ef', 'gh'], tags: ['ij', 'kl'] },
      { title: 'mn' },
    ];
    for (const query of ['abcd', 'cdef', 'efgh', 'ijkl', 'abmn', 'klmn']) {
      expect(found(entries, query)).toEqual([]);
    }
  });

  it('is not misled by control characters in what it searches', () => {
    const entries = [{ title: 'a\u0000b' }, { title: 'a\u0001b', tags: ['x\u0001work'] }];
    expect(found(entries, '"a b"')).toHaveLength(2);
    expect(found(entries, 'tag:work ')).toEqual([]);
  });

  it('looks only at the slots it is given, and keeps their order', () => {
    const entries = Array.from({ length: 40 }, (_, index) => entryOf({ title: `item ${index}` }));
    const prepared = prepare(entries);
    const query = parseQuery('item');
    expect(Array.from(prepared.search(query, Uint32Array.of(7, 3, 5)))).toEqual([7, 3, 5]);
    expect(Array.from(prepared.search(query, Uint32Array.of()))).toEqual([]);
    const reversed = Uint32Array.from(entries, (_, index) => 39 - index);
    expect(Array.from(prepared.search(query, reversed))).toEqual(Array.from(reversed));
    expect(Array.from(prepared.search(parseQuery('-zebra'), Uint32Array.of(9, 2)))).toEqual([9, 2]);
  });

  it('finds what the rules say, in the order they say', () => {
    fc.assert(
      fc.property(anyEntries, anyQueryText, fc.boolean(), (entries, text, some) => {
        const prepared = prepare(entries);
        const query = parseQuery(text);
        const slots = entries.map((_, slot) => slot).reverse();
        const order = some ? slots.filter((slot) => slot % 9 === 0) : slots;
        const expected = referenceSearch(new Map(entries.entries()), query, order);
        expect(Array.from(prepared.search(query, Uint32Array.from(order)))).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('finds one and two letters, digits and signs as the rules say', () => {
    const character = fc.constantFrom('a', 'b', 'm', 'u', 'ü', 'g', '1', '2', '.', '/', '銀', 'ß');
    const short = fc.array(character, { minLength: 1, maxLength: 2 }).map((some) => some.join(''));
    const prefix = fc.constantFrom('', '', '', 'title:', 'user:', 'url:', 'tag:', '-', '-title:');
    const word = fc.tuple(prefix, short).map((parts) => parts.join(''));
    const words = fc.array(word, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(anyEntries, words, fc.boolean(), (entries, typed, reversed) => {
        const prepared = prepare(entries);
        const slots = Array.from(entries.keys());
        const order = reversed ? slots.reverse() : slots;
        // With a space behind it a negation counts; without, the last word may still be on the way to another.
        for (const text of [typed.join(' '), `${typed.join(' ')} `]) {
          const query = parseQuery(text);
          const expected = referenceSearch(new Map(entries.entries()), query, order);
          expect(Array.from(prepared.search(query, Uint32Array.from(order)))).toEqual(expected);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('finds on every key stroke what it would find asked for the first time', () => {
    const edit = fc.constantFrom('type', 'type', 'type', 'erase', 'other order', 'replace');
    fc.assert(
      fc.property(
        anyEntries,
        anyQueryText,
        fc.array(edit, { maxLength: 30 }),
        (first, text, edits) => {
          const entries = [...first];
          const prepared = prepare(entries);
          let order = Uint32Array.from(entries.keys());
          let typed = 0;
          for (const step of edits) {
            if (step === 'type') typed = Math.min(text.length, typed + 1);
            if (step === 'erase') typed = Math.max(0, typed - 1);
            if (step === 'other order') order = order.toReversed();
            if (step === 'replace' && entries.length > KINDS.length) {
              const changed = entryOf({ title: text, tags: [text] });
              entries[KINDS.length] = changed;
              prepared.replace(KINDS.length, changed);
            }
            const query = parseQuery(text.slice(0, typed));
            const expected = referenceSearch(new Map(entries.entries()), query, Array.from(order));
            expect(Array.from(prepared.search(query, order))).toEqual(expected);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('PreparedText', () => {
  const change = fc.tuple(fc.constantFrom('append', 'replace', 'remove'), fc.nat(), anyEntry);

  it('finds after changes what it would find prepared anew', () => {
    fc.assert(
      fc.property(anyEntries, fc.array(change), anyQueryText, (entries, changes, text) => {
        const prepared = prepare(entries);
        const live = new Map(entries.entries());
        for (const [what, number, entry] of changes) {
          // The first of each kind stay, so that the names of kinds mean the same.
          const loose = Array.from(live.keys()).filter((slot) => slot >= KINDS.length);
          const slot = loose[number % Math.max(1, loose.length)];
          if (what === 'append' || slot === undefined) {
            const taken = prepared.append(entry);
            expect(live.has(taken)).toBe(false);
            live.set(taken, entry);
          } else if (what === 'replace') {
            prepared.replace(slot, entry);
            live.set(slot, entry);
          } else {
            prepared.remove(slot);
            live.delete(slot);
          }
        }
        const order = Array.from(live.keys()).sort((a, b) => a - b);
        const query = parseQuery(text);
        expect(prepared.count).toBe(live.size);
        const expected = referenceSearch(live, query, order);
        expect(Array.from(prepared.search(query))).toEqual(expected);
        const fresh = prepare(order.map((slot) => live.get(slot) ?? entryOf({})));
        expect(Array.from(fresh.search(query), (index) => order[index])).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('holds no more than it needs after many changes', () => {
    const count = 3000;
    const entryAt = (index: number): SearchEntry => entryOf({ title: `Entry number ${index}` });
    const prepared = PreparedText.prepare(count, entryAt);
    const before = prepared.byteLength;
    for (let round = 0; round < 20; round++) {
      for (let slot = 0; slot < count; slot += 2) prepared.replace(slot, entryAt(slot));
    }
    expect(prepared.byteLength).toBeLessThan(before * 3);
    expect(prepared.count).toBe(count);
    expect(Array.from(prepared.search(parseQuery('"number 2998"')))).toEqual([2998]);
    for (let slot = 0; slot < count; slot++) prepared.remove(slot);
    expect(prepared.search(parseQuery(''))).toHaveLength(0);
    expect(prepared.search(parseQuery('entry'))).toHaveLength(0);
    expect(prepared.append(entryAt(7))).toBeLessThan(count);
    expect(prepared.search(parseQuery('"number 7"'))).toHaveLength(1);
  });

  it('grows from nothing', () => {
    const prepared = new PreparedText();
    expect(prepared.search(parseQuery('x'))).toHaveLength(0);
    for (let index = 0; index < 5000; index++) {
      expect(prepared.append(entryOf({ title: `Número ${index}` }))).toBe(index);
    }
    expect(prepared.search(parseQuery('numero'))).toHaveLength(5000);
    expect(Array.from(prepared.search(parseQuery('"numero 4999"')))).toEqual([4999]);
  });

  it('forgets the words of what was replaced or removed, its tags too', () => {
    const prepared = prepare([
      entryOf({ title: 'old', tags: ['wo'] }),
      entryOf({ title: 'other', tags: ['work'] }),
    ]);
    expect(Array.from(prepared.search(parseQuery('tag:wo')))).toEqual([0]);
    prepared.replace(0, entryOf({ title: 'new' }));
    expect(prepared.search(parseQuery('old'))).toHaveLength(0);
    expect(Array.from(prepared.search(parseQuery('tag:wo')))).toEqual([1]);
    prepared.remove(0);
    expect(prepared.search(parseQuery('new'))).toHaveLength(0);
    expect(Array.from(prepared.search(parseQuery('-other')))).toEqual([]);
  });

  it('refuses to change a slot that has no entry, and passes over it in an order', () => {
    const prepared = prepare([entryOf({ title: 'a' }), entryOf({ title: 'b' })]);
    prepared.remove(0);
    expect(() => prepared.remove(0)).toThrow(RangeError);
    expect(() => prepared.replace(0, entryOf({}))).toThrow(RangeError);
    expect(() => prepared.replace(2, entryOf({}))).toThrow(RangeError);
    const order = Uint32Array.of(0, 1, 2, 9, 4_000_000);
    expect(Array.from(prepared.search(parseQuery(''), order))).toEqual([1]);
    expect(Array.from(prepared.search(parseQuery('-x '), order))).toEqual([1]);
  });

  it('takes fields of any length', () => {
    const long = 'x'.repeat(100_000);
    const prepared = prepare([entryOf({ title: long, urls: [long, `${long}needle`] })]);
    expect(prepared.search(parseQuery('needle'))).toHaveLength(1);
    expect(prepared.search(parseQuery('y'.repeat(100_000)))).toHaveLength(0);
    expect(prepared.search(parseQuery(long))).toHaveLength(1);
  });
});
