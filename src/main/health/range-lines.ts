// One range of the list: the hashes that share their first five digits, as lines `SUFFIX:COUNT`. What the range query
// answers and what the official downloader writes into a file per range.
// SPDX-License-Identifier: MIT

import {
  compareHex,
  parseHashLines,
  PREFIX_DIGITS,
  SUFFIX_DIGITS,
  type HashLine,
} from './hash-lines.ts';
import type { Sha1Hex } from './sha1.ts';

/** A range has some 2,000 lines of 40 bytes; anything near these bounds is no range. */
export const RANGE_BYTES_LIMIT = 1024 * 1024;
export const RANGE_LINES_LIMIT = 5000;

export type RangeFault = 'empty' | 'too-large' | 'malformed';

/** What is wrong with a range, for the caller to say in its own words. */
export class RangeFaultError extends Error {
  readonly fault: RangeFault;

  constructor(fault: RangeFault) {
    super(`range: ${fault}`);
    this.name = 'RangeFaultError';
    this.fault = fault;
  }
}

/** The whole range, or a throw: half a range would answer "not found" for what is in the other half. */
export class RangeLines {
  readonly #bytes: Uint8Array;
  readonly #lines: readonly HashLine[];

  private constructor(bytes: Uint8Array, lines: readonly HashLine[]) {
    this.#bytes = bytes;
    this.#lines = lines;
  }

  /** Throws {@link RangeFaultError}. Keeps `bytes`. */
  static parse(bytes: Uint8Array): RangeLines {
    if (bytes.length > RANGE_BYTES_LIMIT) throw new RangeFaultError('too-large');
    if (bytes.length === 0) throw new RangeFaultError('empty');
    const parsed = parseHashLines(bytes, { from: 0, digits: SUFFIX_DIGITS, isEnd: true });
    if (parsed.malformedAt !== null) throw new RangeFaultError('malformed');
    if (parsed.lines.length > RANGE_LINES_LIMIT) throw new RangeFaultError('too-large');
    return new RangeLines(bytes, parsed.lines);
  }

  get size(): number {
    return this.#lines.length;
  }

  /** How often `hash`, whose prefix is this range's, appears. Padding has the count 0, as what is not there. */
  countOf(hash: Sha1Hex): number {
    const found = this.#lines.find(
      ({ start }) =>
        compareHex(hash, PREFIX_DIGITS, this.#bytes, { bStart: start, digits: SUFFIX_DIGITS }) ===
        0,
    );
    return found?.count ?? 0;
  }
}
