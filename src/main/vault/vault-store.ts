// VaultStore: what a vault needs from persistence. A store moves sealed bytes and can open none of them.
// Every implementation passes test/conformance/vault-store.suite.ts.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { SealedPack } from './pack-sealer.ts';
import type { SealedAttachment } from './sealed-attachment.ts';
import type {
  KeyPosition,
  Revision,
  SealedBody,
  SealedItem,
  SealedItemKeys,
} from './sealed-item.ts';

/** The vault's own objects, by role. */
export const OBJECT_ROLES = [
  'meta',
  'manifest',
  'slotNames',
  'savedSearches',
  'generatorHistory',
] as const;
export type ObjectRole = (typeof OBJECT_ROLES)[number];

/** A sealed object of the vault itself. */
export interface SealedObject {
  readonly role: ObjectRole;
  readonly revision: Revision;
  readonly epoch: number;
  readonly sealed: Uint8Array;
}

/** An object whose role a later version has brought: carried along as it is. */
export interface UnknownObject extends Omit<SealedObject, 'role'> {
  readonly role: number;
}

/** What a vault consists of before its first item. */
export interface VaultContents {
  readonly header: Uint8Array;
  readonly objects: readonly SealedObject[];
}

export interface StoredContents extends VaultContents {
  readonly unknown: readonly UnknownObject[];
}

/** Where a row of bodies stands in the order of `scanBodies`. */
export interface BodyPosition {
  readonly id: ItemId;
  readonly revision: Revision;
}

/** Where a head stands in the order of `scanAttachments`. */
export interface AttachmentPosition {
  readonly itemId: ItemId;
  readonly id: string;
}

/** One transaction: what goes, and then what comes. Rows that come and are there already are replaced. */
export interface VaultChange {
  readonly header?: Uint8Array;
  readonly objects?: readonly SealedObject[];
  /** Roles of objects that go. */
  readonly removedObjects?: readonly number[];
  readonly packs?: readonly SealedPack[];
  readonly removedPacks?: readonly number[];
  /** Rows of keys, before the bodies that need them. */
  readonly keys?: readonly SealedItemKeys[];
  /** Bodies; a revision that is there already is never replaced: `vault/write-failed`. */
  readonly bodies?: readonly SealedBody[];
  /** Heads of attachments, never replaced either; their chunks are in the store already. */
  readonly attachments?: readonly SealedAttachment[];
  /** Items that go with everything they have: every body, every key, every attachment. */
  readonly erasedItems?: readonly ItemId[];
  /** Attachments that go, with their chunks. */
  readonly removedAttachments?: readonly number[];
}

/** All methods throw VaultError. */
export interface VaultStore {
  /** Makes the vault, whole or not at all. `vault/already-exists` where there is one. */
  initialise(contents: VaultContents): void;
  /** All that is read of a file before a secret opens it. Throws `vault/header-damaged` for one that is too long. */
  loadHeader(): Uint8Array;
  /** Throws `vault/corrupt` where the objects together are larger than those of any vault. */
  loadContents(): StoredContents;
  /** Every pack, in no order. */
  loadPacks(): Iterable<SealedPack>;
  /** Null where the store does not hold that revision, or not the keys it needs. */
  loadItem(id: ItemId, revision: Revision): SealedItem | null;
  /** Every revision of an item, newest first; the bodies themselves are not read. */
  listRevisions(id: ItemId): readonly Revision[];
  /** Every body of an item, newest first. */
  loadBodies(id: ItemId): readonly SealedBody[];
  /** Every row of keys of an item. */
  loadKeys(id: ItemId): readonly SealedItemKeys[];
  loadAttachments(id: ItemId): readonly SealedAttachment[];
  /** The next `limit` bodies after `after`, in the order of (item id, lamport, device id). */
  scanBodies(after: BodyPosition | null, limit: number): readonly SealedBody[];
  /** The next `limit` rows of keys after `after`, in the order of (item id, version, device id). */
  scanKeys(after: KeyPosition | null, limit: number): readonly SealedItemKeys[];
  /** The next `limit` heads of attachments after `after`, in the order of (item id, attachment id). */
  scanAttachments(after: AttachmentPosition | null, limit: number): readonly SealedAttachment[];
  /** Durable when it returns; after a throw the store is as it was before. */
  commit(change: VaultChange): void;
  /**
   * A number that no attachment has; its chunks are written under it before there is a head. Throws `vault/too-large`
   * where every number is taken.
   */
  newAttachmentNumber(): number;
  /** Durable when it returns. Chunks that have no head are gone after the next opening. */
  writeChunks(number: number, first: number, chunks: readonly Uint8Array[]): void;
  /** Null where there is none. */
  readChunk(number: number, index: number): Uint8Array | null;
  /** Takes the chunks of an attachment away that has no head: one that was given up. */
  removeChunks(number: number): void;
  /** Takes every chunk away that has no head: what a crash has left. Not those of numbers that this store has given out. */
  dropStrayChunks(): void;
  /** Leaves nothing of what was removed or replaced in the file, its log or its free pages. */
  scrub(): void;
  /** Writes a copy of the whole vault, of one moment, to a new file. */
  copyTo(path: string): Promise<void>;
  /** Safe to call again. */
  close(): void;
}
