// Lines of a list of breached passwords, `HASH:COUNT`, as Have I Been Pwned publishes it: hexadecimal in either case,
// CRLF or LF. Works on bytes: what is compared with is the name of a password of the vault.
// SPDX-License-Identifier: MIT

/** Hexadecimal digits of a SHA-1, and of what is left of one in a range named by the first five. */
export const HASH_DIGITS = 40;
export const PREFIX_DIGITS = 5;
export const SUFFIX_DIGITS = HASH_DIGITS - PREFIX_DIGITS;
/** The most frequent password has been counted some 10^8 times. */
const MOST_COUNT_DIGITS = 10;

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;
const ZERO = 0x30;
const NINE = 0x39;
const UPPER_A = 0x41;
const UPPER_F = 0x46;
/** Clears the bit that lower-case letters have; digits are checked before it is used. */
const TO_UPPER = 0xdf;

export interface HashLine {
  /** Where its hash begins in the bytes it was read from, and where the next line does. */
  readonly start: number;
  readonly next: number;
  readonly count: number;
}

export interface HashLines {
  readonly lines: readonly HashLine[];
  /** Where the first line that is not whole begins; the length of the bytes where there is none. */
  readonly end: number;
  /** Where a line begins that is none, or null. Lines behind it are not read. */
  readonly malformedAt: number | null;
}

/**
 * The whole lines of `bytes` from `from` on, whose hashes have `digits` digits. `isEnd` says that nothing follows, so that
 * a last line without its newline is whole as well.
 */
export function parseHashLines(
  bytes: Uint8Array,
  options: { readonly from: number; readonly digits: number; readonly isEnd: boolean },
): HashLines {
  const lines: HashLine[] = [];
  let start = options.from;
  while (start < bytes.length) {
    const newline = bytes.indexOf(LF, start);
    if (newline === -1 && !options.isEnd) break;
    const stop = newline === -1 ? bytes.length : newline;
    const count = parseCount(bytes, { start, stop, digits: options.digits });
    if (count === null) return { lines, end: start, malformedAt: start };
    const next = newline === -1 ? stop : stop + 1;
    lines.push({ start, next, count });
    start = next;
  }
  return { lines, end: start, malformedAt: null };
}

/** Compares the `digits` hexadecimal digits at two places, either case: negative, 0 or positive. */
export function compareHex(
  a: Uint8Array,
  aStart: number,
  b: Uint8Array,
  { bStart = 0, digits = HASH_DIGITS }: { bStart?: number; digits?: number } = {},
): number {
  for (let index = 0; index < digits; index++) {
    const difference = digitAt(a, aStart + index) - digitAt(b, bStart + index);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Digits of a fraction of the hash space: as many as a number holds exactly. */
const FRACTION_DIGITS = 12;

/** Where in the space of all hashes the one at `start` lies, from 0 up to 1. */
export function fractionAt(bytes: Uint8Array, start: number): number {
  let value = 0;
  for (let index = 0; index < FRACTION_DIGITS; index++) {
    value = value * 16 + digitAt(bytes, start + index);
  }
  return value / 16 ** FRACTION_DIGITS;
}

/** The count of the line, or null where the bytes from `start` to `stop` are no line. */
function parseCount(
  bytes: Uint8Array,
  line: { readonly start: number; readonly stop: number; readonly digits: number },
): number | null {
  const stop = bytes[line.stop - 1] === CR ? line.stop - 1 : line.stop;
  const colon = line.start + line.digits;
  const countDigits = stop - colon - 1;
  if (countDigits < 1 || countDigits > MOST_COUNT_DIGITS || bytes[colon] !== COLON) return null;
  for (let index = line.start; index < colon; index++) {
    if (digitAt(bytes, index) === -1) return null;
  }
  let count = 0;
  for (let index = colon + 1; index < stop; index++) {
    const byte = bytes[index] ?? 0;
    if (byte < ZERO || byte > NINE) return null;
    count = count * 10 + byte - ZERO;
  }
  return count;
}

/** The value of the hexadecimal digit there, -1 where there is none. */
function digitAt(bytes: Uint8Array, index: number): number {
  const byte = bytes[index] ?? 0;
  if (byte >= ZERO && byte <= NINE) return byte - ZERO;
  const upper = byte & TO_UPPER;
  return upper >= UPPER_A && upper <= UPPER_F ? upper - UPPER_A + 10 : -1;
}
