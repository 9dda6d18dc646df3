// `npm start`: builds, then runs Latchkey on Electron, fetching its binary on the first start. Where that cannot be had
// it runs the same bundles on the stand-in over Chromium, and without a display the demo; it says which, in one line.
// SPDX-License-Identifier: MIT

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasElectronBinary, standInEnvironment } from '../test/electron/launch.ts';
import { buildAll } from './build.ts';
import { ensureChromium } from './chromium.ts';
import { root } from './parts.ts';

function run(program: string, parameters: readonly string[], env: NodeJS.ProcessEnv = {}): number {
  const { status } = spawnSync(program, parameters, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  return status ?? 1;
}

/** Whether Electron's binary is there, after one try to fetch it. */
function haveElectron(): boolean {
  if (hasElectronBinary()) return true;
  console.log('Fetching Electron (once)…');
  spawnSync('install-electron', [], {
    cwd: root,
    stdio: 'ignore',
    timeout: 600_000,
    shell: process.platform === 'win32',
  });
  return hasElectronBinary();
}

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return [DISPLAY, WAYLAND_DISPLAY].some((one) => one !== undefined && one !== '');
}

async function start(): Promise<number> {
  const electron = haveElectron();
  if (!electron) {
    console.log(
      "Electron's binary cannot be fetched here: Latchkey runs on the stand-in over Chromium.",
    );
    ensureChromium();
  }
  if (!hasDisplay()) {
    console.log('There is no display here: running the demo instead (pictures in out/demo/).');
    return run('node', [join('scripts', 'demo.ts')]);
  }
  if (!existsSync(join(root, 'dist')) || process.env.LATCHKEY_KEEP_BUILD !== '1') await buildAll();
  const isRoot = process.getuid?.() === 0;
  if (electron && isRoot) console.log("Started as root: Chromium's sandbox is off.");
  const switches = electron && isRoot ? ['--no-sandbox'] : [];
  const parameters = ['.', ...switches, ...process.argv.slice(2)];
  return run('electron', parameters, electron ? {} : standInEnvironment());
}

process.exitCode = await start();
