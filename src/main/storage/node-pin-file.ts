// What this machine remembers of vaults, as files: `<vault id>.pin` in one folder of the app's own, 0600, each replaced
// whole (written aside, synced, renamed).
// SPDX-License-Identifier: MIT

import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { toHex } from '../../shared/bytes.ts';
import { systemCode } from '../../shared/system-code.ts';
import type { PinStore } from '../vault/pin-store.ts';
import { VaultError } from '../vault/vault-error.ts';
import { syncFolder, writeSynced } from './synced.ts';

/** More than any record has, so that whoever put something larger there does not fill the memory. */
const MOST_BYTES = 4096;

/** The folder is made when the first record is saved. */
export function nodePinFiles(folder: string): PinStore {
  const pathOf = (vaultId: Uint8Array): string => join(folder, `${toHex(vaultId)}.pin`);
  return {
    load(vaultId) {
      try {
        return readSmall(pathOf(vaultId)) ?? 'unreadable';
      } catch (error) {
        return systemCode(error) === 'ENOENT' ? 'none' : 'unreadable';
      }
    },

    save(vaultId, record) {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        replace(pathOf(vaultId), record);
        syncFolder(folder);
      } catch (cause) {
        const code = systemCode(cause);
        throw new VaultError('vault/write-failed', `pin: ${code}`, { cause, details: { code } });
      }
    },
  };
}

/** Null for what is no plain file of a record's size. Does not wait for the other end of a pipe, follows no link. */
function readSmall(path: string): Uint8Array | null {
  const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;
  // Windows has neither flag.
  const file = openSync(path, O_RDONLY | (O_NONBLOCK || 0) | (O_NOFOLLOW || 0));
  try {
    const stats = fstatSync(file);
    if (!stats.isFile() || stats.size > MOST_BYTES) return null;
    const bytes = new Uint8Array(MOST_BYTES);
    return bytes.slice(0, readSync(file, bytes, 0, MOST_BYTES, 0));
  } finally {
    closeSync(file);
  }
}

function replace(path: string, content: Uint8Array): void {
  const aside = `${path}.new`;
  // What a program that was ended in the middle of this has left; also a link that someone put there.
  rmSync(aside, { force: true });
  writeSynced(aside, content);
  renameSync(aside, path);
}
