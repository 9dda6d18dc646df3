// A list of breached passwords as a folder: the official downloader's other form, a file for each of the 16^5 ranges,
// `00000.txt` to `FFFFF.txt`, with the lines of the range query.
// SPDX-License-Identifier: MIT

import { notRecognised, refuseList } from './breach-list-kind.ts';
import { groupByRange, type BreachLookUp, type LookUpOptions } from './breach-look-up.ts';
import { HealthError, type HealthErrorReason } from './health-error.ts';
import { systemPace, type Pace } from './pace.ts';
import { RangeFaultError, RangeLines, type RangeFault } from './range-lines.ts';
import type { Sha1Hex } from './sha1.ts';

/** The folder, as far as the search needs it. */
export interface RangeDirectory {
  /** All bytes of `<prefix>.txt`, the prefix being five upper-case digits; null where there is no such file. */
  readRange(prefix: string): Promise<Uint8Array | null>;
}

/** A folder that was downloaded to its end has all of them. */
const SAMPLES = ['00000', '7FFFF', 'FFFFF'];

const REASONS: Readonly<Record<RangeFault, HealthErrorReason>> = {
  empty: 'truncated',
  'too-large': 'range-too-large',
  malformed: 'malformed-line',
};

export class BreachDirectory implements BreachLookUp {
  readonly #directory: RangeDirectory;
  readonly #pace: Pace;

  private constructor(directory: RangeDirectory, pace: Pace) {
    this.#directory = directory;
    this.#pace = pace;
  }

  /** Looks at the first, a middle and the last range. Rejects with {@link HealthError} where it is no such folder. */
  static async open(directory: RangeDirectory, pace = systemPace()): Promise<BreachDirectory> {
    const opened = new BreachDirectory(directory, pace);
    const samples = await Promise.all(SAMPLES.map((prefix) => opened.#read(prefix)));
    if (samples.every((bytes) => bytes === null)) throw notRecognised('foreign');
    for (const bytes of samples) {
      if (bytes === null) throw damaged('range-missing');
      if (!isRange(bytes)) refuseList(bytes);
    }
    return opened;
  }

  async lookUp(
    hashes: readonly Sha1Hex[],
    { signal, onProgress }: LookUpOptions = {},
  ): Promise<readonly number[]> {
    const counts = new Array<number>(hashes.length).fill(0);
    let done = 0;
    for (const [prefix, indexes] of await groupByRange(hashes, this.#pace)) {
      signal?.throwIfAborted();
      const bytes = await this.#read(prefix);
      if (bytes === null) throw damaged('range-missing');
      const range = parse(bytes);
      for (const index of indexes) {
        const hash = hashes[index];
        if (hash) counts[index] = range.countOf(hash);
      }
      done += indexes.length;
      onProgress?.(done, hashes.length);
      await this.#pace.breathe();
    }
    return counts;
  }

  async #read(prefix: string): Promise<Uint8Array | null> {
    try {
      return await this.#directory.readRange(prefix);
    } catch (error) {
      throw damaged('read-failed', error);
    }
  }
}

function isRange(bytes: Uint8Array): boolean {
  try {
    return RangeLines.parse(bytes).size > 0;
  } catch (error) {
    if (error instanceof RangeFaultError) return false;
    throw error;
  }
}

function parse(bytes: Uint8Array): RangeLines {
  try {
    return RangeLines.parse(bytes);
  } catch (error) {
    if (error instanceof RangeFaultError) throw damaged(REASONS[error.fault], error);
    throw error;
  }
}

/** Which range it is stays unsaid: its name is the beginning of the hash of a password. */
function damaged(reason: HealthErrorReason, cause?: unknown): HealthError {
  return new HealthError(reason, `breach folder: ${reason}`, { cause });
}
