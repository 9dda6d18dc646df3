// The inner loops of the search: one needle over one column, giving each record that holds it a rank.
// SPDX-License-Identifier: MIT

import type { ByteText } from './byte-text.ts';
import type { TextBlock, TextColumn } from './text-column.ts';

/** No occurrence. Ranks are smaller numbers; the smaller, the better. */
export const NO_RANK = 255;

const MANY_IN_VAIN = 512;

/** The rank of a record that begins at `start` and holds `needle` at `at` for the first time; may be {@link NO_RANK}. */
export type RankRule = (text: ByteText, start: number, at: number, needle: ByteText) => number;

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
  for (const block of sweep.column.blocks) {
    const hits = sweepHits(block, sweep, best);
    improved += hits.improved;
    for (let record = hits.next; record < block.count; record++) {
      improved += sweepRecord(block, sweep, best, record);
    }
  }
  return improved;
}

/** As {@link sweepAll} for the named records only. */
export function sweepSome(sweep: Sweep, best: Uint8Array, records: Uint32Array): void {
  for (const block of sweep.column.blocks) {
    const { first, count } = block;
    for (const record of records) {
      if (record >= first && record < first + count) {
        sweepRecord(block, sweep, best, record - first);
      }
    }
  }
}

/**
 * Goes from hit to hit. Where most records are passed over although they hold the needle, the others are quicker looked
 * at one by one: `next` is the record from which on that is so.
 */
function sweepHits(
  { text, first, count, starts }: TextBlock,
  { needle, floor, rule }: Sweep,
  best: Uint8Array,
): { readonly improved: number; readonly next: number } {
  let record = 0;
  let improved = 0;
  let inVain = 0;
  let at = text.indexOf(needle);
  while (at >= 0) {
    while ((starts[record + 1] ?? Infinity) <= at) record += 1;
    const known = best[first + record] ?? 0;
    const rank = known > floor ? rule(text, starts[record] ?? 0, at, needle) : NO_RANK;
    if (rank < known) {
      best[first + record] = rank;
      improved += 1;
    } else {
      inVain += 1;
      if (inVain > MANY_IN_VAIN && inVain * 2 > record) return { improved, next: record + 1 };
    }
    record += 1;
    at = text.indexOf(needle, starts[record]);
  }
  return { improved, next: count };
}

/** Returns 1 where it lowered `best`, 0 where it did not. */
function sweepRecord(
  { text, first, starts }: TextBlock,
  { needle, floor, rule }: Sweep,
  best: Uint8Array,
  record: number,
): number {
  const known = best[first + record] ?? 0;
  if (known <= floor) return 0;
  const start = starts[record] ?? 0;
  const at = findInRecord(text, start, needle);
  const rank = at < 0 ? NO_RANK : rule(text, start, at, needle);
  if (rank >= known) return 0;
  best[first + record] = rank;
  return 1;
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
      const isMeant = rule(text, starts[record] ?? 0, at, needle) !== NO_RANK;
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
