// A pin: the last state of a vault that this machine has seen, as a record of fixed length with the vault's own MAC.
// docs/vault-format.md, "Pins".
// SPDX-License-Identifier: MIT

import { concatBytes, equalBytes, toUtf8 } from '../../shared/bytes.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { equalInConstantTime, hmacSha256, sha256 } from '../crypto/digest.ts';
import type { PinsKey } from '../crypto/keys.ts';
import {
  assertKdfWithinBounds,
  encodeKdfBlock,
  KDF_BLOCK_BYTES,
  type KdfParameters,
  parseKdfBlock,
} from '../crypto/password-kdf.ts';
import { SUITE } from './aad.ts';
import { FixedWidthReader, u16, u32, u64 } from './fixed-width.ts';
import { VAULT_ID_BYTES } from './genesis.ts';

export const PIN_BYTES = 146;
const PIN_VERSION = 1;
const MAGIC = toUtf8('LATCHPIN');
const MAC_BYTES = 32;
/** The latest time that ECMAScript has. */
const LATEST_TIME = 8.64e15;

export interface Pin {
  readonly vaultId: Uint8Array;
  readonly generation: number;
  readonly epoch: number;
  /** Of the manifest: how far the vault had been written. */
  readonly lamport: number;
  /** When this state was remembered. */
  readonly seenAt: number;
  /** The least that a slot with a password cost; null where there was none. */
  readonly kdf: KdfParameters | null;
}

/** A pin as it was read, with what its MAC covers. */
export interface ParsedPin extends Pin {
  readonly covered: Uint8Array;
  readonly mac: Uint8Array;
}

/** The record, its MAC, and a digest of both, which tells damage before any key is known. */
export function encodePin(pin: Pin, key: PinsKey): Uint8Array<ArrayBuffer> {
  const covered = concatBytes(
    MAGIC,
    u16(PIN_VERSION),
    u16(SUITE),
    pin.vaultId,
    u32(pin.generation),
    u32(pin.epoch),
    u64(pin.lamport),
    u64(pin.seenAt),
    pin.kdf === null ? new Uint8Array(KDF_BLOCK_BYTES) : encodeKdfBlock(pin.kdf),
  );
  const record = concatBytes(covered, macOf(covered, key));
  return concatBytes(record, sha256(record));
}

/** Null for anything that is not a whole pin of this vault. Not authenticated yet. */
export function parsePin(bytes: Uint8Array, vaultId: Uint8Array): ParsedPin | null {
  if (bytes.length !== PIN_BYTES) return null;
  try {
    const pin = parseStrictly(new FixedWidthReader(bytes), bytes);
    return pin !== null && equalBytes(pin.vaultId, vaultId) ? pin : null;
  } catch (error) {
    if (error instanceof TypeError || error instanceof CryptoError) return null;
    throw error;
  }
}

/** Only under the keys of the pin's own epoch. */
export function isAuthenticPin({ covered, mac }: ParsedPin, key: PinsKey): boolean {
  return equalInConstantTime(macOf(covered, key), mac);
}

function parseStrictly(reader: FixedWidthReader, bytes: Uint8Array): ParsedPin | null {
  const isOurs =
    equalBytes(reader.view(MAGIC.length), MAGIC) &&
    reader.u16() === PIN_VERSION &&
    reader.u16() === SUITE;
  if (!isOurs) return null;
  const vaultId = reader.bytes(VAULT_ID_BYTES);
  const generation = reader.u32();
  const epoch = reader.u32();
  const lamport = reader.u64();
  const seenAt = reader.u64();
  const kdf = readKdf(reader.view(KDF_BLOCK_BYTES));
  const covered = bytes.slice(0, reader.offset);
  const mac = reader.bytes(MAC_BYTES);
  const isWhole = equalBytes(sha256(covered, mac), reader.view(MAC_BYTES));
  reader.end();
  if (!isWhole || generation === 0 || epoch === 0 || seenAt > LATEST_TIME) return null;
  return { vaultId, generation, epoch, lamport, seenAt, kdf, covered, mac };
}

/** Throws CryptoError on a cost that no header may have. */
function readKdf(block: Uint8Array): KdfParameters | null {
  if (block.every((byte) => byte === 0)) return null;
  const kdf = parseKdfBlock(block);
  assertKdfWithinBounds(kdf);
  return kdf;
}

function macOf(covered: Uint8Array, key: PinsKey): Uint8Array<ArrayBuffer> {
  return key.use((bytes) => hmacSha256(bytes, covered));
}
