// Runs one workflow again and again under the disk shim, each time with another call failing in the same way, and judges
// what it threw and what it left. Takes a FaultOrder over IPC and answers a FaultReport.
// SPDX-License-Identifier: MIT

import { rmSync } from 'node:fs';
import { isAppError } from '../../../src/shared/errors.ts';
import { Dice } from '../dice.ts';
import { FAULT_KINDS, type FaultKind, type FaultOrder, type FaultReport } from '../disk-faults.ts';
import { DiskShim } from '../disk/shim.ts';
import { TortureFolder } from '../folders.ts';
import { journalStep, JournalReader } from '../journal.ts';
import { judge, nameOf } from '../judge.ts';
import type { Workflow } from '../open-vault.ts';
import { workflows } from '../workflows.ts';
import type { World } from '../world.ts';

/** More calls than any workflow makes: nothing fails, all are counted. */
const NEVER = 1_000_000_000;

const shim = new DiskShim(process.env.LATCHKEY_DISK_CONTROL ?? '');
const root = process.env.LATCHKEY_DISK_FOLDER ?? '';

process.on('disconnect', () => process.exit());
process.on('message', (order: FaultOrder) => {
  torture(order).then(
    (report) => process.send?.(report),
    (error: unknown) => process.send?.({ failure: nameOf(error) }),
  );
});

async function torture({ workflow, kind, seed, stride }: FaultOrder): Promise<FaultReport> {
  const found = workflows.find(({ name }) => name === workflow);
  const fault = FAULT_KINDS.find(({ name }) => name === kind);
  if (found === undefined || fault === undefined) throw new Error(`no ${workflow} or no ${kind}`);
  using folders = new TortureFolder(root);
  using apart = new TortureFolder();
  const prepared = folders.fresh();
  const world = await found.prepare(prepared, new Dice(`${seed}/prepare`));
  const scene = { workflow: found, folders, scratch: apart.path, prepared, world, seed };
  const { calls } = await runOnce(scene, { name: 'none', errno: 0, form: 'once' }, NEVER);
  const report = { calls, points: 0, threw: 0, wentThrough: 0, tookPending: 0 };
  const faults: string[] = [];
  const codes: Record<string, number> = {};
  // However wide the stride, each kind of fault is tried once in each workflow.
  const every = Math.min(stride, calls);
  const first = 1 + new Dice(`${seed}/${kind}`).below(every);
  for (let at = first; at <= calls; at += every) {
    const outcome = await runOnce(scene, fault, at);
    if (outcome.failed === 0) continue;
    report.points += 1;
    if (outcome.tookPending) report.tookPending += 1;
    if (outcome.code === null) report.wentThrough += 1;
    else {
      report.threw += 1;
      codes[outcome.code] = (codes[outcome.code] ?? 0) + 1;
    }
    for (const why of outcome.faults) faults.push(`${kind} at ${String(at)}: ${why}`);
  }
  return { ...report, codes, faults };
}

interface Scene {
  readonly workflow: Workflow;
  readonly folders: TortureFolder;
  readonly scratch: string;
  readonly prepared: string;
  readonly world: World;
  readonly seed: string;
}

interface Outcome {
  readonly calls: number;
  readonly failed: number;
  /** What it threw; null where it did what it was asked in spite of the fault. */
  readonly code: string | null;
  readonly tookPending: boolean;
  readonly faults: readonly string[];
}

async function runOnce(scene: Scene, kind: FaultKind, at: number): Promise<Outcome> {
  const { workflow, folders, scratch, prepared, world, seed } = scene;
  const folder = folders.fresh(prepared);
  const journal = new JournalReader(world);
  const step = journalStep((line) => {
    journal.take(line);
  });
  let thrown: unknown = null;
  shim.arm(kind.errno, at, kind.form);
  try {
    await workflow.run({ folder, scratch, dice: new Dice(seed), step });
  } catch (error) {
    thrown = error;
  }
  const { calls, failed } = shim.disarm();
  const judgement = await judge(folder, journal.crashed);
  const faults: string[] = [];
  if (thrown !== null && !isAppError(thrown)) faults.push(`untyped: ${nameOf(thrown)}`);
  if (!judgement.isSound) faults.push(judgement.why);
  rmSync(folder, { recursive: true });
  const code = thrown === null ? null : isAppError(thrown) ? thrown.code : 'untyped';
  return { calls, failed, code, tookPending: judgement.isSound && judgement.tookPending, faults };
}
