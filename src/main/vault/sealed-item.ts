// SealedItem: one revision of an item as it lies in a store, never readable. Only UnlockedVault opens it.
// SPDX-License-Identifier: MIT

import type { DeviceId, ItemId } from '../../shared/brand.ts';

/** Orders the revisions of one item: by `lamport`, ties by `deviceId`. No clock is involved. */
export interface Revision {
  readonly lamport: number;
  readonly deviceId: DeviceId;
}

/** An item's two random keys under the vault's, one row. They outlive revisions and are re-sealed for a new epoch. */
export interface SealedItemKeys {
  readonly id: ItemId;
  /** Counts the keys an item has had, from 1; with `deviceId` it is the revision in their AAD. */
  readonly version: number;
  readonly deviceId: DeviceId;
  /** The epoch whose keys these lie under. */
  readonly epoch: number;
  /** The item key and the epoch it was made in, under K_wrap. */
  readonly itemKey: Uint8Array;
  /** The passkey key, under K_passkey. Every item has one, so that a passkey looks like a login. */
  readonly passkeyKey: Uint8Array;
}

/** One row of bodies. */
export interface SealedBody {
  readonly id: ItemId;
  readonly revision: Revision;
  /** Version of the body's encoding. */
  readonly schema: number;
  /** Which of the item's keys it lies under. */
  readonly keyVersion: number;
  readonly body: Uint8Array;
}

/** A body with the keys that open it. */
export interface SealedItem extends SealedBody {
  readonly keys: SealedItemKeys;
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
