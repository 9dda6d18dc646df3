// CSV as bytes to rows of text (RFC 4180, any line ending, comma only). Reads strictly: fields come out byte for byte, and
// a file whose quoting is broken yields no rows at all. Ours, because libraries make an error of each row that has other
// columns than the first, at 15 microseconds a piece: a file of nothing but line breaks would keep the process busy for minutes.
// SPDX-License-Identifier: MIT

import { isUtf8 } from 'node:buffer';
import { TransferError } from './transfer-error.ts';

export interface CsvRow {
  readonly cells: readonly string[];
  /** Line of the file at which the row starts, from 1. */
  readonly line: number;
}

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;

/**
 * The rows of a CSV file in UTF-8 (with or without byte order mark) or UTF-16 (with one).
 * Throws `transfer/wrong-encoding`, or `transfer/broken-quoting` with the `line` at which the row at fault starts.
 */
export function parseCsv(bytes: Uint8Array): readonly CsvRow[] {
  const reader = new CsvReader(toUtf8Buffer(bytes));
  const rows: CsvRow[] = [];
  for (let row = reader.next(); row !== null; row = reader.next()) {
    if (rows.length >= MOST_ROWS) throw tooLarge('rows', MOST_ROWS);
    rows.push(row);
  }
  return rows;
}

/**
 * The first row of what may be the beginning of a CSV file, read leniently: encoding errors and zero bytes (UTF-16
 * without a mark) do not matter. Null where there is no first row.
 */
export function peekCsvHeader(firstBytes: Uint8Array): readonly string[] | null {
  const { encoding, start } = detectEncoding(firstBytes);
  const text = new TextDecoder(encoding).decode(firstBytes.subarray(start)).replaceAll('\0', '');
  try {
    return new CsvReader(Buffer.from(text)).next()?.cells ?? null;
  } catch (error) {
    if (error instanceof TransferError) return null;
    throw error;
  }
}

/** More logins than anybody has. */
const MOST_ROWS = 200_000;
/** Of one row: far above what a row of kept fields can have, far below what one row may cost. */
const MOST_RECORD_BYTES = 4 * 1024 * 1024;

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

function tooLarge(what: 'rows' | 'bytes', most: number): TransferError {
  return new TransferError('transfer/too-large', `csv: expected at most ${most} ${what}`, {
    details: { what, most },
  });
}

function brokenQuoting(line: number): TransferError {
  return new TransferError(
    'transfer/broken-quoting',
    `csv: a quote is not closed or not doubled in the row at line ${line}`,
    { details: { line } },
  );
}

function wrongEncoding(expected: string): TransferError {
  return new TransferError('transfer/wrong-encoding', `csv: expected text in ${expected}`);
}

class CsvReader {
  readonly #bytes: Buffer;
  readonly #position: LinePosition;
  #at = 0;
  #rowStart = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#position = new LinePosition(bytes);
  }

  /** The next row; null where there is none. */
  next(): CsvRow | null {
    if (this.#at >= this.#bytes.length) return null;
    this.#rowStart = this.#at;
    this.#position.advanceTo(this.#at);
    const cells = [this.#cell()];
    while (this.#bytes[this.#at] === COMMA) {
      this.#at += 1;
      cells.push(this.#cell());
    }
    this.#skipLineBreak();
    return { cells, line: this.#position.line };
  }

  #cell(): string {
    const isQuoted = this.#bytes[this.#at] === QUOTE;
    const quoted = isQuoted ? this.#quoted() : '';
    const start = this.#at;
    for (; !this.#isAtEndOfCell(); this.#at += 1) {
      const byte = this.#bytes[this.#at];
      // A zero byte after a quote says another encoding and not another quoting: whoever wants this row will say so.
      const isStray = isQuoted && this.#at === start && byte !== 0;
      if (byte === QUOTE || isStray) throw brokenQuoting(this.#position.line);
    }
    this.#assertSize();
    return start === this.#at ? quoted : quoted + this.#bytes.toString('utf8', start, this.#at);
  }

  /** What stands between two quotes; a doubled one is a quote. */
  #quoted(): string {
    const start = this.#at + 1;
    let isDoubled = false;
    for (let from = start; ;) {
      const quote = this.#bytes.indexOf(QUOTE, from);
      this.#at = quote < 0 ? this.#bytes.length : quote;
      this.#assertSize();
      if (quote < 0) throw brokenQuoting(this.#position.line);
      if (this.#bytes[quote + 1] !== QUOTE) break;
      isDoubled = true;
      from = quote + 2;
    }
    const text = this.#bytes.toString('utf8', start, this.#at);
    this.#at += 1;
    return isDoubled ? text.replaceAll('""', '"') : text;
  }

  #isAtEndOfCell(): boolean {
    const byte = this.#bytes[this.#at];
    return byte === undefined || byte === COMMA || byte === LF || byte === CR;
  }

  /** Files that were joined or edited by hand mix line endings; a field never keeps half of one. */
  #skipLineBreak(): void {
    const isPair = this.#bytes[this.#at] === CR && this.#bytes[this.#at + 1] === LF;
    this.#at += isPair ? 2 : 1;
  }

  #assertSize(): void {
    if (this.#at - this.#rowStart <= MOST_RECORD_BYTES) return;
    throw tooLarge('bytes', MOST_RECORD_BYTES);
  }
}

/** Follows the reader through the file and knows the line it stands at. */
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
