// Measuring: medians of repeated runs, and two sides measured in turns so that whatever else the machine does hits both.
// SPDX-License-Identifier: MIT

export type Timed = () => number | Promise<number>;

export interface PairFigures {
  /** Medians. */
  readonly first: number;
  readonly second: number;
  /** Median of the ratios of each round: what the machine did in one round divides out of it. */
  readonly ratio: number;
}

/** Each side returns what it measured of itself. One round ahead is not counted; the order changes from round to round. */
export async function inPairs(rounds: number, first: Timed, second: Timed): Promise<PairFigures> {
  await first();
  await second();
  const pairs: { readonly first: number; readonly second: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    collectGarbage();
    if (round % 2 === 0) {
      const a = await first();
      pairs.push({ first: a, second: await second() });
    } else {
      const b = await second();
      pairs.push({ first: await first(), second: b });
    }
  }
  return {
    first: median(pairs.map((pair) => pair.first)),
    second: median(pairs.map((pair) => pair.second)),
    ratio: median(pairs.map((pair) => pair.first / pair.second)),
  };
}

/** Milliseconds that `action` takes. */
export async function timed(action: () => unknown): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

/** Milliseconds of an action that does not wait: nothing of the event loop is in it. */
export function timedNow(action: () => unknown): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** Nearest rank; of an even number the 50th is the mean of the two in the middle. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) throw new Error('percentile: of nothing');
  const rank = (percent / 100) * sorted.length;
  const at = (index: number): number =>
    sorted[Math.min(sorted.length - 1, Math.max(0, index))] ?? 0;
  if (percent === 50 && sorted.length % 2 === 0) return (at(rank - 1) + at(rank)) / 2;
  return at(Math.ceil(rank) - 1);
}

/** What an earlier round left behind is not to be paid for by the next; needs `--expose-gc`. */
export function collectGarbage(): void {
  globalThis.gc?.();
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
