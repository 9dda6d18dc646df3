// What an SSH key pair consists of, whatever file it came in, and its public blob (RFC 4253, RFC 5656, RFC 8709).
// Numbers are unsigned, big-endian and without zeros in front.
// SPDX-License-Identifier: MIT

import { concatBytes } from '../../shared/bytes.ts';
import type { SshKeyType } from '../../shared/model/ssh.ts';
import { encodeMpint, encodeString } from './ssh-wire.ts';

/** Node's name for the curve, and its OBJECT IDENTIFIER (RFC 5480) as hexadecimal content. */
export const EC_CURVES = {
  nistp256: { bits: 256, scalarBytes: 32, nodeName: 'prime256v1', oid: '2a8648ce3d030107' },
  nistp384: { bits: 384, scalarBytes: 48, nodeName: 'secp384r1', oid: '2b81040022' },
  nistp521: { bits: 521, scalarBytes: 66, nodeName: 'secp521r1', oid: '2b81040023' },
} as const;
export type EcCurve = keyof typeof EC_CURVES;

export const ED25519_BYTES = 32;

export interface Ed25519Material {
  readonly kind: 'ed25519';
  readonly seed: Uint8Array;
  readonly publicKey: Uint8Array;
}

export interface EcdsaMaterial {
  readonly kind: 'ecdsa';
  readonly curve: EcCurve;
  /** As long as the curve's order: zeros in front are kept here. */
  readonly scalar: Uint8Array;
  /** The uncompressed point of SEC 1. */
  readonly point: Uint8Array;
}

/** The letters of RFC 8017; `iqmp` is the inverse of q modulo p. */
export interface RsaMaterial {
  readonly kind: 'rsa';
  readonly n: Uint8Array;
  readonly e: Uint8Array;
  readonly d: Uint8Array;
  readonly iqmp: Uint8Array;
  readonly p: Uint8Array;
  readonly q: Uint8Array;
}

/** Views of the bytes that they were read from: whoever erases those erases the key. */
export type KeyMaterial = Ed25519Material | EcdsaMaterial | RsaMaterial;

export function keyTypeOf(material: KeyMaterial): SshKeyType {
  switch (material.kind) {
    case 'ed25519':
      return 'ssh-ed25519';
    case 'rsa':
      return 'ssh-rsa';
    case 'ecdsa':
      return `ecdsa-sha2-${material.curve}`;
  }
}

/** Length of the modulus or of the curve. */
export function keyBitsOf(material: KeyMaterial): number {
  switch (material.kind) {
    case 'ed25519':
      return 256;
    case 'rsa':
      return bitLength(material.n);
    case 'ecdsa':
      return EC_CURVES[material.curve].bits;
  }
}

/** The bytes of which a public key line shows the base64 and the fingerprint is a hash. */
export function encodePublicBlob(material: KeyMaterial): Uint8Array {
  const type = encodeString(keyTypeOf(material));
  switch (material.kind) {
    case 'ed25519':
      return concatBytes(type, encodeString(material.publicKey));
    case 'rsa':
      return concatBytes(type, encodeMpint(material.e), encodeMpint(material.n));
    case 'ecdsa':
      return concatBytes(type, encodeString(material.curve), encodeString(material.point));
  }
}

/** Significant bits of an unsigned number. */
export function bitLength(unsigned: Uint8Array): number {
  const start = unsigned.findIndex((byte) => byte !== 0);
  if (start === -1) return 0;
  return (unsigned.length - start) * 8 - (Math.clz32(unsigned[start] ?? 0) - 24);
}
