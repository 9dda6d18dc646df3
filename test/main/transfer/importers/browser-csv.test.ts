// The browser CSV importer: every row accounted for, every field byte for byte, every refusal by name.
// SPDX-License-Identifier: MIT

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toUtf8 } from '../../../../src/shared/bytes.ts';
import { requests } from '../../../../src/shared/ipc/requests.ts';
import { FIELD_LIMITS } from '../../../../src/shared/model/field-limits.ts';
import {
  type ImportResult,
  type KnownItems,
  toImportReport,
} from '../../../../src/main/transfer/importer.ts';
import {
  browserCsvImporter,
  readBrowserCsv,
} from '../../../../src/main/transfer/importers/browser-csv.ts';
import { loginFingerprint } from '../../../../src/main/transfer/login-fingerprint.ts';
import { makeChromeExport } from '../../../support/chrome-export.ts';

const NOTHING_KNOWN: KnownItems = { hasLogin: () => false, hasPasskey: () => false };
const NOW = 1_790_000_000_000;
const HEADER = 'name,url,username,password,note\r\n';

function read(csv: string | Uint8Array, known = NOTHING_KNOWN): ImportResult {
  const bytes = typeof csv === 'string' ? toUtf8(csv) : csv;
  return readBrowserCsv({ bytes, password: null, known, now: NOW });
}

const contentOf = ({ logins }: ImportResult) =>
  logins.map(({ title, username, password, urls, note }) => ({
    title,
    username,
    password,
    urls,
    note,
  }));

const isAccountedFor = ({ rows, logins, passkeys, skipped }: ImportResult) =>
  rows === logins.length + passkeys.length + skipped.length;

describe('browserCsvImporter', () => {
  it.each([
    ['more rows than anybody has', '\n'.repeat(200_001)],
    ['a row that is larger than any row', `,${'x'.repeat(5 * 1024 * 1024)}`],
  ])('refuses %s instead of working on it', (_name, rows) => {
    expect(() => read(`${HEADER}${rows}`)).toThrow(
      expect.objectContaining({ code: 'transfer/too-large' }),
    );
  });

  it('takes a row whole', () => {
    expect(read(`${HEADER}Example,https://example.com/,ida,s3cret,a note\r\n`)).toEqual({
      rows: 1,
      logins: [
        {
          kind: 'login',
          title: 'Example',
          username: 'ida',
          password: 's3cret',
          urls: ['https://example.com/'],
          note: 'a note',
          tags: [],
          favourite: false,
          createdAt: NOW,
          modifiedAt: NOW,
          trashedAt: null,
        },
      ],
      passkeys: [],
      skipped: [],
      notices: [],
    });
  });

  it('takes columns in any order, any case, and without a note', () => {
    const [login] = contentOf(read('Password,USERNAME, url ,"Name"\np,u,https://e.example/,n\n'));
    expect(login).toEqual({
      title: 'n',
      username: 'u',
      password: 'p',
      urls: ['https://e.example/'],
      note: '',
    });
  });

  it('keeps columns that it does not know, and repeated ones, in the note', () => {
    const csv =
      'name,url,username,password,note,totp,,note\nn,,u,p,old,otp:1,x,again\nm,,u,p,,,,\n';
    expect(contentOf(read(csv)).map(({ note }) => note)).toEqual([
      'old\n\ntotp: otp:1\ncolumn 7: x\nnote: again',
      '',
    ]);
  });

  it.each([
    ' leading and trailing ',
    '\ttab\t',
    '=HYPERLINK("http://example.com")',
    '+1',
    '-2',
    '@SUM(A1)',
    '"',
    '""',
    'a,b',
    'a\r\nb\nc\rd',
    '__proto__',
    '\u202eevil',
    'e\u0301',
    '🔑👩‍💻',
  ])('keeps %j byte for byte in every field', (text) => {
    const cell = `"${text.replaceAll('"', '""')}"`;
    const csv = HEADER + Array.from({ length: 5 }, () => cell).join(',');
    const expected = { title: text, username: text, password: text, urls: [text], note: text };
    expect(contentOf(read(csv))).toEqual([expected]);
  });

  it('makes missing titles from the host of the URL and counts what it noticed', () => {
    const csv =
      HEADER +
      ',https://login.example.com:8443/x,u,p,\n' +
      ',android://aGFzaA==@com.example.app/,,p,\n' +
      ',not a url,u,,\n' +
      ',,u,p,only a user\n' +
      ',http://[2001:db8::1]/,u,p,\n';
    const result = read(csv);
    expect(result.logins.map(({ title }) => title)).toEqual([
      'login.example.com',
      'com.example.app',
      '',
      '',
      '[2001:db8::1]',
    ]);
    expect(result.logins[1]?.urls).toEqual(['android://aGFzaA==@com.example.app/']);
    expect(result.notices).toEqual([
      { notice: 'title-made-from-url', count: 3 },
      { notice: 'no-username', count: 1 },
      { notice: 'android-url', count: 1 },
      { notice: 'no-password', count: 1 },
    ]);
  });

  it('skips faulty rows with number, line and reason, and takes those around them', () => {
    const csv =
      HEADER +
      'a,,"u\r\nv",p,\r\n' +
      ',,,,\r\n' +
      '\r\n' +
      'a,b,c\r\n' +
      'a,b,c,d,e,f\r\n' +
      'a,,u,p\0q,\r\n' +
      'a,,"u\r\nv",p,\r\n' +
      'z,,u,p,\r\n';
    const result = read(csv);
    expect(result.skipped).toEqual([
      { row: 2, line: 4, reason: 'empty' },
      { row: 3, line: 5, reason: 'empty' },
      { row: 4, line: 6, reason: 'wrong-number-of-columns' },
      { row: 5, line: 7, reason: 'wrong-number-of-columns' },
      { row: 6, line: 8, reason: 'nul-byte' },
      { row: 7, line: 9, reason: 'duplicate-in-file' },
    ]);
    expect(result.logins.map(({ title }) => title)).toEqual(['a', 'z']);
    expect(isAccountedFor(result)).toBe(true);
  });

  it('counts rows that differ in one byte as different', () => {
    const csv = `${HEADER}a,,u,p,\na,,u,p ,\na,,u,P,\na,,,up,\n`;
    expect(read(csv).logins).toHaveLength(4);
  });

  it('skips what the vault has already', () => {
    const known = loginFingerprint({
      title: 'a',
      username: 'u',
      password: 'p',
      urls: [],
      note: '',
    });
    const hasLogin = (fingerprint: string) => fingerprint === known;
    const result = read(`${HEADER}a,,u,p,\na,,u,q,\n`, { ...NOTHING_KNOWN, hasLogin });
    expect(result.skipped).toEqual([{ row: 1, line: 2, reason: 'already-in-vault' }]);
    expect(result.logins).toHaveLength(1);
  });

  it.each([
    ['title', 0],
    ['url', 1],
    ['username', 2],
    ['password', 3],
    ['note', 4],
  ] as const)('takes a %s as long as its limit and skips a longer one', (field, column) => {
    const row = (length: number) =>
      Array.from({ length: 5 }, (_, index) => (index === column ? 'x'.repeat(length) : 'y')).join();
    const limit = FIELD_LIMITS[field];
    const result = read(`${HEADER}${row(limit)}\n${row(limit + 1)}\n`);
    expect(result.logins).toHaveLength(1);
    expect(result.skipped).toEqual([{ row: 2, line: 3, reason: 'field-too-long' }]);
  });

  it('has the limits of the editor', () => {
    const draft = (over: number) => ({
      kind: 'login',
      id: null,
      title: 'x'.repeat(FIELD_LIMITS.title + over),
      username: 'x'.repeat(FIELD_LIMITS.username + over),
      password: 'x'.repeat(FIELD_LIMITS.password + over),
      urls: ['x'.repeat(FIELD_LIMITS.url + over)],
      note: 'x'.repeat(FIELD_LIMITS.note + over),
      tags: [],
      favourite: false,
    });
    const { input } = requests['items:save'];
    expect(input.safeParse(draft(0)).success).toBe(true);
    const { error } = input.safeParse(draft(1));
    expect(error?.issues.map(({ path }) => path[0])).toEqual(
      expect.arrayContaining(['title', 'username', 'password', 'urls', 'note']),
    );
  });

  it.each([
    ['an empty file', ''],
    ['a header without password', 'name,url,username,note\na,b,c,d\n'],
    ['another manager', 'Group,Title,Username,Password,URL,Notes\n'],
    ['semicolons', 'name;url;username;password;note\n'],
    ['a web page', '<!doctype html><p>name,url,username,password'],
    ['a header that is not the first line', '\nname,url,username,password\n'],
  ])('does not recognise %s', async (_, csv) => {
    expect(browserCsvImporter.recognise(toUtf8(csv), 'chrome passwords.csv')).toBe(false);
    await expect(readAsync(toUtf8(csv))).rejects.toMatchObject({ code: 'transfer/not-recognised' });
  });

  it('recognises by content, whatever the name', () => {
    const bytes = toUtf8(`${HEADER}a,"cut in the mid`);
    expect(browserCsvImporter.recognise(bytes, 'holiday.jpg')).toBe(true);
  });

  it.each([
    ['ISO 8859-1', Buffer.from(`${HEADER}é,,u,p,\n`, 'latin1')],
    ['UTF-16 without a mark', Buffer.from(`${HEADER}a,,u,p,\n`, 'utf16le')],
  ])('recognises %s and then refuses it by its encoding', async (_, bytes) => {
    expect(browserCsvImporter.recognise(bytes, '')).toBe(true);
    await expect(readAsync(bytes)).rejects.toMatchObject({ code: 'transfer/wrong-encoding' });
  });

  it('refuses broken quoting as a whole and names the line', async () => {
    const bytes = toUtf8(`${HEADER}a,,u,p,"x\r\ny"\r\nb,,u,p"q,\r\nc,,u,p,\r\n`);
    await expect(readAsync(bytes)).rejects.toMatchObject({
      code: 'transfer/broken-quoting',
      details: { line: 4 },
    });
  });

  it('refuses a file above 64 MiB before it looks at it', async () => {
    await expect(readAsync(new Uint8Array(64 * 1024 * 1024 + 1))).rejects.toMatchObject({
      code: 'transfer/too-large',
    });
  });

  it('accounts for every row of any table and keeps every cell', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', ',', '"', '\r', '\n', '\0', '=', 'é', '🔑'),
      maxLength: 6,
    });
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 12 });
    fc.assert(
      fc.property(table, fc.constantFrom('\r\n', '\n', '\r'), (rows, lineBreak) => {
        const quoted = rows.map((cells) =>
          cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(','),
        );
        const result = read(['name,url,username,password,note', ...quoted, ''].join(lineBreak));
        expect(result.rows).toBe(rows.length);
        expect(isAccountedFor(result)).toBe(true);
        expect(contentOf(result).map(stripTitle)).toEqual(expectedContent(rows).map(stripTitle));
      }),
      { numRuns: 500 },
    );
  });

  it('takes a made Chrome export exactly as it was made', () => {
    for (const seed of [1, 2, 3]) {
      const { csv, expected } = makeChromeExport({ rows: 1000, seed, withBadRows: true });
      const result = read(csv);
      expect(contentOf(result)).toEqual(expected.logins);
      expect(result.skipped).toEqual(expected.skipped);
      expect(result.rows).toBe(expected.rows);
      expect(new Set(result.skipped.map(({ reason }) => reason)).size).toBe(5);
      expect(result.notices).toContainEqual({
        notice: 'title-made-from-url',
        count: expected.titlesMadeFromUrl,
      });
    }
  });

  it('reads 1,000 rows in well under a second and 10,000 without trouble', () => {
    const { csv } = makeChromeExport({ rows: 1000, seed: 7 });
    read(csv);
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      read(csv);
      return performance.now() - start;
    });
    // 100 ms is the aim on a quiet machine; the bound leaves room for a busy one.
    expect(Math.min(...times)).toBeLessThan(300);
    expect(read(makeChromeExport({ rows: 10_000, seed: 8 }).csv).rows).toBe(10_000);
  });
});

const data =
  process.env.LATCHKEY_DATA ?? resolve(import.meta.dirname, '../../../../../shared/data');
const sample = resolve(data, 'chrome-passwords.csv');

describe('the shared sample of 1,000 logins', () => {
  it('is taken in with every row accounted for', ({ skip }) => {
    skip(!existsSync(sample), 'not part of the checkout; LATCHKEY_DATA names the folder with it');
    const result = read(readFileSync(sample));
    expect(result.rows).toBe(1000);
    expect(isAccountedFor(result)).toBe(true);
    expect(result.skipped.every(({ reason }) => reason === 'duplicate-in-file')).toBe(true);
    expect(result.logins).toHaveLength(985);
    const report = toImportReport(result, {
      token: '0'.repeat(32),
      fileName: 'chrome-passwords.csv',
      format: 'browser-csv',
    });
    expect(report.taken).toBe(985);
    expect(report.sample).toHaveLength(5);
    expect(result.notices.find(({ notice }) => notice === 'android-url')?.count).toBeGreaterThan(0);
  });
});

function readAsync(bytes: Uint8Array) {
  return browserCsvImporter.read({ bytes, password: null, known: NOTHING_KNOWN, now: NOW });
}

function stripTitle({ username, password, urls, note }: ReturnType<typeof contentOf>[number]) {
  return { username, password, urls, note };
}

/** What must come of a table of cells, told without the importer: five cells, not all empty, no NUL, once. */
function expectedContent(rows: readonly (readonly string[])[]): ReturnType<typeof contentOf> {
  const seen = new Set<string>();
  return rows.flatMap((cells) => {
    const [name = '', url = '', username = '', password = '', note = ''] = cells;
    const key = JSON.stringify(cells);
    const isSound = cells.length === 5 && cells.some(Boolean) && !key.includes('\\u0000');
    if (!isSound || seen.has(key)) return [];
    seen.add(key);
    return [{ title: name, username, password, urls: url === '' ? [] : [url], note }];
  });
}
