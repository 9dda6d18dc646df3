// Entries for the tests of the search: by hand with what matters given, and at random with much in common.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import type { SearchEntry } from '../../../src/main/search/search-entry.ts';
import { KINDS } from './reference-search.ts';

export function entryOf(known: Partial<SearchEntry>): SearchEntry {
  return {
    title: '',
    subtitle: '',
    host: '',
    urls: [],
    tags: [],
    kind: 'login',
    flags: 0,
    ...known,
  };
}

/** Few syllables, so that words are found in one another; accents, other scripts, control characters and halves of emoji. */
const piece = fc.constantFrom(
  ...[
    'git',
    'hub',
    'Git',
    'a',
    'A',
    'ab',
    'Mü',
    'mu',
    'ller',
    'ß',
    'ss',
    'ﬁ',
    'İ',
    '한',
    '하',
    '銀行',
  ],
  ...[
    '.',
    '-',
    ' ',
    '  ',
    '/',
    ':',
    '"',
    '1',
    '10',
    '2',
    '🔑',
    '\ud83d',
    '\u0000',
    '\u0001',
    '\u0301',
  ],
);

const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
const host = fc.constantFrom(
  '',
  'github.com',
  'www.github.com',
  'a.github.com',
  'hub.ab.com',
  'ab.com',
  'müller.de',
  'xn--mller-kva.de',
  '[::1]',
);
/** How a URL names a host: as it is kept, and as it is not. */
const url = fc
  .tuple(
    fc.constantFrom('https://', 'https://', 'http://', '', 'HTTPS://', 'ftp://', 'https://hub@'),
    host,
    fc.constantFrom('', '/a', '/github.com', ':8443/hub', '?a.b', '#git', 'a', '.hub'),
  )
  .map((parts) => parts.join(''));
const tag = fc.constantFrom(
  'work',
  'work/aws',
  'workshop',
  'Work/AWS/a',
  'a',
  'a/b',
  'Büro',
  'ab c',
);

export const anyEntry: fc.Arbitrary<SearchEntry> = fc.record({
  title: fc.oneof(text, fc.constantFrom('GitHub', 'Git Hub', 'github work', 'Mueller')),
  subtitle: text,
  host,
  urls: fc.array(fc.oneof(url, url, text), { maxLength: 3 }),
  tags: fc.array(tag, { maxLength: 3 }),
  kind: fc.constantFrom(...KINDS),
  flags: fc.integer({ min: 0, max: 127 }),
});

/** At least one entry of each kind, so that it is known which kinds there are. */
export const anyEntries: fc.Arbitrary<SearchEntry[]> = fc
  .array(anyEntry, { maxLength: 60 })
  .map((entries) => [...KINDS.map((kind) => entryOf({ kind, title: kind })), ...entries]);

const value = fc.oneof(
  text,
  fc.constantFrom(
    'work',
    'work/',
    'wo',
    'work/aws',
    'a',
    'a/b',
    'github',
    'hub',
    'git hub',
    'buro',
  ),
  fc.constantFrom(
    'fav',
    'favourite',
    'a',
    'trashed',
    'code',
    'cod',
    'pass',
    'passkey',
    'login',
    'x',
  ),
  fc.constantFrom(
    ...['https://', 'https://github.com/x?y', 'http://a.b.ab.com', 'www.müller.de/', 'tps://git'],
    ...['s', 'http', '//', '/a', '.com/', 'com/git', 'hub.com', 'com', ':', ':8', '[', '1]'],
  ),
);

const token = fc
  .tuple(
    fc.constantFrom('', '', '', '-'),
    fc.constantFrom('', '', '', 'title:', 'user:', 'URL:', 'tag:', 'kind:', 'is:', 'foo:'),
    value,
    fc.constantFrom('bare', 'bare', 'bare', 'quoted', 'open'),
  )
  .map(([minus, prefix, content, form]) => {
    const word = form === 'bare' ? content : `"${content}`;
    return minus + prefix + word + (form === 'quoted' ? '"' : '');
  });

export const anyQueryText: fc.Arbitrary<string> = fc
  .tuple(fc.array(token, { maxLength: 4 }), fc.constantFrom('', ' '))
  .map(([tokens, end]) => tokens.join(' ') + end);
