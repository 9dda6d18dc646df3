// Makes a Chrome password export of any size from a seed, with the quirks that real exports hold, and says what an
// importer must make of every row. Written from the format's description: it shares no code with the importer.
// SPDX-License-Identifier: MIT

/** What a login of the export must come out as. */
export interface ExpectedLogin {
  readonly title: string;
  readonly username: string;
  readonly password: string;
  readonly urls: readonly string[];
  readonly note: string;
}

export interface ExpectedSkip {
  readonly row: number;
  readonly line: number;
  readonly reason:
    'empty' | 'duplicate-in-file' | 'wrong-number-of-columns' | 'field-too-long' | 'nul-byte';
}

export interface ChromeExport {
  readonly csv: Uint8Array<ArrayBuffer>;
  readonly expected: {
    readonly rows: number;
    readonly logins: readonly ExpectedLogin[];
    readonly skipped: readonly ExpectedSkip[];
    readonly titlesMadeFromUrl: number;
  };
}

export interface ChromeExportOptions {
  readonly rows: number;
  readonly seed: number;
  /** Adds rows that must be skipped for a fault of theirs; exact duplicates are always there. */
  readonly withBadRows?: boolean;
}

const SITES = [
  ['github.com', 'https://github.com/login'],
  ['accounts.google.com', 'https://accounts.google.com/signin/v2?next=%2Fmail'],
  ['news.example', 'http://news.example/'],
  ['münchen.example', 'https://münchen.example/anmelden'],
  ['xn--mnchen-3ya.example', 'https://xn--mnchen-3ya.example/login'],
  ['192.0.2.17', 'http://192.0.2.17/'],
  ['[2001:db8::17]', 'http://[2001:db8::17]/'],
  ['router', 'http://192.168.1.1:8080/cgi-bin/index.asp?a=1&b=2#top'],
  ['intranet.example', 'https://intranet.example:8443/auth/realms/main'],
  ['com.example.bank', 'android://bWFkZS11cC1oYXNo_-AB==@com.example.bank/'],
  ['localhost', 'http://localhost:3000/'],
] as const;
const NAMES = ['ida', 'olivia', 'renée', 'søren', 'žofie', '지민', 'أمل', '佐藤', 'ñandu', 'юлия'];
const GLYPHS = Array.from('abcXYZ0189!#$%&()*+-./:;<=>?@[]^_{|}~\'`\\ ",äß漢字ж🔑👩‍💻é');
const ODD_PASSWORDS = [
  '=HYPERLINK("http://example.com")',
  '+1-555-0100',
  '-2+3',
  '@SUM(A1:A9)',
  ' leading blank',
  'trailing blank ',
  '\ttab\t',
  '"',
  '""quoted""',
  ',',
  'a\r\nb',
  'line\nbreak',
  "'; DROP TABLE logins; --",
  '<script>alert(1)</script>',
  '\u202eesrever',
  '🔑🔑🔑',
  // One letter composed in two ways: no normalisation may happen.
  '\u00e9',
  'e\u0301',
];
const NOTES = [
  'security question: first pet, "mia"',
  'recovery codes:\n06037794\n64039077\n30607681',
  '<b>bold</b> & <img src=x onerror=alert(1)>',
  'first line\r\n\r\nthird line',
  ' indented\n\ttabbed ',
  '=1+1',
];

type Cells = readonly [name: string, url: string, username: string, password: string, note: string];

/** A Chrome export of `rows` rows: `name,url,username,password,note`, CRLF, quoted only where needed. */
export function makeChromeExport(options: ChromeExportOptions): ChromeExport {
  const next = mulberry32(options.seed);
  const table = new ExpectedTable();
  const written: Cells[] = [];
  for (let row = 1; row <= options.rows; row++) {
    const bad =
      options.withBadRows === true && row % 29 === 0 ? BAD_ROWS[(row / 29) % 5] : undefined;
    const earlier = row % 67 === 0 ? written[Math.floor(next() * written.length)] : undefined;
    if (bad !== undefined) table.addSkipped(bad.text, bad.reason);
    else if (earlier !== undefined) table.addSkipped(toLine(earlier), 'duplicate-in-file');
    else {
      const cells = makeCells(next, row);
      written.push(cells);
      table.addTaken(cells);
    }
  }
  return table.finish(options.rows);
}

const BAD_ROWS: readonly { readonly text: string; readonly reason: ExpectedSkip['reason'] }[] = [
  { text: '', reason: 'empty' },
  { text: ',,,,', reason: 'empty' },
  { text: 'short,https://short.example/,user', reason: 'wrong-number-of-columns' },
  {
    text: `huge,https://huge.example/,user,${'x'.repeat(16_385)},`,
    reason: 'field-too-long',
  },
  { text: 'nul,https://nul.example/,user,pass\0word,', reason: 'nul-byte' },
];

function makeCells(next: () => number, row: number): Cells {
  const pick = <T>(list: readonly T[], fallback: T): T =>
    list[Math.floor(next() * list.length)] ?? fallback;
  const [host, url] = pick(SITES, SITES[0]);
  const name = next() < 0.04 ? '' : next() < 0.1 ? `My "main", account ${row}` : host;
  const username = next() < 0.05 ? '' : `${pick(NAMES, 'ida')}${row}@example.org`;
  // The row's number keeps every row different from every other, so that duplicates are those that were meant.
  const note = next() < 0.75 ? `row ${row}` : `${pick(NOTES, '')}\nrow ${row}`;
  return [name, next() < 0.02 ? '' : url, username, makePassword(next), note];
}

function makePassword(next: () => number): string {
  const kind = next();
  if (kind < 0.02) return '';
  if (kind < 0.12) return ODD_PASSWORDS[Math.floor(next() * ODD_PASSWORDS.length)] ?? '';
  const length = kind < 0.14 ? 1000 : 8 + Math.floor(next() * 24);
  const glyph = () => GLYPHS[Math.floor(next() * GLYPHS.length)] ?? 'x';
  return Array.from({ length }, glyph).join('');
}

/** Writes the file and, beside it, what must come of it, counting lines as an editor does. */
class ExpectedTable {
  readonly #lines = ['name,url,username,password,note'];
  readonly #logins: ExpectedLogin[] = [];
  readonly #skipped: ExpectedSkip[] = [];
  #line = 2;
  #titlesMadeFromUrl = 0;

  addTaken(cells: Cells): void {
    const [name, url, username, password, note] = cells;
    const host = url === '' ? '' : new URL(url).hostname;
    if (name === '' && host !== '') this.#titlesMadeFromUrl++;
    const title = name === '' ? host : name;
    this.#logins.push({ title, username, password, urls: url === '' ? [] : [url], note });
    this.#write(toLine(cells));
  }

  addSkipped(text: string, reason: ExpectedSkip['reason']): void {
    this.#skipped.push({ row: this.#lines.length, line: this.#line, reason });
    this.#write(text);
  }

  finish(rows: number): ChromeExport {
    return {
      csv: new TextEncoder().encode(`${this.#lines.join('\r\n')}\r\n`),
      expected: {
        rows,
        logins: this.#logins,
        skipped: this.#skipped,
        titlesMadeFromUrl: this.#titlesMadeFromUrl,
      },
    };
  }

  #write(text: string): void {
    this.#lines.push(text);
    this.#line += text.split(/\r\n|\r|\n/).length;
  }
}

function toLine(cells: readonly string[]): string {
  return cells.map(toCell).join(',');
}

function toCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** mulberry32: small, seeded, good enough to vary test data and nothing else. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
