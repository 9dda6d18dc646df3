// The header of an encrypted export: what must be known before its password can be tried, bound together by a MAC.
// Byte table and order of checks: docs/export-format.md, "Header".
// SPDX-License-Identifier: MIT

import { concatBytes, equalBytes, toUtf8 } from '../../shared/bytes.ts';
import { equalInConstantTime, hkdfSha256, hmacSha256, sha256 } from '../crypto/digest.ts';
import {
  assertKdfWithinBounds,
  encodeKdfBlock,
  KDF_BLOCK_BYTES,
  KDF_SALT_BYTES,
  type KdfParameters,
  parseKdfBlock,
} from '../crypto/password-kdf.ts';
import { SecretBytes } from '../crypto/secret-bytes.ts';
import { FixedWidthReader, u16, u64, u8 } from '../vault/fixed-width.ts';
import { TransferError } from './transfer-error.ts';

/** `0x89 L K E CR LF 0x1a LF`: a transfer as text, or one that strips the eighth bit, shows at once. */
export const EXPORT_MAGIC = Uint8Array.of(0x89, 0x4c, 0x4b, 0x45, 0x0d, 0x0a, 0x1a, 0x0a);
export const EXPORT_VERSION = 1;
/** Argon2id, HKDF-SHA256, HMAC-SHA256, XChaCha20-Poly1305, SHA-256. */
export const EXPORT_SUITE = 1;
export const CONTAINER_ID_BYTES = 16;

const MAC_BYTES = 32;
const HASH_BYTES = 32;
const KEY_BYTES = 32;
const VERSION_AT = EXPORT_MAGIC.length;
const KDF_AT = VERSION_AT + 3;
const SALT_AT = KDF_AT + KDF_BLOCK_BYTES;
const CONTAINER_ID_AT = SALT_AT + KDF_SALT_BYTES;
const CREATED_AT = CONTAINER_ID_AT + CONTAINER_ID_BYTES;
/** Everything before the MAC, which is what the MAC and the keys are bound to. */
const FIELDS_BYTES = CREATED_AT + 8;
const HASH_AT = FIELDS_BYTES + MAC_BYTES;

export const EXPORT_HEADER_BYTES = HASH_AT + HASH_BYTES;

const MAC_LABEL = toUtf8('v1/export-mac');
const STREAM_LABEL = toUtf8('v1/export-stream');

export interface ExportHeaderFields {
  readonly kdf: KdfParameters;
  readonly salt: Uint8Array;
  /** Random, one per container. */
  readonly containerId: Uint8Array;
  /** Milliseconds since the epoch; in the clear. */
  readonly createdAt: number;
}

export interface ExportHeader extends ExportHeaderFields {
  readonly mac: Uint8Array;
  /** The bytes that `mac` covers. */
  readonly fields: Uint8Array;
}

/** The keys of one container. Disposing it erases both. */
export interface ExportKeys extends Disposable {
  readonly mac: SecretBytes;
  readonly stream: SecretBytes;
}

/** The bytes that the MAC and the keys are bound to. */
export function encodeHeaderFields(header: ExportHeaderFields): Uint8Array<ArrayBuffer> {
  return concatBytes(
    EXPORT_MAGIC,
    u16(EXPORT_VERSION),
    u8(EXPORT_SUITE),
    encodeKdfBlock(header.kdf),
    header.salt,
    header.containerId,
    u64(header.createdAt),
  );
}

/** The whole header: `fields ‖ MAC ‖ SHA-256(fields ‖ MAC)`. */
export function encodeExportHeader(fields: Uint8Array, mac: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatBytes(fields, mac, sha256(fields, mac));
}

/** HKDF over what Argon2id gave, with the container id as salt and the whole header in the info. */
export function deriveExportKeys(passwordKey: SecretBytes, fields: Uint8Array): ExportKeys {
  const salt = fields.slice(CONTAINER_ID_AT, CREATED_AT);
  const context = sha256(fields);
  const derive = (label: Uint8Array) =>
    passwordKey.use((secret) =>
      SecretBytes.take(
        hkdfSha256(secret, { salt, info: concatBytes(label, context), length: KEY_BYTES }),
      ),
    );
  const mac = derive(MAC_LABEL);
  const stream = derive(STREAM_LABEL);
  return {
    mac,
    stream,
    [Symbol.dispose]() {
      mac.dispose();
      stream.dispose();
    },
  };
}

export function headerMac(keys: ExportKeys, fields: Uint8Array): Uint8Array<ArrayBuffer> {
  return keys.mac.use((key) => hmacSha256(key, fields));
}

/** Whether the header was made with this password: the MAC commits to the key. */
export function isHeaderOf(keys: ExportKeys, header: ExportHeader): boolean {
  return equalInConstantTime(headerMac(keys, header.fields), header.mac);
}

/** Whether `firstBytes` begin as an export does; says nothing of the rest. */
export function hasExportMagic(firstBytes: Uint8Array): boolean {
  return equalBytes(firstBytes.subarray(0, EXPORT_MAGIC.length), EXPORT_MAGIC);
}

/**
 * The header at the beginning of `file`, checked as far as can be without the password. Throws, in this order:
 * `transfer/not-recognised`, `transfer/truncated`, `transfer/unsupported-version`, `transfer/damaged` (with
 * `crypto/parameters-refused` as cause where the KDF parameters are out of bounds).
 */
export function parseExportHeader(file: Uint8Array): ExportHeader {
  assertMagic(file);
  assertVersion(file);
  assertLength(file, EXPORT_HEADER_BYTES);
  const fields = file.slice(0, FIELDS_BYTES);
  const mac = file.slice(FIELDS_BYTES, HASH_AT);
  // Unkeyed: tells chance damage from a wrong password. What stops an attacker is the MAC.
  if (!equalBytes(sha256(fields, mac), file.subarray(HASH_AT, EXPORT_HEADER_BYTES))) {
    throw new TransferError('transfer/damaged', 'export header: its checksum does not match');
  }
  return { ...parseFields(fields), mac, fields };
}

function parseFields(fields: Uint8Array): ExportHeaderFields {
  const reader = new FixedWidthReader(fields.subarray(KDF_AT));
  const kdf = parseKdf(reader.view(KDF_BLOCK_BYTES));
  const salt = reader.bytes(KDF_SALT_BYTES);
  const containerId = reader.bytes(CONTAINER_ID_BYTES);
  try {
    return { kdf, salt, containerId, createdAt: reader.u64() };
  } catch (cause) {
    throw new TransferError('transfer/damaged', 'export header: its time is out of range', {
      cause,
    });
  }
}

function assertMagic(file: Uint8Array): void {
  const expected = EXPORT_MAGIC.subarray(0, Math.min(file.length, EXPORT_MAGIC.length));
  if (file.length === 0 || !equalBytes(file.subarray(0, expected.length), expected)) {
    throw new TransferError('transfer/not-recognised', 'export: the file does not begin as one');
  }
  assertLength(file, KDF_AT);
}

function assertVersion(file: Uint8Array): void {
  const reader = new FixedWidthReader(file.subarray(VERSION_AT, KDF_AT));
  const version = reader.u16();
  const suite = reader.u8();
  if (version !== EXPORT_VERSION || suite !== EXPORT_SUITE) {
    throw new TransferError(
      'transfer/unsupported-version',
      `export: expected version ${EXPORT_VERSION} suite ${EXPORT_SUITE}, got ${version} suite ${suite}`,
      { details: { version, suite } },
    );
  }
}

function assertLength(file: Uint8Array, expected: number): void {
  if (file.length >= expected) return;
  throw new TransferError(
    'transfer/truncated',
    `export header: expected ${expected} bytes, got ${file.length}`,
  );
}

function parseKdf(block: Uint8Array): KdfParameters {
  try {
    const parameters = parseKdfBlock(block);
    assertKdfWithinBounds(parameters);
    return parameters;
  } catch (cause) {
    throw new TransferError('transfer/damaged', 'export header: KDF parameters out of bounds', {
      cause,
    });
  }
}
