// SHA-256, HMAC-SHA256 (RFC 2104) and HKDF-SHA256 (RFC 5869) over node:crypto, and the constant-time compare.
// SPDX-License-Identifier: MIT

import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** SHA-256 of `parts` one after the other: 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return Uint8Array.from(hash.digest());
}

/** HMAC-SHA256 under `key` of `parts` one after the other: 32 bytes. */
export function hmacSha256(
  key: Uint8Array,
  ...parts: readonly Uint8Array[]
): Uint8Array<ArrayBuffer> {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return Uint8Array.from(mac.digest());
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
