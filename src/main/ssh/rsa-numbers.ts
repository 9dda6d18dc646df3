// The arithmetic of RSA keys (RFC 8017, section 3): do the numbers of a private key belong together?
// Its integers cannot be erased; they go when they are collected, at the latest with the process.
// SPDX-License-Identifier: MIT

import { fromHex } from '../../shared/bytes.ts';
import { bitLength, type RsaMaterial } from './key-material.ts';
import { damaged, unsupported } from './ssh-key-error.ts';

/** OpenSSH refuses shorter ones, and Electron's cryptography longer ones. */
const MODULUS_BITS = { least: 1024, most: 8192 };
/** Electron's cryptography takes no longer ones. */
const MOST_EXPONENT_BITS = 33;

/** d modulo p - 1 and modulo q - 1. The caller erases them. */
export function crtExponents(material: RsaMaterial): {
  readonly dp: Uint8Array;
  readonly dq: Uint8Array;
} {
  assertRsaBounds(material);
  const [d, p, q] = [toInteger(material.d), toInteger(material.p), toInteger(material.q)];
  if (p < 3n || q < 3n) throw damaged('RSA key: its primes are too small');
  return { dp: fromInteger(d % (p - 1n)), dq: fromInteger(d % (q - 1n)) };
}

/** Throws unless the modulus, both exponents, the primes and the inverse are those of one key. */
export function assertRsaNumbers(material: RsaMaterial): void {
  assertRsaBounds(material);
  const [n, e, d] = [toInteger(material.n), toInteger(material.e), toInteger(material.d)];
  const [p, q, iqmp] = [toInteger(material.p), toInteger(material.q), toInteger(material.iqmp)];
  const isOneKey =
    [p, q, e].every((value) => value >= 3n && (value & 1n) === 1n) &&
    p !== q &&
    p * q === n &&
    d < n &&
    (e * d) % (p - 1n) === 1n &&
    (e * d) % (q - 1n) === 1n &&
    iqmp < p &&
    (iqmp * q) % p === 1n;
  if (!isOneKey) throw damaged('RSA key: its numbers do not belong together');
}

/** Comes before any arithmetic: long numbers would keep us busy for long. */
function assertRsaBounds({ n, e, d, iqmp, p, q }: RsaMaterial): void {
  const bits = bitLength(n);
  if (bits < MODULUS_BITS.least || bits > MODULUS_BITS.most) {
    throw unsupported(
      'rsa-size',
      `RSA key: expected ${MODULUS_BITS.least} to ${MODULUS_BITS.most} bits, got ${bits}`,
    );
  }
  if (bitLength(e) > MOST_EXPONENT_BITS) {
    throw unsupported('rsa-exponent', 'RSA key: its public exponent is too long');
  }
  if ([d, iqmp, p, q].some((value) => value.length > n.length)) {
    throw damaged('RSA key: a number is longer than the modulus');
  }
}

function toInteger(unsigned: Uint8Array): bigint {
  let value = 0n;
  for (const byte of unsigned) value = (value << 8n) | BigInt(byte);
  return value;
}

function fromInteger(value: bigint): Uint8Array {
  const hex = value.toString(16);
  return fromHex(hex.length % 2 === 0 ? hex : `0${hex}`);
}
