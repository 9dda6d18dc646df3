// BenchRow: one line of the benchmark's table. A goal is a ratio taken in one run wherever there is something to hold a
// figure against; where the goal is a plain number, `value` holds the figure and `ratio` is value over goal.
// SPDX-License-Identifier: MIT

export interface BenchRow {
  readonly name: string;
  /** Null where it could not be measured; `note` says why. */
  readonly value: number | null;
  readonly unit: string;
  /** What was measured beside it in the same run; null for a plain number. */
  readonly against: string | null;
  /** In the same unit. */
  readonly againstValue: number | null;
  readonly ratio: number | null;
  readonly goal: number | null;
  /** Which way `goal` bounds; null where there is none. */
  readonly bound: 'at most' | 'at least' | null;
  /** Null where there is no goal, or the sizes were too small to judge by. */
  readonly ok: boolean | null;
  readonly note: string;
}

export type Goal = { readonly atMost: number } | { readonly atLeast: number };

export interface Measured {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly against?: { readonly name: string; readonly value: number };
  /** Where it is not simply value over what it is held against. */
  readonly ratio?: number;
  readonly goal?: Goal;
  readonly note?: string;
}

/** A row with its verdict: of the ratio where there is something to hold against, of the value otherwise. */
export function toRow({ name, value, unit, against, ratio, goal, note = '' }: Measured): BenchRow {
  const held = ratio ?? (against === undefined ? null : value / against.value);
  const bound = goal === undefined ? null : boundOf(goal);
  const shownRatio = held ?? (bound === null ? null : value / bound.limit);
  const judged = held ?? value;
  return {
    name,
    value: rounded(value),
    unit,
    against: against?.name ?? null,
    againstValue: against === undefined ? null : rounded(against.value),
    ratio: shownRatio === null ? null : rounded(shownRatio),
    goal: bound?.limit ?? null,
    bound: bound?.bound ?? null,
    ok: bound === null ? null : bound.holds(judged),
    note,
  };
}

/** A row that could not be measured here. `ok` null: nobody's fault; false: something broke. */
export function absentRow(name: string, note: string, ok: false | null = null): BenchRow {
  const nothing = { value: null, unit: '', against: null, againstValue: null, ratio: null };
  return { name, ...nothing, goal: null, bound: null, ok, note };
}

/** Without its verdict: too little was measured to judge by. */
export function unjudged(row: BenchRow): BenchRow {
  return row.value === null ? row : { ...row, ok: null };
}

function boundOf(goal: Goal) {
  return 'atMost' in goal
    ? { bound: 'at most' as const, limit: goal.atMost, holds: (x: number) => x <= goal.atMost }
    : { bound: 'at least' as const, limit: goal.atLeast, holds: (x: number) => x >= goal.atLeast };
}

/** Four digits say more than a machine can repeat. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
