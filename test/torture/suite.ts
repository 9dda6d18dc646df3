// Suite: one way of hurting a vault, with its counts as rows of one table. The list of them is in suites.ts.
// SPDX-License-Identifier: MIT

export interface TortureRow {
  readonly name: string;
  /** How often it was tried: kills, states, flips, faults, inputs. */
  readonly count: number;
  readonly ok: boolean;
  /** In words: how often, and how much was lost. */
  readonly says?: string;
  readonly detail: Readonly<Record<string, TortureDetail>>;
}

export type TortureDetail =
  string | number | boolean | readonly TortureDetail[] | { readonly [key: string]: TortureDetail };

export interface TortureOptions {
  readonly seed: string;
  readonly kills: number;
  readonly states: number;
  /** Inputs for each parser. */
  readonly fuzz: number;
  /** One in so many bits is flipped; 1 for every one. */
  readonly flipStride: number;
  /** One in so many points of failure is tried; 1 for every one. */
  readonly faultStride: number;
  /** Unlocked, used, locked, and the memory of every process looked through. */
  readonly lockCycles: number;
  readonly soakSeconds: number;
  /** A row that could not run here does not count against the whole. */
  readonly allowMissing: boolean;
  /** A line for whoever watches. */
  readonly say: (line: string) => void;
}

export interface Suite {
  readonly name: string;
  run(options: TortureOptions): Promise<readonly TortureRow[]>;
}

/** The figures. */
export const FULL = {
  ...{ kills: 1000, states: 5000, fuzz: 100_000, flipStride: 1, faultStride: 1 },
  ...{ lockCycles: 20, soakSeconds: 600 },
};

/** Under a minute: what every run of the tests does. */
export const SLICE = {
  ...{ kills: 30, states: 160, fuzz: 300, flipStride: 2003, faultStride: 97 },
  ...{ lockCycles: 3, soakSeconds: 8 },
};

/** The first few of a list of findings, and how many there are: a table is no place for thousands. */
export function firstOf(findings: readonly string[], most = 5): readonly string[] {
  const rest = findings.length - most;
  return rest > 0 ? [...findings.slice(0, most), `and ${String(rest)} more`] : findings;
}

/** Numbers of the same name added up. */
export function totals(counts: readonly (readonly [string, number])[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, count] of counts) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}

/** 16000 as "16,000". */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
