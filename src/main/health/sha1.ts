// SHA-1 (FIPS 180-4), here and nowhere else: the lists of breached passwords name each password by its SHA-1, so
// reading the format of others takes it. Nothing of Latchkey's own rests on it.
// SPDX-License-Identifier: MIT

import { createHash } from 'node:crypto';
import type { Brand } from '../../shared/brand.ts';
import { toUtf8 } from '../../shared/bytes.ts';

/** SHA-1 as its 40 upper-case ASCII digits, the way the lists write it; bytes, so that it can be erased. */
export type Sha1Hex = Brand<Uint8Array, 'Sha1Hex'>;

const DIGITS = toUtf8('0123456789ABCDEF');

/** The name of `password`, taken as UTF-8, in the lists. The caller owns it. */
export function sha1OfPassword(password: string): Sha1Hex {
  const bytes = toUtf8(password);
  const digest = createHash('sha1').update(bytes).digest();
  bytes.fill(0);
  const name = new Uint8Array(digest.length * 2);
  digest.forEach((byte, index) => {
    name[index * 2] = DIGITS[byte >> 4] ?? 0;
    name[index * 2 + 1] = DIGITS[byte & 15] ?? 0;
  });
  digest.fill(0);
  return name as Sha1Hex;
}
