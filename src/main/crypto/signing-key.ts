// Signing keys of passkeys: generate, sign, and PKCS#8 (RFC 5958) in and out. A row per COSE algorithm.
// ES256 is ECDSA on P-256 with SHA-256, nonces by RFC 6979, s as it falls. Sole door to @noble/curves.
// SPDX-License-Identifier: MIT

import { p256 } from '@noble/curves/nist.js';
import { concatBytes, equalBytes, fromHex } from '../../shared/bytes.ts';
import { AppError } from '../../shared/errors.ts';
import type { RandomSource } from './random.ts';
import { SecretBytes } from './secret-bytes.ts';

export type SigningAlgorithm = 'ES256';

export interface SigningKeyPair {
  /** PKCS#8; owned by the caller. */
  readonly privateKey: SecretBytes;
  /** For ES256 the uncompressed point of SEC 1, 65 bytes. */
  readonly publicKey: Uint8Array;
}

/** A private key that is not a PKCS#8 key of the algorithm it was said to be. */
export class SigningKeyError extends AppError<'crypto/parameters-refused'> {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super('crypto/parameters-refused', message, options);
  }
}

/** What one algorithm can do. The raw secret is lent for one call and zeroed by the lender. */
interface SigningScheme {
  readonly generateSecret: (random: RandomSource) => Uint8Array;
  readonly publicKeyOf: (secret: Uint8Array) => Uint8Array;
  readonly sign: (secret: Uint8Array, message: Uint8Array) => Uint8Array;
  readonly verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
  readonly encodePkcs8: (secret: Uint8Array, publicKey: Uint8Array) => Uint8Array;
  readonly parsePkcs8: (der: Uint8Array) => Uint8Array;
}

/** FIPS 186-5, appendix A.2.1: 64 bits more than the order before reducing, or the low scalars come too often. */
const P256_SEED_LENGTH = 48;
const P256_SECRET_LENGTH = 32;

// OneAsymmetricKey { 0, { id-ecPublicKey, secp256r1 }, ECPrivateKey { 1, secret [, public key] } }. The forms
// with and without the public key are both in use; all lengths are fixed, so the bytes around are constants.
const P256_ALGORITHM = '301306072a8648ce3d020106082a8648ce3d030107';
const P256_WITH_PUBLIC = fromHex(`308187020100${P256_ALGORITHM}046d306b0201010420`);
const P256_PUBLIC_FIELD = fromHex('a144034200');
const P256_WITHOUT_PUBLIC = fromHex(`3041020100${P256_ALGORITHM}042730250201010420`);

const SCHEMES: Readonly<Record<SigningAlgorithm, SigningScheme>> = {
  ES256: {
    generateSecret(random) {
      const seed = random.bytes(P256_SEED_LENGTH);
      const secret = p256.utils.randomSecretKey(seed);
      seed.fill(0);
      return secret;
    },
    publicKeyOf: (secret) => p256.getPublicKey(secret, false),
    // The library's default turns s into its smaller form, which ES256 does not ask for.
    sign: (secret, message) => p256.sign(message, secret, { lowS: false, format: 'der' }),
    verify: verifyP256,
    encodePkcs8: (secret, publicKey) =>
      concatBytes(P256_WITH_PUBLIC, secret, P256_PUBLIC_FIELD, publicKey),
    parsePkcs8: parseP256Pkcs8,
  },
};

/** A fresh key pair. */
export function generateSigningKey(
  algorithm: SigningAlgorithm,
  random: RandomSource,
): SigningKeyPair {
  const scheme = SCHEMES[algorithm];
  return toKeyPair(scheme, scheme.generateSecret(random));
}

/** The key pair of a bare secret scalar or seed. Takes ownership; the argument is zeroed. */
export function fromRawSecret(algorithm: SigningAlgorithm, secret: Uint8Array): SigningKeyPair {
  return toKeyPair(SCHEMES[algorithm], secret);
}

/** The public key of a PKCS#8 key. Throws `SigningKeyError`. */
export function publicKeyOf(algorithm: SigningAlgorithm, privateKey: SecretBytes): Uint8Array {
  return withSecret(algorithm, privateKey, (scheme, secret) => scheme.publicKeyOf(secret));
}

/** The signature of `message` as WebAuthn conveys it: for ES256 an ECDSA-Sig-Value in DER. */
export function signMessage(
  algorithm: SigningAlgorithm,
  privateKey: SecretBytes,
  message: Uint8Array,
): Uint8Array {
  return withSecret(algorithm, privateKey, (scheme, secret) => scheme.sign(secret, message));
}

/** Whether `signature` is one of `message` under `publicKey`; malformed input is `false`, not an error. */
export function verifyMessage(
  algorithm: SigningAlgorithm,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  return SCHEMES[algorithm].verify(publicKey, message, signature);
}

function toKeyPair(scheme: SigningScheme, secret: Uint8Array): SigningKeyPair {
  try {
    const publicKey = scheme.publicKeyOf(secret);
    return { publicKey, privateKey: SecretBytes.take(scheme.encodePkcs8(secret, publicKey)) };
  } catch (cause) {
    throw new SigningKeyError('private key: not a secret of this algorithm', { cause });
  } finally {
    secret.fill(0);
  }
}

function withSecret<T>(
  algorithm: SigningAlgorithm,
  privateKey: SecretBytes,
  action: (scheme: SigningScheme, secret: Uint8Array) => T,
): T {
  const scheme = SCHEMES[algorithm];
  return privateKey.use((der) => {
    const secret = scheme.parsePkcs8(der);
    try {
      return action(scheme, secret);
    } finally {
      secret.fill(0);
    }
  });
}

function verifyP256(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return p256.verify(signature, message, publicKey, { lowS: false, format: 'der' });
  } catch (error) {
    // A signature or key that does not parse verifies nothing; the library tells it by throwing.
    if (error instanceof Error) return false;
    throw error;
  }
}

/** A copy of the secret scalar; the caller zeroes it. */
function parseP256Pkcs8(der: Uint8Array): Uint8Array {
  const secret = findP256Secret(der);
  if (secret === null || !p256.utils.isValidSecretKey(secret)) {
    throw new SigningKeyError('private key: expected PKCS#8 of a P-256 key');
  }
  return Uint8Array.from(secret);
}

function findP256Secret(der: Uint8Array): Uint8Array | null {
  if (startsWith(der, P256_WITHOUT_PUBLIC)) {
    const secret = der.subarray(P256_WITHOUT_PUBLIC.length);
    return secret.length === P256_SECRET_LENGTH ? secret : null;
  }
  if (!startsWith(der, P256_WITH_PUBLIC)) return null;
  const end = P256_WITH_PUBLIC.length + P256_SECRET_LENGTH;
  const secret = der.subarray(P256_WITH_PUBLIC.length, end);
  if (!p256.utils.isValidSecretKey(secret)) return null;
  const tail = concatBytes(P256_PUBLIC_FIELD, p256.getPublicKey(secret, false));
  return equalBytes(der.subarray(end), tail) ? secret : null;
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return equalBytes(bytes.subarray(0, prefix.length), prefix);
}
