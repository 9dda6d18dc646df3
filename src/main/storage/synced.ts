// Files and names that survive a loss of power once the call returns.
// SPDX-License-Identifier: MIT

import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** A new file, 0600; throws where there is one already. */
export function writeSynced(path: string, content: Uint8Array): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    for (let offset = 0; offset < content.length;) {
      offset += writeSync(file, content, offset);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The names in it. Windows has no such call and does it by itself. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}
