// The folder of backups beside a vault file: `Name.backups/<time>-<revision>.latchkey`.
// SPDX-License-Identifier: MIT

import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { toHex, toUtf8 } from '../../shared/bytes.ts';
import { systemCode } from '../../shared/system-code.ts';
import { sha256 } from '../crypto/digest.ts';
import { systemRandom } from '../crypto/random.ts';
import type { BackupFile, BackupFiles } from '../vault/backup-files.ts';
import { VaultError } from '../vault/vault-error.ts';
import { syncFolder } from './synced.ts';

const ENDING = '.latchkey';
const NAME = /^(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})Z-(\d{1,16})\.latchkey$/;
const DRAFT = /^\.[0-9a-f]{16}\.part(-wal|-shm|-journal)?$/;
const COMPANIONS = ['', '-wal', '-shm', '-journal'];

export const nodeBackupFiles: BackupFiles = {
  list(vaultPath) {
    const folder = folderOf(vaultPath);
    const names = refusing(() => readdirSync(folder, { withFileTypes: true }), []);
    return names
      .filter((entry) => entry.isFile())
      .flatMap(({ name }) => read(folder, name) ?? [])
      .sort((a, b) => b.madeAt - a.madeAt || b.revision - a.revision);
  },

  draftFor(vaultPath) {
    const folder = folderOf(vaultPath);
    return refusing(() => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return join(folder, `.${toHex(systemRandom.bytes(8))}.part`);
    });
  },

  publish(vaultPath, draft, { madeAt, revision }) {
    const folder = folderOf(vaultPath);
    const time = new Date(madeAt).toISOString().slice(0, 19).replaceAll(':', '-');
    refusing(() => {
      sync(draft);
      renameSync(draft, join(folder, `${time}Z-${revision}${ENDING}`));
      syncFolder(folder);
      syncFolder(dirname(folder));
    });
  },

  clearDrafts(vaultPath) {
    if (existsSync(folderOf(vaultPath))) refusing(() => clearDrafts(folderOf(vaultPath)));
  },

  remove(path) {
    refusing(() => {
      for (const suffix of COMPANIONS) rmSync(path + suffix, { force: true });
      // Without this a loss of power brings back what opens by a secret that was given up.
      syncFolder(dirname(path));
    });
  },
};

/** What a program that was killed in the middle of a backup has left, and what is being written: for when nothing is. */
function clearDrafts(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (DRAFT.test(name)) rmSync(join(folder, name), { force: true });
  }
}

function folderOf(vaultPath: string): string {
  const name = basename(vaultPath);
  const bare = name.endsWith(ENDING) ? name.slice(0, -ENDING.length) : name;
  return join(dirname(vaultPath), `${bare}.backups`);
}

function read(folder: string, name: string): BackupFile | null {
  const match = NAME.exec(name);
  if (match === null) return null;
  const [, day = '', hours = '', minutes = '', seconds = '', revision = ''] = match;
  const madeAt = Date.parse(`${day}T${hours}:${minutes}:${seconds}Z`);
  const path = join(folder, name);
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (Number.isNaN(madeAt) || size === undefined) return null;
  const key = toHex(sha256(toUtf8(path))).slice(0, 32);
  return { key, path, madeAt, sizeBytes: size, revision: Number(revision) };
}

function sync(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}

/** `otherwise` is what there is where there is no folder yet. */
function refusing<T>(action: () => T, otherwise?: T): T {
  try {
    return action();
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'ENOENT' && otherwise !== undefined) return otherwise;
    throw new VaultError('vault/write-failed', `backups: ${code}`, { cause, details: { code } });
  }
}
