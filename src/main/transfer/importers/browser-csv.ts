// The CSV that Chrome, Edge, Brave, Opera and Vivaldi export: name, url, username, password and, since 2022, note.
// Columns may come in any order; those that are not known go into the note, so that nothing of the file is lost.
// SPDX-License-Identifier: MIT

import type { SkipReason, SkippedRow } from '../../../shared/model/transfer.ts';
import { type CsvRow, parseCsv, peekCsvHeader } from '../csv-text.ts';
import { FIELD_LIMITS } from '../../../shared/model/field-limits.ts';
import { isWithinLimits } from '../is-within-limits.ts';
import {
  type Importer,
  type ImportedLogin,
  type ImportRequest,
  type ImportResult,
  NoticeCounter,
} from '../importer.ts';
import { loginFingerprint } from '../login-fingerprint.ts';
import { TransferError } from '../transfer-error.ts';

const MAX_FILE_BYTES = 64 * 1024 * 1024;
const REQUIRED_COLUMNS = ['name', 'url', 'username', 'password'] as const;
const KNOWN_COLUMNS = [...REQUIRED_COLUMNS, 'note'] as const;

type KnownColumn = (typeof KNOWN_COLUMNS)[number];

interface Header {
  readonly width: number;
  readonly indexOf: ReadonlyMap<KnownColumn, number>;
  readonly extras: readonly { readonly name: string; readonly index: number }[];
}

export const browserCsvImporter: Importer = {
  format: 'browser-csv',
  needsPassword: false,
  recognise: (firstBytes) => {
    const cells = peekCsvHeader(firstBytes);
    return cells !== null && parseHeader(cells) !== null;
  },
  read: (request) =>
    new Promise((resolve) => {
      resolve(readBrowserCsv(request));
    }),
};

/** Reads the whole file; throws `TransferError` where it is not such a file, or is broken as a whole. */
export function readBrowserCsv(request: ImportRequest): ImportResult {
  const { bytes } = request;
  if (bytes.length > MAX_FILE_BYTES) {
    throw new TransferError(
      'transfer/too-large',
      `csv: expected at most ${MAX_FILE_BYTES} bytes, got ${bytes.length}`,
      { details: { sizeBytes: bytes.length, maxBytes: MAX_FILE_BYTES } },
    );
  }
  const [first, ...rows] = parseCsv(bytes);
  return collect(rows, expectHeader(first), request);
}

function expectHeader(row: CsvRow | undefined): Header {
  const cells = row?.cells ?? [];
  const header = parseHeader(cells);
  if (header !== null) return header;
  if (cells.some((cell) => cell.includes('\0'))) {
    throw new TransferError(
      'transfer/wrong-encoding',
      'csv: zero bytes in the header; expected UTF-8, or UTF-16 with a byte order mark',
    );
  }
  throw new TransferError(
    'transfer/not-recognised',
    `csv: expected columns ${REQUIRED_COLUMNS.join(', ')}; got ${cells.length} others`,
  );
}

function parseHeader(cells: readonly string[]): Header | null {
  const indexOf = new Map<KnownColumn, number>();
  const extras: { name: string; index: number }[] = [];
  for (const [index, cell] of cells.entries()) {
    const name = cell.trim();
    const known = KNOWN_COLUMNS.find((column) => column === name.toLowerCase());
    if (known !== undefined && !indexOf.has(known)) indexOf.set(known, index);
    else extras.push({ name: name === '' ? `column ${index + 1}` : name, index });
  }
  const isComplete = REQUIRED_COLUMNS.every((column) => indexOf.has(column));
  return isComplete ? { width: cells.length, indexOf, extras } : null;
}

function collect(rows: readonly CsvRow[], header: Header, request: ImportRequest): ImportResult {
  const logins: ImportedLogin[] = [];
  const skipped: SkippedRow[] = [];
  const notices = new NoticeCounter();
  const seen = new Set<string>();
  for (const [index, { cells, line }] of rows.entries()) {
    const skip = (reason: SkipReason) => skipped.push({ row: index + 1, line, reason });
    const refusal = refuseCells(cells, header);
    if (refusal !== null) {
      skip(refusal);
      continue;
    }
    const login = toLogin(cells, header, request.now);
    const fingerprint = loginFingerprint(login);
    if (!isWithinLimits(login)) skip('field-too-long');
    else if (seen.has(fingerprint)) skip('duplicate-in-file');
    else if (request.known.hasLogin(fingerprint)) skip('already-in-vault');
    else {
      logins.push(login);
      noteDown(notices, login, cellOf(cells, header, 'name'));
    }
    seen.add(fingerprint);
  }
  return { rows: rows.length, logins, passkeys: [], skipped, notices: notices.list() };
}

function refuseCells(cells: readonly string[], header: Header): SkipReason | null {
  if (cells.every((cell) => cell === '')) return 'empty';
  if (cells.length !== header.width) return 'wrong-number-of-columns';
  return cells.some((cell) => cell.includes('\0')) ? 'nul-byte' : null;
}

function cellOf(cells: readonly string[], header: Header, column: KnownColumn): string {
  const index = header.indexOf.get(column);
  return index === undefined ? '' : (cells[index] ?? '');
}

function toLogin(cells: readonly string[], header: Header, now: number): ImportedLogin {
  const name = cellOf(cells, header, 'name');
  const url = cellOf(cells, header, 'url');
  return {
    kind: 'login',
    title: name === '' ? hostOf(url) : name,
    username: cellOf(cells, header, 'username'),
    password: cellOf(cells, header, 'password'),
    urls: url === '' ? [] : [url],
    note: withExtras(cellOf(cells, header, 'note'), cells, header),
    tags: [],
    favourite: false,
    createdAt: now,
    modifiedAt: now,
    trashedAt: null,
  };
}

/** Host (for `android://`, the package) to call a login by, or nothing where the URL has none fit for a title. */
function hostOf(url: string): string {
  const host = URL.parse(url)?.hostname ?? '';
  return host.length <= FIELD_LIMITS.title ? host : '';
}

function withExtras(note: string, cells: readonly string[], header: Header): string {
  const lines = header.extras.flatMap(({ name, index }) => {
    const value = cells[index] ?? '';
    return value === '' ? [] : [`${name}: ${value}`];
  });
  if (lines.length === 0) return note;
  return note === '' ? lines.join('\n') : `${note}\n\n${lines.join('\n')}`;
}

function noteDown(notices: NoticeCounter, login: ImportedLogin, name: string): void {
  if (name === '' && login.title !== '') notices.add('title-made-from-url');
  if (login.password === '') notices.add('no-password');
  if (login.username === '') notices.add('no-username');
  if (login.urls.some((url) => /^android:\/\//i.test(url))) notices.add('android-url');
}
