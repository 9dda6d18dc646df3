// What an unlocked vault is made of, as far as its parts share it: keys and sealers of the present epoch, the store, and
// the two things that every change moves on: the revision counter and the manifest.
// SPDX-License-Identifier: MIT

import type { DeviceId } from '../../shared/brand.ts';
import type { Aead } from '../crypto/aead.ts';
import { deriveVaultKeys, type VaultKeys, type VaultRootKey } from '../crypto/keys.ts';
import type { RandomSource } from '../crypto/random.ts';
import { ROLES } from './aad.ts';
import { type DocumentRole, type Documents, sealDocument } from './documents.ts';
import { ItemSealer } from './item-sealer.ts';
import type { KeyRing } from './key-ring.ts';
import {
  digestRow,
  encodeManifest,
  hashHeader,
  type Manifest,
  type ManifestRow,
  RowFold,
  type RowSet,
} from './manifest.ts';
import { ObjectSealer } from './object-sealer.ts';
import type { OverviewTable, PlannedPack } from './overview-table.ts';
import { PackSealer } from './pack-sealer.ts';
import { assertRowSizes } from './row-limits.ts';
import type { Revision } from './sealed-item.ts';
import { VaultError } from './vault-error.ts';
import type { VaultMeta } from './vault-meta.ts';
import {
  OBJECT_ROLES,
  type ObjectRole,
  type SealedObject,
  type UnknownObject,
  type VaultChange,
  type VaultStore,
} from './vault-store.ts';

/** Keys and sealers of one epoch. Disposing it erases the keys. */
export interface EpochKeys extends Disposable {
  readonly keys: VaultKeys;
  readonly items: ItemSealer;
  readonly packs: PackSealer;
  readonly objects: ObjectSealer;
}

export interface EpochContext {
  readonly aead: Aead;
  readonly random: RandomSource;
  readonly vaultId: Uint8Array;
  readonly deviceId: DeviceId;
  readonly epoch: number;
}

/** `rootKey` is borrowed. */
export function deriveEpochKeys(rootKey: VaultRootKey, context: EpochContext): EpochKeys {
  return sealersFor(deriveVaultKeys(rootKey, context.vaultId), context);
}

/** Owns `keys` from then on. */
export function sealersFor(keys: VaultKeys, context: EpochContext): EpochKeys {
  const { aead, random, vaultId, deviceId, epoch } = context;
  const common = { aead, vaultId, epoch, random };
  return {
    keys,
    items: new ItemSealer({ ...common, keys, deviceId }),
    packs: new PackSealer({ ...common, key: keys.pack }),
    objects: new ObjectSealer({ ...common, key: keys.meta }),
    [Symbol.dispose]() {
      keys[Symbol.dispose]();
    },
  };
}

/** Rows that came and went in one transaction, of those that the check of all rows reads. */
export interface RowChange {
  readonly added: readonly ManifestRow[];
  readonly removed: readonly ManifestRow[];
}

export interface VaultStateParts {
  readonly store: VaultStore;
  readonly deviceId: DeviceId;
  readonly ring: KeyRing;
  readonly epoch: EpochKeys;
  readonly manifest: Manifest;
  /** Digests of the objects and packs that stand in the file, by `objectName` and `packName`. Owned by the state. */
  readonly digests: Map<string, Uint8Array>;
  readonly lamport: number;
  /** Lamport of the manifest that is in the file; null where that cannot be read. */
  readonly written: number | null;
  readonly meta: VaultMeta;
  readonly documents: Documents;
  /** Objects of roles that only a later version knows. */
  readonly unknown: readonly UnknownObject[];
  readonly table: OverviewTable;
  /** Packs that have to be written with the next change: what the file has is not what the table has. */
  readonly unwritten: ReadonlySet<number>;
}

/** What takes the place of the present epoch. */
export interface NextEpoch {
  readonly ring: KeyRing;
  readonly epoch: EpochKeys;
  readonly manifest: Manifest;
  readonly digests: ReadonlyMap<string, Uint8Array>;
}

export class VaultState {
  readonly store: VaultStore;
  readonly deviceId: DeviceId;
  ring: KeyRing;
  epoch: EpochKeys;
  manifest: Manifest;
  lamport: number;
  written: number | null;
  documents: Documents;
  unknown: readonly UnknownObject[];
  readonly meta: VaultMeta;
  readonly table: OverviewTable;
  readonly unwritten: Set<number>;
  /** Hears of every change, so that the check of all rows can go on beside it. */
  watch: ((change: RowChange) => void) | null = null;
  #digests: Map<string, Uint8Array>;
  #isOpen = true;

  constructor(parts: VaultStateParts) {
    this.store = parts.store;
    this.deviceId = parts.deviceId;
    this.ring = parts.ring;
    this.epoch = parts.epoch;
    this.manifest = parts.manifest;
    this.lamport = parts.lamport;
    this.written = parts.written;
    this.meta = parts.meta;
    this.documents = parts.documents;
    this.unknown = parts.unknown;
    this.table = parts.table;
    this.unwritten = new Set(parts.unwritten);
    this.#digests = parts.digests;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Throws `vault/locked`: also for what waited while the vault was closed. */
  assertOpen(): void {
    if (!this.#isOpen) throw new VaultError('vault/locked', 'vault: closed');
  }

  /** Erases the keys, forgets the overviews, closes the store. */
  close(): void {
    this.#isOpen = false;
    this.epoch[Symbol.dispose]();
    this.table.clear();
    this.store.close();
  }

  /** That of the transaction being prepared. */
  get next(): Revision {
    return { lamport: this.lamport + 1, deviceId: this.deviceId };
  }

  /**
   * One transaction with its manifest: durable when it returns, and only then remembered here. `removed` are the rows of
   * bodies, keys and attachments that go with it.
   */
  commit(change: VaultChange, removed: readonly ManifestRow[] = []): void {
    const added = rowsOf(change);
    const { manifest, digests } = this.#account(change, added, removed);
    this.#store(change, manifest);
    this.#remember(digests);
    this.watch?.({ added, removed });
  }

  /** Every pack as it is in memory. */
  *packContents(): Iterable<{ readonly number: number; readonly content: Uint8Array }> {
    for (const number of this.table.numbers()) {
      const content = this.table.contentOf(number);
      if (content !== null) yield { number, content };
    }
  }

  /** Of the transaction being prepared. */
  sealDocument<R extends DocumentRole>(role: R, content: Documents[R]): SealedObject {
    return sealDocument(role, content, { sealer: this.epoch.objects, revision: this.next });
  }

  /** Writes everything under the keys of another epoch, which are this vault's from then on. */
  commitEpoch(change: VaultChange, next: NextEpoch): void {
    const former = this.epoch;
    this.epoch = next.epoch;
    try {
      this.#store(change, next.manifest);
    } catch (error) {
      this.epoch = former;
      throw error;
    }
    former[Symbol.dispose]();
    this.ring = next.ring;
    this.unknown = [];
    this.#digests = new Map(next.digests);
  }

  /**
   * Leaves nothing of what was replaced in the log. What has been committed stays so where the disk refuses: closing the
   * file, or opening it the next time, does it then.
   */
  scrub(): void {
    try {
      this.store.scrub();
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
    }
  }

  /** Something that authenticates is not as a writer leaves it: not forgotten until a person accepts the rows. */
  suspect(packs: Iterable<number>): void {
    this.manifest = { ...this.manifest, isSuspect: true };
    for (const number of packs) this.unwritten.add(number);
  }

  /**
   * Puts other rows in the manifest: those that a person has accepted. The packs that were made again go with them, since
   * the next unlock takes what it finds in the file for all there is; and objects of unknown roles that do not open leave,
   * since what stays is listed from now on. Those that open stay, whatever else is damaged.
   */
  rebase(rows: RowSet): void {
    const removedObjects = this.foreignRoles();
    const change = { ...this.sealPacks(this.unwrittenPacks()), removedObjects };
    const { manifest, digests } = this.#account(change, [], []);
    this.#store(change, { ...manifest, rows, isSuspect: false });
    this.#remember(digests);
    this.unwritten.clear();
    this.unknown = this.unknown.filter(({ role }) => !removedObjects.includes(role));
  }

  /**
   * Roles of the unknown objects that do not open under the vault's own key: planted, or damaged beyond any reader. The
   * others bear the seal of a later version, whatever the manifest can say of them.
   */
  foreignRoles(): readonly number[] {
    const { objects } = this.epoch;
    const own = new Set(
      this.unknown.filter((row) => objects.isAuthentic(row)).map(({ role }) => role),
    );
    return this.unknown.map(({ role }) => role).filter((role) => !own.has(role));
  }

  /** Of the transaction being prepared. */
  sealPacks(planned: readonly PlannedPack[]): Pick<VaultChange, 'packs' | 'removedPacks'> {
    const { epoch, next: revision } = this;
    return {
      packs: planned.flatMap(({ number, content }) =>
        content === null ? [] : [epoch.packs.seal(number, revision, content)],
      ),
      removedPacks: planned.flatMap(({ number, content }) => (content === null ? number : [])),
    };
  }

  /** The packs that the next change has to write, but for those that are planned. */
  unwrittenPacks(plan: readonly PlannedPack[] = []): readonly PlannedPack[] {
    const planned = new Set(plan.map(({ number }) => number));
    return [...this.unwritten]
      .filter((number) => !planned.has(number))
      .map((number) => ({ number, content: this.table.contentOf(number) }));
  }

  #remember(digests: ReadonlyMap<string, Uint8Array | null>): void {
    for (const [name, digest] of digests) {
      if (digest) this.#digests.set(name, digest);
      else this.#digests.delete(name);
    }
  }

  #store(change: VaultChange, manifest: Manifest): void {
    assertRowSizes(change);
    const revision = this.next;
    const sealed = this.epoch.objects.seal('manifest', revision, encodeManifest(manifest));
    this.store.commit({ ...change, objects: [...(change.objects ?? []), sealed] });
    this.manifest = manifest;
    this.lamport = revision.lamport;
    this.written = revision.lamport;
  }

  #account(
    change: VaultChange,
    added: readonly ManifestRow[],
    removed: readonly ManifestRow[],
  ): { readonly manifest: Manifest; readonly digests: ReadonlyMap<string, Uint8Array | null> } {
    const { manifest: key } = this.epoch.keys;
    const rows = new RowFold(this.manifest.rows);
    for (const row of added) rows.add(digestRow(key, row));
    for (const row of removed) rows.remove(digestRow(key, row));
    const read = new RowFold(this.manifest.read);
    const digests = new Map<string, Uint8Array | null>();
    const replace = (name: string, digest: Uint8Array | null): void => {
      const former = this.#digests.get(name);
      if (former) read.remove(former);
      if (digest) read.add(digest);
      digests.set(name, digest);
    };
    for (const row of change.objects ?? []) {
      replace(objectName(row), digestRow(key, { of: 'object', row }));
    }
    for (const row of change.packs ?? []) {
      replace(packName(row.number), digestRow(key, { of: 'pack', row }));
    }
    for (const number of change.removedPacks ?? []) replace(packName(number), null);
    for (const code of change.removedObjects ?? [])
      replace(objectName({ role: roleOf(code) }), null);
    const headerHash = change.header ? hashHeader(change.header) : this.manifest.headerHash;
    return { manifest: { ...this.manifest, headerHash, read: read.set, rows: rows.set }, digests };
  }
}

export function objectName({ role }: Pick<SealedObject | UnknownObject, 'role'>): string {
  return `object ${role}`;
}

function roleOf(code: number): ObjectRole | number {
  return OBJECT_ROLES.find((role) => ROLES[role] === code) ?? code;
}

export function packName(number: number): string {
  return `pack ${number}`;
}

function rowsOf(change: VaultChange): readonly ManifestRow[] {
  return [
    ...(change.bodies ?? []).map((row) => ({ of: 'body', row }) as const),
    ...(change.keys ?? []).map((row) => ({ of: 'keys', row }) as const),
    ...(change.attachments ?? []).map((row) => ({ of: 'attachment', row }) as const),
  ];
}
