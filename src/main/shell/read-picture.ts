// A picture that a person chose, for a window to look for a QR code in. It is decoded there, in the sandbox, never here.
// SPDX-License-Identifier: MIT

import { readFile, stat } from 'node:fs/promises';
import { AppError } from '../../shared/errors.ts';

const MOST_BYTES = 16 * 1024 * 1024;

/** Throws `transfer/too-large`, `transfer/read-failed`. */
export async function readPicture(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES) {
      throw new AppError('transfer/too-large', 'a picture that large is none of a QR code', {
        details: { bytes: size, most: MOST_BYTES },
      });
    }
    return Uint8Array.from(await readFile(path));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('transfer/read-failed', 'the chosen picture', { cause });
  }
}
