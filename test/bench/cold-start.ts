// Cold start: the vault process as it was built, from its start until it answers; and the whole app until the unlock
// window can be typed into.
// SPDX-License-Identifier: MIT

import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pinsFolderSwitch } from '../../src/main/shell/pins-folder-switch.ts';
import { hasElectronBinary } from '../electron/launch.ts';
import { LatchkeyApp } from '../support/latchkey-app.ts';
import { toRow } from './bench-row.ts';
import type { Benchmark, BenchContext } from './benchmark.ts';
import { inPairs, median, timed } from './measure.ts';

const CORE = join(import.meta.dirname, 'children/start-core.ts');
const BUILT = resolve(import.meta.dirname, '../../dist/main/vault-process.js');

export const coldStart: Benchmark = {
  name: 'cold start',
  vaults: ({ tinyItems }) => [tinyItems],
  needsBuild: true,
  async run(context) {
    const path = context.vaults.pathOf(context.sizes.tinyItems);
    const core = await inPairs(
      context.sizes.rounds,
      () => timed(() => untilAnswer([BUILT, path, pinsFolderSwitch(join(context.folder, 'pins'))])),
      () => timed(() => untilAnswer([])),
    );
    const app = await appStarts(context);
    return [
      toRow({
        name: 'cold start of the core under Node',
        ...{ value: core.first, unit: 'ms', goal: { atMost: 250 } },
        note: `the built vault process, from fork until it has read a vault’s slots; Node alone, the same way, ${core.second.toFixed(0)} ms`,
      }),
      toRow({
        name: 'cold start to the unlock prompt',
        ...{ value: median(app), unit: 'ms' },
        note: `${hasElectronBinary() ? 'Electron' : 'the stand-in (not Electron): Node, Chromium and the driver’s own connection'}; fastest of ${String(app.length)}: ${Math.min(...app).toFixed(0)} ms`,
      }),
    ];
  },
};

/** Without arguments: Node, and an answer. */
async function untilAnswer(args: readonly string[]): Promise<void> {
  const child = fork(CORE, args, {
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const answer = await new Promise<unknown>((resolveAnswer) => {
    child.once('message', resolveAnswer);
    child.once('exit', () => {
      resolveAnswer(null);
    });
  });
  child.kill();
  if (answer === null) throw new Error('bench: the core ended without an answer');
}

async function appStarts({ sizes, vaults, folder }: BenchContext): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < Math.min(5, sizes.rounds); round += 1) {
    const userData = join(folder, `app-${String(round)}`);
    mkdirSync(join(userData, 'vaults'), { recursive: true });
    vaults.copy(sizes.tinyItems, join(userData, 'vaults/Bench.latchkey'));
    let app: LatchkeyApp | null = null;
    const ms = await timed(async () => {
      app = await LatchkeyApp.launch({ userData });
      const page = await app.window('unlock');
      await page.getByLabel('Master password', { exact: true }).waitFor();
    });
    times.push(ms);
    await (app as LatchkeyApp | null)?.remove();
  }
  return times;
}
