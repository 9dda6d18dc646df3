// Making a vault and unlocking one: the order of checks of docs/vault-format.md, from the header's first byte to the
// last pack.
// SPDX-License-Identifier: MIT

import type { DeviceId, ItemId } from '../../shared/brand.ts';
import { equalBytes, toHex } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { type Aead, readyAead } from '../crypto/aead.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import {
  deriveVaultKeys,
  type QuickUnlockKey,
  randomVaultRootKey,
  unwrapKey,
  type VaultRootKey,
} from '../crypto/keys.ts';
import {
  assertKdfWithinBounds,
  DEFAULT_KDF,
  derivePasswordKey,
  type KdfParameters,
  type PasswordKdf,
} from '../crypto/password-kdf.ts';
import type { RandomSource } from '../crypto/random.ts';
import { SecretBytes } from '../crypto/secret-bytes.ts';
import { isDocument, NO_DOCUMENTS, openDocument } from './documents.ts';
import { makeGenesis, vaultIdOf } from './genesis.ts';
import { KeyRing } from './key-ring.ts';
import { loadOverviews, rebuildOverviews } from './load-overviews.ts';
import {
  digestRow,
  encodeManifest,
  hashHeader,
  type Manifest,
  NO_ROWS,
  parseManifest,
  RowFold,
  sameRows,
} from './manifest.ts';
import { ObjectSealer } from './object-sealer.ts';
import type { OverviewTable } from './overview-table.ts';
import { Pins } from './pins.ts';
import type { PinStore } from './pin-store.ts';
import type { UnlockSecret } from './slot-secret.ts';
import { UnlockedVault } from './unlocked-vault.ts';
import { quickUnlockAad, VaultAccess } from './vault-access.ts';
import { VaultAttachments } from './vault-attachments.ts';
import { VaultError } from './vault-error.ts';
import {
  assertHeaderMac,
  NO_ROSTER,
  type ParsedHeader,
  parseHeader,
  type VaultHeader,
} from './vault-header.ts';
import { openMeta, sealMeta, type VaultMeta } from './vault-meta.ts';
import {
  deriveEpochKeys,
  type EpochKeys,
  objectName,
  packName,
  sealersFor,
  VaultState,
} from './vault-state.ts';
import type {
  ObjectRole,
  SealedObject,
  StoredContents,
  UnknownObject,
  VaultContents,
  VaultStore,
} from './vault-store.ts';

interface VaultOptions {
  readonly random: RandomSource;
  readonly clock: Clock;
  /** Argon2id unless a test hands in another. */
  readonly deriveKey?: PasswordKdf;
  /** What this machine remembers; without it nothing is compared and nothing remembered. */
  readonly pins?: PinStore;
  /** Opens an older copy as well, and remembers that one from then on. */
  readonly acceptOlder?: boolean;
}

export interface CreateVaultOptions extends VaultOptions {
  /** NFKC, UTF-8. Borrowed: the caller disposes it. */
  readonly password: SecretBytes;
  readonly kdf?: KdfParameters;
}

export interface UnlockVaultOptions extends VaultOptions {
  /** Borrowed: the caller disposes it. */
  readonly secret: UnlockSecret;
}

/** Makes a vault in an empty store, which it then owns. Throws `vault/already-exists`, `vault/parameters-refused`. */
export async function createVault(
  store: VaultStore,
  options: CreateVaultOptions,
): Promise<UnlockedVault> {
  const { password, random, clock, kdf = DEFAULT_KDF, deriveKey = derivePasswordKey } = options;
  refuseOutOfBounds(kdf);
  const aead = await readyAead();
  const genesis = makeGenesis(random, clock);
  const vaultId = vaultIdOf(genesis);
  const deviceId = toHex(random.bytes(16)) as DeviceId;
  const tools = { aead, random, deriveKey };
  const bare = { vaultId, generation: 0, epoch: 1, slots: [], rosterHash: NO_ROSTER };
  using rootKey = randomVaultRootKey(random);
  const ring = await new KeyRing(bare, tools).add(rootKey, {
    secret: { type: 'password', password },
    kdf,
  });
  const context = { aead, random, vaultId, deviceId, epoch: ring.header.epoch };
  const epoch = deriveEpochKeys(rootKey, context);
  return disposingOnThrow([epoch], () => {
    const meta = { genesis, deviceId };
    const contents = firstContents(ring, epoch, meta);
    store.initialise(contents);
    const stored = { ...contents, unknown: [] };
    const common = { store, aead, epoch, ring, contents: stored, meta, random, clock };
    return openVault({ ...common, keyFile: null, pins: pinsFor(ring.header, options) });
  });
}

/**
 * One run of the KDF, whether the password is right or wrong. Owns the store once it returns a vault; on
 * `'wrong-password'` or a throw the store stays the caller's.
 */
export async function unlockVault(
  store: VaultStore,
  options: UnlockVaultOptions,
): Promise<UnlockedVault | 'wrong-password'> {
  const { secret } = options;
  return await unlockWith(store, options, async (ring) => {
    const opened = await ring.open(secret);
    if (opened === null) return null;
    const keyFile = secret.type === 'password-key-file' ? secret.keyFile.clone() : null;
    return { rootKey: opened.rootKey, keyFile };
  });
}

/** By the root key that an earlier unlock of this session sealed; `'wrong-password'` where `key` does not open it. */
export async function quickUnlockVault(
  store: VaultStore,
  options: VaultOptions & { readonly key: QuickUnlockKey; readonly sealed: Uint8Array },
): Promise<UnlockedVault | 'wrong-password'> {
  const { key, sealed } = options;
  return await unlockWith(store, options, ({ header }, aead) => {
    const aad = quickUnlockAad(header.vaultId, header.epoch);
    const opened = openOrNull(() => unwrapKey(aead, { sealed, under: key, aad }));
    if (opened === null) return Promise.resolve(null);
    const { key: rootKey, note } = opened;
    return Promise.resolve({ rootKey, keyFile: note.length === 0 ? null : SecretBytes.take(note) });
  });
}

/** What a secret has opened, owned by whoever gets it; null for a secret that does not open the vault. */
type Opener = (
  ring: KeyRing,
  aead: Aead,
) => Promise<{ readonly rootKey: VaultRootKey; readonly keyFile: SecretBytes | null } | null>;

async function unlockWith(
  store: VaultStore,
  options: VaultOptions,
  open: Opener,
): Promise<UnlockedVault | 'wrong-password'> {
  const { random, clock, deriveKey = derivePasswordKey } = options;
  const aead = await readyAead();
  const headerBytes = store.loadHeader();
  const header = parseHeader(headerBytes);
  const pins = pinsFor(header, options);
  pins?.assertHeader(header);
  const ring = new KeyRing(header, { aead, random, deriveKey });
  const opened = await open(ring, aead);
  if (opened === null) return 'wrong-password';
  using rootKey = opened.rootKey;
  const { keyFile } = opened;
  const { vaultId } = header;
  const keys = deriveVaultKeys(rootKey, vaultId);
  return disposingOnThrow([keys, keyFile], () => {
    assertHeaderMac(header, keys.header);
    assertNoRoster(header);
    // Not before the header is proven: what lies beside it may be anyone's, and large.
    const contents = { ...store.loadContents(), header: headerBytes };
    const common = { aead, random, vaultId, epoch: header.epoch };
    const meta = openOwnMeta(contents, new ObjectSealer({ ...common, key: keys.meta }), vaultId);
    const epoch = sealersFor(keys, { ...common, deviceId: meta.deviceId });
    const input = { store, aead, epoch, ring, contents, random, clock, meta, keyFile, pins };
    return openVault(input);
  });
}

function pinsFor(header: VaultHeader, options: VaultOptions): Pins | null {
  const { pins: store, clock, acceptOlder = false } = options;
  return store === undefined ? null : new Pins(header, { store, clock, acceptOlder });
}

interface VaultToOpen {
  readonly store: VaultStore;
  readonly aead: Aead;
  readonly epoch: EpochKeys;
  readonly ring: KeyRing;
  readonly contents: StoredContents;
  readonly meta: VaultMeta;
  readonly random: RandomSource;
  readonly clock: Clock;
  /** Owned by the vault that is made. */
  readonly keyFile: SecretBytes | null;
  readonly pins: Pins | null;
}

/** From a header that has been authenticated to an open vault: genesis, packs, what the manifest says of them. */
function openVault(input: VaultToOpen): UnlockedVault {
  const { store, aead, epoch, ring, contents, meta, random, clock, keyFile, pins } = input;
  const { vaultId } = ring.header;
  const loaded = loadAll(store, epoch, contents);
  const state = new VaultState({ store, ring, epoch, meta, deviceId: meta.deviceId, ...loaded });
  pins?.open(state);
  return new UnlockedVault({
    state,
    vaultId,
    random,
    damaged: loaded.damaged,
    access: new VaultAccess({
      ...{ state, aead, random, clock, vaultId },
      keyFile,
      pins,
    }),
    attachments: new VaultAttachments(state, { aead, vaultId, random }),
    context: { aead, vaultId, random },
    pins,
  });
}

function loadAll(store: VaultStore, epoch: EpochKeys, contents: StoredContents) {
  const key = epoch.keys.manifest;
  const found = new RowFold();
  const digests = new Map<string, Uint8Array>();
  const see = (name: string, digest: Uint8Array): void => {
    found.add(digest);
    digests.set(name, digest);
  };
  const { unknown } = contents;
  const objects: readonly (SealedObject | UnknownObject)[] = [...contents.objects, ...unknown];
  for (const row of objects) {
    if (row.role !== 'manifest') see(objectName(row), digestRow(key, { of: 'object', row }));
  }
  const packs = loadOverviews(store.loadPacks(), epoch.packs, (row) => {
    see(packName(row.number), digestRow(key, { of: 'pack', row }));
  });
  const { table, unusable } = packs;
  const manifests = contents.objects.filter(({ role }) => role === 'manifest');
  const [sealed] = manifests;
  const stored = sealed === undefined ? null : openManifest(sealed, epoch);
  const headerHash = hashHeader(contents.header);
  const isSound =
    stored !== null &&
    manifests.length === 1 &&
    packs.isComplete &&
    unusable.length === 0 &&
    equalBytes(stored.headerHash, headerHash) &&
    sameRows(stored.read, found.set);
  const documents = openDocuments(contents, epoch);
  const written = sealed === undefined || stored === null ? null : sealed.revision.lamport;
  const lamport = written ?? 0;
  const read = found.set;
  if (isSound) {
    const nothing = { unwritten: new Set<number>(), damaged: [] as readonly ItemId[] };
    const known = { manifest: stored, digests, lamport, written, documents, unknown };
    return { ...known, table, ...nothing };
  }
  const rebuilt = mend(store, epoch, table);
  const manifest: Manifest = { headerHash, read, rows: stored?.rows ?? NO_ROWS, isSuspect: true };
  return {
    ...{ manifest, digests, documents, unknown, table, written },
    damaged: rebuilt.damaged,
    lamport: COUNTER_GAP + Math.max(lamport, packs.lamport, highestLamport(contents, epoch, table)),
    unwritten: new Set([...unusable, ...rebuilt.numbers]),
  };
}

/** Puts into the table what the packs lacked. */
function mend(store: VaultStore, epoch: EpochKeys, table: OverviewTable) {
  const { change, damaged } = rebuildOverviews(store, epoch.items, table);
  const plan = table.plan(change);
  table.apply(plan);
  return { damaged, numbers: plan.map(({ number }) => number) };
}

function firstContents(ring: KeyRing, epoch: EpochKeys, meta: VaultMeta): VaultContents {
  const revision = { lamport: 0, deviceId: meta.deviceId };
  const header = ring.encode(epoch.keys.header);
  const row = sealMeta(meta, epoch.objects, revision);
  const read = new RowFold();
  read.add(digestRow(epoch.keys.manifest, { of: 'object', row }));
  const headerHash = hashHeader(header);
  const manifest = { headerHash, read: read.set, rows: NO_ROWS, isSuspect: false };
  const sealed = epoch.objects.seal('manifest', revision, encodeManifest(manifest));
  return { header, objects: [row, sealed] };
}

/** Null for one that does not open: it must not keep a person out of items that are each authenticated by themselves. */
function openManifest(object: SealedObject, epoch: EpochKeys): Manifest | null {
  return openOrNull(() => parseManifest(epoch.objects.open(object)));
}

function openOwnMeta(
  contents: VaultContents,
  objects: ObjectSealer,
  vaultId: Uint8Array,
): VaultMeta {
  const meta = openMeta(objectOf(contents, 'meta'), objects);
  if (equalBytes(vaultIdOf(meta.genesis), vaultId)) return meta;
  throw new VaultError('vault/corrupt', 'vault id: expected the hash of the genesis statement', {
    details: { object: 'genesis' },
  });
}

function openDocuments(contents: VaultContents, epoch: EpochKeys) {
  let documents = NO_DOCUMENTS;
  for (const object of contents.objects) {
    if (!isDocument(object.role)) continue;
    const content = openDocument(object.role, object, epoch.objects);
    if (content !== null) documents = { ...documents, [object.role]: content };
  }
  return documents;
}

function objectOf(contents: VaultContents, role: ObjectRole): SealedObject {
  const object = contents.objects.find((one) => one.role === role);
  if (object !== undefined) return object;
  throw new VaultError('vault/corrupt', `vault file: has no ${role}`, {
    details: { object: role },
  });
}

/**
 * How far the counter goes ahead where the manifest is not that of the last transaction: what is authentic may be less
 * than what has been given out, and no revision may be given out twice.
 */
const COUNTER_GAP = 2 ** 20;

/** Of authenticated overviews and objects only: a forged row must not be able to use up the counter. */
function highestLamport(contents: StoredContents, epoch: EpochKeys, table: OverviewTable): number {
  let highest = 0;
  for (const id of table.ids()) highest = Math.max(highest, table.revisionOf(id)?.lamport ?? 0);
  for (const row of [...contents.objects, ...contents.unknown]) {
    if (epoch.objects.isAuthentic(row)) highest = Math.max(highest, row.revision.lamport);
  }
  return highest;
}

function assertNoRoster(header: ParsedHeader): void {
  if (equalBytes(header.rosterHash, NO_ROSTER)) return;
  throw new VaultError('vault/unsupported-version', 'vault header: has a device roster', {
    details: { step: 'roster' },
  });
}

function refuseOutOfBounds(kdf: KdfParameters): void {
  try {
    assertKdfWithinBounds(kdf);
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error;
    const { message, details } = error;
    throw new VaultError('vault/parameters-refused', message, { cause: error, details });
  }
}

function openOrNull<T>(action: () => T): T | null {
  try {
    return action();
  } catch (error) {
    if (error instanceof CryptoError || error instanceof TypeError) return null;
    throw error;
  }
}

function disposingOnThrow<T>(secrets: readonly (Disposable | null)[], action: () => T): T {
  try {
    return action();
  } catch (error) {
    for (const secret of secrets) secret?.[Symbol.dispose]();
    throw error;
  }
}
