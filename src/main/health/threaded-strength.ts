// A strength meter on a thread of its own: the thread that serves the vault never waits for it, and what it took of
// memory is given back when it is closed.
// SPDX-License-Identifier: MIT

import { Worker } from 'node:worker_threads';
import type { StrengthScore } from '../../shared/model/health.ts';
import type { StrengthMeter } from './strength-meter.ts';

export interface StrengthQuestion {
  readonly id: number;
  readonly password: string;
  readonly inputs: readonly string[];
}

export interface StrengthAnswer {
  readonly id: number;
  readonly score: StrengthScore;
}

/**
 * The dictionaries take some 50 MB; a young generation of the usual size would take 130 MB more, and be the last to be
 * given back.
 */
const MEMORY = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 };

type Asked = PromiseWithResolvers<StrengthScore>;

/** Starts its thread with the first question. Whoever holds one must `close()` it (or declare it with `await using`). */
export class ThreadedStrength implements StrengthMeter, AsyncDisposable {
  readonly #entry: URL;
  readonly #asked = new Map<number, Asked>();
  #worker: Worker | null = null;
  #lastId = 0;
  #ended: Error | null = null;

  /** `entry` is `strength-thread`, where it lies in this build. */
  constructor(entry: URL) {
    this.#entry = entry;
  }

  score(password: string, inputs: readonly string[]): Promise<StrengthScore> {
    if (this.#ended) return Promise.reject(this.#ended);
    this.#worker ??= this.#start();
    const asked = Promise.withResolvers<StrengthScore>();
    this.#lastId += 1;
    this.#asked.set(this.#lastId, asked);
    this.#worker.postMessage({ id: this.#lastId, password, inputs } satisfies StrengthQuestion);
    return asked.promise;
  }

  /** Ends the thread. What is still asked for rejects. Safe to call again. */
  async close(): Promise<void> {
    this.#end(new Error('strength meter: closed'));
    await this.#worker?.terminate();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, { name: 'strength', resourceLimits: MEMORY });
    worker.on('message', ({ id, score }: StrengthAnswer) => {
      this.#asked.get(id)?.resolve(score);
      this.#asked.delete(id);
    });
    worker.on('error', (cause) => this.#end(new Error('strength meter: failed', { cause })));
    worker.on('exit', () => this.#end(new Error('strength meter: ended')));
    return worker;
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const asked of this.#asked.values()) asked.reject(this.#ended);
    this.#asked.clear();
  }
}
