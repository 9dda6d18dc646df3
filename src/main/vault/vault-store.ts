// VaultStore: what a vault needs from persistence. A store moves sealed bytes and can open none of them.
// Every implementation passes test/conformance/vault-store.suite.ts.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { Revision, SealedItem } from './sealed-item.ts';

/** A sealed object of the vault itself. */
export interface SealedObject {
  readonly revision: Revision;
  readonly epoch: number;
  readonly sealed: Uint8Array;
}

/** What a vault consists of before its first item. */
export interface VaultContents {
  readonly header: Uint8Array;
  readonly meta: SealedObject;
  readonly manifest: SealedObject;
}

export interface SealedItemChange {
  readonly item: SealedItem;
  /** The revision that goes; null for an item that is new to the store. */
  readonly replaces: Revision | null;
}

/** One transaction. */
export interface VaultChange {
  readonly items: readonly SealedItemChange[];
  readonly manifest: SealedObject;
}

/** All methods throw VaultError. */
export interface VaultStore {
  /** Makes the vault, whole or not at all. `vault/already-exists` where there is one. */
  initialise(contents: VaultContents): void;
  loadContents(): VaultContents;
  /** Every revision of every item, in no order. */
  loadItems(): Iterable<SealedItem>;
  /** Null where the store does not hold that revision. */
  loadItem(id: ItemId, revision: Revision): SealedItem | null;
  /** Durable when it returns; after a throw the store is as it was before. */
  commit(change: VaultChange): void;
  /** Safe to call again. */
  close(): void;
}
