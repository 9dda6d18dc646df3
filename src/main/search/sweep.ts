// The inner loops of the search: one needle over one column, giving each record that holds it a rank.
// SPDX-License-Identifier: MIT

import type { ByteText } from './byte-text.ts';
import { bitOf, bitsOf, isOneLetter } from './letters.ts';
import type { TextBlock, TextColumn } from './text-column.ts';

/** No occurrence. Ranks are smaller numbers; the smaller, the better. */
export const NO_RANK = 255;

/** Where fewer than one in so many records are looked at, what lies between them costs more than looking at each. */
const ONE_IN = 16;

/** Whether a word of a record begins with the needle, as far as the letters that its words begin with tell. */
export const INITIAL = { never: 0, perhaps: 1, certainly: 2 } as const;
export type Initial = (typeof INITIAL)[keyof typeof INITIAL];

/**
 * The rank of a record that begins at `start` and holds the needle at `at`: there for the first time, or, of one letter
 * that it does not begin with, anywhere. May be {@link NO_RANK}.
 */
export type RankRule = (text: ByteText, start: number, at: number, initial: Initial) => number;

export interface Sweep {
  readonly column: TextColumn;
  readonly needle: ByteText;
  /** The best rank that `rule` gives: records that have it or better are passed over. */
  readonly floor: number;
  readonly rule: RankRule;
}

/** Lowers `best` of every record that holds the needle. Returns how often it did. */
export function sweepAll(sweep: Sweep, best: Uint8Array): number {
  let improved = 0;
  for (const block of sweep.column.blocks) improved += sweepBlock(block, sweep, best);
  return improved;
}

/** As {@link sweepAll} for the named records only, which ascend. */
export function sweepSome(sweep: Sweep, best: Uint8Array, records: Uint32Array): void {
  for (const block of sweep.column.blocks) sweepPart(block, sweep, best, records);
}

/** What a needle's letters say of the records that can hold it. */
interface Wanted {
  /** All of them. */
  readonly bits: number;
  /** The first of them. */
  readonly firstBit: number;
  /** The bits alone tell whether a record holds it. */
  readonly isOneLetter: boolean;
}

function wantedOf(needle: ByteText): Wanted {
  const firstBit = bitOf(needle.charCodeAt(0));
  return { bits: bitsOf(needle), firstBit, isOneLetter: isOneLetter(needle) };
}

/**
 * Goes from hit to hit, and past all records that need none: so it asks for no more hits than there are, and for no more
 * than there are records that could become better.
 */
function sweepBlock(block: TextBlock, sweep: Sweep, best: Uint8Array): number {
  const { text, first, count, starts, held, initial } = block;
  const { needle, floor, rule } = sweep;
  const wanted = wantedOf(needle);
  if (wanted.isOneLetter) return sweepLetter(block, sweep, best, wanted.bits);
  let improved = 0;
  let at = -1;
  for (let record = 0; record < count; record++) {
    const known = best[first + record] ?? 0;
    if (known <= floor || ((held[record] ?? 0) & wanted.bits) !== wanted.bits) continue;
    const start = starts[record] ?? 0;
    if (at < start) at = text.indexOf(needle, start);
    if (at < 0) break;
    if (at >= (starts[record + 1] ?? Infinity)) {
      // Those on the way to the hit hold none, whatever their letters are.
      record = recordAt(starts, record + 1, at) - 1;
      continue;
    }
    const rank = rule(text, start, at, tells(initial[record], wanted));
    if (rank >= known) continue;
    best[first + record] = rank;
    improved += 1;
  }
  return improved;
}

/** The record from `record` on that `at` lies in: mostly one of the next. */
function recordAt(starts: Uint32Array, record: number, at: number): number {
  let found = record;
  while ((starts[found + 1] ?? Infinity) <= at) found += 1;
  return found;
}

/** As {@link sweepBlock} for one letter: the bits tell all but where a word begins with it. */
function sweepLetter(block: TextBlock, sweep: Sweep, best: Uint8Array, bit: number): number {
  const { text, first, count, held } = block;
  const { floor, rule } = sweep;
  const inside = rule(text, 0, 1, INITIAL.never);
  const ranks = best.subarray(first, first + count);
  // No rule gives a letter within a word its best rank and one at a beginning a worse one.
  const improved = inside === floor ? 0 : sweepInitials(block, sweep, ranks, bit);
  return improved + lowerWhereHeld(ranks, held, bit, inside);
}

/** Records of which a word begins with the letter. */
function sweepInitials(block: TextBlock, sweep: Sweep, ranks: Uint8Array, bit: number): number {
  const { initial } = block;
  let improved = 0;
  for (let record = 0; record < ranks.length; record++) {
    if (((initial[record] ?? 0) & bit) === 0) continue;
    const known = ranks[record] ?? 0;
    if (known <= sweep.floor) continue;
    const rank = rankOfLetter(block, sweep, record, bit);
    if (rank >= known) continue;
    ranks[record] = rank;
    improved += 1;
  }
  return improved;
}

/**
 * Nearly every record holds a letter. Half of them one way and half the other is what processors guess wrong: so there is no
 * branch.
 */
function lowerWhereHeld(ranks: Uint8Array, held: Uint32Array, bit: number, rank: number): number {
  const shift = 31 - Math.clz32(bit);
  const gain = NO_RANK - rank;
  let improved = 0;
  for (let record = 0; record < ranks.length; record++) {
    const known = ranks[record] ?? 0;
    const offered = NO_RANK - gain * (((held[record] ?? 0) >>> shift) & 1);
    const isBetter = (offered - known) >>> 31;
    ranks[record] = known + (offered - known) * isBetter;
    improved += isBetter;
  }
  return improved;
}

function rankOfLetter(
  { text, starts, initial }: TextBlock,
  { needle, rule }: Sweep,
  record: number,
  bit: number,
): number {
  const start = starts[record] ?? 0;
  if (((initial[record] ?? 0) & bit) === 0) return rule(text, start, start + 1, INITIAL.never);
  const at = text.charCodeAt(start) === needle.charCodeAt(0) ? start : start + 1;
  return rule(text, start, at, INITIAL.certainly);
}

function tells(initials: number | undefined, { firstBit }: Wanted): Initial {
  return ((initials ?? 0) & firstBit) === 0 ? INITIAL.never : INITIAL.perhaps;
}

function sweepPart(block: TextBlock, sweep: Sweep, best: Uint8Array, records: Uint32Array): void {
  const { text, first, count, starts, held, initial } = block;
  const { needle, floor, rule } = sweep;
  const wanted = wantedOf(needle);
  const isSparse = records.length * ONE_IN < count;
  let at = -1;
  for (const all of records) {
    const record = all - first;
    const known = best[all] ?? 0;
    if (record < 0 || record >= count || known <= floor) continue;
    if (((held[record] ?? 0) & wanted.bits) !== wanted.bits) continue;
    let rank: number;
    if (wanted.isOneLetter) {
      rank = rankOfLetter(block, sweep, record, wanted.bits);
    } else {
      const start = starts[record] ?? 0;
      if (isSparse) at = findInRecord(text, start, needle);
      else if (at < start) at = text.indexOf(needle, start);
      if (at < 0 && !isSparse) return;
      if (at < 0 || at >= (starts[record + 1] ?? Infinity)) continue;
      rank = rule(text, start, at, tells(initial[record], wanted));
    }
    if (rank < known) best[all] = rank;
  }
}

/** Whether any live record holds the needle in a way that the rule accepts. */
export function occurs(
  { column, needle, rule }: Sweep,
  isLive: (record: number) => boolean,
): boolean {
  return column.blocks.some(({ text, first, starts }) => {
    let record = 0;
    let at = text.indexOf(needle);
    while (at >= 0) {
      while ((starts[record + 1] ?? Infinity) <= at) record += 1;
      const start = starts[record] ?? 0;
      const isMeant = rule(text, start, at, INITIAL.perhaps) !== NO_RANK;
      if (isMeant && isLive(first + record)) return true;
      record += 1;
      at = text.indexOf(needle, starts[record]);
    }
    return false;
  });
}

/** Where `needle` next occurs in the record that `from` lies in, or -1. Unlike `indexOf`, it stops with the record. */
export function findInRecord(text: ByteText, from: number, needle: ByteText): number {
  const first = needle.charCodeAt(0);
  for (let at = from; ; at++) {
    const byte = text.charCodeAt(at);
    if (byte === first && (needle.length === 1 || text.startsWith(needle, at))) return at;
    if (byte === 0 || at >= text.length) return -1;
  }
}
