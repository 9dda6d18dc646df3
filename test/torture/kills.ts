// R1, kill -9: a process works on a vault and says what is saved; it is killed at a moment that the dice choose, and
// the product opens what it left. Nothing that was acknowledged may be gone, nothing may be half.
// SPDX-License-Identifier: MIT

import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ended, linesOf } from '../support/vault-folder.ts';
import { bundleProgram, COMPILE_CACHE } from './bundle-program.ts';
import { Dice } from './dice.ts';
import { TortureFolder } from './folders.ts';
import { JournalReader } from './journal.ts';
import { judge, type Judgement } from './judge.ts';
import { firstOf, grouped, type Suite, type TortureOptions, type TortureRow } from './suite.ts';
import { MAIN_VAULT } from './open-vault.ts';
import { filledVault, workflows } from './workflows.ts';
import type { World } from './world.ts';

export interface KillOrder {
  readonly folder: string;
  readonly scratch: string;
  readonly seed: string;
  /** Name of the one workflow to run; null for all in turn. */
  readonly only: string | null;
}

const PROGRAM = join(import.meta.dirname, 'children/run-until-killed.ts');
/** Vaults under attack at the same time. */
const LANES = 2;
/** Started ahead for each lane: a Node that starts takes longer than the work that it is killed in. */
const WARM_CHILDREN = 1;
const LONGEST_LIFE_MS = 90;
const MOST_LINES = 24;
/** Items, revisions and files. Above this a folder is given up for a fresh one, or opening it would be all that is measured. */
const MOST_ITEMS = 600;
/** The same of backups: each is opened like the vault. */
const MOST_BACKUPS = 2;
const BACKUPS = 'main.backups';

export const kills: Suite = {
  name: 'kill -9',
  run: async (options) => [await killMany(options, PROGRAM)],
};

/** Kills `program` as often as the options say. Tests hand in one that lies. */
export async function killMany(options: TortureOptions, program: string): Promise<TortureRow> {
  using folders = new TortureFolder();
  const bundle = await bundleProgram(program);
  const tally = new KillTally();
  const start = performance.now();
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    runLane({ lane, options, folders, bundle, tally }),
  );
  await Promise.all(lanes);
  const msPerKill = Math.round((performance.now() - start) / Math.max(1, options.kills));
  return tally.toRow(msPerKill);
}

interface LaneInput {
  readonly lane: number;
  readonly options: TortureOptions;
  readonly folders: TortureFolder;
  readonly bundle: string;
  readonly tally: KillTally;
}

/** One vault after the other, each killed at until it has grown too big; every second kill of all is of this lane. */
async function runLane({ lane, options, folders, bundle, tally }: LaneInput): Promise<void> {
  using pool = new ChildPool(bundle);
  const dice = new Dice(`${options.seed}/kills/${String(lane)}`);
  let place: Place | null = null;
  for (let kill = lane; kill < options.kills; kill += LANES) {
    place ??= await freshPlace(folders, dice);
    const order = orderFor({ kill, options, folder: place.folder, scratch: place.scratch });
    const name = `kill ${String(kill)} in ${order.only ?? 'any'}`;
    const life = { order, world: place.world, dice };
    const { journal, endedByItself } = await runAndKill(await pool.take(), life);
    const judgement = await judge(place.folder, journal.crashed);
    tally.count(name, journal, judgement);
    if (endedByItself) tally.addFault(`${name}: it failed before it was killed`);
    const world: World | null = judgement.isSound ? tidy(place.folder, judgement.world) : null;
    place = world === null || itemsIn(world) > MOST_ITEMS ? null : { ...place, world };
  }
}

class KillTally {
  readonly #killsIn: Record<string, number> = {};
  /** Killed between the announcement of a step and its acknowledgement: which workflow, and what the step does. */
  readonly #insideA: Record<string, number> = {};
  #kills = 0;
  #acknowledged = 0;
  #doneButUnsaid = 0;
  readonly #faults: string[] = [];

  count(name: string, journal: JournalReader, judgement: Judgement): void {
    const { workflow, crashed } = journal;
    this.#kills += 1;
    this.#acknowledged += journal.count;
    add(this.#killsIn, workflow ?? 'before the first');
    if (crashed.pending !== null) {
      add(this.#insideA, `${workflow ?? ''}: ${crashed.pending.kind}`);
    }
    if (!judgement.isSound) this.#faults.push(`${name}: ${judgement.why}`);
    else if (judgement.tookPending) this.#doneButUnsaid += 1;
  }

  addFault(fault: string): void {
    this.#faults.push(fault);
  }

  toRow(msPerKill: number): TortureRow {
    const [kills, lost] = [grouped(this.#kills), grouped(this.#faults.length)];
    return {
      name: 'kill -9',
      count: this.#kills,
      ok: this.#faults.length === 0,
      says: `${kills} kills, ${grouped(this.#acknowledged)} acknowledged, ${lost} lost`,
      detail: {
        acknowledgedSteps: this.#acknowledged,
        killedInsideAStep: Object.values(this.#insideA).reduce((sum, count) => sum + count, 0),
        stepDoneButUnsaid: this.#doneButUnsaid,
        lostOrBroken: this.#faults.length,
        msPerKill,
        byWorkflow: this.#killsIn,
        byStepInterrupted: this.#insideA,
        faults: firstOf(this.#faults),
      },
    };
  }
}

function add(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

interface Place {
  readonly folder: string;
  readonly scratch: string;
  readonly world: World;
}

async function freshPlace(folders: TortureFolder, dice: Dice): Promise<Place> {
  const folder = folders.fresh();
  return { folder, scratch: folders.fresh(), world: await filledVault(folder, dice) };
}

/** Every workflow gets its turn alone; each other kill falls into a mixture of all. */
function orderFor(input: {
  readonly kill: number;
  readonly options: TortureOptions;
  readonly folder: string;
  readonly scratch: string;
}): KillOrder {
  const { kill, options, folder, scratch } = input;
  const alone = workflows[Math.floor(kill / (2 * LANES)) % workflows.length];
  const only = Math.floor(kill / LANES) % 2 === 0 ? null : (alone?.name ?? null);
  return { folder, scratch, seed: `${options.seed}/kill ${String(kill)}`, only };
}

/** By the clock, or when a certain line has come: the one finds long steps, the other the short ones. */
async function runAndKill(
  child: ReadyChild,
  { order, world, dice }: { readonly order: KillOrder; readonly world: World; readonly dice: Dice },
): Promise<{ readonly journal: JournalReader; readonly endedByItself: boolean }> {
  const journal = new JournalReader(world);
  const kill = (): void => void child.process.kill('SIGKILL');
  const byClock = dice.oneIn(2);
  const lastLine = 1 + dice.below(MOST_LINES);
  // A child that says less than was waited for is ended by the clock all the same.
  const life = byClock ? dice.below(LONGEST_LIFE_MS) : 20 * LONGEST_LIFE_MS;
  const timer = setTimeout(kill, life);
  child.process.stdin?.write(`${JSON.stringify(order)}\n`);
  let lines = 0;
  for await (const line of child.lines) {
    journal.take(line);
    lines += 1;
    if (!byClock && lines === lastLine) kill();
  }
  clearTimeout(timer);
  await ended(child.process);
  return { journal, endedByItself: child.process.signalCode !== 'SIGKILL' };
}

/** What was made beside the main vault has been judged, and goes. */
function tidy(folder: string, world: World): World {
  for (const name of [...Object.keys(world.vaults), ...Object.keys(world.exports)]) {
    if (name === MAIN_VAULT) continue;
    for (const suffix of ['', '-wal', '-journal', '-shm']) {
      rmSync(join(folder, name + suffix), { force: true });
    }
  }
  const main = world.vaults[MAIN_VAULT];
  if (main === undefined) return { vaults: {}, exports: {} };
  const isMuch = main.backups.length > MOST_BACKUPS;
  if (isMuch) rmSync(join(folder, BACKUPS), { recursive: true });
  const kept = isMuch ? { ...main, backups: [] } : main;
  return { vaults: { [MAIN_VAULT]: kept }, exports: {} };
}

function itemsIn(world: World): number {
  return Object.values(world.vaults).reduce((sum, { items, former, unnamed, files }) => {
    const revisions = Object.values(former).flat().length;
    return sum + Object.keys(items).length + revisions + unnamed.length + files.length;
  }, 0);
}

interface ReadyChild {
  readonly process: ChildProcess;
  readonly lines: AsyncGenerator<string>;
}

class ChildPool implements Disposable {
  readonly #program: string;
  readonly #waiting: Promise<ReadyChild>[] = [];
  readonly #alive = new Set<ChildProcess>();

  constructor(program: string) {
    this.#program = program;
    for (let count = 0; count < WARM_CHILDREN; count += 1) this.#startAhead();
  }

  /** One that has said `ready`; another is started in its place. */
  async take(): Promise<ReadyChild> {
    this.#startAhead();
    const child = await this.#waiting.shift();
    if (child === undefined) throw new Error('kills: the pool is empty');
    return child;
  }

  [Symbol.dispose](): void {
    for (const child of this.#alive) child.kill('SIGKILL');
  }

  #startAhead(): void {
    const child = this.#start();
    // One that is given up while it starts ends without a word; whoever takes it hears of it all the same.
    child.catch(() => undefined);
    this.#waiting.push(child);
  }

  async #start(): Promise<ReadyChild> {
    const env = { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE };
    const child = spawn(process.execPath, [this.#program], {
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#alive.add(child);
    child.once('exit', () => this.#alive.delete(child));
    const lines = linesOf(child);
    const first: IteratorResult<string, unknown> = await lines.next();
    if (first.value !== 'ready') throw new Error('kills: the child did not start');
    return { process: child, lines };
  }
}
