// What is done to a vault file before SQLite is let near it: opening a foreign file read-write would change it, and
// a crash while a vault is made must not leave half of one. SQLite file format: sqlite.org/fileformat2.html.
// SPDX-License-Identifier: MIT

import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { equalBytes, toHex, toUtf8 } from '../../shared/bytes.ts';
import { systemCode } from '../../shared/system-code.ts';
import { systemRandom } from '../crypto/random.ts';
import { VaultError } from '../vault/vault-error.ts';
import { syncFolder, writeSynced } from './synced.ts';

/** "Lkv1": marks a SQLite file as a vault of ours. */
export const APPLICATION_ID = 0x4c6b7631;

/** The first bytes of every SQLite file. */
export const SQLITE_MAGIC = toUtf8('SQLite format 3\0');
const HEADER_BYTES = 100;
const PAGE_SIZE_OFFSET = 16;
const PAGE_COUNT_OFFSET = 28;
const USER_VERSION_OFFSET = 60;
const APPLICATION_ID_OFFSET = 68;
/** What SQLite may have left beside a database; belongs to the file of that name, whichever that is. */
const COMPANIONS = ['-wal', '-journal', '-shm'];

/** Names a file, whatever path leads to it. Throws `vault/not-found`. Opens nothing. */
export function identifyFile(path: string): string {
  assertPlainName(path);
  const { dev, ino } = refusing(() => statSync(path, { bigint: true }));
  return `${dev}:${ino}`;
}

/** Like {@link identifyFile} for any path; null where there is nothing. */
export function identityAt(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats ? `${stats.dev}:${stats.ino}` : null;
}

/**
 * Reads the first bytes of a file that is not open in this process (closing it would drop SQLite's POSIX locks) and
 * throws `vault/not-a-vault`, `vault/unsupported-version` or `vault/corrupt` for all that SQLite should not open.
 */
export function inspectFile(path: string, schemaVersion: number): void {
  const { head, size } = readHead(path);
  const isSqlite = equalBytes(head.subarray(0, SQLITE_MAGIC.length), SQLITE_MAGIC);
  if (!isSqlite) throw notAVault();
  if (size < HEADER_BYTES) throw truncated(size);
  const view = new DataView(head.buffer);
  if (view.getUint32(APPLICATION_ID_OFFSET) !== APPLICATION_ID) throw notAVault();
  assertSchemaVersion(view.getUint32(USER_VERSION_OFFSET), schemaVersion);
  if (size < statedSize(view) && !hasLog(path)) throw truncated(size);
}

/** What the file says its size is. A crash while a log is written back may leave less: the log has the rest. */
function statedSize(view: DataView): number {
  const pageSize = view.getUint16(PAGE_SIZE_OFFSET);
  return (pageSize === 1 ? 65_536 : pageSize) * view.getUint32(PAGE_COUNT_OFFSET);
}

/** Whether the last to have the file open did not close it in order. */
export function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** Throws `vault/unsupported-version` for what a later Latchkey wrote. */
export function assertSchemaVersion(found: number, known: number): void {
  if (found > known) {
    throw new VaultError(
      'vault/unsupported-version',
      `vault file: expected schema ${known} or older, got ${found}`,
      { details: { schema: found } },
    );
  }
}

/** Throws `vault/already-exists` where a file, or what is left of one, is in the way. */
export function assertNothingAt(path: string): void {
  assertPlainName(path);
  for (const suffix of ['', ...COMPANIONS]) {
    // A log of another database would be replayed into a new one of its name.
    if (existsSync(path + suffix)) throw alreadyExists(suffix);
  }
}

/** Makes the file, 0600, whole or not at all: written and synced under another name, then linked to its own. */
export function createFile(path: string, content: Uint8Array): void {
  assertNothingAt(path);
  const draft = `${path}.${toHex(systemRandom.bytes(8))}.creating`;
  refusing(() => {
    try {
      writeSynced(draft, content);
      giveName(draft, path);
    } finally {
      rmSync(draft, { force: true });
    }
    syncFolder(dirname(path));
  });
}

/** An empty file, 0600, for SQLite to write into. Throws `vault/already-exists`. */
export function createEmptyFile(path: string): void {
  assertNothingAt(path);
  refusing(() => {
    closeSync(openSync(path, 'wx', 0o600));
  });
}

/** better-sqlite3 trims names, so that it would open another file than the one that was looked at. */
function assertPlainName(path: string): void {
  if (path.trim() !== path || path === '' || path === ':memory:') {
    throw new VaultError('vault/write-failed', 'vault file: its name ends in white space', {
      details: { reason: 'name' },
    });
  }
}

function readHead(path: string): { readonly head: Uint8Array<ArrayBuffer>; readonly size: number } {
  return refusing(() => {
    const file = openSync(path, 'r');
    try {
      const head = new Uint8Array(HEADER_BYTES);
      readSync(file, head, 0, HEADER_BYTES, 0);
      return { head, size: fstatSync(file).size };
    } finally {
      closeSync(file);
    }
  });
}

/** Never replaces: a file that has come to be at `path` meanwhile makes it fail with EEXIST. */
function giveName(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    // FAT, exFAT and some network file systems have no hard links.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(systemCode(error))) throw error;
    copyFileSync(draft, path, constants.COPYFILE_EXCL);
    const file = openSync(path, 'r+');
    fsyncSync(file);
    closeSync(file);
  }
}

function refusing<T>(action: () => T): T {
  try {
    return action();
  } catch (cause) {
    const code = systemCode(cause);
    const details = { code };
    switch (code) {
      case 'ENOENT':
      case 'ENOTDIR':
        throw new VaultError('vault/not-found', 'vault file: not there', { cause, details });
      case 'EEXIST':
        throw alreadyExists('');
      case 'EISDIR':
        throw notAVault();
      case 'EBUSY':
        throw new VaultError('vault/in-use', 'vault file: held by another', { cause, details });
      default:
        throw new VaultError('vault/write-failed', `vault file: ${code}`, { cause, details });
    }
  }
}

function truncated(size: number): VaultError {
  return new VaultError('vault/corrupt', `vault file: cut at ${size} bytes`, {
    details: { reason: 'truncated', size },
  });
}

function notAVault(): VaultError {
  return new VaultError('vault/not-a-vault', 'vault file: expected a Latchkey vault');
}

function alreadyExists(suffix: string): VaultError {
  return new VaultError('vault/already-exists', 'vault file: something of this name is there', {
    details: { suffix },
  });
}
