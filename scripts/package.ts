// `npm run package`: the unpacked app for this system, with its fuses set. Where Electron's distribution is missing, the
// same configuration runs against a stand-in distribution; either way the fuses and the archive's content are checked.
// SPDX-License-Identifier: MIT

import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { build, Platform } from 'electron-builder';
import { hasElectronBinary } from '../test/electron/launch.ts';
import { buildAll } from './build.ts';
import { root } from './parts.ts';

const output = join(root, 'out/package');
const electronVersion = (
  JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string;
  }
).version;

/** What every packaged Latchkey has: docs of Electron, "Fuses". `false` is a fuse switched off. */
const FUSES = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
} as const;

/** Marks the place of the fuses in Electron's binary; then wire version, number of fuses, one character each. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES_OF_ELECTRON = '101100111';

/** A distribution with a placeholder binary that has fuses and nothing else. */
function standInDistribution(): string {
  const folder = join(root, 'out/stand-in-distribution');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'resources'), { recursive: true });
  const count = FUSES_OF_ELECTRON.length;
  const wire = Buffer.concat([
    Buffer.from(`#!/bin/sh\necho placeholder\nexit 1\n${FUSE_SENTINEL}`),
    Buffer.from([1, count]),
    Buffer.from(FUSES_OF_ELECTRON),
  ]);
  writeFileSync(join(folder, 'electron'), wire, { mode: 0o755 });
  writeFileSync(join(folder, 'version'), electronVersion);
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  return folder;
}

async function packageApp(): Promise<string> {
  await buildAll();
  rmSync(output, { recursive: true, force: true });
  const hasElectron = hasElectronBinary();
  const platform = hasElectron ? Platform.current() : Platform.LINUX;
  await build({
    targets: platform.createTarget('dir'),
    projectDir: root,
    publish: 'never',
    config: {
      extends: join(root, 'electron-builder.yml'),
      electronVersion,
      electronDist: hasElectron ? join(root, 'node_modules/electron/dist') : standInDistribution(),
    },
  });
  return join(output, `${platform.buildConfigurationKey}-unpacked`);
}

async function checkFuses(binary: string): Promise<void> {
  const wire = await getCurrentFuseWire(binary);
  for (const [fuse, wanted] of Object.entries(FUSES)) {
    const state = wire[fuse as unknown as FuseV1Options];
    const expected = wanted ? FuseState.ENABLE : FuseState.DISABLE;
    if (state !== expected)
      throw new Error(`fuse ${fuse}: expected ${expected}, got ${String(state)}`);
  }
  console.log(`${Object.keys(FUSES).length} fuses are set as they should be.`);
}

const REQUIRED = [
  '/package.json',
  '/dist/main/main.js',
  '/dist/main/vault-process.js',
  '/dist/preload/unlock.cjs',
  '/dist/preload/main.cjs',
  '/dist/preload/approval.cjs',
  '/dist/renderer/unlock.html',
  '/dist/renderer/main.html',
  '/dist/renderer/approval.html',
  '/dist/site/index.html',
];
const FORBIDDEN = [
  /^\/(src|test|docs|scripts|out|\.git)(\/|$)/,
  /\.(map|tsx?)$/,
  /^\/node_modules\/(electron|react)\b/,
];

/** The archive holds the build and the native packages, nothing else; the natives load from beside it. */
function checkArchive(resources: string): void {
  const archive = join(resources, 'app.asar');
  const files = listPackage(archive, { isPack: false });
  const missing = REQUIRED.filter((file) => !files.includes(file));
  const foreign = files.filter((file) => FORBIDDEN.some((pattern) => pattern.test(file)));
  const native = files.filter((file) => file.endsWith('.node'));
  const packed = native.filter((file) => !existsSync(join(`${archive}.unpacked`, file)));
  const faults = { missing, foreign, packed };
  if (native.length === 0 || Object.values(faults).some((list) => list.length > 0)) {
    throw new Error(`the archive: ${JSON.stringify({ ...faults, native: native.length })}`);
  }
  const copy = mkdtempSync(join(tmpdir(), 'latchkey-asar-'));
  extractAll(archive, copy);
  const load = createRequire(join(copy, 'dist/main/main.js'));
  const Sqlite = load('better-sqlite3') as new (path: string) => { close(): void };
  new Sqlite(':memory:').close();
  load('argon2');
  rmSync(copy, { recursive: true });
  console.log(
    `The archive holds ${files.length} entries; ${native.length} native files lie beside it and load.`,
  );
}

const app = await packageApp();
if (process.platform === 'darwin') {
  console.log('Fuses and archive are checked on Linux and Windows layouts only.');
} else {
  await checkFuses(join(app, process.platform === 'win32' ? 'Latchkey.exe' : 'latchkey'));
  checkArchive(join(app, 'resources'));
}
console.log(
  hasElectronBinary()
    ? `The unpacked app is in ${app}.`
    : "Electron's distribution is not here: configuration and archive are checked, nothing runs.",
);
