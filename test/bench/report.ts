// The report as a table: for the eye, and for docs/performance.md.
// SPDX-License-Identifier: MIT

import type { BenchRow } from './bench-row.ts';
import type { Machine } from './machine.ts';
import type { BenchReport } from './run-bench.ts';

const BEGIN = '<!-- bench: written by `npm run bench -- --write-docs` -->';
const END = '<!-- bench: end -->';

/** Columns for a terminal; what a row has to say for itself below it. */
export function toTable({ rows, ok, isSlice, seconds, machine }: BenchReport): string {
  const lines = rows.map((row) => [
    verdict(row, 'ok', 'MISSED'),
    row.name,
    figure(row.value, row.unit),
    row.against === null ? '' : `${figure(row.againstValue, row.unit)} ${row.against}`,
    row.ratio === null ? '' : String(row.ratio),
    goal(row),
  ]);
  const all = [['', 'row', 'value', 'against', 'ratio', 'goal'], ...lines];
  const widths = all[0]?.map((_, column) =>
    Math.max(...all.map((line) => line[column]?.length ?? 0)),
  );
  const table = all.map((line) =>
    line.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join('  '),
  );
  const notes = rows.filter(({ note }) => note !== '').map(({ name, note }) => `${name}: ${note}`);
  const end = isSlice ? 'A slice: nothing was judged.' : ok ? 'All goals met.' : 'Goals missed.';
  return [...table, '', ...notes, '', facts(machine), `${end} ${String(seconds)} s.`].join('\n');
}

/** `page` with the table of this report in its place. Throws where the page has no place for it. */
export function withTable(page: string, report: BenchReport): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('docs/performance.md has no place for the table');
  const before = page.slice(0, begin + BEGIN.length);
  return `${before}\n\n${toMarkdown(report)}\n\n${page.slice(end)}`;
}

function toMarkdown({ rows, machine }: BenchReport): string {
  const head = [
    '| Row | Value | Against | Ratio | Goal | |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  const lines = rows.map((row) => {
    const against =
      row.against === null ? '' : `${figure(row.againstValue, row.unit)}, ${row.against}`;
    const ratio = row.ratio === null ? '' : String(row.ratio);
    const cells = [row.name, figure(row.value, row.unit), against, ratio, goal(row)];
    return `| ${[...cells, verdict(row, 'met', '**missed**')].map(escaped).join(' | ')} |`;
  });
  const notes = rows
    .filter(({ note }) => note !== '')
    .map(({ name, note }) => `- ${escaped(name)}: ${escaped(note)}.`);
  return [facts(machine), '', ...head, ...lines, '', ...notes].join('\n');
}

function facts(machine: Machine): string {
  const { cpu, cores, memoryGiB, system, node, chromium, fileSystem } = machine;
  const browser = chromium === null ? '' : `, ${chromium}`;
  const load = `load average ${String(machine.loadAtStart)} at the start`;
  return `${machine.startedAt.slice(0, 10)}: ${cpu}, ${String(cores)} cores, ${String(memoryGiB)} GiB, ${system}, ${fileSystem}, Node ${node}${browser}; ${load}.`;
}

function figure(value: number | null, unit: string): string {
  return value === null
    ? '–'
    : `${value.toLocaleString('en', { maximumSignificantDigits: 4 })} ${unit}`;
}

function goal({ goal: limit, bound, unit, against }: BenchRow): string {
  if (limit === null) return '';
  return `${bound === 'at most' ? '≤' : '≥'} ${String(limit)}${against === null ? ` ${unit}` : ''}`;
}

function verdict({ ok }: BenchRow, met: string, missed: string): string {
  return ok === null ? '' : ok ? met : missed;
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|');
}
