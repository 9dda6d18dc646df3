// Whether a throw-away derivation while a person types would make the real one faster: the first in a fresh process held
// against the second.
// SPDX-License-Identifier: MIT

import { fork } from 'node:child_process';
import { join } from 'node:path';
import { toRow } from './bench-row.ts';
import type { Benchmark } from './benchmark.ts';
import { median } from './measure.ts';

const PROGRAM = join(import.meta.dirname, 'children/derive-twice.ts');

interface Times {
  readonly first: number;
  readonly second: number;
}

export const kdfWarmUp: Benchmark = {
  name: 'kdf warm-up',
  vaults: () => [],
  async run({ sizes }) {
    const rounds: Times[] = [];
    for (let round = 0; round < sizes.rounds; round += 1) {
      rounds.push(await deriveTwice(JSON.stringify(sizes.kdf)));
    }
    const of = (which: keyof Times): number => median(rounds.map((times) => times[which]));
    return [
      toRow({
        name: 'kdf warm-up',
        ...{ value: of('first'), unit: 'ms' },
        against: { name: 'the second in the same process', value: of('second') },
        ratio: median(rounds.map(({ first, second }) => first / second)),
        note: 'the first derivation of a fresh process; what is above 1 is the most that a throw-away one while a person types could save',
      }),
    ];
  },
};

async function deriveTwice(kdf: string): Promise<Times> {
  const child = fork(PROGRAM, [kdf], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  return await new Promise((resolve, reject) => {
    child.once('message', (times) => {
      resolve(times as Times);
    });
    child.once('exit', () => {
      reject(new Error('bench: ended without an answer'));
    });
  });
}
