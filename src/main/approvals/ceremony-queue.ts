// One ceremony at a time: the others wait in order, at most three of one origin. Pure, no windows, no time.
// SPDX-License-Identifier: MIT

import { ApprovalError } from './approval-error.ts';

/** How many ceremonies of one origin may wait. */
export const QUEUE_LIMIT = 3;

interface Waiting {
  readonly origin: string;
  readonly start: () => void;
}

export class CeremonyQueue {
  #isBusy = false;
  readonly #waiting: Waiting[] = [];

  /**
   * Resolves when it is this ceremony's turn, with the function that gives the turn back.
   * Throws `approvals/queue-full` when three of `origin` wait already, `approvals/gone` when `signal` aborts first.
   */
  async enter(origin: string, signal: AbortSignal): Promise<() => void> {
    if (this.#isBusy) await this.#wait(origin, signal);
    this.#isBusy = true;
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.#isBusy = false;
      this.#waiting.shift()?.start();
    };
  }

  async #wait(origin: string, signal: AbortSignal): Promise<void> {
    if (this.#waiting.filter((one) => one.origin === origin).length >= QUEUE_LIMIT) {
      throw new ApprovalError('approvals/queue-full', `${QUEUE_LIMIT} ceremonies wait already`);
    }
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1);
        reject(new ApprovalError('approvals/gone', 'the page gave up while it waited'));
      };
      const entry: Waiting = {
        origin,
        start: () => {
          signal.removeEventListener('abort', leave);
          // Taken at once, so that nobody slips in between this turn and its first await.
          this.#isBusy = true;
          resolve();
        },
      };
      this.#waiting.push(entry);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}
