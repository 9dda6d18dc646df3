// Acts that must not run beside each other: each begins when the one before it has ended, however it ended.
// SPDX-License-Identifier: MIT

export class ActQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(act: () => T | Promise<T>): Promise<T> {
    const turn = this.#last.then(act);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
