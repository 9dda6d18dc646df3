// Passwords on their way out of a window: NFKC, then UTF-8 (NIST SP 800-63B-4, section 3.1.1.2), and zeroed after use.
// The string in the input element cannot be erased; these bytes can, once the api layer has sealed them.
// SPDX-License-Identifier: MIT

import { toUtf8 } from '../shared/bytes.ts';

/** Bytes of `text` in the one form that every part of Latchkey uses for passwords. */
export function toPasswordBytes(text: string): Uint8Array<ArrayBuffer> {
  return toUtf8(text.normalize('NFKC'));
}

/** Runs `send` with the bytes of each of `texts` and zeroes them all when it has settled. */
export async function withPasswordBytes<T>(
  texts: readonly string[],
  send: (...passwords: Uint8Array<ArrayBuffer>[]) => Promise<T>,
): Promise<T> {
  const passwords = texts.map(toPasswordBytes);
  try {
    return await send(...passwords);
  } finally {
    for (const bytes of passwords) bytes.fill(0);
  }
}
