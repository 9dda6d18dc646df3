// Acts on several things of which one may fail: the others have their turn all the same, and the failure is told at the end.
// SPDX-License-Identifier: MIT

/** Gives each of many its turn, whatever becomes of the others. */
export class Turns {
  #first: Error | null = null;

  take(turn: () => void): void {
    try {
      turn();
    } catch (error) {
      this.#first ??=
        error instanceof Error ? error : new Error('turns: no error was thrown', { cause: error });
    }
  }

  /** Throws the first error, if there was one. */
  end(): void {
    if (this.#first !== null) throw this.#first;
  }
}
