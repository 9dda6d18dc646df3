// R4, fuzz: each parser with very many broken inputs. It answers with a value or with an error that it states, within
// 10 ms and 16 MB, and never brings its process down. Inputs are made again from the seed and their number.
// SPDX-License-Identifier: MIT

import { join } from 'node:path';
import { AnsweringChild } from './child-process.ts';
import type { FuzzReport } from './fuzz/fuzz-parser.ts';
import { firstOf, grouped, type Suite, type TortureOptions, type TortureRow } from './suite.ts';

export interface FuzzOrder {
  readonly target: string;
  readonly seed: string;
  readonly count: number;
}

const PROGRAM = join(import.meta.dirname, 'children/fuzz-parsers.ts');
const CHILDREN = 2;
/** Wide enough that what a batch takes is still there when it is weighed. */
const NODE_FLAGS = ['--expose-gc', '--max-semi-space-size=64'];
const LONGEST_MS = 30 * 60_000;

export const fuzz: Suite = {
  name: 'fuzz',
  async run(options) {
    const first = await start();
    const more = await Promise.all(Array.from({ length: CHILDREN - 1 }, start));
    const waiting = [...first.targets];
    const rows = new Map<string, TortureRow>();
    await Promise.all(
      [first, ...more].map(({ child }) => runChild({ child, waiting, rows, options })),
    );
    // In the order of the table, whoever was done first.
    return first.targets.flatMap((target) => rows.get(target) ?? []);
  },
};

async function start(): Promise<{ child: AnsweringChild; targets: readonly string[] }> {
  const child = new AnsweringChild(PROGRAM, { nodeFlags: NODE_FLAGS, longestMs: LONGEST_MS });
  const answer = (await child.answer()) as { targets: readonly string[] } | null;
  if (answer === null) throw new Error('fuzz: the child did not start');
  return { child, targets: answer.targets };
}

async function runChild(input: {
  readonly child: AnsweringChild;
  readonly waiting: string[];
  readonly rows: Map<string, TortureRow>;
  readonly options: TortureOptions;
}): Promise<void> {
  const { waiting, rows, options } = input;
  let { child } = input;
  for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
    const order: FuzzOrder = { target, seed: options.seed, count: options.fuzz };
    const began = performance.now();
    const report = (await child.ask(order)) as FuzzReport | null;
    const seconds = (performance.now() - began) / 1000;
    const row = report === null ? crashRow(order) : toRow(target, report, seconds);
    rows.set(target, row);
    options.say(`  ${target}: ${String(row.count)} inputs in ${seconds.toFixed(1)} s`);
    if (report === null) ({ child } = await start());
  }
  child[Symbol.dispose]();
}

function toRow(target: string, report: FuzzReport, seconds: number): TortureRow {
  const { inputs, taken, refused, slowest, hungriest, faults } = report;
  return {
    name: `fuzz: ${target}`,
    count: inputs,
    ok: faults.length === 0,
    says: `${grouped(inputs)} inputs, ${grouped(faults.length)} untyped, slow or hungry`,
    detail: {
      taken,
      refused,
      slowestMs: slowest.ms,
      slowestInput: slowest.input,
      mostBytes: hungriest.bytes,
      inputsPerSecond: Math.round(inputs / Math.max(0.001, seconds)),
      untypedSlowOrHungry: faults.length,
      faults: firstOf(faults),
    },
  };
}

function crashRow({ target, seed, count }: FuzzOrder): TortureRow {
  const fault = `seed ${seed}: the process ended or hung within ${String(count)} inputs`;
  return { name: `fuzz: ${target}`, count, ok: false, detail: { crashes: 1, faults: [fault] } };
}
