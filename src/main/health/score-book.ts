// Judgements of passwords under the names of this run: each is asked for once, and not too many at a time, so that
// passwords do not pile up before the meter.
// SPDX-License-Identifier: MIT

import type { StrengthScore } from '../../shared/model/health.ts';
import type { StrengthMeter } from './strength-meter.ts';

/** Enough to keep the meter at work between two messages. */
const MOST_IN_FLIGHT = 32;

export class ScoreBook {
  readonly #meter: StrengthMeter;
  /** Null while it is being judged. */
  readonly #scores = new Map<string, StrengthScore | null>();
  #inFlight = 0;
  /** Called with every judgement that arrives. */
  #wake: (() => void) | null = null;
  #failure: { readonly error: unknown } | null = null;

  constructor(meter: StrengthMeter) {
    this.#meter = meter;
  }

  /** Has the password judged unless `name` already is or will be; waits while too many are. */
  async ask(name: string, password: string, inputs: readonly string[]): Promise<void> {
    if (!this.#scores.has(name)) {
      this.#scores.set(name, null);
      this.#inFlight += 1;
      void this.#judge(name, password, inputs);
    }
    await this.#untilFewerThan(MOST_IN_FLIGHT);
  }

  /** Waits until everything asked for is judged. Throws what the meter threw first. */
  async settled(): Promise<void> {
    await this.#untilFewerThan(1);
  }

  /** The score under a settled name. */
  scoreOf(name: string): StrengthScore {
    const score = this.#scores.get(name);
    if (score === undefined || score === null) throw new Error('score book: not judged yet');
    return score;
  }

  async #judge(name: string, password: string, inputs: readonly string[]): Promise<void> {
    try {
      this.#scores.set(name, await this.#meter.score(password, inputs));
    } catch (error) {
      this.#failure ??= { error };
    }
    this.#inFlight -= 1;
    this.#wake?.();
  }

  async #untilFewerThan(most: number): Promise<void> {
    while (this.#inFlight >= most && !this.#failure) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#failure) throw this.#failure.error;
  }
}
