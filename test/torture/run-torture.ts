// Runs suites and makes one report of them: out/torture.json and a table to look at.
// SPDX-License-Identifier: MIT

import { join } from 'node:path';
import { AnsweringChild } from './child-process.ts';
import type { Suite, TortureDetail, TortureOptions, TortureRow } from './suite.ts';
import { ALONE, BESIDE } from './suites.ts';

const APART = join(import.meta.dirname, 'children/run-suite.ts');
/** A soak may be asked for half a day. */
const LONGEST_APART_MS = 24 * 60 * 60_000;
const LONGEST_SHOWN = 40;

export interface TortureReport {
  readonly ok: boolean;
  readonly seed: string;
  readonly startedAt: string;
  readonly seconds: number;
  readonly rows: readonly TortureRow[];
}

/** What is asked of a suite that runs in a process of its own. */
export interface SuiteOrder {
  readonly name: string;
  readonly options: Omit<TortureOptions, 'say'>;
}

/** First those that need the machine for themselves, then the others in turn, with those beside that only wait. */
export async function runTorture(
  suites: readonly Suite[],
  options: TortureOptions,
): Promise<TortureReport> {
  const startedAt = new Date().toISOString();
  const start = performance.now();
  const rows = new Map<string, readonly TortureRow[]>();
  const runInTurn = async (chosen: readonly Suite[]): Promise<void> => {
    for (const suite of chosen) {
      options.say(`— ${suite.name}`);
      rows.set(suite.name, await runSuite(suite, options));
    }
  };
  const beside = suites.filter((suite) => BESIDE.includes(suite));
  await runInTurn(suites.filter((suite) => ALONE.includes(suite)));
  await Promise.all([
    runInTurn(suites.filter((suite) => !ALONE.includes(suite) && !BESIDE.includes(suite))),
    ...beside.map(async (suite) => rows.set(suite.name, await runApart(suite, options))),
  ]);
  const seconds = Math.round((performance.now() - start) / 1000);
  const all = suites.flatMap(({ name }) => rows.get(name) ?? []);
  return { ok: all.every(({ ok }) => ok), seed: options.seed, startedAt, seconds, rows: all };
}

async function runApart(
  { name }: Suite,
  { say, ...options }: TortureOptions,
): Promise<readonly TortureRow[]> {
  say(`— ${name}, beside the others`);
  using child = new AnsweringChild(APART, { longestMs: LONGEST_APART_MS });
  const order: SuiteOrder = { name, options };
  const rows = (await child.ask(order)) as readonly TortureRow[] | null;
  if (rows !== null) return rows;
  return [{ name, count: 0, ok: false, detail: { why: 'its process ended or hung' } }];
}

/** A suite that breaks down is a row that fails: the others still count. */
export async function runSuite(
  suite: Suite,
  options: TortureOptions,
): Promise<readonly TortureRow[]> {
  try {
    return await suite.run(options);
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [{ name: suite.name, count: 0, ok: false, detail: { why } }];
  }
}

/** One line a row; below those that fail, what they found. */
export function toTable({ rows, ok, seed, seconds }: TortureReport): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows.flatMap((row) => [
    `${row.ok ? 'ok  ' : 'FAIL'}  ${row.name.padEnd(width)}  ${String(row.count).padStart(8)}  ${shortly(row)}`,
    ...(row.ok ? [] : listed(row.detail.faults ?? row.detail.why)),
  ]);
  const verdict = ok ? 'Nothing lost.' : 'Something was lost, broken or untyped.';
  return [...lines, `${verdict} Seed ${seed}, ${String(seconds)} s.`].join('\n');
}

function shortly({ says, detail }: TortureRow): string {
  const figures = Object.entries(detail)
    .flatMap(([name, value]) => {
      const text = typeof value === 'object' ? '' : String(value);
      return text !== '' && text.length < LONGEST_SHOWN ? [`${name} ${text}`] : [];
    })
    .join(', ');
  return says === undefined ? figures : `${says} (${figures})`;
}

function listed(detail: TortureDetail | undefined): readonly string[] {
  const findings: readonly unknown[] = Array.isArray(detail) ? detail : [detail];
  return findings.map((finding) => `        ${typeof finding === 'string' ? finding : '?'}`);
}
