// The range query of Have I Been Pwned ("Searching by range", API v3): the first five digits of a hash go out, all
// hashes that begin so come back, and the comparing is done here. The network itself is handed in.
// SPDX-License-Identifier: MIT

import { toUtf8 } from '../../shared/bytes.ts';
import { groupByRange, type BreachLookUp, type LookUpOptions } from './breach-look-up.ts';
import { HealthError, type HealthErrorReason } from './health-error.ts';
import { systemPace, type Pace } from './pace.ts';
import { RANGE_BYTES_LIMIT, RangeFaultError, RangeLines, type RangeFault } from './range-lines.ts';
import type { Sha1Hex } from './sha1.ts';

/**
 * What whoever fetches has to send: the answer is then padded to 800 or more lines, so that its length on the wire does not
 * tell which range it was.
 */
export const RANGE_REQUEST_HEADERS = { 'Add-Padding': 'true' } as const;

/** The text of the range `prefix`, five upper-case digits. Reads no more than {@link RANGE_BYTES_LIMIT} bytes. */
export type FetchRange = (prefix: string, signal: AbortSignal) => Promise<string>;

const CONCURRENCY = 4;

const REASONS: Readonly<Record<RangeFault, HealthErrorReason>> = {
  empty: 'answer-malformed',
  'too-large': 'answer-too-large',
  malformed: 'answer-malformed',
};

/** Asks for each range once in a run. One failure ends the run: half an answer would be taken for a whole one. */
export class BreachRangeClient implements BreachLookUp {
  readonly #fetchRange: FetchRange;
  readonly #pace: Pace;

  constructor(fetchRange: FetchRange, pace: Pace = systemPace()) {
    this.#fetchRange = fetchRange;
    this.#pace = pace;
  }

  async lookUp(
    hashes: readonly Sha1Hex[],
    { signal, onProgress }: LookUpOptions = {},
  ): Promise<readonly number[]> {
    signal?.throwIfAborted();
    const counts = new Array<number>(hashes.length).fill(0);
    const groups = (await groupByRange(hashes, this.#pace)).entries();
    const ending = new AbortController();
    const stop = signal ? AbortSignal.any([signal, ending.signal]) : ending.signal;
    let done = 0;
    const work = async (): Promise<void> => {
      for (const [prefix, indexes] of groups) {
        stop.throwIfAborted();
        const range = await this.#ask(prefix, stop);
        for (const index of indexes) {
          const hash = hashes[index];
          if (hash) counts[index] = range.countOf(hash);
        }
        done += indexes.length;
        onProgress?.(done, hashes.length);
        await this.#pace.breathe();
      }
    };
    try {
      await Promise.all(Array.from({ length: CONCURRENCY }, work));
    } finally {
      ending.abort();
    }
    return counts;
  }

  async #ask(prefix: string, signal: AbortSignal): Promise<RangeLines> {
    let text: string;
    try {
      text = await this.#fetchRange(prefix, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw failed('fetch-failed', error);
    }
    signal.throwIfAborted();
    return parseAnswer(text);
  }
}

function parseAnswer(text: string): RangeLines {
  if (text.length > RANGE_BYTES_LIMIT) throw failed('answer-too-large');
  try {
    return RangeLines.parse(toUtf8(text));
  } catch (error) {
    if (error instanceof RangeFaultError) throw failed(REASONS[error.fault], error);
    throw error;
  }
}

/** Which range it was stays unsaid: it is the beginning of the hash of a password. */
function failed(reason: HealthErrorReason, cause?: unknown): HealthError {
  return new HealthError(reason, `range query: ${reason}`, { cause });
}
