// A Clock that stands still until a test turns it; what falls due runs in the order of its time.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../src/shared/clock.ts';

interface Timer {
  readonly at: number;
  readonly action: () => void;
}

export class HandClock implements Clock {
  #now: number;
  #timers: Timer[] = [];

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, action: () => void): () => void {
    const timer = { at: this.#now + delayMs, action };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** How many actions wait. */
  get pending(): number {
    return this.#timers.length;
  }

  /** Goes `ms` forward and runs what falls due, each action at its own time. */
  turn(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== due);
      this.#now = Math.max(this.#now, due.at);
      due.action();
    }
    this.#now = end;
  }
}
