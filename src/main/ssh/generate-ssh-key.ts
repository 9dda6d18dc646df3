// New SSH keys: Ed25519 (RFC 8032) from a seed, RSA (FIPS 186-5) by node:crypto on the thread pool.
// SPDX-License-Identifier: MIT

import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { SshKeyRequest } from '../../shared/model/ssh.ts';
import type { RandomSource } from '../crypto/random.ts';
import { deriveEd25519PublicKey } from './derive-public-key.ts';
import { ED25519_BYTES } from './key-material.ts';
import { parsePkcs8 } from './pkcs8.ts';
import { toSshKey, type SshKey } from './ssh-key.ts';

const generate = promisify(generateKeyPair);
const PUBLIC_EXPONENT = 65_537;

/** A fresh key; RSA takes its randomness from the system, whatever `random` is. */
export async function generateSshKey(
  request: SshKeyRequest,
  comment: string,
  random: RandomSource,
): Promise<SshKey> {
  if (request.type === 'ed25519') return generateEd25519(comment, random);
  const { privateKey } = await generate('rsa', {
    modulusLength: request.bits,
    publicExponent: PUBLIC_EXPONENT,
  });
  const der = privateKey.export({ format: 'der', type: 'pkcs8' });
  try {
    return toSshKey(parsePkcs8(der), comment, random);
  } finally {
    der.fill(0);
  }
}

function generateEd25519(comment: string, random: RandomSource): SshKey {
  const seed = random.bytes(ED25519_BYTES);
  try {
    const publicKey = deriveEd25519PublicKey(seed);
    return toSshKey({ kind: 'ed25519', seed, publicKey }, comment, random);
  } finally {
    seed.fill(0);
  }
}
