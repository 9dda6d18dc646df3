// The manifest: a keyed digest of the set of all item rows, so that a row that was removed, added or put back to an
// older state is noticed, not only one that was changed. Kept sealed, updated with every save in constant time.
// SPDX-License-Identifier: MIT

import { concatBytes, equalBytes } from '../../shared/bytes.ts';
import { hmacSha256 } from '../crypto/digest.ts';
import type { ManifestKey } from '../crypto/keys.ts';
import type { RandomSource } from '../crypto/random.ts';
import { encodeAad } from './aad.ts';
import { FixedWidthReader, id16, u16, u32, u64, u8 } from './fixed-width.ts';
import type { Revision, SealedItem } from './sealed-item.ts';
import type { ObjectSeal } from './vault-meta.ts';
import type { SealedObject } from './vault-store.ts';

const MANIFEST_SCHEMA = 1;
const DIGEST_BYTES = 32;
const FLAG_SUSPECT = 1;

/**
 * How many rows there are and the XOR of their keyed digests. Rows are a set (id and revision are unique), the
 * digests are pseudo-random under K_manifest and the XOR is never shown, so no other set of rows gives the same.
 */
export interface Manifest {
  readonly count: number;
  readonly fold: Uint8Array;
  /** The manifest before this one could not be read: what it knew is lost, and that is not forgotten. */
  readonly isSuspect: boolean;
}

export const EMPTY_MANIFEST: Manifest = {
  count: 0,
  fold: new Uint8Array(DIGEST_BYTES),
  isSuspect: false,
};

/** `manifest` with rows put in and taken out. */
export function updateManifest(
  manifest: Manifest,
  key: ManifestKey,
  change: { readonly added: readonly SealedItem[]; readonly removed: readonly SealedItem[] },
): Manifest {
  const fold = Uint8Array.from(manifest.fold);
  key.use((bytes) => {
    for (const item of [...change.added, ...change.removed]) {
      const digest = digestRow(bytes, item);
      for (let index = 0; index < DIGEST_BYTES; index += 1) {
        fold[index] = (fold[index] ?? 0) ^ (digest[index] ?? 0);
      }
    }
  });
  const count = Math.max(0, manifest.count + change.added.length - change.removed.length);
  return { count, fold, isSuspect: manifest.isSuspect };
}

export function sameRows(a: Manifest, b: Manifest): boolean {
  return a.count === b.count && equalBytes(a.fold, b.fold);
}

/** Every stored byte of a row, lengths before what has no fixed width. */
function digestRow(key: Uint8Array, item: SealedItem): Uint8Array {
  const { keys, revision } = item;
  return hmacSha256(
    key,
    id16(item.id),
    u64(revision.lamport),
    id16(revision.deviceId),
    u16(item.schema),
    u64(keys.version),
    id16(keys.deviceId),
    u32(keys.epoch),
    u32(keys.itemKey.length),
    keys.itemKey,
    u32(keys.passkeyKey.length),
    keys.passkeyKey,
    u32(item.body.length),
    item.body,
  );
}

export function sealManifest(
  manifest: Manifest,
  seal: ObjectSeal,
  input: { readonly revision: Revision; readonly random: RandomSource },
): SealedObject {
  const { revision, random } = input;
  const flags = u8(manifest.isSuspect ? FLAG_SUSPECT : 0);
  const plaintext = concatBytes(flags, u32(manifest.count), manifest.fold);
  const aad = encodeManifestAad(seal, revision);
  return {
    revision,
    epoch: seal.epoch,
    sealed: seal.aead.seal(seal.key, { plaintext, aad, random }),
  };
}

/** Null for one that does not open: the caller goes on, but says so. */
export function openManifest(object: SealedObject, seal: ObjectSeal): Manifest | null {
  try {
    const aad = encodeManifestAad(seal, object.revision);
    const reader = new FixedWidthReader(seal.aead.open(seal.key, { sealed: object.sealed, aad }));
    const flags = reader.u8();
    const manifest = { count: reader.u32(), fold: reader.bytes(DIGEST_BYTES) };
    reader.end();
    return { ...manifest, isSuspect: flags === FLAG_SUSPECT };
  } catch {
    // A damaged manifest must not keep a person out of items that are each authenticated by themselves.
    return null;
  }
}

function encodeManifestAad(seal: ObjectSeal, revision: Revision): Uint8Array<ArrayBuffer> {
  return encodeAad({
    vaultId: seal.vaultId,
    epoch: seal.epoch,
    objectType: 'manifest',
    itemId: null,
    role: 'manifest',
    revision,
    schema: MANIFEST_SCHEMA,
  });
}
