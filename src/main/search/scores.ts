// Scores: one byte per record while a query runs. Terms add their ranks or rule the record out.
// As soon as few records are left, the remaining terms look at those alone.
// The loops are functions over plain arrays: they run once per key stroke and must be quick before they are hot.
// SPDX-License-Identifier: MIT

import { NO_RANK, sweepAll, sweepSome, type Sweep } from './sweep.ts';

/** A record that is ruled out. The ranks of 32 terms stay far below. */
export const RULED_OUT = 255;

const ONE_IN = 6;

/** Whether going through `part` of `all` records one by one costs less than a pass over the columns. */
export function isFew(part: number, all: number): boolean {
  return part * ONE_IN < all;
}

export class Scores {
  #values: Uint8Array;
  /** The best rank so far of the term that is being applied. */
  #best: Uint8Array;
  /** Nothing has been added or ruled out yet. */
  #isFresh = true;
  /** How many are not ruled out. */
  #alive = 0;
  /** What was left when it was little and last asked for, or what a search began with. */
  #some: Uint32Array | null = null;

  constructor(count: number) {
    this.#values = new Uint8Array(count);
    this.#best = new Uint8Array(count);
  }

  /** By record. */
  get values(): Uint8Array {
    return this.#values;
  }

  /** Forgets everything, and begins with all records, or with `some`, which ascend. */
  begin(some: Uint32Array | null): void {
    this.values.fill(0);
    this.#isFresh = true;
    this.#alive = this.values.length;
    this.#some = some;
  }

  /** Rules out what `isMeant` denies. */
  keep(isMeant: (record: number) => boolean): void {
    const { values } = this;
    const left = this.#left();
    this.#isFresh = false;
    const length = left === null ? values.length : left.length;
    let ruledOut = 0;
    for (let index = 0; index < length; index++) {
      const record = left === null ? index : (left[index] ?? 0);
      if (values[record] === RULED_OUT || isMeant(record)) continue;
      values[record] = RULED_OUT;
      ruledOut += 1;
    }
    this.#alive -= ruledOut;
  }

  /** Adds the best rank that the sweeps give each record; rules out those without one, or with one if `negated`. */
  apply(sweeps: readonly Sweep[], negated: boolean): void {
    const left = this.#left();
    if (left === null) this.#applyToAll(sweeps, negated);
    else this.#applyToSome(sweeps, negated, left);
    this.#isFresh = false;
  }

  /** Lowers the scores of records that are left to the ranks that `sweep` gives them. */
  lower(sweep: Sweep): void {
    const { values } = this;
    const best = this.#best.fill(NO_RANK);
    const left = this.#left();
    if (left === null) sweepAll(sweep, best);
    else sweepSome(sweep, best, left);
    for (let record = 0; record < values.length; record++) {
      const score = values[record] ?? RULED_OUT;
      const rank = best[record] ?? NO_RANK;
      if (score !== RULED_OUT && rank < score) values[record] = rank;
    }
  }

  #applyToAll(sweeps: readonly Sweep[], negated: boolean): void {
    const best = this.#best;
    if (this.#alive === best.length) best.fill(NO_RANK);
    else unrank(this.values, best);
    let improved = 0;
    for (const sweep of sweeps) {
      // Most have a rank as good already: their further hits would cost more than looking at the others.
      const open = isFew(this.#alive - improved, best.length)
        ? recordsWithin(best, sweep.floor + 1, NO_RANK + 1)
        : null;
      if (open === null) improved += sweepAll(sweep, best);
      else sweepSome(sweep, best, open);
    }
    this.#alive = this.#isFresh && !negated ? this.#takeOver() : settle(this.values, best, negated);
  }

  /** The ranks of a first term are the scores, {@link NO_RANK} being {@link RULED_OUT}. Returns how many have one. */
  #takeOver(): number {
    [this.#values, this.#best] = [this.#best, this.#values];
    return ranked(this.#values, this.#values.length);
  }

  #applyToSome(sweeps: readonly Sweep[], negated: boolean, left: Uint32Array): void {
    const { values } = this;
    const best = this.#best;
    for (const record of left) best[record] = values[record] === RULED_OUT ? 0 : NO_RANK;
    for (const sweep of sweeps) sweepSome(sweep, best, left);
    for (const record of left) {
      values[record] = settled(values[record] ?? RULED_OUT, best[record] ?? NO_RANK, negated);
    }
  }

  /** What is left, and some that have been ruled out since; null while it is much. */
  #left(): Uint32Array | null {
    if (isFew(this.#alive, this.values.length)) {
      this.#some ??= recordsWithin(this.values, 0, RULED_OUT);
    }
    return this.#some;
  }
}

/** Sweeps pass over what has rank 0 already, so they pass over what is ruled out. */
function unrank(scores: Uint8Array, best: Uint8Array): void {
  for (let record = 0; record < scores.length; record++) {
    best[record] = scores[record] === RULED_OUT ? 0 : NO_RANK;
  }
}

/** How many of the first `end` have a rank: no branch to be guessed wrong, and no iterator, which takes ten times as long. */
function ranked(values: Uint8Array, end: number): number {
  let count = 0;
  for (let record = 0; record < end; record++) {
    count += ((values[record] ?? NO_RANK) - NO_RANK) >>> 31;
  }
  return count;
}

/** Returns how many are not ruled out. */
function settle(scores: Uint8Array, best: Uint8Array, negated: boolean): number {
  let alive = 0;
  for (let record = 0; record < scores.length; record++) {
    const score = settled(scores[record] ?? RULED_OUT, best[record] ?? NO_RANK, negated);
    scores[record] = score;
    alive += (score - RULED_OUT) >>> 31;
  }
  return alive;
}

function settled(score: number, rank: number, negated: boolean): number {
  if (negated) return rank === NO_RANK ? score : RULED_OUT;
  return Math.min(score + rank, RULED_OUT);
}

/** The records whose value is at least `least` and less than `limit`. */
function recordsWithin(values: Uint8Array, least: number, limit: number): Uint32Array {
  const records = new Uint32Array(values.length);
  return records.slice(0, putWithin(values, { least, limit }, records));
}

/** Returns how many it has put into `records`. */
function putWithin(
  values: Uint8Array,
  { least, limit }: { readonly least: number; readonly limit: number },
  records: Uint32Array,
): number {
  let count = 0;
  for (let record = 0; record < values.length; record++) {
    const value = values[record] ?? limit;
    if (value >= least && value < limit) records[count++] = record;
  }
  return count;
}
