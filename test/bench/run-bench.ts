// Runs benchmarks one after the other, each in a process of its own, and makes one report of them.
// SPDX-License-Identifier: MIT

import { fork } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { absentRow, type BenchRow, unjudged } from './bench-row.ts';
import type { BenchSizes } from './benchmark.ts';
import { type Machine, machineFacts } from './machine.ts';

const PROGRAM = join(import.meta.dirname, 'children/run-benchmark.ts');
/** Several indexes of large vaults lie in one process: more than Node gives by itself. */
const NODE_FLAGS = [
  ...['--expose-gc', '--max-old-space-size=8192'],
  '--disable-warning=ExperimentalWarning',
];

export interface BenchOrder {
  readonly name: string;
  /** What a process is started for: its vaults' making must not lie in the memory and caches of what is measured. */
  readonly to: 'make its vaults' | 'measure';
  readonly sizes: BenchSizes;
  readonly folder: string;
}

export interface BenchAnswer {
  readonly rows: readonly BenchRow[];
  /** Why it broke down, where it did. */
  readonly why?: string;
}

export interface BenchReport {
  /** Whether every goal was met and nothing broke down. */
  readonly ok: boolean;
  /** Sizes so small that nothing was judged. */
  readonly isSlice: boolean;
  readonly seconds: number;
  readonly machine: Machine;
  readonly rows: readonly BenchRow[];
}

export interface BenchOptions {
  readonly names: readonly string[];
  readonly sizes: BenchSizes;
  readonly isSlice: boolean;
  /** On a disk. Made, and gone afterwards. */
  readonly folder: string;
  readonly chromium: string | null;
  /** A line for whoever watches. */
  readonly say: (line: string) => void;
}

export async function runBench(options: BenchOptions): Promise<BenchReport> {
  const { names, sizes, isSlice, folder, chromium, say } = options;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const machine = machineFacts(folder, chromium);
  const start = performance.now();
  const rows: BenchRow[] = [];
  try {
    for (const name of names) {
      const began = performance.now();
      const order = { name, sizes, folder };
      const failed = await runOne({ ...order, to: 'make its vaults' }, say);
      rows.push(...failed);
      if (failed.length === 0) rows.push(...(await runOne({ ...order, to: 'measure' }, say)));
      say(`  ${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const judged = isSlice ? rows.map(unjudged) : rows;
  const seconds = Math.round((performance.now() - start) / 1000);
  return { ok: judged.every(({ ok }) => ok !== false), isSlice, seconds, machine, rows: judged };
}

/** One that breaks down is a row that fails: the others still count. */
async function runOne(order: BenchOrder, say: BenchOptions['say']): Promise<readonly BenchRow[]> {
  const child = fork(PROGRAM, { execArgv: NODE_FLAGS });
  const answered = new Promise<BenchAnswer>((resolve) => {
    child.once('message', (answer) => {
      resolve(answer as BenchAnswer);
    });
    child.once('exit', (code, signal) => {
      resolve({ rows: [], why: `ended with ${signal ?? String(code)}` });
    });
  });
  child.send(order);
  const { rows, why } = await answered;
  if (why === undefined) return rows;
  say(`${order.name} broke down: ${why}`);
  const [firstLine = ''] = why.split('\n');
  return [...rows, absentRow(order.name, `broke down: ${firstLine}`, false)];
}
