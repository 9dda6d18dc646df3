// The files that people carry in and out: read whole, or written aside, synced and renamed into place.
// SPDX-License-Identifier: MIT

import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { equalBytes } from '../../shared/bytes.ts';
import { isAppError } from '../../shared/errors.ts';
import { TransferError } from '../transfer/transfer-error.ts';
import type { TransferFiles } from '../transfer/transfer-files.ts';
import { identityAt, SQLITE_MAGIC } from './database-file.ts';

export const nodeTransferFiles: TransferFiles = {
  async read(path, maxBytes) {
    try {
      const { size } = await stat(path);
      if (size > maxBytes) {
        throw new TransferError('transfer/too-large', `expected at most ${maxBytes} bytes`, {
          details: { bytes: size, most: maxBytes },
        });
      }
      return { name: basename(path), bytes: Uint8Array.from(await readFile(path)) };
    } catch (cause) {
      if (cause instanceof TransferError) throw cause;
      throw new TransferError('transfer/read-failed', 'the chosen file', { cause });
    }
  },

  async replace(path, chunks, openVault) {
    const aside = join(dirname(path), `.${randomBytes(8).toString('hex')}.part`);
    try {
      await assertNoVaultAt(path, openVault);
      const sizeBytes = await writeSynced(aside, chunks);
      await rename(aside, path);
      await syncFolder(dirname(path));
      return { name: basename(path), sizeBytes };
    } catch (cause) {
      await rm(aside, { force: true });
      // Not of the file: what ended the content, such as a lock meanwhile.
      if (isAppError(cause)) throw cause;
      throw new TransferError('transfer/write-failed', 'the file to write', { cause });
    }
  },
};

/**
 * Throws when a vault lies at `path`. The open one is told by its identity alone: reading it here and closing it again
 * would drop the locks that SQLite holds on it for this process.
 */
async function assertNoVaultAt(path: string, openVault: string): Promise<void> {
  const [target, vault] = [identityAt(path), identityAt(openVault)];
  if (target === null) return;
  if (target === vault || (await startsAsSqlite(path))) {
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
