// Authenticator data (WebAuthn Level 3, section 6.1) and the attested credential data inside it (section 6.5.1).
// SPDX-License-Identifier: MIT

import type { CredentialId, RpIdHash } from '../../shared/brand.ts';
import { concatBytes, toUtf8 } from '../../shared/bytes.ts';
import { encodeCbor, parseCbor, parseCborPrefix, type CborMap } from '../codec/cbor.ts';
import { CodecError } from '../codec/codec-error.ts';
import { encodeCoseKey, fromCoseMap, type CoseKey } from '../codec/cose.ts';
import { sha256 } from '../crypto/digest.ts';

/** Section 6.1, figure 5: bits of the flags byte. Bits 1 and 5 are reserved. */
const FLAG = { UP: 0x01, UV: 0x04, BE: 0x08, BS: 0x10, AT: 0x40, ED: 0x80 } as const;
const RESERVED = 0x22;

const RP_ID_HASH_LENGTH = 32;
const FIXED_LENGTH = RP_ID_HASH_LENGTH + 1 + 4;
export const AAGUID_LENGTH = 16;
/** Section 6.5.1: "at least 16 bytes", and L3 caps credential ids at 1023. */
export const CREDENTIAL_ID_LENGTH = { min: 16, max: 1023 } as const;

export interface AttestedCredentialData {
  readonly aaguid: Uint8Array;
  readonly credentialId: CredentialId;
  readonly credentialPublicKey: CoseKey;
}

export interface AuthenticatorData {
  readonly rpIdHash: RpIdHash;
  readonly userPresent: boolean;
  readonly userVerified: boolean;
  readonly backupEligible: boolean;
  readonly backupState: boolean;
  readonly signCount: number;
  /** Present in a registration, absent in an authentication. */
  readonly attestedCredentialData: AttestedCredentialData | null;
  readonly extensions: CborMap | null;
}

/** The hash that binds authenticator data to an RP ID. */
export function hashRpId(rpId: string): RpIdHash {
  return sha256(toUtf8(rpId)) as Uint8Array as RpIdHash;
}

/** Throws `CodecError` when a field cannot be encoded, or says what the standard forbids. */
export function encodeAuthenticatorData(data: AuthenticatorData): Uint8Array<ArrayBuffer> {
  if (data.backupState && !data.backupEligible) {
    throw new CodecError('authenticatorData: backup state without backup eligibility');
  }
  const head = new Uint8Array(FIXED_LENGTH);
  head.set(data.rpIdHash);
  head[RP_ID_HASH_LENGTH] = encodeFlags(data);
  new DataView(head.buffer).setUint32(RP_ID_HASH_LENGTH + 1, data.signCount);
  return concatBytes(
    head,
    data.attestedCredentialData === null
      ? new Uint8Array()
      : encodeAttestedCredentialData(data.attestedCredentialData),
    data.extensions === null ? new Uint8Array() : encodeCbor(data.extensions),
  );
}

/** Throws `CodecError` on anything but exactly one well-formed structure. */
export function parseAuthenticatorData(bytes: Uint8Array): AuthenticatorData {
  if (bytes.length < FIXED_LENGTH) {
    throw new CodecError(
      `authenticatorData: expected at least ${FIXED_LENGTH} bytes, got ${bytes.length}`,
    );
  }
  const flags = bytes[RP_ID_HASH_LENGTH] ?? 0;
  if ((flags & RESERVED) !== 0) throw new CodecError('authenticatorData: a reserved flag is set');
  if ((flags & FLAG.BS) !== 0 && (flags & FLAG.BE) === 0) {
    throw new CodecError('authenticatorData: backup state without backup eligibility');
  }
  const rest = bytes.subarray(FIXED_LENGTH);
  const attested = (flags & FLAG.AT) === 0 ? null : parseAttestedCredentialData(rest);
  const extensions = rest.subarray(attested?.length ?? 0);
  return {
    rpIdHash: bytes.slice(0, RP_ID_HASH_LENGTH) as Uint8Array as RpIdHash,
    userPresent: (flags & FLAG.UP) !== 0,
    userVerified: (flags & FLAG.UV) !== 0,
    backupEligible: (flags & FLAG.BE) !== 0,
    backupState: (flags & FLAG.BS) !== 0,
    signCount: toView(bytes).getUint32(RP_ID_HASH_LENGTH + 1),
    attestedCredentialData: attested?.data ?? null,
    extensions: parseExtensions(extensions, (flags & FLAG.ED) !== 0),
  };
}

function encodeFlags(data: AuthenticatorData): number {
  return (
    (data.userPresent ? FLAG.UP : 0) |
    (data.userVerified ? FLAG.UV : 0) |
    (data.backupEligible ? FLAG.BE : 0) |
    (data.backupState ? FLAG.BS : 0) |
    (data.attestedCredentialData === null ? 0 : FLAG.AT) |
    (data.extensions === null ? 0 : FLAG.ED)
  );
}

/** `aaguid ‖ length of the id, two bytes ‖ id ‖ COSE key`. */
function encodeAttestedCredentialData(data: AttestedCredentialData): Uint8Array {
  const { aaguid, credentialId } = data;
  if (aaguid.length !== AAGUID_LENGTH) {
    throw new CodecError(`AAGUID: expected ${AAGUID_LENGTH} bytes, got ${aaguid.length}`);
  }
  if (credentialId.length > CREDENTIAL_ID_LENGTH.max) {
    throw new CodecError(`credential id: expected at most 1023 bytes, got ${credentialId.length}`);
  }
  const length = Uint8Array.of(credentialId.length >> 8, credentialId.length & 0xff);
  return concatBytes(aaguid, length, credentialId, encodeCoseKey(data.credentialPublicKey));
}

function parseAttestedCredentialData(bytes: Uint8Array): {
  data: AttestedCredentialData;
  length: number;
} {
  const idStart = AAGUID_LENGTH + 2;
  if (bytes.length < idStart) throw new CodecError('attestedCredentialData: cut short');
  const idLength = toView(bytes).getUint16(AAGUID_LENGTH);
  const keyStart = idStart + idLength;
  if (idLength > CREDENTIAL_ID_LENGTH.max || bytes.length < keyStart) {
    throw new CodecError(`attestedCredentialData: a credential id of ${idLength} bytes`);
  }
  const key = parseCborPrefix(bytes.subarray(keyStart));
  const data = {
    aaguid: bytes.slice(0, AAGUID_LENGTH),
    credentialId: bytes.slice(idStart, keyStart) as Uint8Array as CredentialId,
    credentialPublicKey: fromCoseMap(key.value),
  };
  return { data, length: keyStart + key.length };
}

function parseExtensions(bytes: Uint8Array, isFlagged: boolean): CborMap | null {
  if (!isFlagged) {
    if (bytes.length > 0) {
      throw new CodecError(`authenticatorData: ${bytes.length} bytes left over`);
    }
    return null;
  }
  const extensions = parseCbor(bytes);
  if (!(extensions instanceof Map)) throw new CodecError('authenticatorData: extensions are a map');
  return extensions as CborMap;
}

function toView(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
