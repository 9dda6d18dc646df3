// Suite 1 of the vault format over noble: Argon2id, HKDF and HMAC with SHA-256, XChaCha20-Poly1305, padding, and the
// associated data that everything sealed is bound to.
// SPDX-License-Identifier: MIT

import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { argon2id } from '@noble/hashes/argon2.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { Cursor, join, Malformed, uint, unhex, utf8 } from './bytes.ts';

export interface Cost {
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
}

/** Borrowed and owned by nobody: test secrets are public. */
export type Stretch = (password: Uint8Array, salt: Uint8Array, cost: Cost) => Uint8Array;

export const stretchByArgon2id: Stretch = (password, salt, { memoryKib, passes, lanes }) =>
  argon2id(password, salt, { m: memoryKib, t: passes, p: lanes, dkLen: 32, version: 0x13 });

export function digest(...parts: readonly Uint8Array[]): Uint8Array {
  return sha256(join(...parts));
}

export function mac(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  return hmac(sha256, key, join(...parts));
}

/** HKDF-SHA256 to 32 bytes; `info` is a label and what follows it. */
export function derive(
  secret: Uint8Array,
  salt: Uint8Array,
  label: string,
  context: Uint8Array = new Uint8Array(0),
): Uint8Array {
  return hkdf(sha256, secret, salt, join(utf8(label), context), 32);
}

export interface Box {
  readonly key: Uint8Array;
  readonly aad: Uint8Array;
}

export function seal({ key, aad }: Box, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array {
  return join(nonce, xchacha20poly1305(key, nonce, aad).encrypt(plaintext));
}

export function open({ key, aad }: Box, sealed: Uint8Array): Uint8Array {
  if (sealed.length < 40) throw new Malformed('shorter than a nonce and a tag');
  try {
    return xchacha20poly1305(key, sealed.subarray(0, 24), aad).decrypt(sealed.subarray(24));
  } catch {
    throw new Malformed('does not verify');
  }
}

/** Smallest size from `length` on that a padded plaintext may have. */
export function bucket(length: number): number {
  if (length <= 4096) return Math.max(256, Math.ceil(length / 256) * 256);
  let e = 0;
  while (2 ** (e + 1) <= length) e += 1;
  let s = 1;
  while (2 ** s <= e) s += 1;
  const step = 2 ** (e - s);
  return Math.ceil(length / step) * step;
}

export function pad(content: Uint8Array): Uint8Array {
  const padded = new Uint8Array(bucket(content.length + 4));
  padded.set(uint(content.length, 4));
  padded.set(content, 4);
  return padded;
}

export function unpad(padded: Uint8Array): Uint8Array {
  const cursor = new Cursor(padded);
  const content = cursor.framed();
  if (bucket(content.length + 4) !== padded.length) throw new Malformed('another bucket');
  if (padded.subarray(cursor.at).some((byte) => byte !== 0)) throw new Malformed('not zeros');
  return content;
}

export const TYPES = {
  item: 1,
  meta: 2,
  manifest: 3,
  document: 4,
  pack: 5,
  attachment: 6,
} as const;
export const ROLES = {
  body: 1,
  itemKey: 2,
  passkeyKey: 3,
  privateKey: 4,
  meta: 5,
  manifest: 6,
  slotNames: 7,
  savedSearches: 8,
  generatorHistory: 9,
  pack: 16,
  attachmentHead: 17,
  attachmentChunk: 18,
} as const;

export const NO_ID = '0'.repeat(32);

/** The tuple as numbers, so that a test can put any of them in. */
export interface Bound {
  readonly magic?: string;
  readonly namespace?: number;
  readonly suite?: number;
  readonly vaultId: Uint8Array;
  readonly epoch: number;
  readonly type: number;
  readonly itemId: string;
  readonly role: number;
  readonly lamport: number;
  readonly deviceId: string;
  readonly schema: number;
  readonly extra?: Uint8Array;
}

export function aadOf(bound: Bound): Uint8Array {
  return join(
    utf8(bound.magic ?? 'vlt1'),
    uint(bound.namespace ?? 1, 1),
    uint(bound.suite ?? 1, 2),
    bound.vaultId,
    uint(bound.epoch, 4),
    uint(bound.type, 1),
    unhex(bound.itemId),
    uint(bound.role, 1),
    uint(bound.lamport, 8),
    unhex(bound.deviceId),
    uint(bound.schema, 2),
    bound.extra ?? new Uint8Array(0),
  );
}
