// What the figures of the benchmark are made with: medians, pairs, verdicts, the table in the page.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { absentRow, toRow, unjudged } from './bench-row.ts';
import { inPairs, median, percentile } from './measure.ts';
import { toTable, withTable } from './report.ts';
import type { BenchReport } from './run-bench.ts';

const PLACE =
  '# Page\n\n<!-- bench: written by `npm run bench -- --write-docs` -->\nold\n<!-- bench: end -->\n';

function reportOf(rows: BenchReport['rows']): BenchReport {
  const machine = {
    ...{ cpu: 'Test CPU', cores: 2, memoryGiB: 4, freeGiB: 1, system: 'Linux', node: 'v24' },
    ...{ chromium: null, fileSystem: 'ext4', loadAtStart: 0.1, startedAt: '2026-01-02T00:00:00Z' },
  };
  return { ok: rows.every(({ ok }) => ok !== false), isSlice: false, seconds: 1, machine, rows };
}

describe('percentile', () => {
  it('takes the nearest rank, and the mean of two in the middle', () => {
    const values = [5, 1, 4, 2, 3];
    expect(median(values)).toBe(3);
    expect(median([1, 2, 3, 10])).toBe(2.5);
    expect(percentile(values, 95)).toBe(5);
    expect(percentile([7], 95)).toBe(7);
  });

  it('refuses nothing at all', () => {
    expect(() => median([])).toThrow('of nothing');
  });
});

describe('inPairs', () => {
  it('divides what slows a round down out of its ratio', async () => {
    const slow = [1, 1, 10, 1, 100, 1];
    const calls = { first: 0, second: 0 };
    const side = (name: 'first' | 'second', ms: number) => () => ms * (slow[calls[name]++] ?? 1);
    const figures = await inPairs(5, side('first', 30), side('second', 10));
    expect(figures.ratio).toBe(3);
    expect(calls).toEqual({ first: 6, second: 6 });
  });
});

describe('toRow', () => {
  it('judges the ratio where there is something to hold against', () => {
    const against = { name: 'floor', value: 100 };
    const row = { name: 'x', value: 150, unit: 'ms', against };
    expect(toRow({ ...row, goal: { atMost: 1.5 } })).toMatchObject({ ratio: 1.5, ok: true });
    expect(toRow({ ...row, goal: { atMost: 1.4 } })).toMatchObject({ ratio: 1.5, ok: false });
    expect(toRow({ ...row, ratio: 20, goal: { atLeast: 20 } })).toMatchObject({ ok: true });
    expect(toRow({ ...row, ratio: 19.9, goal: { atLeast: 20 } })).toMatchObject({ ok: false });
  });

  it('judges the value where the goal is a plain number', () => {
    const row = { name: 'x', value: 8, unit: 'ms', goal: { atMost: 16 } };
    expect(toRow(row)).toMatchObject({ value: 8, ratio: 0.5, goal: 16, ok: true });
    expect(toRow({ ...row, value: 17 })).toMatchObject({ ok: false });
    expect(toRow({ name: 'x', value: 8, unit: 'ms' })).toMatchObject({ goal: null, ok: null });
  });

  it('leaves the verdict out of a slice, and a breakdown in', () => {
    const missed = toRow({ name: 'x', value: 17, unit: 'ms', goal: { atMost: 16 } });
    expect(unjudged(missed).ok).toBeNull();
    expect(unjudged(absentRow('y', 'broke down', false)).ok).toBe(false);
    expect(unjudged(absentRow('z', 'not installed')).ok).toBeNull();
  });
});

describe('the report', () => {
  const rows = [
    toRow({ name: 'a | b', value: 17, unit: 'ms', goal: { atMost: 16 }, note: 'why' }),
    absentRow('c', 'not installed'),
  ];

  it('stands in the place that the page keeps for it, and nowhere else', () => {
    const page = withTable(PLACE, reportOf(rows));
    expect(page).toContain('| a \\| b | 17 ms |');
    expect(page).toContain('**missed**');
    expect(page).not.toContain('old');
    expect(page.startsWith('# Page\n')).toBe(true);
    expect(withTable(page, reportOf(rows))).toBe(page);
    expect(() => withTable('# Page\n', reportOf(rows))).toThrow('no place');
  });

  it('names every row and the machine', () => {
    const table = toTable(reportOf(rows));
    for (const part of ['MISSED', 'a | b', 'not installed', 'Test CPU', 'Goals missed.']) {
      expect(table).toContain(part);
    }
  });
});
