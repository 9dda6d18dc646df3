// Re-keying: a vault under a new root key, in the next epoch, in one transaction. Item keys are wrapped anew, bodies and
// attachments stay as they are; packs, objects and manifest are sealed anew. docs/vault-format.md, "Epochs".
// SPDX-License-Identifier: MIT

import type { Aead } from '../crypto/aead.ts';
import { randomVaultRootKey } from '../crypto/keys.ts';
import type { RandomSource } from '../crypto/random.ts';
import type { AttachmentContext } from './attachment-sealer.ts';
import { isDocument, sealDocument } from './documents.ts';
import type { ItemSealer, OpenedItemKey } from './item-sealer.ts';
import type { KeyRing } from './key-ring.ts';
import { digestRow, hashHeader, type ManifestRow, RowFold, sameRows } from './manifest.ts';
import { RowsUnderKeys } from './rows-under-keys.ts';
import { allKeys } from './scan-rows.ts';
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

/** How the work gives way to others; at once and unheard where a caller does not say. */
export interface RekeyTurns {
  /** Called between small steps: whatever else waits may run, changes of the vault among it. */
  readonly breathe: () => Promise<void>;
  /** Everything is sealed; what is left is the one transaction. */
  readonly onWriting: () => void;
}

/** How often the rows are gone through anew, giving way, when they changed meanwhile; then without giving way. */
const PATIENT_PASSES = 3;

export interface RekeyInput {
  readonly aead: Aead;
  readonly random: RandomSource;
  readonly vaultId: Uint8Array;
  readonly secrets: readonly UnlockSecret[];
  readonly onProgress: RekeyProgress;
  readonly turns?: Partial<RekeyTurns>;
}

/**
 * Durable, and the old root key gone from the file, when it returns. After a throw everything is as it was. The vault goes
 * on being read and written meanwhile: what was sealed of rows that have changed since is thrown away and sealed again.
 */
export async function rekeyVault(state: VaultState, input: RekeyInput): Promise<void> {
  const { aead, random, vaultId, secrets } = input;
  using rootKey = randomVaultRootKey(random);
  const former = state.ring;
  const { ring } = await former.rotate(rootKey, secrets);
  assertSame(state, former);
  foreignRoles(state);
  const { deviceId } = state;
  const parts = { aead, random, vaultId };
  const context = { ...parts, deviceId, epoch: ring.header.epoch };
  const epoch = deriveEpochKeys(rootKey, context);
  try {
    for (let pass = 1; ; pass += 1) {
      const { lamport } = state;
      const isStale = (): boolean => state.lamport !== lamport;
      const breathe = pass > PATIENT_PASSES ? undefined : input.turns?.breathe;
      const rows = await rekeyRows(state, epoch, { ...input, former, isStale, breathe, parts });
      assertSame(state, former);
      if (rows === null || isStale()) continue;
      // From here to the end of the transaction nothing else runs.
      input.turns?.onWriting?.();
      commitRows(state, { ring, epoch, rows });
      break;
    }
  } catch (error) {
    epoch[Symbol.dispose]();
    throw error;
  }
  state.unwritten.clear();
  state.scrub();
}

/** Throws `vault/locked`, and `vault/write-failed` where the ways in have changed meanwhile. */
function assertSame(state: VaultState, former: KeyRing): void {
  state.assertOpen();
  if (state.ring === former) return;
  throw new VaultError('vault/write-failed', 'vault header: changed meanwhile', {
    details: { reason: 'header-changed' },
  });
}

function commitRows(
  state: VaultState,
  next: { readonly ring: KeyRing; readonly epoch: EpochKeys; readonly rows: RekeyedRows },
): void {
  const { ring, epoch, rows } = next;
  const header = ring.encode(epoch.keys.header);
  const { objects, packs, fold, digests } = rekeyObjects(state, epoch);
  const manifest = {
    headerHash: hashHeader(header),
    read: fold.set,
    rows: rows.fold.set,
    isSuspect: state.manifest.isSuspect || !rows.wasIntact,
  };
  const removedObjects = foreignRoles(state);
  const removedPacks = [...state.unwritten].filter((one) => state.table.contentOf(one) === null);
  const change = { header, objects, removedObjects, packs, removedPacks, keys: rows.keys };
  state.commitEpoch(change, { ring, epoch, manifest, digests });
}

/**
 * Objects of roles that only a later version knows can be sealed anew by nobody here, and would be lost with the former
 * root key. Throws `vault/unsupported-version` where there is one that opens; those that do not are nobody's, and go.
 */
function foreignRoles(state: VaultState): readonly number[] {
  const roles = state.foreignRoles();
  if (state.unknown.every(({ role }) => roles.includes(role))) return roles;
  throw new VaultError('vault/unsupported-version', 'vault: holds objects of a later version', {
    details: { step: 'object-role' },
  });
}

interface RekeyedRows {
  readonly keys: readonly SealedItemKeys[];
  readonly fold: RowFold;
  /** Whether the rows were those of the manifest. */
  readonly wasIntact: boolean;
}

interface Pass {
  readonly former: KeyRing;
  /** Something has been written since the pass began. */
  readonly isStale: () => boolean;
  readonly breathe: (() => Promise<void>) | undefined;
  readonly onProgress: RekeyProgress;
  readonly parts: AttachmentContext;
}

/** Every row of keys wrapped anew; bodies and heads of attachments counted as they are. Null for a pass that is stale. */
async function rekeyRows(
  state: VaultState,
  next: EpochKeys,
  { former, isStale, breathe, onProgress, parts }: Pass,
): Promise<RekeyedRows | null> {
  const { store, epoch, manifest } = state;
  const was = new RowFold();
  const fold = new RowFold();
  const count = (row: ManifestRow, renewed: ManifestRow = row): void => {
    was.add(digestRow(epoch.keys.manifest, row));
    fold.add(digestRow(next.keys.manifest, renewed));
  };
  const under = new RowsUnderKeys({ ...parts, store, items: epoch.items }, count);
  const keys: SealedItemKeys[] = [];
  const total = manifest.rows.count;
  let done = 0;
  for (const row of allKeys(store)) {
    const digests = (key: OpenedItemKey) => under.digests(row, key);
    const renewed = rewrapped(row, { from: epoch.items, to: next.items, digests });
    count({ of: 'keys', row }, { of: 'keys', row: renewed });
    if (renewed !== row) keys.push(renewed);
    done += 1;
    if (done % 1_000 === 0) onProgress(Math.min(done, total), total);
    if (breathe === undefined) continue;
    await breathe();
    assertSame(state, former);
    if (isStale()) return null;
  }
  under.skipRest();
  return { keys, fold, wasIntact: sameRows(was.set, manifest.rows) };
}

/** A row that does not open stays as it is: it is damaged now and will be then. */
function rewrapped(
  row: SealedItemKeys,
  by: {
    readonly from: ItemSealer;
    readonly to: ItemSealer;
    readonly digests: (key: OpenedItemKey) => readonly Uint8Array[];
  },
): SealedItemKeys {
  try {
    return by.from.rewrap(row, by.to, by.digests);
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
