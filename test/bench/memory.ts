// Memory of the main side: this process and the vault process together, by the kernel's account of what is theirs alone
// and their share of what is shared (PSS). Before, with a large vault open and its list shown, and after locking.
// SPDX-License-Identifier: MIT

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { absentRow, type BenchRow, toRow } from './bench-row.ts';
import { amount, type Benchmark, type BenchContext } from './benchmark.ts';
import { median, pause } from './measure.ts';
import { VaultChild } from './support/vault-child.ts';

/** How far two fresh vault processes differ by themselves. */
const NOISE_MB = 10;
const SAMPLE_EVERY_MS = 50;

export const memory: Benchmark = {
  name: 'memory',
  vaults: ({ items }) => [items],
  async run(context) {
    const unlocked = `memory after unlock, ${amount(context.sizes.items)} items`;
    const locked = 'memory after lock';
    if (process.platform !== 'linux') {
      const why = 'PSS is Linux’s';
      return [absentRow(unlocked, why), absentRow(locked, why)];
    }
    const weights: Weights[] = [];
    const rounds = Math.min(3, context.sizes.rounds);
    for (let round = 0; round < rounds; round += 1) weights.push(await weigh(context, round));
    return toRows(weights, unlocked, locked);
  },
};

/** MB above what the two processes took before. */
interface Weights {
  readonly start: number;
  readonly listed: number;
  readonly peak: number;
  readonly checked: number;
  readonly afterLock: number;
}

function toRows(weights: readonly Weights[], unlocked: string, locked: string): BenchRow[] {
  const of = (key: keyof Weights): number => median(weights.map((one) => one[key]));
  const mb = (key: keyof Weights): string => `${of(key).toFixed(0)} MB`;
  return [
    toRow({
      name: unlocked,
      ...{ value: of('listed'), unit: 'MB', goal: { atMost: 90 } },
      note: `PSS of both processes above ${mb('start')} at the start, the first page listed; the highest on the way ${mb('peak')} (the KDF’s own memory among it), once every row has been checked ${mb('checked')}`,
    }),
    toRow({
      name: locked,
      ...{ value: of('afterLock'), unit: 'MB', goal: { atMost: NOISE_MB } },
      note: 'PSS of both processes, the vault process a fresh one, above what it was at the start; the goal is what two fresh ones differ by',
    }),
  ];
}

async function weigh({ sizes, vaults, folder }: BenchContext, round: number): Promise<Weights> {
  const path = vaults.copy(sizes.items, join(folder, String(round), 'memory.latchkey'));
  const child = await VaultChild.start({ kdf: sizes.kdf });
  await child.openWindow();
  await pause(sizes.settleMs);
  const start = pssOf(child.pid);
  const above = (pid: number): number => pssOf(pid) - start;
  const checking = child.announced('integrity:checked');
  const peak = new Peak(() => above(child.pid));
  await child.unlock(path);
  await child.firstPage();
  await pause(sizes.settleMs);
  const listed = above(child.pid);
  await checking;
  await pause(sizes.settleMs);
  const checked = above(child.pid);
  peak.stop();
  await child.lock();
  const fresh = await VaultChild.start({ kdf: sizes.kdf });
  await pause(sizes.settleMs);
  const afterLock = above(fresh.pid);
  await fresh.end();
  return { start, listed, peak: peak.highest, checked, afterLock };
}

/** MB of this process and of `pid`. */
function pssOf(pid: number): number {
  return pssMb(process.pid) + pssMb(pid);
}

export function pssMb(pid: number): number {
  const [, kib] =
    /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'latin1')) ?? [];
  if (kib === undefined) throw new Error(`bench: no PSS of process ${String(pid)}`);
  return Number(kib) / 1024;
}

class Peak {
  #highest = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(sample: () => number) {
    this.#timer = setInterval(() => {
      this.#highest = Math.max(this.#highest, sample());
    }, SAMPLE_EVERY_MS);
  }

  get highest(): number {
    return this.#highest;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
