// SHA-256, HMAC-SHA256 (RFC 2104) and HKDF-SHA256 (RFC 5869) over node:crypto, and the constant-time compare.
// Unlocking takes a MAC per row: the one-shot hash costs a fifth of an Hmac object, so HMAC is written out over it.
// SPDX-License-Identifier: MIT

import { hash, hkdfSync, timingSafeEqual } from 'node:crypto';
import { joinBytes } from '../../shared/bytes.ts';

/** RFC 2104, section 2: the block length of SHA-256. */
const BLOCK_BYTES = 64;
const INNER = 0x36;
const OUTER = 0x5c;

/** SHA-256 of `parts` one after the other: 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return digest(parts.length === 1 && parts[0] ? parts[0] : joinBytes(parts));
}

/** HMAC-SHA256 under `key` of `parts` one after the other: 32 bytes. */
export function hmacSha256(
  key: Uint8Array,
  ...parts: readonly Uint8Array[]
): Uint8Array<ArrayBuffer> {
  const block = key.length > BLOCK_BYTES ? digest(key) : key;
  const inner = padded(block, INNER, parts);
  const outer = padded(block, OUTER, [digest(inner)]);
  const mac = digest(outer);
  // Both begin with the key in a thin disguise.
  inner.fill(0);
  outer.fill(0);
  return mac;
}

/** HKDF-SHA256, extract and expand; the caller owns the returned `length` bytes. */
export function hkdfSha256(
  secret: Uint8Array,
  parameters: { salt: Uint8Array; info: Uint8Array; length: number },
): Uint8Array<ArrayBuffer> {
  const { salt, info, length } = parameters;
  return new Uint8Array(hkdfSync('sha256', secret, salt, info, length));
}

/** Equality whose time depends on the lengths alone. */
export function equalInConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function digest(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hash('sha256', bytes, 'buffer'));
}

/** The key's block under `mask`, and the message behind it, in a buffer of its own. */
function padded(block: Uint8Array, mask: number, parts: readonly Uint8Array[]): Uint8Array {
  const bytes = joinBytes([new Uint8Array(BLOCK_BYTES), ...parts]);
  for (let index = 0; index < BLOCK_BYTES; index++) bytes[index] = (block[index] ?? 0) ^ mask;
  return bytes;
}
