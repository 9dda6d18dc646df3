// Blocks of a sorted list of hashes that is too large to read: small pieces with the whole lines in them, checked.
// SPDX-License-Identifier: MIT

import { compareHex, HASH_DIGITS, parseHashLines, type HashLine } from './hash-lines.ts';
import { HealthError, type HealthErrorReason } from './health-error.ts';

/** The file, as far as the search needs it. */
export interface RandomAccessFile {
  readonly size: number;
  /** `length` bytes from `offset` on; fewer only where the file ends. */
  read(offset: number, length: number): Promise<Uint8Array> | Uint8Array;
}

export const BLOCK_BYTES = 4096;

const LF = 0x0a;

/** At least one line. */
export interface Block {
  readonly bytes: Uint8Array;
  readonly lines: readonly HashLine[];
  /** Where in the file its first whole line begins, and where its last one ends. */
  readonly from: number;
  readonly to: number;
  /** The digits of its first and of its last hash: copies. */
  readonly low: Uint8Array;
  readonly high: Uint8Array;
}

export interface Stretch {
  /** Where to read from, and whether a line is known to begin there. */
  readonly offset: number;
  readonly isLineStart: boolean;
  /** A line or the file ends here; nothing behind it is read. */
  readonly end: number;
}

/** The block that begins at the offset. Throws {@link HealthError} where the file is not what it was taken for. */
export async function readBlock(file: RandomAccessFile, stretch: Stretch): Promise<Block> {
  const { offset, end } = stretch;
  const length = Math.min(BLOCK_BYTES, end - offset);
  const bytes = await readBytes(file, offset, length);
  const skipped = stretch.isLineStart ? 0 : bytes.indexOf(LF) + 1;
  const isEnd = offset + length === end;
  const parsed = parseHashLines(bytes, { from: skipped, digits: HASH_DIGITS, isEnd });
  if (parsed.malformedAt !== null) {
    const isLastLine = end === file.size && isEnd && !bytes.includes(LF, parsed.malformedAt);
    throw damaged(isLastLine ? 'truncated' : 'malformed-line', offset + parsed.malformedAt);
  }
  const first = parsed.lines[0];
  const last = parsed.lines.at(-1);
  if (!first || !last) throw damaged('malformed-line', offset);
  return {
    bytes,
    lines: parsed.lines,
    from: offset + first.start,
    to: offset + last.next,
    low: bytes.slice(first.start, first.start + HASH_DIGITS),
    high: bytes.slice(last.start, last.start + HASH_DIGITS),
  };
}

/** Exactly `length` bytes. */
export async function readBytes(
  file: RandomAccessFile,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await file.read(offset, length);
  } catch (error) {
    throw damaged('read-failed', offset, error);
  }
  if (bytes.length !== length) throw damaged('read-failed', offset + bytes.length);
  return bytes;
}

/** No hash in it is below the one before. Equal ones are harmless. */
export function isAscending({ bytes, lines }: Block): boolean {
  return lines.every((line, index) => {
    const before = lines[index - 1];
    return !before || compareHex(bytes, before.start, bytes, { bStart: line.start }) <= 0;
  });
}

export function damaged(reason: HealthErrorReason, offset: number, cause?: unknown): HealthError {
  return new HealthError(reason, `breach list: ${reason} at byte ${offset}`, {
    cause,
    details: { offset },
  });
}
