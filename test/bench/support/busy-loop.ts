// BusyLoop: for how long at most this thread's loop worked without a turn of its timers. Time in which the loop had nothing
// to do and the machine was late to wake it does not count; computing, and waiting for a disk within a call, do.
// SPDX-License-Identifier: MIT

import { performance } from 'node:perf_hooks';

const EVERY_MS = 1;

export class BusyLoop {
  readonly #timer: NodeJS.Timeout;
  #activeBefore = performance.eventLoopUtilization().active;
  #longest = 0;

  constructor() {
    this.#timer = setInterval(() => {
      this.#turn();
    }, EVERY_MS);
  }

  /** Milliseconds. */
  end(): number {
    clearInterval(this.#timer);
    this.#turn();
    return this.#longest;
  }

  #turn(): void {
    const { active } = performance.eventLoopUtilization();
    this.#longest = Math.max(this.#longest, active - this.#activeBefore);
    this.#activeBefore = active;
  }
}
