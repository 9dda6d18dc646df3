// One parser, many inputs: what it refuses and how, how long the slowest takes, and how much memory the hungriest. What
// seems slow is measured again in time of the processor, for the machine may do other things too.
// SPDX-License-Identifier: MIT

import { getHeapStatistics } from 'node:v8';
import { toHex } from '../../../src/shared/bytes.ts';
import { isAppError } from '../../../src/shared/errors.ts';
import { Dice } from '../dice.ts';
import type { FuzzTarget } from './fuzz-target.ts';

export const LONGEST_MS = 10;
export const MOST_BYTES = 16 * 1024 * 1024;
const BATCH = 500;
/** Shorter than this is not worth a second look, whatever the machine does beside. */
const NOTABLE_MS = 4;
/** The processor's clock ticks slowly: one run alone may read as nothing. */
const MOST_RUNS = 20;
const ENOUGH_MS = 6 * LONGEST_MS;
const GROW_AFTER = 16;
const SHOWN_BYTES = 48;

export interface FuzzReport {
  readonly inputs: number;
  readonly taken: number;
  /** Refusals by the code of their error. */
  readonly refused: Readonly<Record<string, number>>;
  readonly slowest: { readonly ms: number; readonly input: number };
  readonly hungriest: { readonly bytes: number; readonly input: number };
  readonly faults: readonly string[];
}

interface FuzzRun {
  readonly target: FuzzTarget;
  readonly seed: string;
  readonly collectGarbage: () => void;
}

/** The input of a number, the same each time. */
export function inputOf(
  { target, seed }: Pick<FuzzRun, 'target' | 'seed'>,
  number: number,
): Uint8Array {
  return target.makeInput(new Dice(`${seed}/${target.name}/${String(number)}`));
}

export async function fuzzParser(run: FuzzRun, count: number): Promise<FuzzReport> {
  const tally = new FuzzTally();
  const scale = new Scale(run);
  for (let first = 0; first < count; first += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, count - first) }, (_, at) => first + at);
    const inputs = numbers.map((number) => ({ number, bytes: inputOf(run, number) }));
    for (const input of inputs) await tryOne(run, input, tally);
    await scale.weigh(inputs, tally);
  }
  return tally.report(count, run.seed);
}

interface FuzzInput {
  readonly number: number;
  readonly bytes: Uint8Array;
}

async function tryOne(run: FuzzRun, input: FuzzInput, tally: FuzzTally): Promise<void> {
  const { target } = run;
  const { ms, error } = await timed(target, input.bytes);
  tally.judge(input, error, error === null || target.isStated(error));
  if (ms <= tally.slowestMs) return;
  if (ms < NOTABLE_MS) {
    tally.time(ms, input);
    return;
  }
  const before = process.threadCpuUsage();
  let spentMs = 0;
  let runs = 0;
  for (; runs < MOST_RUNS && spentMs < ENOUGH_MS; runs += 1) {
    await timed(target, input.bytes);
    const { user, system } = process.threadCpuUsage(before);
    spentMs = (user + system) / 1000;
  }
  tally.time(Math.min(ms, spentMs / runs), input);
}

async function timed(
  target: FuzzTarget,
  bytes: Uint8Array,
): Promise<{ readonly ms: number; readonly error: unknown }> {
  // A copy: a parser may keep or change what it is given.
  const input = Uint8Array.from(bytes);
  const start = performance.now();
  try {
    const result = target.parse(input);
    if (result instanceof Promise) await result;
    return { ms: performance.now() - start, error: null };
  } catch (error) {
    return { ms: performance.now() - start, error };
  }
}

/**
 * Weighs inputs together, as many as go without a collection in between (then nothing is known) and without too much
 * (then it is known of none). What is learnt of the right number is kept for the next ones.
 */
class Scale {
  readonly #run: FuzzRun;
  #together = BATCH;
  #successes = 0;

  constructor(run: FuzzRun) {
    this.#run = run;
  }

  async weigh(inputs: readonly FuzzInput[], tally: FuzzTally): Promise<void> {
    let at = 0;
    while (at < inputs.length) {
      const group = inputs.slice(at, at + this.#together);
      const grown = await this.#weighOnce(group);
      const isKnown = group.length === 1 || (grown >= 0 && grown <= MOST_BYTES);
      this.#learn(isKnown);
      if (!isKnown) continue;
      tally.weigh(grown / group.length, group[0]?.number ?? 0);
      at += group.length;
    }
  }

  #learn(isKnown: boolean): void {
    this.#successes = isKnown ? this.#successes + 1 : 0;
    if (!isKnown) this.#together = Math.ceil(this.#together / 2);
    else if (this.#successes % GROW_AFTER === 0) {
      this.#together = Math.min(BATCH, this.#together * 2);
    }
  }

  async #weighOnce(group: readonly FuzzInput[]): Promise<number> {
    const { target, collectGarbage } = this.#run;
    collectGarbage();
    const before = heapBytes();
    for (const { bytes } of group) await timed(target, bytes);
    return heapBytes() - before;
  }
}

/** Of the heap and of the buffers that it holds on to. */
function heapBytes(): number {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
}

class FuzzTally {
  readonly #refused: Record<string, number> = {};
  readonly #faults: string[] = [];
  #taken = 0;
  #slowest = { ms: 0, input: 0 };
  #hungriest = { bytes: 0, input: 0 };

  get slowestMs(): number {
    return this.#slowest.ms;
  }

  judge({ number, bytes }: FuzzInput, error: unknown, isStated: boolean): void {
    if (error === null) {
      this.#taken += 1;
      return;
    }
    const name = isAppError(error) ? error.code : error instanceof Error ? error.name : 'no error';
    this.#refused[name] = (this.#refused[name] ?? 0) + 1;
    if (isStated) return;
    const message = error instanceof Error ? error.message : typeof error;
    this.#faults.push(`input ${String(number)}: ${name}: ${message} (${shown(bytes)})`);
  }

  time(ms: number, { number, bytes }: FuzzInput): void {
    if (ms > this.#slowest.ms) this.#slowest = { ms: Math.round(ms * 100) / 100, input: number };
    if (ms <= LONGEST_MS) return;
    this.#faults.push(`input ${String(number)}: ${ms.toFixed(1)} ms (${shown(bytes)})`);
  }

  weigh(bytes: number, input: number): void {
    if (bytes > this.#hungriest.bytes) this.#hungriest = { bytes: Math.round(bytes), input };
    if (bytes > MOST_BYTES) this.#faults.push(`input ${String(input)}: ${String(bytes)} bytes`);
  }

  report(inputs: number, seed: string): FuzzReport {
    return {
      inputs,
      taken: this.#taken,
      refused: this.#refused,
      slowest: this.#slowest,
      hungriest: this.#hungriest,
      faults: this.#faults.map((fault) => `seed ${seed}, ${fault}`),
    };
  }
}

function shown(bytes: Uint8Array): string {
  const rest = bytes.length > SHOWN_BYTES ? `… of ${String(bytes.length)} bytes` : '';
  return `${toHex(bytes.subarray(0, SHOWN_BYTES))}${rest}`;
}
