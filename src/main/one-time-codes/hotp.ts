// HOTP (RFC 4226) over SHA-1, SHA-256 and SHA-512, and base32 (RFC 4648, section 6). Sole door to `otpauth`.
// Decoded secrets are erased after use. The package's own HMAC copies the key once more into a buffer that only
// Node's allocator reuses: that copy lives until it is overwritten or the process ends.
// SPDX-License-Identifier: MIT

import { HOTP, Secret } from 'otpauth';
import type { OneTimeCodeAlgorithm } from '../../shared/model/one-time-code.ts';

/** Decimal digits that the 31 bits of RFC 4226, section 5.3, can fill. */
const TRUNCATED_DIGITS = 10;

interface HotpInput {
  /** Base32, upper case, without padding. */
  readonly secret: string;
  readonly algorithm: OneTimeCodeAlgorithm;
  readonly counter: number;
}

/** RFC 4226, section 5.3, step 3: the lowest `digits` decimal digits, with leading zeros. */
export function hotp(input: HotpInput, digits: number): string {
  const { counter } = input;
  // Electron's BoringSSL knows the names without a dash alone.
  const algorithm = input.algorithm.replace('-', '');
  return withSecret(input.secret, (secret) =>
    HOTP.generate({ secret, algorithm, counter, digits }),
  );
}

/** RFC 4226, section 5.3, step 2: the 31 bits that a code is made of. */
export function truncatedHmac(input: HotpInput): number {
  // No 31-bit number has more digits than this, so nothing is cut off.
  return Number(hotp(input, TRUNCATED_DIGITS));
}

/** Base32 in upper case without padding. Borrows `bytes`. */
export function toBase32(bytes: Uint8Array): string {
  const secret = new Secret({ buffer: Uint8Array.from(bytes).buffer });
  try {
    return secret.base32;
  } finally {
    secret.bytes.fill(0);
  }
}

/**
 * The canonical form of `text`, which has characters of the alphabet alone. Bits that fill no byte are dropped, as
 * authenticator apps do: some sites hand out random characters of a length that no bytes encode to.
 */
export function canonicalBase32(text: string): string {
  return withSecret(text, ({ bytes }) => toBase32(bytes));
}

function withSecret<T>(base32: string, action: (secret: Secret) => T): T {
  const secret = Secret.fromBase32(base32);
  try {
    return action(secret);
  } finally {
    secret.bytes.fill(0);
  }
}
