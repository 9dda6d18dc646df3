// The attestation object (WebAuthn Level 3, section 6.5.4) in the format `none` (section 8.7), the one we make.
// SPDX-License-Identifier: MIT

import { encodeCbor, parseCbor, type CborMap, type CborValue } from '../codec/cbor.ts';
import { CodecError } from '../codec/codec-error.ts';

export interface AttestationObject {
  readonly fmt: 'none';
  /** Encoded authenticator data. */
  readonly authData: Uint8Array;
}

/** `{"fmt": "none", "attStmt": {}, "authData": bytes}` in canonical order. */
export function encodeAttestationObject(object: AttestationObject): Uint8Array<ArrayBuffer> {
  return encodeCbor(
    new Map<string, CborValue>([
      ['fmt', object.fmt],
      ['attStmt', new Map()],
      ['authData', object.authData],
    ]),
  );
}

/** Throws `CodecError` on another format, on a statement where there must be none, and on other keys. */
export function parseAttestationObject(bytes: Uint8Array): AttestationObject {
  const value = parseCbor(bytes);
  if (!(value instanceof Map)) throw new CodecError('attestation object: expected a map');
  const map = value as CborMap;
  const statement = map.get('attStmt');
  const authData = map.get('authData');
  if (map.size !== 3 || map.get('fmt') !== 'none') {
    throw new CodecError('attestation object: expected fmt "none", attStmt and authData');
  }
  if (!(statement instanceof Map) || statement.size !== 0) {
    throw new CodecError('attestation object: format "none" has an empty statement');
  }
  if (!(authData instanceof Uint8Array)) {
    throw new CodecError('attestation object: authData is a byte string');
  }
  return { fmt: 'none', authData };
}
