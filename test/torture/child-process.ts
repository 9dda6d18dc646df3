// Children that answer one order at a time over IPC, and whose death is an answer too.
// SPDX-License-Identifier: MIT

import { type ChildProcess, fork } from 'node:child_process';

export interface ChildOptions {
  readonly nodeFlags?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** After this an order has been brought to hang, and the child is killed. */
  readonly longestMs: number;
}

export class AnsweringChild implements Disposable {
  readonly #child: ChildProcess;
  readonly #longestMs: number;

  constructor(program: string, options: ChildOptions) {
    const { nodeFlags = [], env = process.env, longestMs } = options;
    this.#child = fork(program, { execArgv: [...nodeFlags], env });
    this.#longestMs = longestMs;
  }

  /** What the child says next; null where it ends or hangs instead. */
  answer(): Promise<unknown> {
    const child = this.#child;
    return new Promise((resolve) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), this.#longestMs);
      const settle = (answer: unknown): void => {
        clearTimeout(timer);
        child.removeAllListeners();
        resolve(answer);
      };
      child.once('message', settle);
      child.once('exit', () => {
        settle(null);
      });
    });
  }

  ask(order: object): Promise<unknown> {
    const answer = this.answer();
    this.#child.send(order);
    return answer;
  }

  /** The child sees its channel go, and ends. */
  [Symbol.dispose](): void {
    if (this.#child.connected) this.#child.disconnect();
  }
}
