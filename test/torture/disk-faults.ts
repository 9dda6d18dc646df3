// R11, faults of the disk: ENOSPC, EIO, EROFS and short writes at every call of every workflow. What is thrown has a
// code, the file holds the old state or the new one, and it opens with everything that was acknowledged.
// SPDX-License-Identifier: MIT

import { constants } from 'node:os';
import { join } from 'node:path';
import { AnsweringChild } from './child-process.ts';
import { compileShim, type FaultForm, shimEnvironment } from './disk/shim.ts';
import { TortureFolder } from './folders.ts';
import { skippedRow } from './power-loss.ts';
import {
  firstOf,
  grouped,
  type Suite,
  totals,
  type TortureOptions,
  type TortureRow,
} from './suite.ts';
import { workflows } from './workflows.ts';

export interface FaultKind {
  readonly name: string;
  readonly errno: number;
  readonly form: FaultForm;
}

const { ENOSPC, EIO, EROFS } = constants.errno;
export const FAULT_KINDS: readonly FaultKind[] = [
  { name: 'ENOSPC once', errno: ENOSPC, form: 'once' },
  { name: 'ENOSPC lasting', errno: ENOSPC, form: 'lasting' },
  { name: 'EIO once', errno: EIO, form: 'once' },
  { name: 'EIO lasting', errno: EIO, form: 'lasting' },
  { name: 'EROFS lasting', errno: EROFS, form: 'lasting' },
  { name: 'short write', errno: ENOSPC, form: 'short' },
];

/** One way of failing, in every call of one workflow. */
export interface FaultOrder {
  readonly workflow: string;
  readonly kind: string;
  readonly seed: string;
  /** One in so many calls is made to fail. */
  readonly stride: number;
}

export interface FaultReport {
  /** That the workflow makes of the disk. */
  readonly calls: number;
  /** Calls that were made to fail. */
  readonly points: number;
  readonly threw: number;
  readonly wentThrough: number;
  readonly tookPending: number;
  readonly codes: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

const NAME = 'disk faults';
const PROGRAM = join(import.meta.dirname, 'children/fail-workflows.ts');
const LONGEST_ORDER_MS = 20 * 60_000;
/** At the same time; each takes one order after the other. */
const CHILDREN = 2;

export const diskFaults: Suite = {
  name: NAME,
  async run(options) {
    using folders = new TortureFolder();
    const shim = compileShim(folders.path);
    if (!shim.isThere) return [skippedRow(NAME, shim.why, options)];
    const orders = workflows.flatMap(({ name }) =>
      FAULT_KINDS.map(({ name: kind }) => orderFor(name, kind, options)),
    );
    const answers: Answer[] = [];
    await Promise.all(
      Array.from({ length: CHILDREN }, () =>
        runChild({ folders, shim: shim.path, orders, options, answers }),
      ),
    );
    return [toRow(answers)];
  },
};

interface Answer {
  readonly order: FaultOrder;
  readonly report: FaultReport;
}

/** The same seed for every kind of fault: it is the same run of the workflow that fails. */
function orderFor(workflow: string, kind: string, options: TortureOptions): FaultOrder {
  const seed = `${options.seed}/faults/${workflow}`;
  return { workflow, kind, seed, stride: options.faultStride };
}

async function runChild(input: {
  readonly folders: TortureFolder;
  readonly shim: string;
  /** Shared: whoever is free takes the next. */
  readonly orders: FaultOrder[];
  readonly options: TortureOptions;
  readonly answers: Answer[];
}): Promise<void> {
  const { folders, shim, orders, options, answers } = input;
  const folder = folders.fresh();
  const env = shimEnvironment({ shim, folder, control: `${folder}.ctl` });
  using child = new AnsweringChild(PROGRAM, { env, longestMs: LONGEST_ORDER_MS });
  for (let order = orders.shift(); order !== undefined; order = orders.shift()) {
    const name = `${order.workflow}, ${order.kind}`;
    const answer = (await child.ask(order)) as FaultReport | { readonly failure: string } | null;
    if (answer === null) throw new Error(`disk faults: ${name}: the process ended or hung`);
    if ('failure' in answer) throw new Error(`disk faults: ${name}: ${answer.failure}`);
    answers.push({ order, report: answer });
    options.say(`  ${name}: ${String(answer.points)} points, ${String(answer.faults.length)} bad`);
  }
}

function toRow(answers: readonly Answer[]): TortureRow {
  const sum = (of: (answer: Answer) => number): number =>
    answers.reduce((total, answer) => total + of(answer), 0);
  const pointsBy = (of: (order: FaultOrder) => string): Record<string, number> =>
    totals(answers.map(({ order, report }) => [of(order), report.points]));
  const faults = answers.flatMap(({ order, report }) =>
    report.faults.map((fault) => `${order.workflow}: ${fault}`),
  );
  const points = sum(({ report }) => report.points);
  return {
    name: NAME,
    count: points,
    ok: faults.length === 0,
    says: `${grouped(points)} faults of the disk, ${grouped(faults.length)} lost or broken`,
    detail: {
      workflows: workflows.length,
      // Each workflow makes the same calls under every kind of fault.
      callsOfTheDisk: sum(({ report }) => report.calls) / FAULT_KINDS.length,
      threw: sum(({ report }) => report.threw),
      wentThroughAllTheSame: sum(({ report }) => report.wentThrough),
      threwButStored: sum(({ report }) => report.tookPending),
      byKind: pointsBy(({ kind }) => kind),
      byWorkflow: pointsBy(({ workflow }) => workflow),
      codes: totals(answers.flatMap(({ report }) => Object.entries(report.codes))),
      lostBrokenOrUntyped: faults.length,
      faults: firstOf(faults, 12),
    },
  };
}
