// R2, loss of power: each workflow is recorded write by write, then cut off at any point, with any part of what was not
// synced. The product opens each state; all that was acknowledged by then must be there. A control without the syncs
// of the log shows that the method finds what is lost.
// SPDX-License-Identifier: MIT

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { equalBytes } from '../../src/shared/bytes.ts';
import { AnsweringChild } from './child-process.ts';
import { Dice } from './dice.ts';
import { type DiskEvent, readRecording } from './disk/recording.ts';
import { CRASH_FORMS, type DiskState, namesIn, ReplayedDisk, startFilesOf } from './disk/replay.ts';
import type { StartFiles } from './disk/replay.ts';
import { compileShim, shimEnvironment } from './disk/shim.ts';
import { TortureFolder } from './folders.ts';
import { JournalReader } from './journal.ts';
import { judge } from './judge.ts';
import { firstOf, grouped, type Suite, type TortureOptions, type TortureRow } from './suite.ts';
import type { Workflow } from './open-vault.ts';
import { workflows } from './workflows.ts';
import type { World } from './world.ts';

export interface RecordOrder {
  readonly workflow: string;
  readonly folder: string;
  readonly scratch: string;
  readonly log: string;
  readonly seed: string;
}

interface Recorded {
  readonly workflow: string;
  readonly start: StartFiles;
  readonly world: World;
  readonly events: readonly DiskEvent[];
}

const PROGRAM = join(import.meta.dirname, 'children/record-workflows.ts');
const NONE = new Uint8Array(0);
const LONGEST_RECORDING_MS = 60_000;
const NAME = 'power loss';
const CONTROL_NAME = 'power loss without syncs of the log (control)';

export const powerLoss: Suite = {
  name: NAME,
  async run(options) {
    using folders = new TortureFolder();
    const shim = compileShim(folders.path);
    if (!shim.isThere) return [skippedRow(NAME, shim.why, options)];
    const recordings = await recordAll(folders, shim.path, options);
    const row = await replayAll(recordings, { folders, options, states: options.states });
    const control = await replayAll(recordings.map(withoutLogSyncs), {
      folders,
      options,
      states: Math.ceil(options.states / 10),
    });
    return [toRow(row), toControlRow(control)];
  },
};

export function skippedRow(name: string, why: string, options: TortureOptions): TortureRow {
  return { name, count: 0, ok: options.allowMissing, detail: { why } };
}

async function recordAll(
  folders: TortureFolder,
  shim: string,
  options: TortureOptions,
): Promise<readonly Recorded[]> {
  const watched = folders.fresh();
  const control = join(folders.path, 'control');
  const env = shimEnvironment({ shim, folder: watched, control });
  using child = new AnsweringChild(PROGRAM, { env, longestMs: LONGEST_RECORDING_MS });
  const recordings: Recorded[] = [];
  for (const workflow of workflows) {
    recordings.push(await recordOne({ workflow, child, watched, folders, options }));
  }
  return recordings;
}

async function recordOne(input: {
  readonly workflow: Workflow;
  readonly child: AnsweringChild;
  readonly watched: string;
  readonly folders: TortureFolder;
  readonly options: TortureOptions;
}): Promise<Recorded> {
  const { workflow, child, watched, folders } = input;
  const seed = `${input.options.seed}/power/${workflow.name}`;
  rmSync(watched, { recursive: true });
  mkdirSync(watched);
  const world = await workflow.prepare(watched, new Dice(`${seed}/prepare`));
  const start = startFilesOf(watched);
  const scratch = folders.fresh();
  const log = join(scratch, 'recording');
  const order: RecordOrder = { workflow: workflow.name, folder: watched, scratch, log, seed };
  const answer = await child.ask(order);
  if (answer !== 'done') {
    throw new Error(`power loss: recording ${workflow.name}: ${String(answer)}`);
  }
  const events = readRecording(log);
  assertComplete(workflow.name, { start, events, folder: watched });
  return { workflow: workflow.name, start, world, events };
}

/** All events replayed must give the very files that are there: a write that the shim missed would show. */
function assertComplete(
  name: string,
  recorded: {
    readonly start: StartFiles;
    readonly events: readonly DiskEvent[];
    readonly folder: string;
  },
): void {
  const { start, events, folder } = recorded;
  const disk = new ReplayedDisk(start);
  for (const event of events) disk.apply(event);
  const replayed = disk.crash('prefix', new Dice(name));
  const names = namesIn(folder).files;
  const isSame =
    names.length === replayed.size &&
    names.every((file) => equalBytes(readFileSync(join(folder, file)), replayed.get(file) ?? NONE));
  if (!isSame) throw new Error(`power loss: the recording of ${name} is not complete`);
}

/** As if the log were never synced: what synchronous=NORMAL and OFF come down to. */
function withoutLogSyncs(recorded: Recorded): Recorded {
  const logs = new Set(
    recorded.events.flatMap((event) =>
      event.kind === 'created' && event.name.endsWith('-wal') ? [event.inode] : [],
    ),
  );
  const events = recorded.events.filter((event) => event.kind !== 'sync' || !logs.has(event.inode));
  return { ...recorded, events };
}

interface ReplayTally {
  states: number;
  events: number;
  syncs: number;
  tookPending: number;
  readonly byForm: Record<string, number>;
  readonly faults: string[];
  seconds: number;
}

interface ReplayInput {
  readonly folders: TortureFolder;
  readonly options: TortureOptions;
  readonly states: number;
}

async function replayAll(
  recordings: readonly Recorded[],
  input: ReplayInput,
): Promise<ReplayTally> {
  const start = performance.now();
  const tally: ReplayTally = {
    ...{ states: 0, events: 0, syncs: 0, tookPending: 0, seconds: 0 },
    byForm: Object.fromEntries(CRASH_FORMS.map((form) => [form, 0])),
    faults: [],
  };
  const share = Math.ceil(input.states / recordings.length);
  for (const recorded of recordings) {
    const before = tally.faults.length;
    await replayOne(recorded, { ...input, states: share }, tally);
    input.options.say(
      `  ${recorded.workflow}: ${String(recorded.events.length)} events, ` +
        `${String(share)} states, ${String(tally.faults.length - before)} lost`,
    );
  }
  tally.seconds = Math.round((performance.now() - start) / 1000);
  return tally;
}

/** Crash points are thrown first, so that the recording is gone through once. */
async function replayOne(
  recorded: Recorded,
  { folders, options, states }: ReplayInput,
  tally: ReplayTally,
): Promise<void> {
  const { events, workflow } = recorded;
  const dice = new Dice(`${options.seed}/replay/${workflow}`);
  const points = Array.from({ length: states }, () => dice.below(events.length + 1));
  const crashesAt = Map.groupBy(points, (point) => point);
  const disk = new ReplayedDisk(recorded.start);
  const journal = new JournalReader(recorded.world);
  const folder = folders.fresh();
  tally.events += events.length;
  for (let point = 0; point <= events.length; point += 1) {
    for (const _ of crashesAt.get(point) ?? []) {
      const form = CRASH_FORMS[tally.states % CRASH_FORMS.length] ?? 'prefix';
      putInto(folder, disk.crash(form, dice));
      const judgement = await judge(folder, journal.crashed);
      tally.states += 1;
      tally.byForm[form] = (tally.byForm[form] ?? 0) + 1;
      if (!judgement.isSound) {
        tally.faults.push(`${workflow} at event ${String(point)}, ${form}: ${judgement.why}`);
      } else if (judgement.tookPending) tally.tookPending += 1;
    }
    const event = events[point];
    if (event === undefined) break;
    if (event.kind === 'sync' || event.kind === 'sync-folder') tally.syncs += 1;
    if (event.kind === 'mark') journal.take(event.text);
    disk.apply(event);
  }
}

function putInto(folder: string, state: DiskState): void {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  for (const [name, bytes] of state) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes, { mode: 0o600 });
  }
}

function toRow(tally: ReplayTally): TortureRow {
  const { states, events, syncs, tookPending, byForm, faults, seconds } = tally;
  return {
    name: NAME,
    count: states,
    ok: faults.length === 0,
    says: `${grouped(states)} states after a loss of power, ${grouped(faults.length)} lost`,
    detail: {
      workflows: workflows.length,
      ...{ events, syncs, ...byForm },
      stepDoneButUnsaid: tookPending,
      lostOrBroken: faults.length,
      statesPerSecond: Math.round(states / Math.max(1, seconds)),
      faults: firstOf(faults),
    },
  };
}

/** The control holds when it finds losses: a harness that finds none here would find none anywhere. */
function toControlRow({ states, faults }: ReplayTally): TortureRow {
  return {
    name: CONTROL_NAME,
    count: states,
    ok: faults.length > 0,
    says: `${grouped(states)} states, ${grouped(faults.length)} lost, as it must be`,
    detail: { losesAsItMust: faults.length, first: firstOf(faults, 2) },
  };
}
