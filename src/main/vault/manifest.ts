// The manifest: keyed digests of the header and of the sets of all rows, so that a row that was removed, added, doubled
// or put back to an older state is noticed, not only one that was changed. Two sets: what unlocking reads (objects
// and packs) is held against it at once, all other rows afterwards. docs/vault-format.md, "Manifest".
// SPDX-License-Identifier: MIT

import { equalBytes, joinBytes, toUtf8 } from '../../shared/bytes.ts';
import { AEAD_NONCE_BYTES, AEAD_TAG_BYTES } from '../crypto/aead.ts';
import { hmacSha256, sha256 } from '../crypto/digest.ts';
import type { ManifestKey } from '../crypto/keys.ts';
import { FixedWidthReader, id16, u16, u32, u64, u8 } from './fixed-width.ts';
import { codeOf } from './aad.ts';
import type { SealedPack } from './pack-sealer.ts';
import type { SealedAttachment } from './sealed-attachment.ts';
import type { KeyRef, Revision, SealedBody, SealedItemKeys } from './sealed-item.ts';
import type { SealedObject, UnknownObject } from './vault-store.ts';

const DIGEST_BYTES = 32;
const FLAG_SUSPECT = 1;

/**
 * A set of rows: how many, and the XOR of their keyed digests. Rows are a set (each is named by its key), the digests
 * are pseudo-random under K_manifest and the XOR is never shown, so no other set of rows gives the same.
 */
export interface RowSet {
  readonly count: number;
  readonly fold: Uint8Array;
}

export interface Manifest {
  /** SHA-256 of the header. */
  readonly headerHash: Uint8Array;
  /** Objects and packs: all that unlocking reads, the manifest itself left out. */
  readonly read: RowSet;
  /** Bodies, keys and heads of attachments. */
  readonly rows: RowSet;
  /** A manifest before this one could not be read or did not agree: that is not forgotten. */
  readonly isSuspect: boolean;
}

export const NO_ROWS: RowSet = { count: 0, fold: new Uint8Array(DIGEST_BYTES) };

/** A row of the sets; `object` and `pack` belong to what is read at once. */
export type ManifestRow =
  | { readonly of: 'body'; readonly row: SealedBody }
  | { readonly of: 'keys'; readonly row: SealedItemKeys }
  | { readonly of: 'attachment'; readonly row: SealedAttachment }
  | { readonly of: 'object'; readonly row: SealedObject | UnknownObject }
  | { readonly of: 'pack'; readonly row: SealedPack };

/** What a row is to the set that it is in: 32 bytes. */
export function digestRow(key: ManifestKey, row: ManifestRow): Uint8Array {
  return key.use((bytes) => hmacSha256(bytes, ...encodeRow(row)));
}

/** Adds rows to a set and takes others out, by their digests. */
export class RowFold {
  readonly #fold: Uint8Array;
  #count: number;

  constructor(start: RowSet = NO_ROWS) {
    this.#fold = Uint8Array.from(start.fold);
    this.#count = start.count;
  }

  add(digest: Uint8Array): void {
    this.#take(digest, 1);
  }

  remove(digest: Uint8Array): void {
    this.#take(digest, -1);
  }

  get set(): RowSet {
    return { count: Math.max(0, this.#count), fold: Uint8Array.from(this.#fold) };
  }

  #take(digest: Uint8Array, step: 1 | -1): void {
    for (let index = 0; index < DIGEST_BYTES; index += 1) {
      this.#fold[index] = (this.#fold[index] ?? 0) ^ (digest[index] ?? 0);
    }
    this.#count += step;
  }
}

export function sameRows(a: RowSet, b: RowSet): boolean {
  return a.count === b.count && equalBytes(a.fold, b.fold);
}

export function hashHeader(header: Uint8Array): Uint8Array<ArrayBuffer> {
  return sha256(toUtf8('vlt1/header'), header);
}

/** `flags u8 ‖ header hash(32) ‖ count u32 ‖ fold(32) ‖ count u32 ‖ fold(32)`: 105 bytes. */
export function encodeManifest(manifest: Manifest): Uint8Array<ArrayBuffer> {
  const { headerHash, read, rows, isSuspect } = manifest;
  return joinBytes([
    u8(isSuspect ? FLAG_SUSPECT : 0),
    headerHash,
    ...[read, rows].flatMap(({ count, fold }) => [u32(count), fold]),
  ]);
}

/** Throws `TypeError` on anything that `encodeManifest` does not write. */
export function parseManifest(bytes: Uint8Array): Manifest {
  const reader = new FixedWidthReader(bytes);
  const flags = reader.u8();
  if (flags > FLAG_SUSPECT) throw new TypeError('manifest: unknown flags');
  const headerHash = reader.bytes(DIGEST_BYTES);
  const rowSet = (): RowSet => ({ count: reader.u32(), fold: reader.bytes(DIGEST_BYTES) });
  const manifest = { headerHash, read: rowSet(), rows: rowSet(), isSuspect: flags !== 0 };
  reader.end();
  return manifest;
}

/**
 * Every stored byte of a row after the code of its table, with lengths before what has no fixed width; of a pack what
 * `sealOf` says.
 */
function encodeRow({ of, row }: ManifestRow): readonly Uint8Array[] {
  switch (of) {
    case 'body': {
      const { id, revision, schema, body } = row;
      return [u8(1), id16(id), ...parts(revision), u16(schema), ...keysOf(row), ...framed(body)];
    }
    case 'keys': {
      const { id, version, deviceId, epoch, itemKey, passkeyKey } = row;
      const head = [u8(2), id16(id), u64(version), id16(deviceId), u32(epoch)];
      return [...head, ...framed(itemKey), ...framed(passkeyKey)];
    }
    case 'attachment': {
      const { number, id, itemId, revision, sealed } = row;
      const head = [u8(3), u64(number), id16(id), id16(itemId), ...keysOf(row)];
      return [...head, ...parts(revision), ...framed(sealed)];
    }
    case 'object': {
      const { role, revision, epoch, sealed } = row;
      return [u8(4), u8(codeOf(role)), ...parts(revision), u32(epoch), ...framed(sealed)];
    }
    case 'pack': {
      const { number, revision, epoch, sealed } = row;
      return [u8(5), u32(number), ...parts(revision), u32(epoch), ...sealOf(sealed)];
    }
  }
}

function keysOf({ keyVersion, keyDevice }: KeyRef): readonly Uint8Array[] {
  return [u64(keyVersion), id16(keyDevice)];
}

function parts({ lamport, deviceId }: Revision): readonly Uint8Array[] {
  return [u64(lamport), id16(deviceId)];
}

/**
 * Of a pack its length, nonce and tag: it is opened whenever it is read, so the tag, under a key that only this vault
 * has, stands for every byte between them.
 */
function sealOf(sealed: Uint8Array): readonly Uint8Array[] {
  const nonce = sealed.subarray(0, AEAD_NONCE_BYTES);
  return [u32(sealed.length), nonce, sealed.subarray(-AEAD_TAG_BYTES)];
}

function framed(bytes: Uint8Array): readonly Uint8Array[] {
  return [u32(bytes.length), bytes];
}
