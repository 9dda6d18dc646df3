// One-time passwords computed from the standards alone (RFC 4226, RFC 6238), to hold the app's against.
// SPDX-License-Identifier: MIT

import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'));
  const octets = bits.join('').match(/.{8}/g) ?? [];
  return Buffer.from(octets.map((octet) => Number.parseInt(octet, 2)));
}

export interface Method {
  readonly algorithm?: 'sha1' | 'sha256' | 'sha512';
  readonly digits?: number;
}

/** RFC 4226, section 5.3. */
export function hotp(secret: Buffer, counter: number, method: Method = {}): string {
  const { algorithm = 'sha1', digits = 6 } = method;
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const sum = createHmac(algorithm, secret).update(message).digest();
  const offset = (sum.at(-1) ?? 0) & 15;
  const number = sum.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** RFC 6238, section 4.2. */
export function totp(secret: Buffer, atMs: number, period = 30, method: Method = {}): string {
  return hotp(secret, Math.floor(atMs / 1_000 / period), method);
}
