// A one-time code that is in sight: asked for, counted down, asked for anew when its time is up. One timer at a time,
// and none once it is out of sight.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../../shared/clock.ts';
import type { CurrentCode } from '../../../shared/model/one-time-code.ts';
import { toApiError, type ApiError } from '../../api.ts';
import { Store } from '../../store.ts';

export interface LiveCodeState {
  /** Null until the first answer. */
  readonly code: string | null;
  /** Null of a counter, which does not run out. */
  readonly leftMs: number | null;
  readonly periodMs: number | null;
  readonly error: ApiError | null;
}

const WAITING: LiveCodeState = { code: null, leftMs: null, periodMs: null, error: null };

/** Should the answer be late or the two clocks disagree, the next question waits at least so long. */
const SHORTEST_WAIT_MS = 250;

export class LiveCode {
  readonly state = new Store<LiveCodeState>(WAITING);
  readonly #get: () => Promise<CurrentCode>;
  readonly #clock: Clock;
  #generation = 0;
  #cancelTimer: () => void = () => undefined;

  constructor(get: () => Promise<CurrentCode>, clock: Clock) {
    this.#get = get;
    this.#clock = clock;
  }

  /** Shows the code until the returned function is called. */
  start(): () => void {
    void this.#ask(++this.#generation);
    return () => {
      this.#generation += 1;
      this.#cancelTimer();
    };
  }

  async #ask(generation: number): Promise<void> {
    try {
      const answer = await this.#get();
      if (generation === this.#generation) this.#show(answer, generation);
    } catch (error) {
      if (generation !== this.#generation) return;
      this.state.set({ ...WAITING, error: toApiError(error) });
    }
  }

  #show(answer: CurrentCode, generation: number): void {
    const { code, validUntil, periodMs } = answer;
    if (validUntil === null) {
      this.state.set({ code, leftMs: null, periodMs: null, error: null });
      return;
    }
    const leftMs = Math.max(0, validUntil - this.#clock.now());
    this.state.set({ code, leftMs, periodMs, error: null });
    // On the whole second, so that the number and the ring step together.
    const waitMs = leftMs % 1000 || Math.min(1000, leftMs);
    this.#cancelTimer = this.#clock.after(Math.max(waitMs, SHORTEST_WAIT_MS), () => {
      if (generation !== this.#generation) return;
      if (this.#clock.now() >= validUntil) void this.#ask(generation);
      else this.#show(answer, generation);
    });
  }
}
