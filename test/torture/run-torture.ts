// Runs suites one after the other and makes one report of them: out/torture.json and a table to look at.
// SPDX-License-Identifier: MIT

import type { Suite, TortureDetail, TortureOptions, TortureRow } from './suite.ts';

const LONGEST_SHOWN = 40;

export interface TortureReport {
  readonly ok: boolean;
  readonly seed: string;
  readonly startedAt: string;
  readonly seconds: number;
  readonly rows: readonly TortureRow[];
}

export async function runTorture(
  suites: readonly Suite[],
  options: TortureOptions,
): Promise<TortureReport> {
  const startedAt = new Date().toISOString();
  const start = performance.now();
  const rows: TortureRow[] = [];
  for (const suite of suites) {
    options.say(`— ${suite.name}`);
    rows.push(...(await runSuite(suite, options)));
  }
  const seconds = Math.round((performance.now() - start) / 1000);
  return { ok: rows.every(({ ok }) => ok), seed: options.seed, startedAt, seconds, rows };
}

/** A suite that breaks down is a row that fails: the others still count. */
async function runSuite(suite: Suite, options: TortureOptions): Promise<readonly TortureRow[]> {
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

function shortly({ detail }: TortureRow): string {
  return Object.entries(detail)
    .flatMap(([name, value]) => {
      const text = typeof value === 'object' ? '' : String(value);
      return text !== '' && text.length < LONGEST_SHOWN ? [`${name} ${text}`] : [];
    })
    .join(', ');
}

function listed(detail: TortureDetail | undefined): readonly string[] {
  const findings: readonly unknown[] = Array.isArray(detail) ? detail : [detail];
  return findings.map((finding) => `        ${typeof finding === 'string' ? finding : '?'}`);
}
