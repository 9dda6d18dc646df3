// UnlockedVault: the only object that can open items. It holds the keys, the overviews and the store, and is dead
// after `close()`: keys erased, store closed, every further use refused.
// SPDX-License-Identifier: MIT

import type { DeviceId, ItemId } from '../../shared/brand.ts';
import { equalBytes, toHex } from '../../shared/bytes.ts';
import type { VaultKeys } from '../crypto/keys.ts';
import type { RandomSource } from '../crypto/random.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import { overviewOf } from './item-codec.ts';
import type { ItemOverview } from './item-overview.ts';
import type { ItemSealer } from './item-sealer.ts';
import type { Item } from './item.ts';
import { type Manifest, sealManifest, updateManifest } from './manifest.ts';
import type { LoadedItems } from './load-items.ts';
import type { Revision, SealedItem } from './sealed-item.ts';
import { VaultError } from './vault-error.ts';
import type { ObjectSeal, VaultMeta } from './vault-meta.ts';
import type { VaultStore } from './vault-store.ts';

export type { ItemOverview } from './item-overview.ts';

/** Whether the rows that were found at unlock are those that were last written. */
export interface VaultIntegrity {
  /** False: rows were removed, added, changed or put back behind our back. */
  readonly isIntact: boolean;
  readonly expectedRows: number;
  readonly foundRows: number;
}

export interface ItemToSave {
  readonly item: Item;
  /** PKCS#8, for a passkey that is new. Borrowed. */
  readonly privateKey?: SecretBytes;
}

/** What an open vault is made of; it takes ownership of the keys and the store. */
export interface UnlockedParts {
  readonly store: VaultStore;
  readonly keys: VaultKeys;
  readonly sealer: ItemSealer;
  readonly objectSeal: ObjectSeal;
  readonly meta: VaultMeta;
  readonly random: RandomSource;
  readonly lamport: number;
  readonly manifest: Manifest;
  readonly loaded: LoadedItems;
  readonly integrity: VaultIntegrity;
  /** Runs the whole KDF. */
  readonly verifyPassword: (password: SecretBytes) => Promise<boolean>;
}

export class UnlockedVault implements Disposable {
  readonly vaultId: Uint8Array;
  readonly deviceId: DeviceId;
  readonly name: string;
  /** As found when the vault was unlocked. */
  readonly integrity: VaultIntegrity;
  readonly #parts: UnlockedParts;
  readonly #overviews: Map<ItemId, ItemOverview>;
  readonly #revisions: Map<ItemId, Revision>;
  readonly #damaged: readonly ItemId[];
  #listed: readonly ItemOverview[] | null = null;
  #manifest: Manifest;
  #lamport: number;
  #isOpen = true;

  constructor(parts: UnlockedParts) {
    this.#parts = parts;
    this.vaultId = parts.objectSeal.vaultId;
    this.deviceId = parts.meta.deviceId;
    this.name = parts.meta.name;
    this.integrity = parts.integrity;
    this.#overviews = new Map(parts.loaded.overviews);
    this.#revisions = new Map(parts.loaded.revisions);
    this.#damaged = parts.loaded.damaged;
    this.#manifest = parts.manifest;
    this.#lamport = parts.lamport;
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#lamport;
  }

  /** Items of which no revision opens: they stay in the file as they are, and are counted. */
  get damaged(): readonly ItemId[] {
    this.#assertOpen();
    return this.#damaged;
  }

  /** Of every item, in no order. The same array until something changes. */
  overviews(): readonly ItemOverview[] {
    this.#assertOpen();
    this.#listed ??= [...this.#overviews.values()];
    return this.#listed;
  }

  /** Throws `vault/item-not-found` and `vault/item-damaged`. */
  get(id: ItemId): Item {
    return this.#parts.sealer.openItem(this.#load(id));
  }

  /** Durable when it returns. A new passkey comes with its private key, which is borrowed. */
  save(item: Item, privateKey?: SecretBytes): void {
    this.saveAll([privateKey === undefined ? { item } : { item, privateKey }]);
  }

  /** All of them or none, durable when it returns. */
  saveAll(entries: readonly ItemToSave[]): void {
    this.#assertOpen();
    if (entries.length === 0) return;
    if (new Set(entries.map(({ item }) => item.id)).size !== entries.length) {
      throw new Error('saveAll: one item twice in one transaction');
    }
    const revision = { lamport: this.#lamport + 1, deviceId: this.deviceId };
    const changes = entries.map((entry) => this.#seal(entry, revision));
    const { keys, objectSeal, random, store } = this.#parts;
    const manifest = updateManifest(this.#manifest, keys.manifest, {
      added: changes.map(({ sealed }) => sealed),
      removed: changes.flatMap(({ former }) => former ?? []),
    });
    store.commit({
      items: changes.map(({ sealed, former }) => ({
        item: sealed,
        replaces: former?.revision ?? null,
      })),
      manifest: sealManifest(manifest, objectSeal, { revision, random }),
    });
    this.#manifest = manifest;
    this.#lamport = revision.lamport;
    this.#listed = null;
    for (const { item } of entries) {
      this.#overviews.set(item.id, overviewOf(item));
      this.#revisions.set(item.id, revision);
    }
  }

  newItemId(): ItemId {
    this.#assertOpen();
    return toHex(this.#parts.random.bytes(16)) as ItemId;
  }

  /** PKCS#8 of a passkey's private key, for one ceremony: the caller disposes it. */
  openPrivateKey(id: ItemId): SecretBytes {
    return this.#parts.sealer.openPrivateKey(this.#load(id));
  }

  /** Whether this is the master password: the whole KDF, each time. Borrows it. */
  async verifyPassword(password: SecretBytes): Promise<boolean> {
    this.#assertOpen();
    const isRight = await this.#parts.verifyPassword(password);
    this.#assertOpen();
    return isRight;
  }

  /** Erases the keys, forgets the overviews, closes the store. Safe to call again. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#parts.keys[Symbol.dispose]();
    this.#overviews.clear();
    this.#revisions.clear();
    this.#listed = null;
    this.#parts.store.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #seal(
    entry: ItemToSave,
    revision: Revision,
  ): { readonly sealed: SealedItem; readonly former: SealedItem | null } {
    const { item, privateKey = null } = entry;
    const { sealer } = this.#parts;
    if (!this.#revisions.has(item.id) && !this.#damaged.includes(item.id)) {
      assertPrivateKey(item, privateKey !== null);
      return { sealed: sealer.sealNew(item, revision, privateKey), former: null };
    }
    const former = this.#load(item.id);
    if (privateKey !== null)
      throw new Error('save: an item keeps the private key it was made with');
    assertSameCredential(sealer.openItem(former), item);
    return { sealed: sealer.sealAgain(item, revision, former), former };
  }

  #load(id: ItemId): SealedItem {
    this.#assertOpen();
    const revision = this.#revisions.get(id);
    if (revision === undefined) {
      const code = this.#damaged.includes(id) ? 'vault/item-damaged' : 'vault/item-not-found';
      throw new VaultError(code, 'vault: no item that opens has this id', { details: { id } });
    }
    const sealed = this.#parts.store.loadItem(id, revision);
    if (sealed === null) {
      throw new VaultError('vault/item-damaged', 'vault: the row of an item is gone', {
        details: { id },
      });
    }
    return sealed;
  }

  #assertOpen(): void {
    if (!this.#isOpen) throw new VaultError('vault/locked', 'vault: closed');
  }
}

function assertPrivateKey(item: Item, isGiven: boolean): void {
  if (isGiven !== (item.kind === 'passkey')) {
    throw new Error('save: a new passkey comes with its private key, and nothing else does');
  }
}

/** A passkey's credential is fixed when it is made: another one could not use the private key that is sealed for it. */
function assertSameCredential(former: Item, item: Item): void {
  const isSame =
    former.kind === 'passkey' && item.kind === 'passkey'
      ? former.rpId === item.rpId &&
        former.algorithm === item.algorithm &&
        former.backupEligible === item.backupEligible &&
        equalBytes(former.credentialId, item.credentialId) &&
        equalBytes(former.userHandle, item.userHandle)
      : former.kind === item.kind;
  if (!isSame) throw new Error('save: an item keeps its kind, and a passkey its credential');
}
