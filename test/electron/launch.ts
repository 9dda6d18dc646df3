// How the application is started on the stand-in, and whether it has to be: for the scripts and the end-to-end specs.
// SPDX-License-Identifier: MIT

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const electronFolder = fileURLToPath(new URL('../../node_modules/electron', import.meta.url));

/**
 * What has to be added to the environment so that `electron .` and Playwright's `_electron.launch` start the stand-in.
 */
export function standInEnvironment(): { readonly ELECTRON_OVERRIDE_DIST_PATH: string } {
  return { ELECTRON_OVERRIDE_DIST_PATH: fileURLToPath(new URL('dist', import.meta.url)) };
}

/** Whether Electron's own binary has been fetched. Only looks: requiring `electron` would fetch it. */
export function hasElectronBinary(): boolean {
  const pathFile = join(electronFolder, 'path.txt');
  return (
    existsSync(pathFile) &&
    existsSync(join(electronFolder, 'dist', readFileSync(pathFile, 'utf8').trim()))
  );
}
