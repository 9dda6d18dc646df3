// Stalls: for how long at most the main process worked in one piece and did not answer while its child, the vault process,
// worked. Beside it how late its timers were at most, and those of a process that has nothing to do: what the machine
// itself does to any loop.
// SPDX-License-Identifier: MIT

import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type BenchRow, toRow } from './bench-row.ts';
import { believableCsv } from './believable-items.ts';
import { amount, type Benchmark, type BenchContext } from './benchmark.ts';
import { collectGarbage, median } from './measure.ts';
import { BusyLoop } from './support/busy-loop.ts';
import { draftOf } from './support/draft-of.ts';
import { VaultChild } from './support/vault-child.ts';

const IDLE_PROGRAM = join(import.meta.dirname, 'children/idle-loop.ts');
const RESOLUTION_MS = 1;
const GOAL = { atMost: 16 } as const;

export const stall: Benchmark = {
  name: 'stall',
  vaults: ({ items }) => [items],
  async run(context) {
    const stalls: Stalls[] = [];
    // More of them would only ever find a longer one.
    const rounds = Math.min(3, context.sizes.rounds);
    for (let round = 0; round < rounds; round += 1) stalls.push(await oneRound(context, round));
    const { items, imported, saves } = context.sizes;
    return [
      stallRow(`unlocking ${amount(items)} items`, stalls, 'unlock'),
      stallRow(`listing ${amount(items)} items for the first time`, stalls, 'list'),
      stallRow(`importing ${amount(imported)} logins`, stalls, 'import'),
      stallRow(`saving ${amount(saves)} times`, stalls, 'save'),
      vaultStallRow(`unlocking ${amount(items)} items`, stalls, 'unlock'),
      vaultStallRow(`listing ${amount(items)} items for the first time`, stalls, 'list'),
      vaultStallRow(`importing ${amount(imported)} logins`, stalls, 'import'),
      vaultStallRow(`saving ${amount(saves)} times`, stalls, 'save'),
    ];
  },
};

interface Stall {
  readonly main: number;
  /** Late by the clock, whoever was to blame. */
  readonly late: number;
  readonly vault: number;
  readonly idle: number;
}

type Stalls = Readonly<Record<'unlock' | 'list' | 'import' | 'save', Stall>>;

function stallRow(doing: string, stalls: readonly Stalls[], part: keyof Stalls): BenchRow {
  const of = (whose: keyof Stall): readonly number[] => stalls.map((one) => one[part][whose]);
  const ms = (values: readonly number[]): string => `${median(values).toFixed(1)} ms`;
  return toRow({
    name: `longest stall of main while ${doing}`,
    ...{ value: median(of('main')), unit: 'ms', goal: GOAL },
    note: `p100, median of ${String(stalls.length)} rounds, worst ${Math.max(...of('main')).toFixed(1)} ms; late by the clock ${ms(of('late'))}, an idle process beside it ${ms(of('idle'))}; the vault process itself ${ms(of('vault'))}`,
  });
}

/** Others who ask the vault meanwhile wait for so long: a ceremony, a change of the list. No goal: no window stands still. */
function vaultStallRow(doing: string, stalls: readonly Stalls[], part: keyof Stalls): BenchRow {
  const own = stalls.map((one) => one[part].vault);
  return toRow({
    name: `longest stall of the vault process while ${doing}`,
    ...{ value: median(own), unit: 'ms' },
    note: `p100, median of ${String(stalls.length)} rounds, worst ${Math.max(...own).toFixed(1)} ms`,
  });
}

async function oneRound(context: BenchContext, round: number): Promise<Stalls> {
  const { sizes, vaults, folder } = context;
  const path = vaults.copy(sizes.items, join(folder, String(round), 'stall.latchkey'));
  const csv = join(folder, 'logins.csv');
  writeFileSync(csv, believableCsv(sizes.imported));
  const child = await VaultChild.start({ kdf: sizes.kdf });
  const watch = new LoopWatch(child);
  const unlock = await watch.during(async () => {
    await child.unlock(path);
  });
  const listing = await watch.during(() => child.firstPage());
  const saving = await watch.during(() => saveMany(child, sizes.saves));
  const importing = await watch.during(() => importFile(child, csv));
  await child.lock();
  return { unlock, list: listing, import: importing, save: saving };
}

export async function importFile(child: Pick<VaultChild, 'call'>, path: string): Promise<number> {
  const token = '00112233445566778899aabbccddeeff';
  await child.call('transfer:open-import', { path, token });
  await child.call('transfer:preview-import', { token, password: null });
  const { imported } = await child.call('transfer:commit-import', { token });
  return imported;
}

/** As a person does who edits one item after the other: opened, changed, saved. */
async function saveMany(child: VaultChild, count: number): Promise<void> {
  const { items } = await child.firstPage();
  const logins = items.filter(({ kind }) => kind === 'login');
  for (let index = 0; index < count; index += 1) {
    const login = logins[index % logins.length];
    if (login === undefined) throw new Error('bench: no logins on the first page');
    const detail = await child.call('items:get', { id: login.id });
    await child.call('items:save', draftOf(detail, `edit ${String(index)}`));
  }
}

/** The loops of this process, of the vault process and of an idle one, over the same time. */
class LoopWatch {
  readonly #child: VaultChild;

  constructor(child: VaultChild) {
    this.#child = child;
  }

  async during(action: () => Promise<unknown>): Promise<Stall> {
    const idle = await IdleLoop.start();
    await this.#child.aside('begin');
    collectGarbage();
    const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    const busy = new BusyLoop();
    loop.enable();
    await action();
    loop.disable();
    const main = busy.end();
    const { stallMs } = await this.#child.aside('stall');
    const idleMs = await idle.end();
    const net = (ms: number): number => Math.max(0, ms - RESOLUTION_MS);
    return { main, late: net(loop.max / 1e6), vault: net(stallMs), idle: net(idleMs) };
  }
}

class IdleLoop {
  readonly #child = fork(IDLE_PROGRAM, { execArgv: ['--disable-warning=ExperimentalWarning'] });

  static async start(): Promise<IdleLoop> {
    const one = new IdleLoop();
    await one.#answer();
    return one;
  }

  async end(): Promise<number> {
    const answer = this.#answer();
    this.#child.send('end');
    return await answer;
  }

  #answer(): Promise<number> {
    return new Promise((resolve) => {
      this.#child.once('message', (message) => {
        resolve(Number(message));
      });
    });
  }
}
