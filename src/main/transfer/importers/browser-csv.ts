// The CSV that Chrome, Edge, Brave, Opera and Vivaldi export: name, url, username, password and, since 2022, note.
// Columns may come in any order; those that are not known go into the note, so that nothing of the file is lost.
// SPDX-License-Identifier: MIT

import type { SkipReason, SkippedRow } from '../../../shared/model/transfer.ts';
import { type CsvRow, parseCsv, peekCsvHeader } from '../csv-text.ts';
import { FIELD_LIMITS } from '../../../shared/model/field-limits.ts';
import { isWithinLimits } from '../is-within-limits.ts';
import { NOTHING_MORE, type LoginItem } from '../../vault/item.ts';
import { readWhole } from '../import-source.ts';
import {
  type ImportedEntry,
  type Importer,
  type ImportRequest,
  type ImportResult,
  NoticeCounter,
} from '../importer.ts';
import { itemFingerprint } from '../item-fingerprint.ts';
import { TransferError } from '../transfer-error.ts';

const MAX_FILE_BYTES = 64 * 1024 * 1024;
const REQUIRED_COLUMNS = ['name', 'url', 'username', 'password'] as const;
const KNOWN_COLUMNS = [...REQUIRED_COLUMNS, 'note'] as const;

type ImportedLogin = Omit<LoginItem, 'id'>;
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
  read: async (request) => {
    const bytes = await readWhole(request.file, MAX_FILE_BYTES);
    try {
      return readBrowserCsv({ ...request, bytes });
    } finally {
      bytes.fill(0);
    }
  },
};

/** The content of such a file, and what it is held against. */
export interface BrowserCsv extends Pick<ImportRequest, 'known' | 'now'> {
  /** Lent, not kept. */
  readonly bytes: Uint8Array;
}

/** Reads the whole file; throws `TransferError` where it is not such a file, or is broken as a whole. */
export function readBrowserCsv(csv: BrowserCsv): ImportResult {
  const [first, ...rows] = parseCsv(csv.bytes);
  return collect(rows, expectHeader(first), csv);
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

function collect(
  rows: readonly CsvRow[],
  header: Header,
  { known, now }: BrowserCsv,
): ImportResult {
  const entries: ImportedEntry[] = [];
  const skipped: SkippedRow[] = [];
  const notices = new NoticeCounter();
  const seen = new Set<string>();
  // A row that is there again, cell by cell, is told at a glance: a file may be nothing but one row.
  const again = new Map<string, SkipReason>();
  for (const [index, { cells, line }] of rows.entries()) {
    const number = index + 1;
    const skip = (reason: SkipReason) => skipped.push({ row: number, line, reason });
    const refusal = refuseCells(cells, header);
    if (refusal !== null) {
      skip(refusal);
      continue;
    }
    const key = JSON.stringify(cells);
    const sameReason = again.get(key);
    if (sameReason !== undefined) {
      skip(sameReason);
      continue;
    }
    const item = toLogin(cells, header, now);
    const isTooLong = !isWithinLimits(item);
    again.set(key, isTooLong ? 'field-too-long' : 'duplicate-in-file');
    const fingerprint = itemFingerprint(item);
    if (isTooLong) skip('field-too-long');
    else if (seen.has(fingerprint)) skip('duplicate-in-file');
    else if (known.find(item, 'basics') !== null) skip('already-in-vault');
    else {
      entries.push({ number, item, privateKey: null, belongsTo: null });
      noteDown(notices, item, cellOf(cells, header, 'name'));
    }
    seen.add(fingerprint);
  }
  return {
    ...{ rows: rows.length, entries, skipped, notices: notices.list() },
    ...{ present: new Map<never, never>(), files: null },
  };
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
  const cell = (column: KnownColumn): string => cellOf(cells, header, column);
  const [name, url] = [cell('name'), cell('url')];
  return {
    ...NOTHING_MORE,
    kind: 'login',
    title: name === '' ? hostOf(url) : name,
    fields: { username: cell('username'), password: cell('password') },
    urls: url === '' ? [] : [{ url, match: 'domain' }],
    note: withExtras(cell('note'), cells, header),
    createdAt: now,
    modifiedAt: now,
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
  if (login.fields.password === '') notices.add('no-password');
  if (login.fields.username === '') notices.add('no-username');
  if (login.urls.some(({ url }) => /^android:\/\//i.test(url))) notices.add('android-url');
}
