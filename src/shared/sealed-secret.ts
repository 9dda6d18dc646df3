// A typed secret on its way from a window to the vault process: sealed by HPKE to a key pair of that very process, bound to
// the channel that carries it. What lies between the two, main and the pipes, holds nothing but this.
// SPDX-License-Identifier: MIT

import { HPKE_LENGTHS } from './hpke-suite.ts';
import { toUtf8 } from './bytes.ts';

/** An object, so that bytes that nobody sealed are never taken for it. */
export interface SealedSecret {
  /** 16 random bytes in hex: which process's key it was sealed to. */
  readonly keyId: string;
  /** The sender's ephemeral public key (RFC 9180, `enc`). */
  readonly enc: Uint8Array;
  /** Padded, so that it says little of the secret's length. */
  readonly ciphertext: Uint8Array;
}

/** The public half of a vault process's key pair. */
export interface SealingKey {
  readonly keyId: string;
  /** X25519. */
  readonly publicKey: Uint8Array;
}

/** `T` as the page has it before its api layer seals: secrets are bytes there. */
export type Unsealed<T> = T extends SealedSecret
  ? Uint8Array
  : T extends string | number | boolean | null | undefined | Uint8Array
    ? T
    : { readonly [K in keyof T]: Unsealed<T[K]> };

const LENGTH_BYTES = 4;
const BUCKET = 64;

/** HPKE's `info`: a secret sealed for one channel opens on no other. */
export function sealingInfo(channel: string): Uint8Array<ArrayBuffer> {
  return toUtf8(`latchkey/typed-secret/1 ${channel}`);
}

/** HPKE's `aad`. */
export function sealingAad(keyId: string): Uint8Array<ArrayBuffer> {
  return toUtf8(keyId);
}

/** Bytes of the ciphertext for a secret of `length` bytes. */
export function sealedLength(length: number): number {
  return paddedLength(length) + HPKE_LENGTHS.tag;
}

/** Its length, itself and zeroes up to a whole number of buckets. The caller erases it. */
export function padSecret(secret: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(paddedLength(secret.length));
  new DataView(padded.buffer).setUint32(0, secret.length);
  padded.set(secret, LENGTH_BYTES);
  return padded;
}

/** A copy of what `padSecret` was given, or null where it was not made by that. */
export function unpadSecret(padded: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (padded.length < LENGTH_BYTES) return null;
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  if (padded.length !== paddedLength(length)) return null;
  if (padded.subarray(LENGTH_BYTES + length).some((byte) => byte !== 0)) return null;
  return Uint8Array.from(padded.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
}

function paddedLength(length: number): number {
  return Math.ceil((LENGTH_BYTES + length) / BUCKET) * BUCKET;
}
