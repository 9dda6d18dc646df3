// ImportSource: a file on its way in, as importers see it: read anywhere, in pieces, and more than once. A file of any
// size can be verified as a whole and then taken without ever being in memory.
// SPDX-License-Identifier: MIT

import { TransferError } from './transfer-error.ts';

export interface ImportSource {
  readonly sizeBytes: number;
  /** The bytes from `offset`, `length` of them or as many as the file has. They are the caller's. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A file that lies in memory. Borrows the bytes. */
export function sourceOf(bytes: Uint8Array): ImportSource {
  return {
    sizeBytes: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)),
  };
}

/** The whole of a file that may be held in memory. Throws `transfer/too-large` above `mostBytes`, before it reads. */
export async function readWhole(file: ImportSource, mostBytes: number): Promise<Uint8Array> {
  if (file.sizeBytes > mostBytes) {
    throw new TransferError(
      'transfer/too-large',
      `expected at most ${mostBytes} bytes, got ${file.sizeBytes}`,
      { details: { sizeBytes: file.sizeBytes, maxBytes: mostBytes } },
    );
  }
  return file.read(0, file.sizeBytes);
}
