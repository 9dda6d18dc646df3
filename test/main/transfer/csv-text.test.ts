// Encodings, line endings, quoting and line numbers of CSV, and what is refused.
// SPDX-License-Identifier: MIT

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import { parseCsv, peekCsvHeader } from '../../../src/main/transfer/csv-text.ts';

const cellsOf = (bytes: Uint8Array) => parseCsv(bytes).map(({ cells }) => cells);
const linesOf = (text: string) => parseCsv(toUtf8(text)).map(({ line }) => line);

function utf16(text: string, order: 'le' | 'be', mark = true): Uint8Array {
  const bytes = Buffer.from(mark ? `\ufeff${text}` : text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

describe('parseCsv', () => {
  it.each([
    ['UTF-8', toUtf8('a,ß\r\n🔑,d')],
    ['UTF-8 with a byte order mark', toUtf8('\ufeffa,ß\r\n🔑,d')],
    ['UTF-16 little endian', utf16('a,ß\r\n🔑,d', 'le')],
    ['UTF-16 big endian', utf16('a,ß\r\n🔑,d', 'be')],
  ])('reads %s', (_, bytes) => {
    expect(cellsOf(bytes)).toEqual([
      ['a', 'ß'],
      ['🔑', 'd'],
    ]);
  });

  it('takes off one byte order mark and leaves a second one in the field', () => {
    expect(cellsOf(toUtf8('\ufeff\ufeffa'))).toEqual([['\ufeffa']]);
    expect(cellsOf(utf16('\ufeffa', 'be'))).toEqual([['\ufeffa']]);
  });

  it.each([
    ['CRLF', 'a,b\r\nc,d\r\n'],
    ['LF', 'a,b\nc,d\n'],
    ['CR', 'a,b\rc,d\r'],
    ['none at the end', 'a,b\nc,d'],
    ['mixed', 'a,b\r\nc,d\r'],
  ])('ends rows at %s', (_, text) => {
    expect(cellsOf(toUtf8(text))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('keeps blanks, quotes, commas and line breaks of fields byte for byte', () => {
    const text = ' a ,"b\r\n""c"", d\n\t","\r"\n';
    expect(cellsOf(toUtf8(text))).toEqual([[' a ', 'b\r\n"c", d\n\t', '\r']]);
  });

  it('gives an empty line as a row of one empty cell and nothing for the end of the last line', () => {
    expect(cellsOf(toUtf8('a\n\nb\n'))).toEqual([['a'], [''], ['b']]);
    expect(cellsOf(toUtf8(''))).toEqual([]);
  });

  it('numbers lines as an editor does, with CRLF, LF and CR inside quotes', () => {
    expect(linesOf('h\r\n"a\r\nb\r\nc"\r\nd\r\n')).toEqual([1, 2, 5]);
    expect(linesOf('h\n"a\n\nb"\nd')).toEqual([1, 2, 5]);
    expect(linesOf('h\r"a\rb"\rd')).toEqual([1, 2, 4]);
    expect(linesOf('h\n\r\n"\r\n"\n\nd')).toEqual([1, 2, 3, 5, 6]);
  });

  it.each([
    ['a quote that is never closed', 'h\n"a\r\nb\n', 2],
    ['a quote inside an unquoted field', 'h\r\nok\r\na"b\r\n', 3],
    ['text after a closing quote', 'h\n"x\ny"\n"a"b,c\n', 4],
    ['a quote after a blank', 'h\na, "b"\n', 2],
  ])('refuses %s and says where the row starts', (_, text, line) => {
    expect(() => parseCsv(toUtf8(text))).toThrow(
      expect.objectContaining({ code: 'transfer/broken-quoting', details: { line } }),
    );
  });

  it('keeps the content of fields out of its errors', () => {
    const error = failureOf(() => parseCsv(toUtf8('h\ncanary-secret"b\n')));
    expect(JSON.stringify([error.message, error.stack, error.cause, error])).not.toContain(
      'canary',
    );
  });

  it.each([
    ['ISO 8859-1', Uint8Array.of(0x61, 0xe9, 0x0a)],
    ['cut UTF-8', toUtf8('a🔑').subarray(0, 3)],
    ['a surrogate in UTF-8', Uint8Array.of(0xed, 0xa0, 0x80)],
    ['UTF-16 of odd length', utf16('ab', 'le').subarray(0, 5)],
    ['UTF-16 with half a pair', utf16('a\ud83d', 'be')],
    ['UTF-32', Uint8Array.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0, 0xff, 0xdf, 0, 0)],
  ])('refuses %s', (_, bytes) => {
    expect(() => parseCsv(bytes)).toThrow(
      expect.objectContaining({ code: 'transfer/wrong-encoding' }),
    );
  });
});

describe('peekCsvHeader', () => {
  it('needs no more than the first row', () => {
    expect(peekCsvHeader(toUtf8('a,"b ""c"""\n"never closed'))).toEqual(['a', 'b "c"']);
  });

  it('sees through a wrong encoding, which reading then names', () => {
    expect(peekCsvHeader(utf16('a,b\n', 'le', false))).toEqual(['a', 'b']);
    expect(peekCsvHeader(Uint8Array.of(0x61, 0x2c, 0x62, 0x0a, 0xe9))).toEqual(['a', 'b']);
  });

  it('finds none in an empty or broken beginning', () => {
    expect(peekCsvHeader(new Uint8Array())).toBeNull();
    expect(peekCsvHeader(toUtf8('a"b'))).toBeNull();
  });
});

describe('parseCsv and csv-parse', () => {
  const pieces = ['"', '"', '""', ',', '\n', '\r\n', '\r', 'a', 'ß', ' ', '\0'];
  const oracle = (text: string): unknown => {
    try {
      const record_delimiter = ['\r\n', '\n', '\r'];
      return parse(Buffer.from(text), { relax_column_count: true, record_delimiter });
    } catch {
      return 'broken';
    }
  };
  const ours = (text: string): unknown => {
    try {
      return cellsOf(toUtf8(text));
    } catch (error) {
      expect(error).toMatchObject({ code: 'transfer/broken-quoting' });
      return 'broken';
    }
  };

  it('agree on every text of quotes, commas and line breaks', () => {
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 14 });
    const agree = (text: string): void => {
      expect(ours(text)).toEqual(oracle(text));
    };
    fc.assert(
      fc.property(texts, (text) => {
        agree(text.join(''));
      }),
      { numRuns: 3000 },
    );
  });

  it('differ in what a row of other columns costs', () => {
    const text = toUtf8(`a,b\n${'\n'.repeat(100_000)}`);
    const before = process.threadCpuUsage();
    expect(parseCsv(text)).toHaveLength(100_001);
    const { user, system } = process.threadCpuUsage(before);
    // An error with a stack for each of them is a second and a half.
    expect((user + system) / 1000).toBeLessThan(500);
  });
});

function failureOf(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('expected a failure');
}
