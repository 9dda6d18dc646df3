// A list of breached passwords on this computer: one large file, or a folder of ranges.
// SPDX-License-Identifier: MIT

import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../shared/system-code.ts';
import { BreachDirectory } from '../health/breach-directory.ts';
import { BreachFile } from '../health/breach-file.ts';
import type { BreachLookUp } from '../health/breach-look-up.ts';
import { TransferError } from '../transfer/transfer-error.ts';

interface Opened {
  readonly lookUp: BreachLookUp;
  readonly isWholeList: boolean;
  readonly close: () => Promise<void>;
}

/** Throws HealthError for what is no such list, `transfer/read-failed` for what cannot be read. */
export async function openBreachList(path: string): Promise<Opened> {
  const stats = await reading(() => stat(path));
  return stats.isDirectory() ? openFolder(path) : openFile(path, stats.size);
}

async function openFolder(path: string): Promise<Opened> {
  const lookUp = await BreachDirectory.open({
    readRange: (prefix) => reading(() => readOrNull(join(path, `${prefix}.txt`))),
  });
  return { lookUp, isWholeList: true, close: () => Promise.resolve() };
}

async function openFile(path: string, size: number): Promise<Opened> {
  const file = await reading(() => open(path, 'r'));
  try {
    const lookUp = await BreachFile.open({
      size,
      read: async (offset, length) => {
        const buffer = new Uint8Array(length);
        const { bytesRead } = await reading(() => file.read(buffer, 0, length, offset));
        return buffer.subarray(0, bytesRead);
      },
    });
    return { lookUp, isWholeList: lookUp.facts.isWhole, close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readOrNull(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function reading<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    throw new TransferError('transfer/read-failed', 'the list of breached passwords', { cause });
  }
}
