// MemoryTransferFiles: files by path, for tests of what is carried in and out; it can be made to fail where a disk would.
// SPDX-License-Identifier: MIT

import { concatBytes } from '../../src/shared/bytes.ts';
import { numberedFileName } from '../../src/shared/model/file-name.ts';
import { sourceOf } from '../../src/main/transfer/import-source.ts';
import { TransferError } from '../../src/main/transfer/transfer-error.ts';
import type { TransferFiles } from '../../src/main/transfer/transfer-files.ts';

export class MemoryTransferFiles implements TransferFiles {
  readonly byPath = new Map<string, Uint8Array>();
  /** Called before each range is read. */
  onRead: (offset: number) => void = () => undefined;

  choose(path: string): ReturnType<TransferFiles['choose']> {
    const { sizeBytes } = sourceOf(this.#at(path));
    return Promise.resolve({
      name: path,
      sizeBytes,
      read: async (offset, length) => {
        this.onRead(offset);
        return sourceOf(this.#at(path)).read(offset, length);
      },
    });
  }

  stream(path: string): ReturnType<TransferFiles['stream']> {
    const bytes = this.#at(path);
    const chunks = (async function* () {
      yield await Promise.resolve(Uint8Array.from(bytes));
    })();
    return Promise.resolve({ name: path, sizeBytes: bytes.length, chunks });
  }

  async create(
    folder: string,
    name: string,
    chunks: AsyncIterable<Uint8Array>,
  ): ReturnType<TransferFiles['create']> {
    let free = name;
    for (let number = 2; this.byPath.has(`${folder}/${free}`); number += 1) {
      free = numberedFileName(name, number);
    }
    const { sizeBytes } = await this.replace(`${folder}/${free}`, chunks);
    return { name: free, sizeBytes };
  }

  nameOf(folder: string): string {
    return folder;
  }

  async replace(
    path: string,
    chunks: AsyncIterable<Uint8Array>,
  ): ReturnType<TransferFiles['replace']> {
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks) parts.push(Uint8Array.from(chunk));
    const bytes = concatBytes(...parts);
    this.byPath.set(path, bytes);
    return { name: path, sizeBytes: bytes.length };
  }

  #at(path: string): Uint8Array {
    const bytes = this.byPath.get(path);
    if (bytes === undefined) throw new TransferError('transfer/read-failed', 'no such file');
    return bytes;
  }
}
