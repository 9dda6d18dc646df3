// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import {
  shortenMiddle,
  splitOrigin,
  toDisplayText,
} from '../../../src/renderer/approval/display-text.ts';

const character = (code: number): string => String.fromCodePoint(code);
const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Characters that are invisible, move others around, or break lines. */
const HOSTILE_CODES: readonly number[] = [
  ...range(0x00, 0x1f), // C0 controls
  ...range(0x7f, 0x9f), // delete and C1 controls
  0x00ad, // soft hyphen
  0x034f, // combining grapheme joiner
  0x061c, // Arabic letter mark
  0x115f,
  0x1160, // Hangul fillers
  0x17b4,
  0x17b5, // Khmer inherent vowels
  0x180b,
  0x180e, // Mongolian selectors and separator
  ...range(0x200b, 0x200f), // zero width characters, direction marks
  ...range(0x2028, 0x202e), // separators, embeddings and overrides
  ...range(0x2060, 0x206f), // word joiner, invisible operators, isolates
  0x2800, // blank Braille pattern
  0x3000, // ideographic space
  0x3164, // Hangul filler
  0xfe00,
  0xfe0f, // variation selectors
  0xfeff, // byte order mark
  0xffa0, // half-width filler
  ...range(0xfff9, 0xfffb), // interlinear annotation
  0xe000, // private use
  0xe0001,
  0xe0041,
  0xe007f, // tags
  0xe0100, // more variation selectors
  0x1d173, // musical format control
  0xf0000,
  0x10fffd, // private planes
];

describe('toDisplayText', () => {
  it('has enough hostile characters to try', () => {
    expect(HOSTILE_CODES.length).toBeGreaterThanOrEqual(100);
  });

  it.each(HOSTILE_CODES.map((code) => [`U+${code.toString(16).padStart(4, '0')}`, code] as const))(
    'lets nothing of %s through',
    (_name, code) => {
      const shown = toDisplayText(`bank${character(code)}.example`);
      expect(['bank.example', 'bank .example']).toContain(shown);
      expect(toDisplayText(character(code).repeat(40), { fallback: 'empty' })).toBe('empty');
    },
  );

  it.each([
    [
      'a line break that imitates our own words',
      'Anna\n\nApproved by Latchkey',
      'Anna Approved by Latchkey',
    ],
    ['an override that reverses', '\u202Emoc.elgoog\u202C', 'moc.elgoog'],
    ['an isolate left open', 'Anna \u2067\u2066evil', 'Anna evil'],
    ['zero width spaces between letters', 'A\u200Bn\u200Bn\u200Ba', 'Anna'],
    ['a lone high surrogate', 'Anna\uD800', 'Anna'],
    ['a lone low surrogate', '\uDC00Anna', 'Anna'],
    ['white space of every kind', ' \t\u00A0\u2003Anna\u2009\u205FKlein\r\n', 'Anna Klein'],
    ['decomposed letters', 'e\u0301', '\u00e9'],
    ['marks without a letter', '\u0301\u0302Anna', 'Anna'],
    ['an emoji family', '👩\u200D👩\u200D👧', '👩👩👧'],
    ['markup', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['right-to-left names', 'דנה', 'דנה'],
    ['Arabic names', 'عائشة', 'عائشة'],
    ['names with accents', 'Žofie Nguyễn', 'Žofie Nguyễn'],
    ['names in Chinese', '李小龍', '李小龍'],
  ])('shows %s harmlessly', (_name, text, shown) => {
    expect(toDisplayText(text)).toBe(shown);
  });

  it('keeps at most two marks on a letter', () => {
    const zalgo = `Z${'\u0351'.repeat(60)}a${'\u0489'.repeat(60)}`;
    expect(toDisplayText(zalgo)).toBe('Z\u0351\u0351a\u0489\u0489');
  });

  it('shortens in the middle and keeps both ends', () => {
    const shown = toDisplayText(`start${'x'.repeat(500)}end`, { max: 21 });
    expect(shown).toBe('startxxxxx…xxxxxxxend');
    expect(Array.from(shown)).toHaveLength(21);
  });

  it('does not take a letter apart when it shortens', () => {
    expect(shortenMiddle('🇩🇪🇫🇷🇮🇹🇪🇸🇵🇱', 3)).toBe('🇩🇪…🇵🇱');
  });

  it('stays quick on a megabyte', () => {
    expect(Array.from(toDisplayText('\u202Ea\u0301'.repeat(400_000))).length).toBeLessThanOrEqual(
      64,
    );
  });

  it.each(['', ' ', '\u200B\u200B', '\u0000', '\u2066\u2069'])(
    'says that there is no name in %j',
    (text) => {
      expect(toDisplayText(text)).toBe('(no name)');
    },
  );
});

describe('splitOrigin', () => {
  it.each([
    ['https://login.nordbank.example', 'nordbank.example', 'login.', 'nordbank.example', ''],
    ['http://bank.localhost:4100', 'bank.localhost', '', 'bank.localhost', ':4100'],
    ['http://localhost:4100', 'localhost', '', 'localhost', ':4100'],
    ['https://a.b.c.example', 'c.example', 'a.b.', 'c.example', ''],
  ])('emphasises the registrable domain of %s', (origin, registrable, ...parts) => {
    const [before, domain, port] = parts;
    const scheme = origin.slice(0, origin.indexOf(':'));
    expect(splitOrigin(origin, registrable)).toEqual({ scheme, before, domain, port });
  });

  it.each([
    ['https://nordbank.example.evil.site', 'nordbank.example'],
    ['https://fakenordbank.example', 'nordbank.example'],
    ['https://evil.site', ''],
  ])('emphasises all of %s when the domain is not its end', (origin, registrable) => {
    const host = origin.slice('https://'.length);
    expect(splitOrigin(origin, registrable)).toMatchObject({ before: '', domain: host });
  });

  it('shows letters of other scripts in their ASCII form only', () => {
    expect(splitOrigin('https://xn--80ak6aa92e.com', 'xn--80ak6aa92e.com').domain).toBe(
      'xn--80ak6aa92e.com',
    );
    expect(splitOrigin('https://\u0430pple.com', '\u0430pple.com').domain).not.toContain('\u0430');
  });

  it.each(['null', 'file://', 'javascript:alert(1)', 'https://user@host', ''])(
    'makes no host out of %j',
    (origin) => {
      const { before, port } = splitOrigin(origin, 'bank.example');
      expect({ before, port }).toEqual({ before: '', port: '' });
    },
  );
});
