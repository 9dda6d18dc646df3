// Public keys out of private ones, over node:crypto: what a stated public key is held against.
// SPDX-License-Identifier: MIT

import { createECDH, createPrivateKey, createPublicKey } from 'node:crypto';
import { concatBytes, fromHex } from '../../shared/bytes.ts';
import { EC_CURVES, ED25519_BYTES, type EcCurve } from './key-material.ts';
import { damaged } from './ssh-key-error.ts';

/** PrivateKeyInfo of an Ed25519 key (RFC 8410, section 7) up to the seed: node:crypto takes no bare one. */
const ED25519_PKCS8_PREFIX = fromHex('302e020100300506032b657004220420');

/** The 32 bytes of RFC 8032 for a seed. */
export function deriveEd25519PublicKey(seed: Uint8Array): Uint8Array {
  const der = concatBytes(ED25519_PKCS8_PREFIX, seed);
  try {
    const key = createPrivateKey({ key: Buffer.from(der.buffer), format: 'der', type: 'pkcs8' });
    const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
    return Uint8Array.from(spki.subarray(-ED25519_BYTES));
  } finally {
    der.fill(0);
  }
}

/** The point of a scalar as long as the curve's order. Throws `SshKeyError` where it is none of the curve. */
export function deriveEcPoint(
  curve: EcCurve,
  scalar: Uint8Array,
): { readonly uncompressed: Uint8Array; readonly compressed: Uint8Array } {
  const pair = createECDH(EC_CURVES[curve].nodeName);
  try {
    pair.setPrivateKey(scalar);
  } catch {
    // Without its cause, which the library words differently: zero, or not below the order.
    throw damaged('EC key: its private number is out of range');
  }
  return {
    uncompressed: Uint8Array.from(pair.getPublicKey()),
    compressed: Uint8Array.from(pair.getPublicKey(null, 'compressed')),
  };
}
