// Re-keying: a vault under a new root key, in the next epoch, in one transaction. Item keys are wrapped anew, bodies and
// attachments stay as they are; packs, objects and manifest are sealed anew. docs/vault-format.md, "Epochs".
// SPDX-License-Identifier: MIT

import type { Aead } from '../crypto/aead.ts';
import { randomVaultRootKey } from '../crypto/keys.ts';
import type { RandomSource } from '../crypto/random.ts';
import { isDocument, sealDocument } from './documents.ts';
import { type ItemSealer } from './item-sealer.ts';

import { digestRow, hashHeader, type ManifestRow, RowFold, sameRows } from './manifest.ts';
import { allAttachments, allBodies, allKeys } from './scan-rows.ts';
import type { SealedItemKeys } from './sealed-item.ts';
import type { UnlockSecret } from './slot-secret.ts';
import { VaultError } from './vault-error.ts';
import { sealMeta } from './vault-meta.ts';
import {
  deriveEpochKeys,
  type EpochKeys,
  objectName,
  packName,
  type VaultState,
} from './vault-state.ts';
import { OBJECT_ROLES, type SealedObject } from './vault-store.ts';

export type RekeyProgress = (done: number, total: number) => void;

export interface RekeyInput {
  readonly aead: Aead;
  readonly random: RandomSource;
  readonly vaultId: Uint8Array;
  readonly secrets: readonly UnlockSecret[];
  readonly onProgress: RekeyProgress;
}

/** Durable, and the old root key gone from the file, when it returns. After a throw everything is as it was. */
export async function rekeyVault(state: VaultState, input: RekeyInput): Promise<void> {
  const { aead, random, vaultId, secrets, onProgress } = input;
  using rootKey = randomVaultRootKey(random);
  const former = state.ring;
  const { ring } = await former.rotate(rootKey, secrets);
  state.assertOpen();
  if (state.ring !== former) {
    throw new VaultError('vault/write-failed', 'vault header: changed meanwhile', {
      details: { reason: 'header-changed' },
    });
  }
  const { deviceId } = state;
  const context = { aead, random, vaultId, deviceId, epoch: ring.header.epoch };
  const epoch = deriveEpochKeys(rootKey, context);
  try {
    const header = ring.encode(epoch.keys.header);
    const rows = rekeyRows(state, epoch, onProgress);
    const read = rekeyObjects(state, epoch);
    const manifest = {
      headerHash: hashHeader(header),
      read: read.fold.set,
      rows: rows.fold.set,
      isSuspect: state.manifest.isSuspect || !rows.wasIntact,
    };
    const { objects, packs } = read;
    const removedPacks = [...state.unwritten].filter((one) => state.table.contentOf(one) === null);
    const change = { header, objects, packs, removedPacks, keys: rows.keys };
    state.commitEpoch(change, { ring, epoch, manifest, digests: read.digests });
  } catch (error) {
    epoch[Symbol.dispose]();
    throw error;
  }
  state.unwritten.clear();
  state.scrub();
}

/** Every row of keys wrapped anew; bodies and heads of attachments counted as they are. */
function rekeyRows(state: VaultState, next: EpochKeys, onProgress: RekeyProgress) {
  const { store, epoch, manifest } = state;
  const was = new RowFold();
  const fold = new RowFold();
  const count = (row: ManifestRow, renewed: ManifestRow = row): void => {
    was.add(digestRow(epoch.keys.manifest, row));
    fold.add(digestRow(next.keys.manifest, renewed));
  };
  for (const row of allBodies(store)) count({ of: 'body', row });
  for (const row of allAttachments(store)) count({ of: 'attachment', row });
  const keys: SealedItemKeys[] = [];
  const total = manifest.rows.count;
  for (const row of allKeys(store)) {
    const renewed = rewrapped(row, epoch.items, next.items);
    count({ of: 'keys', row }, { of: 'keys', row: renewed });
    keys.push(renewed);
    if (keys.length % 1_000 === 0) onProgress(Math.min(keys.length, total), total);
  }
  return { keys, fold, wasIntact: sameRows(was.set, manifest.rows) };
}

/** A row that does not open stays as it is: it is damaged now and will be then. */
function rewrapped(row: SealedItemKeys, from: ItemSealer, to: ItemSealer): SealedItemKeys {
  try {
    return from.rewrap(row, to);
  } catch (error) {
    if (error instanceof VaultError) return row;
    throw error;
  }
}

function rekeyObjects(state: VaultState, next: EpochKeys) {
  const revision = state.next;
  const fold = new RowFold();
  const digests = new Map<string, Uint8Array>();
  const count = (name: string, row: ManifestRow): void => {
    const digest = digestRow(next.keys.manifest, row);
    fold.add(digest);
    digests.set(name, digest);
  };
  const objects: SealedObject[] = [sealMeta(state.meta, next.objects, revision)];
  for (const role of OBJECT_ROLES.filter(isDocument)) {
    objects.push(sealDocument(role, state.documents[role], { sealer: next.objects, revision }));
  }
  for (const row of objects) count(objectName(row), { of: 'object', row });
  const packs = Array.from(state.packContents(), ({ number, content }) =>
    next.packs.seal(number, revision, content),
  );
  for (const row of packs) count(packName(row.number), { of: 'pack', row });
  return { objects, packs, fold, digests };
}
