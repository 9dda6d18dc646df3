// R10, soak: a vault process is kept busy with everything that it can do, for as long as it is asked. Its memory must not
// grow with the number of operations, and it must hold no more files at the end than after it had warmed up.
// SPDX-License-Identifier: MIT

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KDF_FLOOR } from '../../src/main/crypto/password-kdf.ts';
import { fill, makeVault } from '../bench/bench-vaults.ts';
import { VaultChild } from '../bench/support/vault-child.ts';
import { Dice } from './dice.ts';
import { TortureFolder } from './folders.ts';
import { SoakOperations } from './soak-operations.ts';
import { grouped, type Suite, type TortureRow } from './suite.ts';

const ITEMS = 2_000;
const OPERATIONS_PER_SAMPLE = 200;
/** However short the soak and busy the machine: fewer say nothing. */
const FEWEST_SAMPLES = 8;
/** Of the time: caches fill, code gets compiled, heaps find their size. What grows goes on growing after it. */
const WARM_UP = 0.5;
/** Thinned out to so many, for whoever wants to see the curve. */
const SHOWN_SAMPLES = 30;
/** As many are compared each with each. */
const MOST_COMPARED = 400;
const MOST_MB_PER_10K = 1;
/** By which what is alive differs from sample to sample. */
const NOISE_MB = 4;
/**
 * What a process holds of the system grows in steps until its heaps have found their size, which takes minutes: a shorter
 * soak judges what is alive in it alone.
 */
const LONG_SECONDS = 300;
const ROUND_TRIP_MS = 1_000;

interface Sample {
  readonly operations: number;
  readonly seconds: number;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly handles: number;
}

export const soak: Suite = {
  name: 'soak',
  async run({ seed, soakSeconds, say }) {
    if (process.platform !== 'linux') {
      const why = 'skipped: reads the memory and the open files of a process from /proc';
      return [{ name: 'soak', count: 0, ok: false, detail: { why } }];
    }
    using folders = new TortureFolder();
    const path = join(folders.fresh(), 'soak.latchkey');
    const made = await makeVault(path, KDF_FLOOR);
    fill(made, ITEMS);
    made.close();
    const child = await VaultChild.start({ kdf: KDF_FLOOR, nodeFlags: ['--expose-gc'] });
    try {
      await child.unlock(path);
      const dice = new Dice(`${seed}/soak`);
      const work = new SoakOperations(child, dice, folders.fresh());
      await work.begin();
      return [toRow(await keepBusy(child, work, { soakSeconds, say }), work)];
    } finally {
      await child.end();
    }
  },
};

async function keepBusy(
  child: VaultChild,
  work: SoakOperations,
  { soakSeconds, say }: { readonly soakSeconds: number; readonly say: (line: string) => void },
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  const start = performance.now();
  const secondsNow = (): number => (performance.now() - start) / 1000;
  let said = 0;
  while (secondsNow() < soakSeconds || samples.length < FEWEST_SAMPLES) {
    for (let one = 0; one < OPERATIONS_PER_SAMPLE; one += 1) await work.next();
    // What is garbage by now is no leak.
    const { heapUsed, external } = await child.aside('gc');
    const seconds = secondsNow();
    samples.push({
      operations: work.done,
      seconds,
      rssMb: rssMb(child.pid),
      heapMb: (heapUsed + external) / 2 ** 20,
      handles: readdirSync(`/proc/${String(child.pid)}/fd`).length,
    });
    if (seconds - said < 60) continue;
    said = seconds;
    say(`  ${String(work.done)} operations, ${(samples.at(-1)?.rssMb ?? 0).toFixed(0)} MB`);
  }
  return samples;
}

function toRow(samples: readonly Sample[], work: SoakOperations): TortureRow {
  const last = samples.at(-1);
  const warmUp = (last?.seconds ?? 0) * WARM_UP;
  const warm = samples.filter(({ seconds }) => seconds >= warmUp);
  const first = warm[0];
  if (last === undefined || first === undefined) throw new Error('soak: took no samples');
  const slope = slopeOf(warm, ({ rssMb: mb }) => mb) * 10_000;
  const heapSlope = slopeOf(warm, ({ heapMb }) => heapMb) * 10_000;
  const grown = (heapSlope / 10_000) * (last.operations - first.operations);
  const handles = last.handles - first.handles;
  const isFlat = heapSlope < MOST_MB_PER_10K || grown < NOISE_MB;
  const isJudged = last.seconds >= LONG_SECONDS;
  const faults = [
    ...(isFlat ? [] : [`what is alive grows by ${heapSlope.toFixed(2)} MB in 10,000 operations`]),
    ...(!isJudged || slope < MOST_MB_PER_10K
      ? []
      : [`memory grows by ${slope.toFixed(2)} MB in 10,000 operations`]),
    ...(handles <= 0 ? [] : [`${String(handles)} more open files than after warming up`]),
    ...work.faults,
  ];
  const operations = grouped(last.operations);
  return {
    name: 'soak',
    count: last.operations,
    ok: faults.length === 0,
    says: `${operations} operations, ${slope.toFixed(2)} MB more in 10,000, ${String(Math.max(0, handles))} handles lost`,
    detail: {
      mbPer10k: Number(slope.toFixed(3)),
      isMbJudged: isJudged,
      heapMbPer10k: Number(heapSlope.toFixed(3)),
      handles: last.handles,
      grownHandles: handles,
      operationsPerSecond: Math.round(last.operations / Math.max(1, last.seconds)),
      rssMb: [Math.round(first.rssMb), Math.round(last.rssMb)],
      rssMbAfterOperations: thinned(samples, SHOWN_SAMPLES).map((sample) => [
        ...[sample.operations, Math.round(sample.rssMb)],
      ]),
      slowest: work.slowest(ROUND_TRIP_MS),
      done: work.counts,
      faults,
    },
  };
}

/**
 * By how much `of` grows with each operation: the median of the slopes between any two samples (Theil and Sen). A heap
 * that takes one step more and stays there does not tilt it; whatever grows with the work does.
 */
function slopeOf(samples: readonly Sample[], of: (sample: Sample) => number): number {
  const slopes: number[] = [];
  const compared = thinned(samples, MOST_COMPARED);
  for (const [index, a] of compared.entries()) {
    for (const b of compared.slice(index + 1)) {
      slopes.push((of(b) - of(a)) / (b.operations - a.operations));
    }
  }
  slopes.sort((a, b) => a - b);
  return slopes[Math.floor(slopes.length / 2)] ?? 0;
}

function thinned<T>(samples: readonly T[], most: number): readonly T[] {
  const every = Math.ceil(samples.length / most);
  return samples.filter((_, index) => index % every === 0);
}

function rssMb(pid: number): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'latin1');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
}
