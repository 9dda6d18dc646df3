// The last check of every key on its way in: the public half belongs to the private one, and for RSA all numbers belong
// together and one signature was made and verified.
// SPDX-License-Identifier: MIT

import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { equalBytes, toBase64Url, toUtf8 } from '../../shared/bytes.ts';
import { deriveEcPoint, deriveEd25519PublicKey } from './derive-public-key.ts';
import type { EcdsaMaterial, Ed25519Material, KeyMaterial, RsaMaterial } from './key-material.ts';
import { encodePkcs8 } from './pkcs8.ts';
import { assertRsaNumbers } from './rsa-numbers.ts';
import { damaged } from './ssh-key-error.ts';

const PROBE = toUtf8('latchkey ssh key check');

/** Throws `SshKeyError` unless `material` is one whole key that works. */
export function assertSound(material: KeyMaterial): void {
  if (material.kind !== 'rsa') {
    if (isPublicKeyOfItsOwn(material)) return;
    throw damaged('SSH key: its public key is that of another key');
  }
  assertRsaNumbers(material);
  if (!canSign(material)) throw damaged('RSA key: its signatures do not verify');
}

function isPublicKeyOfItsOwn(material: Ed25519Material | EcdsaMaterial): boolean {
  return material.kind === 'ed25519'
    ? equalBytes(deriveEd25519PublicKey(material.seed), material.publicKey)
    : equalBytes(deriveEcPoint(material.curve, material.scalar).uncompressed, material.point);
}

/** Finds what arithmetic cannot, above all "primes" that are none. */
function canSign(material: RsaMaterial): boolean {
  const der = encodePkcs8(material);
  try {
    const key = Buffer.from(der.buffer, der.byteOffset, der.length);
    const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    const n = toBase64Url(material.n);
    const e = toBase64Url(material.e);
    const publicKey = createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
    return verify('sha256', PROBE, publicKey, sign('sha256', PROBE, privateKey));
  } catch (error) {
    // The library refuses such a key by throwing, at one step or another.
    if (error instanceof Error) return false;
    throw error;
  } finally {
    der.fill(0);
  }
}
