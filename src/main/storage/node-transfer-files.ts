// The files that people carry in and out: read whole, in pieces or as a stream; written aside, synced and renamed into
// place. What a killed program left aside is cleared away by the next one that writes there.
// SPDX-License-Identifier: MIT

import { constants, createReadStream, type Stats } from 'node:fs';
import {
  copyFile,
  type FileHandle,
  link,
  lstat,
  open,
  readdir,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { equalBytes } from '../../shared/bytes.ts';
import { isAppError } from '../../shared/errors.ts';
import { numberedFileName } from '../../shared/model/file-name.ts';
import { systemCode } from '../../shared/system-code.ts';
import { TransferError } from '../transfer/transfer-error.ts';
import type { TransferFiles } from '../transfer/transfer-files.ts';
import { identityAt, SQLITE_MAGIC } from './database-file.ts';

const READ_BYTES = 256 * 1024;
/** Of what is written aside; nobody else's files are called like that. */
const ASIDE = /^\.latchkey-[0-9a-f]{16}\.part$/;
/** So many files of one name are looked past. */
const MOST_OF_A_NAME = 10_000;
/** What is said where files cannot have two names. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES'];
const ASIDE_KEPT_MS = 24 * 60 * 60 * 1000;

export const nodeTransferFiles: TransferFiles = {
  async choose(path, openVault) {
    return readFailing(async () => {
      if (isOpenVault(path, openVault)) {
        throw new TransferError('transfer/not-recognised', 'the chosen file is the open vault');
      }
      const stats = await stat(path);
      if (!stats.isFile()) throw new TypeError('not a file');
      return {
        name: basename(path),
        sizeBytes: stats.size,
        read: (offset, length) => readFailing(() => readUnchanged(path, stats, { offset, length })),
      };
    });
  },

  async stream(path, openVault) {
    if (isOpenVault(path, openVault)) {
      throw new TransferError('transfer/target-is-a-vault', 'the chosen file is the open vault');
    }
    return readFailing(async () => {
      const { size } = await stat(path);
      return { name: basename(path), sizeBytes: size, chunks: readChunks(path) };
    });
  },

  async create(folder, name, chunks) {
    const aside = asideIn(folder);
    try {
      const sizeBytes = await writeSynced(aside, chunks);
      const taken = await placeBeside(aside, folder, name);
      await syncFolder(folder);
      return { name: taken, sizeBytes };
    } catch (cause) {
      if (isAppError(cause)) throw cause;
      throw new TransferError('transfer/write-failed', 'the file to write', { cause });
    } finally {
      await rm(aside, { force: true }).catch(() => undefined);
    }
  },

  nameOf(folder) {
    return basename(folder);
  },

  async replace(path, chunks, openVault) {
    const folder = dirname(path);
    const aside = asideIn(folder);
    try {
      await assertNoVaultAt(path, openVault);
      const sizeBytes = await writeSynced(aside, chunks);
      await rename(aside, path);
      await syncFolder(folder);
      return { name: basename(path), sizeBytes };
    } catch (cause) {
      await rm(aside, { force: true }).catch(() => undefined);
      // Not of the file: what ended the content, such as a lock meanwhile.
      if (isAppError(cause)) throw cause;
      throw new TransferError('transfer/write-failed', 'the file to write', { cause });
    }
  },
};

/** The open vault is told by its identity alone: closing it after a look would drop SQLite's locks on it. */
function isOpenVault(path: string, openVault: string): boolean {
  const identity = identityAt(path);
  return identity !== null && identity === identityAt(openVault);
}

function asideIn(folder: string): string {
  return join(folder, `.latchkey-${randomBytes(8).toString('hex')}.part`);
}

/** Under the first name that nothing has; returns it. */
async function placeBeside(aside: string, folder: string, name: string): Promise<string> {
  for (let number = 1; number <= MOST_OF_A_NAME; number += 1) {
    const candidate = number === 1 ? name : numberedFileName(name, number);
    if (await isPlaced(aside, join(folder, candidate))) return candidate;
  }
  throw new TypeError('too many files of one name');
}

/** A second link to the file, which, unlike a rename, never replaces anything; false where something has that name. */
async function isPlaced(aside: string, path: string): Promise<boolean> {
  try {
    await link(aside, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    if (!NO_LINKS.includes(systemCode(error))) throw error;
  }
  // A file system without links, such as those of memory sticks.
  try {
    await copyFile(aside, path, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Opened for each read: a file that nobody takes in the end is not kept open. */
async function readUnchanged(
  path: string,
  was: Stats,
  { offset, length }: { readonly offset: number; readonly length: number },
): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const now = await file.stat();
    const isSame = (['dev', 'ino', 'size', 'mtimeMs'] as const).every(
      (name) => now[name] === was[name],
    );
    if (!isSame) throw new TypeError('changed since it was chosen');
    return await readAt(file, offset, Math.min(length, Math.max(0, was.size - offset)));
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

async function readFailing<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof TransferError) throw cause;
    throw new TransferError('transfer/read-failed', 'the chosen file', { cause });
  }
}

async function* readChunks(path: string): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) {
      yield chunk as Uint8Array;
    }
  } catch (cause) {
    throw new TransferError('transfer/read-failed', 'the chosen file', { cause });
  }
}

/** Throws when a vault lies at `path`; the open one is not looked into. */
async function assertNoVaultAt(path: string, openVault: string): Promise<void> {
  if (identityAt(path) === null) return;
  if (isOpenVault(path, openVault) || (await startsAsSqlite(path))) {
    throw new TransferError('transfer/target-is-a-vault', 'the target holds a vault');
  }
}

async function startsAsSqlite(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read({ buffer: Buffer.alloc(SQLITE_MAGIC.length), position: 0 });
    return equalBytes(buffer, SQLITE_MAGIC);
  } finally {
    await file.close();
  }
}

async function writeSynced(path: string, chunks: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  try {
    await clearLeftovers(dirname(path), await file.stat());
    let written = 0;
    for await (const chunk of chunks) {
      await file.writeFile(chunk);
      written += chunk.length;
    }
    await file.sync();
    return written;
  } finally {
    await file.close();
  }
}

/**
 * Removes files of ours that are a day older than the one just made there: by the clock of that disk, which may be on
 * another machine. Nothing depends on it, so nothing fails by it.
 */
async function clearLeftovers(folder: string, fresh: { readonly mtimeMs: number }): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => ASIDE.test(one))) {
    const path = join(folder, name);
    try {
      const stats = await lstat(path);
      if (stats.isFile() && stats.mtimeMs < fresh.mtimeMs - ASIDE_KEPT_MS) await rm(path);
    } catch {
      // Gone meanwhile, or not ours to remove.
    }
  }
}

/** Makes the rename itself durable. Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
