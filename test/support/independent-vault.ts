// Short cuts into the second implementation (test/support/independent) for tests that need one thing of it: the only slot
// of a header by its secret, and the keys of one item.
// SPDX-License-Identifier: MIT

import { Cursor } from './independent/bytes.ts';
import { slotKeys } from './independent/header.ts';
import { mac, open } from './independent/primitives.ts';
import { openItemKey as openKey } from './independent/sealing.ts';

export interface IndependentRow {
  readonly id: string;
  readonly keyVersion: number;
  readonly keyDeviceId: string;
  readonly epoch: number;
  readonly itemKey: Uint8Array;
  readonly passkeyKey: Uint8Array;
}

export function openBox(key: Uint8Array, box: Uint8Array, aad: Uint8Array): Uint8Array {
  return open({ key, aad }, box);
}

/** The first slot of a header, by offset, with the keys that `secret` (the KDF's output) gives. */
export function readSlot(header: Uint8Array, secret: Uint8Array) {
  const cursor = new Cursor(header.subarray(12));
  const vaultId = cursor.take(32);
  cursor.take(4);
  const epoch = cursor.uint(4);
  cursor.take(1);
  const slotId = cursor.take(16);
  const type = cursor.uint(1);
  const slot = { slotId, type, kdfBlock: cursor.take(14), salt: cursor.take(16) };
  cursor.take(cursor.uint(2));
  const { macKey, kek, aad } = slotKeys(slot, { vaultId, epoch }, secret);
  const sealedRootKey = cursor.take(72);
  const macOf = (box: Uint8Array): Uint8Array => mac(macKey, aad, box);
  return { vaultId, salt: slot.salt, sealedRootKey, mac: cursor.take(32), kek, aad, macOf };
}

/** The item key of a row, or a throw. */
export function openItemKey(row: IndependentRow, rootKey: Uint8Array, vaultId: Uint8Array) {
  const { id: itemId, keyVersion: version, keyDeviceId: deviceId, epoch } = row;
  const { itemKey, passkeyKey } = row;
  const wrap = { itemId, version, deviceId, epoch, itemKey, passkeyKey };
  return openKey(wrap, { rootKey, vaultId }, epoch);
}
