// How this process was started: the application's folder and package, the switches, and what follows from them.
// SPDX-License-Identifier: MIT

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface LaunchOptions {
  readonly appPath: string;
  readonly mainModule: string;
  readonly appName: string;
  readonly appVersion: string;
  readonly switches: ReadonlyMap<string, string>;
  /** Arguments after Node's own, the executable first, as `process.argv` has them. */
  readonly argv: readonly string[];
  /** Started by a test driver: fakes are strict, and a DevTools endpoint is offered. */
  readonly isUnderTest: boolean;
  readonly isHeadless: boolean;
}

interface PackageJson {
  readonly main?: string;
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
}

/** Reads `argv`, whose first entry is the executable. */
export function parseLaunch(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): LaunchOptions {
  const args = argv.slice(1);
  const appArgument = args.find((arg) => !arg.startsWith('-'));
  if (appArgument === undefined) throw new Error('electron: name the folder of an application');
  const appPath = resolve(appArgument);
  const manifest = JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')) as PackageJson;
  const switches = parseSwitches(args);
  const isUnderTest = switches.has('remote-debugging-port');
  return {
    appPath,
    mainModule: resolve(appPath, manifest.main ?? 'index.js'),
    appName: manifest.productName ?? manifest.name ?? 'Electron',
    appVersion: manifest.version ?? '0.0.0',
    switches,
    argv,
    isUnderTest,
    isHeadless:
      environment.LATCHKEY_HEADLESS === '1' ||
      (environment.DISPLAY === undefined && environment.WAYLAND_DISPLAY === undefined),
  };
}

function parseSwitches(args: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const arg of args) {
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(arg);
    if (match?.[1] !== undefined) found.set(match[1].toLowerCase(), match[2] ?? '');
  }
  return found;
}
