// When an approval may count: 700 ms after the prompt, or anything about the window, last changed, and then only for a
// gesture that began afterwards. Keeps clicks and keys that were meant for something else from approving.
// Pure but for the Clock; the window's events come in through `restart`.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';
import { Store } from '../store.ts';

/** The same delay as the broker's on the main side, which has the last word. */
export const ARM_DELAY_MS = 700;
/** How long a key has to be held on the button where no password is asked. */
export const HOLD_MS = 700;

export interface ArmingState {
  readonly isArmed: boolean;
  /** Counts the restarts, so that the progress is drawn anew. */
  readonly round: number;
}

export class ApprovalArming {
  readonly state = new Store<ArmingState>({ isArmed: false, round: 0 });
  readonly #clock: Clock;
  #armsAt = Number.POSITIVE_INFINITY;
  #cancel: () => void = () => undefined;
  #pressBegan = false;
  #heldSince: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Something changed under the person's hands: nothing begun before now can approve. */
  restart(): void {
    this.#cancel();
    this.#pressBegan = false;
    this.#heldSince = null;
    this.#armsAt = this.#clock.now() + ARM_DELAY_MS;
    this.state.update(({ round }) => ({ isArmed: false, round: round + 1 }));
    this.#cancel = this.#clock.after(ARM_DELAY_MS, () => {
      if (this.isArmed) this.state.update((state) => ({ ...state, isArmed: true }));
    });
  }

  stop(): void {
    this.#cancel();
    this.#armsAt = Number.POSITIVE_INFINITY;
    this.#pressBegan = false;
    this.#heldSince = null;
  }

  get isArmed(): boolean {
    return this.#clock.now() >= this.#armsAt;
  }

  /** A pointer went down on the button. */
  pressBegins(): void {
    this.#pressBegan = this.isArmed;
  }

  /** The pointer came up on the button: whether that approves. One press approves once. */
  pressEnds(): boolean {
    const approves = this.#pressBegan && this.isArmed;
    this.#pressBegan = false;
    return approves;
  }

  /** Space or Enter went down on the button; `isRepeat` where it was down before the button had the focus. */
  holdBegins(isRepeat: boolean): void {
    if (isRepeat) return;
    this.#heldSince = this.isArmed ? this.#clock.now() : null;
  }

  /** The key came up: whether it was held long enough to approve. */
  holdEnds(): boolean {
    const { isArmed } = this;
    const approves =
      isArmed && this.#heldSince !== null && this.#clock.now() - this.#heldSince >= HOLD_MS;
    this.#heldSince = null;
    return approves;
  }
}
