// R11, faults of the disk: ENOSPC, EIO, EROFS and short writes at every call of every workflow. What is thrown has a
// code, the file holds the old state or the new one, and it opens with everything that was acknowledged.
// SPDX-License-Identifier: MIT

import { join } from 'node:path';
import { AnsweringChild } from './child-process.ts';
import { compileShim, shimEnvironment } from './disk/shim.ts';
import { TortureFolder } from './folders.ts';
import { skippedRow } from './power-loss.ts';
import { firstOf, type Suite, type TortureOptions, type TortureRow } from './suite.ts';
import { workflows } from './workflows.ts';

export interface FaultOrder {
  readonly workflow: string;
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
const LONGEST_WORKFLOW_MS = 60 * 60_000;
/** At the same time; each takes one workflow after the other. */
const CHILDREN = 2;

export const diskFaults: Suite = {
  name: NAME,
  async run(options) {
    using folders = new TortureFolder();
    const shim = compileShim(folders.path);
    if (!shim.isThere) return [skippedRow(NAME, shim.why, options)];
    const names = workflows.map(({ name }) => name);
    const reports = new Map<string, FaultReport>();
    await Promise.all(
      Array.from({ length: CHILDREN }, () =>
        runChild({ folders, shim: shim.path, names, options, reports }),
      ),
    );
    return [toRow(reports)];
  },
};

async function runChild(input: {
  readonly folders: TortureFolder;
  readonly shim: string;
  /** Shared: whoever is free takes the next. */
  readonly names: string[];
  readonly options: TortureOptions;
  readonly reports: Map<string, FaultReport>;
}): Promise<void> {
  const { folders, shim, names, options, reports } = input;
  const folder = folders.fresh();
  const env = shimEnvironment({ shim, folder, control: `${folder}.ctl` });
  using child = new AnsweringChild(PROGRAM, { env, longestMs: LONGEST_WORKFLOW_MS });
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    const seed = `${options.seed}/faults/${name}`;
    const order: FaultOrder = { workflow: name, seed, stride: options.faultStride };
    const answer = (await child.ask(order)) as FaultReport | { readonly failure: string } | null;
    if (answer === null) throw new Error(`disk faults: ${name}: the process ended or hung`);
    if ('failure' in answer) throw new Error(`disk faults: ${name}: ${answer.failure}`);
    reports.set(name, answer);
    options.say(`  ${name}: ${String(answer.points)} points, ${String(answer.faults.length)} bad`);
  }
}

function toRow(reports: ReadonlyMap<string, FaultReport>): TortureRow {
  const all = [...reports.values()];
  const sum = (of: (report: FaultReport) => number): number =>
    all.reduce((total, report) => total + of(report), 0);
  const codes: Record<string, number> = {};
  for (const [code, count] of all.flatMap((report) => Object.entries(report.codes))) {
    codes[code] = (codes[code] ?? 0) + count;
  }
  const faults = [...reports].flatMap(([name, report]) =>
    report.faults.map((fault) => `${name}: ${fault}`),
  );
  return {
    name: NAME,
    count: sum(({ points }) => points),
    ok: faults.length === 0,
    detail: {
      workflows: reports.size,
      callsOfTheDisk: sum(({ calls }) => calls),
      threw: sum(({ threw }) => threw),
      wentThroughAllTheSame: sum(({ wentThrough }) => wentThrough),
      threwButStored: sum(({ tookPending }) => tookPending),
      codes,
      lostBrokenOrUntyped: faults.length,
      faults: firstOf(faults, 12),
    },
  };
}
