// What stands beside an item's key under K_wrap: the epoch that the key was made in and, once that epoch is over, digests
// of all that lay under the key when it ended. Whoever knew the former vault key knows the item key, and could seal
// something new under it: it is not among these. docs/vault-format.md, "Keys of an item".
// SPDX-License-Identifier: MIT

import { equalBytes, joinBytes } from '../../shared/bytes.ts';
import { sha256 } from '../crypto/digest.ts';
import { FixedWidthReader, u32 } from './fixed-width.ts';

const EPOCH_BYTES = 4;
const DIGEST_BYTES = 16;

export interface ItemKeyNote {
  /** The epoch that the key was made in. */
  readonly madeIn: number;
  /** 16 bytes for each body and each head of a file that may lie under a key of a former epoch; empty for one in use. */
  readonly sealedBefore: Uint8Array;
}

/** What stands for a sealed body or head. */
export function digestSealed(sealed: Uint8Array): Uint8Array {
  return sha256(sealed).subarray(0, DIGEST_BYTES);
}

/** `made in u32 ‖ digests`. */
export function encodeKeyNote({ madeIn, sealedBefore }: ItemKeyNote): Uint8Array<ArrayBuffer> {
  return joinBytes([u32(madeIn), sealedBefore]);
}

/** Throws `TypeError` on anything that is not written in `epoch`. */
export function parseKeyNote(bytes: Uint8Array, epoch: number): ItemKeyNote {
  const reader = new FixedWidthReader(bytes);
  const madeIn = reader.u32();
  const sealedBefore = reader.bytes(bytes.length - EPOCH_BYTES);
  if (madeIn === 0 || madeIn > epoch) throw new TypeError('item key: of an epoch to come');
  const isInUse = madeIn === epoch;
  if (isInUse ? sealedBefore.length > 0 : sealedBefore.length % DIGEST_BYTES !== 0) {
    throw new TypeError('item key: digests of another length');
  }
  return { madeIn, sealedBefore };
}

/** Whether something that verifies under the key may lie under it: anything, as long as the key is in use. */
export function mayHold({ sealedBefore }: ItemKeyNote, sealed: Uint8Array, isInUse: boolean) {
  if (isInUse) return true;
  const digest = digestSealed(sealed);
  for (let start = 0; start < sealedBefore.length; start += DIGEST_BYTES) {
    if (equalBytes(sealedBefore.subarray(start, start + DIGEST_BYTES), digest)) return true;
  }
  return false;
}
