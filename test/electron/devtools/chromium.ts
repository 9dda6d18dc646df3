// Starts Debian's Chromium for the stand-in: where it is, the switches that keep it quiet and off the network, its
// throw-away profile, and its end. It opens no port; it is spoken to over a pipe and ends when the pipe closes.
// SPDX-License-Identifier: MIT

import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { DevToolsConnection } from './connection.ts';
import { MessagePipe, type PipeTap } from './message-pipe.ts';

const PROFILE_PREFIX = 'electron-stand-in-';

/** The binary itself first: Debian's wrapper script costs time and adds switches. */
const CHROMIUM_PATHS = ['/usr/lib/chromium/chromium', '/usr/bin/chromium'];

const DISABLED_FEATURES = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'Translate',
];

const SWITCHES = [
  '--remote-debugging-pipe=cbor',
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-service-autorun',
  '--no-proxy-server',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--disable-background-networking',
  '--disable-back-forward-cache',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-extensions-with-background-pages',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-field-trial-config',
  '--disable-gpu',
  '--disable-hang-monitor',
  '--disable-infobars',
  '--disable-ipc-flooding-protection',
  '--disable-popup-blocking',
  '--disable-prompt-on-repost',
  '--disable-quic',
  '--disable-renderer-backgrounding',
  '--disable-search-engine-choice-screen',
  '--disable-sync',
  '--allow-pre-commit-input',
  '--force-color-profile=srgb',
  '--metrics-recording-only',
  '--password-store=basic',
  '--use-mock-keychain',
  `--disable-features=${DISABLED_FEATURES.join(',')}`,
];

/** Chromium could not be found or did not start; the message is for the person. */
export class ChromiumError extends Error {
  override readonly name = 'ChromiumError';
}

export interface Chromium {
  readonly connection: DevToolsConnection;
  readonly process: ChildProcess;
  /** Ends it at once and removes its profile. */
  readonly end: () => void;
}

export interface ChromiumOptions {
  readonly headless: boolean;
  readonly environment: NodeJS.ProcessEnv;
  readonly onExit: (reason: string) => void;
  readonly tap?: PipeTap;
}

/** `LATCHKEY_CHROMIUM`, else where Debian installs it. */
export function findChromium(environment: NodeJS.ProcessEnv): string {
  const named = environment.LATCHKEY_CHROMIUM;
  const candidates = named === undefined ? CHROMIUM_PATHS : [named];
  const found = candidates.find(isExecutable);
  if (found !== undefined) return found;
  throw new ChromiumError(
    `Chromium is not at ${candidates.join(' or ')}. Install it with: apt-get install chromium`,
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Root cannot use Chromium's sandbox; the person is told so. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

export function startChromium(options: ChromiumOptions): Chromium {
  const path = findChromium(options.environment);
  removeAbandonedProfiles();
  const profile = mkdtempSync(join(tmpdir(), `${PROFILE_PREFIX}${String(process.pid)}-`));
  const child = spawn(path, switches(options.headless, profile), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: options.environment,
  });
  let lastWords = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + withoutNoise(chunk.toString())).slice(-2000);
  });
  const pipe = new MessagePipe(
    child.stdio[3] as Writable,
    child.stdio[4] as Readable,
    (message) => {
      connection.dispatch(message);
    },
    options.tap,
  );
  const connection = new DevToolsConnection((message) => {
    pipe.send(message);
  });
  let ended = false;
  child.once('error', (error) => {
    connection.close();
    options.onExit(error.message);
  });
  child.once('exit', (code, signal) => {
    connection.close();
    if (!ended) options.onExit(`${String(signal ?? code)}\n${lastWords}`);
  });
  const end = (): void => {
    ended = true;
    child.kill('SIGKILL');
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  };
  return { connection, process: child, end };
}

function switches(headless: boolean, profile: string): readonly string[] {
  return [
    ...SWITCHES,
    `--user-data-dir=${profile}`,
    ...(headless ? ['--headless=new', '--hide-scrollbars=false', '--screen-info={1920x1080}'] : []),
    ...(isRoot() ? ['--no-sandbox', '--test-type'] : []),
  ];
}

/** Without a message bus Chromium complains about it by the dozen. */
function withoutNoise(text: string): string {
  return text.replaceAll(/^.*\bdbus\/.*\n?/gm, '');
}

/** A process that was killed could not remove its profile: the next one does. */
function removeAbandonedProfiles(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = new RegExp(`^${PROFILE_PREFIX}(\\d+)-`).exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
