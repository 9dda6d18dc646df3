// SealedItem: one revision of an item as it lies in a store, never readable. Only UnlockedVault opens it.
// SPDX-License-Identifier: MIT

import type { DeviceId, ItemId } from '../../shared/brand.ts';

/** Orders the revisions of one item: by `lamport`, ties by `deviceId`. No clock is involved. */
export interface Revision {
  readonly lamport: number;
  readonly deviceId: DeviceId;
}

/** Names a pair of keys of one item. Two devices may come to the same version, each with keys of its own. */
export interface KeyRef {
  /** Which version of the item's keys, from 1. */
  readonly keyVersion: number;
  /** Who made them. */
  readonly keyDevice: DeviceId;
}

/** Where a row of keys stands in the order of its table. */
export interface KeyPosition {
  readonly id: ItemId;
  /** Counts the keys an item has had, from 1; with `deviceId` it is the revision in their AAD. */
  readonly version: number;
  readonly deviceId: DeviceId;
}

/** An item's two random keys under the vault's, one row. They outlive revisions and are re-sealed for a new epoch. */
export interface SealedItemKeys extends KeyPosition {
  /** The epoch whose keys these lie under. */
  readonly epoch: number;
  /** The item key and its note, under K_wrap. */
  readonly itemKey: Uint8Array;
  /** The passkey key, under K_passkey. Every item has one, so that a passkey looks like a login. */
  readonly passkeyKey: Uint8Array;
}

/** One row of bodies. */
export interface SealedBody extends KeyRef {
  readonly id: ItemId;
  readonly revision: Revision;
  /** Version of the body's encoding. */
  readonly schema: number;
  readonly body: Uint8Array;
}

/** A body with the keys that open it. */
export interface SealedItem extends SealedBody {
  readonly keys: SealedItemKeys;
}

/** What a body or a file's head names these keys by. */
export function refOf({ version, deviceId }: KeyPosition): KeyRef {
  return { keyVersion: version, keyDevice: deviceId };
}

/** Whether `keys` are those that `ref` names. */
export function isNamedBy(keys: KeyPosition, ref: KeyRef): boolean {
  return keys.version === ref.keyVersion && keys.deviceId === ref.keyDevice;
}

/** The order of two rows of keys of one item. */
export function compareKeys(a: KeyPosition, b: KeyPosition): number {
  return compareRevisions(
    { lamport: a.version, deviceId: a.deviceId },
    { lamport: b.version, deviceId: b.deviceId },
  );
}

/** Below zero where `a` is the older of two revisions of one item. */
export function compareRevisions(a: Revision, b: Revision): number {
  if (a.lamport !== b.lamport) return a.lamport - b.lamport;
  if (a.deviceId === b.deviceId) return 0;
  return a.deviceId < b.deviceId ? -1 : 1;
}

export function sameRevision(a: Revision, b: Revision): boolean {
  return compareRevisions(a, b) === 0;
}
