// CSV as bytes to rows of text (RFC 4180, any line ending, comma only). The sole door to csv-parse.
// Reads strictly: fields come out byte for byte, and a file whose quoting is broken yields no rows at all.
// SPDX-License-Identifier: MIT

import { isUtf8 } from 'node:buffer';
import { CsvError, parse } from 'csv-parse/sync';
import { TransferError } from './transfer-error.ts';

export interface CsvRow {
  readonly cells: readonly string[];
  /** Line of the file at which the row starts, from 1. */
  readonly line: number;
}

const LF = 0x0a;
const CR = 0x0d;

/**
 * The rows of a CSV file in UTF-8 (with or without byte order mark) or UTF-16 (with one).
 * Throws `transfer/wrong-encoding`, or `transfer/broken-quoting` with the `line` at which the row at fault starts.
 */
export function parseCsv(bytes: Uint8Array): readonly CsvRow[] {
  return parseRows(toUtf8Buffer(bytes), {});
}

/**
 * The first row of what may be the beginning of a CSV file, read leniently: encoding errors and zero bytes (UTF-16
 * without a mark) do not matter. Null where there is no first row.
 */
export function peekCsvHeader(firstBytes: Uint8Array): readonly string[] | null {
  const { encoding, start } = detectEncoding(firstBytes);
  const text = new TextDecoder(encoding).decode(firstBytes.subarray(start)).replaceAll('\0', '');
  try {
    return parseRows(Buffer.from(text), { to: 1 })[0]?.cells ?? null;
  } catch (error) {
    if (error instanceof TransferError) return null;
    throw error;
  }
}

/** More logins than anybody has; a file of nothing but line breaks would take the process hours. */
const MOST_ROWS = 200_000;
/** Of one row: far above what a row of kept fields can have, far below what one row may cost. */
const MOST_RECORD_CHARACTERS = 4 * 1024 * 1024;

interface DetectedEncoding {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  /** Where the text starts: after the byte order mark. */
  readonly start: number;
}

function detectEncoding(bytes: Uint8Array): DetectedEncoding {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', start: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', start: 2 };
  return { encoding: 'utf-8', start: a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0 };
}

function toUtf8Buffer(bytes: Uint8Array): Buffer {
  const { encoding, start } = detectEncoding(bytes);
  const body = Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start);
  if (encoding === 'utf-8') {
    if (!isUtf8(body)) throw wrongEncoding(encoding);
    return body;
  }
  try {
    return Buffer.from(new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(body));
  } catch {
    // The decoder's TypeError says no more than this does.
    throw wrongEncoding(encoding);
  }
}

function tooLarge(what: 'rows' | 'characters', most: number): TransferError {
  return new TransferError('transfer/too-large', `csv: expected at most ${most} ${what}`, {
    details: { what, most },
  });
}

function wrongEncoding(expected: string): TransferError {
  return new TransferError('transfer/wrong-encoding', `csv: expected text in ${expected}`);
}

function parseRows(buffer: Buffer, limits: { readonly to?: number }): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  const position = new LinePosition(buffer);
  const options = {
    ...limits,
    // A file joined or edited by hand mixes line endings; a field never keeps half of one.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: MOST_RECORD_CHARACTERS,
    on_record: (cells: string[], { bytes }: { readonly bytes: number }) => {
      if (rows.length >= MOST_ROWS) throw tooLarge('rows', MOST_ROWS);
      rows.push({ cells, line: position.line });
      position.advanceTo(bytes);
      return null;
    },
  };
  try {
    parse(buffer, options);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === 'CSV_MAX_RECORD_SIZE') throw tooLarge('characters', MOST_RECORD_CHARACTERS);
    // The parser's own message quotes the field and its line count is wrong after CRLF in quotes: neither is kept.
    throw new TransferError(
      'transfer/broken-quoting',
      `csv: a quote is not closed or not doubled in the row at line ${position.line}`,
      { details: { line: position.line } },
    );
  }
  return rows;
}

/** Follows the parser through the file and knows the line it stands at. */
class LinePosition {
  readonly #buffer: Buffer;
  #offset = 0;
  #line = 1;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  get line(): number {
    return this.#line;
  }

  advanceTo(offset: number): void {
    for (; this.#offset < offset; this.#offset++) {
      const byte = this.#buffer[this.#offset];
      const isBreak = byte === LF || (byte === CR && this.#buffer[this.#offset + 1] !== LF);
      if (isBreak) this.#line++;
    }
  }
}
