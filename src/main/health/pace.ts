// Pace: lets the event loop breathe during long work, so that the vault goes on answering meanwhile.
// SPDX-License-Identifier: MIT

export interface Pace {
  /** Gives way to others when this slice of work has lasted long enough; call it between small steps. */
  breathe(): Promise<void>;
}

/** Half of what a frame takes at 60 per second: the step that follows the check has the other half. */
const SLICE_MS = 8;

/** Slices by a clock of milliseconds that only moves forward. */
export class SlicedPace implements Pace {
  readonly #nowMs: () => number;
  readonly #giveWay: () => Promise<void>;
  #sliceBegan: number;

  constructor(clock: { readonly nowMs: () => number; readonly giveWay: () => Promise<void> }) {
    this.#nowMs = clock.nowMs;
    this.#giveWay = clock.giveWay;
    this.#sliceBegan = clock.nowMs();
  }

  async breathe(): Promise<void> {
    if (this.#nowMs() - this.#sliceBegan < SLICE_MS) return;
    await this.#giveWay();
    this.#sliceBegan = this.#nowMs();
  }
}

/** A pace by the clock of this process. One per piece of work. */
export function systemPace(): Pace {
  return new SlicedPace({
    nowMs: () => performance.now(),
    giveWay: () => new Promise((resolve) => setImmediate(resolve)),
  });
}
