// Finds Chromium for the tests, the demo and the stand-in; where it is missing and may be installed, installs it.
// SPDX-License-Identifier: MIT

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const CANDIDATES = [
  '/usr/lib/chromium/chromium',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of an installed Chromium or Chrome (`LATCHKEY_CHROMIUM` names another), or null. */
export function findChromium(): string | null {
  const named = process.env.LATCHKEY_CHROMIUM;
  const candidates = named === undefined ? CANDIDATES : [named];
  return candidates.find((path) => existsSync(path)) ?? null;
}

/** Like {@link findChromium}, but installs it on Debian as root; else says the one command to run and exits with 1. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found !== null) return found;
  if (mayInstall()) {
    console.log('Chromium is missing: installing it (apt-get install chromium).');
    run('apt-get', ['update', '-q']);
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium']);
    const installed = findChromium();
    if (installed !== null) return installed;
  }
  console.error(
    'Chromium is missing. Install it with your package manager, on Debian or Ubuntu:\n' +
      '  sudo apt-get install chromium\n' +
      'or set LATCHKEY_CHROMIUM to the path of an installed Chrome.',
  );
  process.exit(1);
}

function mayInstall(): boolean {
  return (
    process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get')
  );
}

function run(command: string, parameters: readonly string[]): void {
  spawnSync(command, parameters, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
