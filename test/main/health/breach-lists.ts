// Synthetic lists of breached passwords in the forms in which they are passed around, and files that count what is read.
// SPDX-License-Identifier: MIT

import { createHash } from 'node:crypto';
import type { RandomAccessFile } from '../../../src/main/health/breach-block.ts';
import { sha1OfPassword, type Sha1Hex } from '../../../src/main/health/sha1.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';

export interface ListForm {
  readonly newline: '\n' | '\r\n';
  readonly isUpper: boolean;
  readonly endsWithNewline: boolean;
  readonly hasMark: boolean;
}

export const PLAIN: ListForm = {
  newline: '\r\n',
  isUpper: true,
  endsWithNewline: true,
  hasMark: false,
};

export type Entry = readonly [hash: string, count: number];

/** The bytes of a list; entries as they come. */
export function listBytes(entries: readonly Entry[], form: Partial<ListForm> = {}): Uint8Array {
  const { newline, isUpper, endsWithNewline, hasMark } = { ...PLAIN, ...form };
  const lines = entries.map(([hash, count]) => {
    return `${isUpper ? hash.toUpperCase() : hash.toLowerCase()}:${String(count)}`;
  });
  const text = lines.join(newline) + (endsWithNewline ? newline : '');
  return toUtf8((hasMark ? '\ufeff' : '') + text);
}

export function sha1Digits(text: string): string {
  return createHash('sha1').update(text).digest('hex').toUpperCase();
}

/** Sorted entries for `password 0`, `password 1` and so on; the count of each is its number plus one. */
export function entriesFor(count: number): Entry[] {
  return Array.from(
    { length: count },
    (_, index) => [sha1Digits(`password ${String(index)}`), index + 1] as const,
  ).sort(byHash);
}

export function byHash([a]: Entry, [b]: Entry): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function asName(hash: string): Sha1Hex {
  return toUtf8(hash.toUpperCase()) as Uint8Array as Sha1Hex;
}

export const nameOf = (password: string): Sha1Hex => sha1OfPassword(password);

/** A file that knows how often it was read and how much of it at once. */
export class CountingFile implements RandomAccessFile {
  readonly size: number;
  reads = 0;
  longestRead = 0;
  readonly #readAt: (offset: number, length: number) => Uint8Array;

  constructor(size: number, readAt: (offset: number, length: number) => Uint8Array) {
    this.size = size;
    this.#readAt = readAt;
  }

  static of(bytes: Uint8Array): CountingFile {
    return new CountingFile(bytes.length, (offset, length) =>
      bytes.subarray(offset, offset + length),
    );
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    this.reads += 1;
    this.longestRead = Math.max(this.longestRead, length);
    return Promise.resolve(this.#readAt(offset, length));
  }
}

const LINE = 44;

/** A list of `lines` lines that is nowhere stored: the hash of line n begins with `fraction(n)` of the hash space. */
export function vastFile(lines: number, fraction: (line: number) => number): CountingFile {
  const size = lines * LINE;
  return new CountingFile(size, (offset, length) => {
    const from = Math.floor(offset / LINE);
    const to = Math.min(lines, Math.ceil((offset + length) / LINE));
    const text = Array.from(
      { length: to - from },
      (_, index) => `${vastHash(from + index, fraction)}:7\r\n`,
    ).join('');
    const skipped = offset - from * LINE;
    return toUtf8(text).subarray(skipped, skipped + length);
  });
}

export function vastHash(line: number, fraction: (line: number) => number): string {
  const begin = Math.min(2 ** 48 - 1, Math.floor(fraction(line) * 2 ** 48));
  return (begin.toString(16).padStart(12, '0') + line.toString(16).padStart(28, '0')).toUpperCase();
}
