// The DER (X.690) that WebAuthn touches: ECDSA-Sig-Value (RFC 3279, section 2.2.3) and the SubjectPublicKeyInfo
// of an elliptic curve key (RFC 5480). Strict both ways: one encoding for each value, nothing left over.
// SPDX-License-Identifier: MIT

import { concatBytes, equalBytes, fromHex } from '../../shared/bytes.ts';
import { CodecError } from './codec-error.ts';
import { fromUncompressedPoint, toUncompressedPoint, type CoseKey } from './cose.ts';

const SEQUENCE = 0x30;
const INTEGER = 0x02;
/** Largest length in DER's short form; the two scalars of P-256 stay below it. */
const SHORT_FORM = 0x7f;

// SEQUENCE { SEQUENCE { id-ecPublicKey, secp256r1 }, BIT STRING of 65 bytes }, up to the point itself.
const P256_PREFIX = fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200');

/** `r ‖ s`, two scalars of equal length, as an ECDSA-Sig-Value. Throws `CodecError`. */
export function encodeEcdsaSignature(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const half = raw.length / 2;
  if (!Number.isInteger(half) || half === 0) {
    throw new CodecError(`ECDSA signature: expected two scalars, got ${raw.length} bytes`);
  }
  const body = concatBytes(encodeScalar(raw.subarray(0, half)), encodeScalar(raw.subarray(half)));
  if (body.length > SHORT_FORM) {
    throw new CodecError(
      `ECDSA signature: expected at most ${SHORT_FORM} bytes, got ${body.length}`,
    );
  }
  return concatBytes(Uint8Array.of(SEQUENCE, body.length), body);
}

/**
 * `r ‖ s` of an ECDSA-Sig-Value, each of `scalarLength` bytes. Throws `CodecError` on anything that is not
 * DER, on a negative or oversized scalar; whether the scalars lie below the order is the verifier's matter.
 */
export function parseEcdsaSignature(
  der: Uint8Array,
  scalarLength: number,
): Uint8Array<ArrayBuffer> {
  const body = takeElement(der, SEQUENCE);
  if (body.rest.length > 0) throw new CodecError('ECDSA signature: bytes after the sequence');
  const r = takeElement(body.content, INTEGER);
  const s = takeElement(r.rest, INTEGER);
  if (s.rest.length > 0) throw new CodecError('ECDSA signature: bytes after the second integer');
  return concatBytes(parseScalar(r.content, scalarLength), parseScalar(s.content, scalarLength));
}

/** The SubjectPublicKeyInfo of an ES256 key (WebAuthn Level 3, section 5.2.1.1). */
export function encodeSubjectPublicKeyInfo(key: CoseKey): Uint8Array<ArrayBuffer> {
  return concatBytes(P256_PREFIX, toUncompressedPoint(key));
}

/** The key in a SubjectPublicKeyInfo of P-256. Throws `CodecError`. */
export function parseSubjectPublicKeyInfo(der: Uint8Array): CoseKey {
  if (!equalBytes(der.subarray(0, P256_PREFIX.length), P256_PREFIX)) {
    throw new CodecError('SubjectPublicKeyInfo: expected id-ecPublicKey on secp256r1');
  }
  return fromUncompressedPoint('ES256', der.subarray(P256_PREFIX.length));
}

function encodeScalar(scalar: Uint8Array): Uint8Array {
  const first = scalar.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Uint8Array.of(0) : scalar.subarray(first);
  const sign = (digits[0] ?? 0) > SHORT_FORM ? [0] : [];
  return Uint8Array.of(INTEGER, sign.length + digits.length, ...sign, ...digits);
}

function parseScalar(content: Uint8Array, length: number): Uint8Array {
  const [first = 0, second = 0] = content;
  if (content.length === 0) throw new CodecError('ECDSA signature: an integer without bytes');
  if (first > SHORT_FORM) throw new CodecError('ECDSA signature: a negative integer');
  if (content.length > 1 && first === 0 && second <= SHORT_FORM) {
    throw new CodecError('ECDSA signature: an integer with a needless leading zero');
  }
  const digits = first === 0 ? content.subarray(1) : content;
  if (digits.length > length) {
    throw new CodecError(`ECDSA signature: expected ${length} bytes, got ${digits.length}`);
  }
  const scalar = new Uint8Array(length);
  scalar.set(digits, length - digits.length);
  return scalar;
}

function takeElement(der: Uint8Array, tag: number): { content: Uint8Array; rest: Uint8Array } {
  const [actual, length] = der;
  if (actual !== tag || length === undefined || length > SHORT_FORM) {
    throw new CodecError(`DER: expected tag ${tag} with a short length`);
  }
  if (2 + length > der.length) {
    throw new CodecError(`DER: expected ${2 + length} bytes, got ${der.length}`);
  }
  return { content: der.subarray(2, 2 + length), rest: der.subarray(2 + length) };
}
