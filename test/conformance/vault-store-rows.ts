// Rows for the suite of vault stores: of the right form, and random inside.
// SPDX-License-Identifier: MIT

import type { SealedPack } from '../../src/main/vault/pack-sealer.ts';
import type { SealedAttachment } from '../../src/main/vault/sealed-attachment.ts';
import type { Revision, SealedBody, SealedItemKeys } from '../../src/main/vault/sealed-item.ts';
import type {
  ObjectRole,
  SealedObject,
  VaultContents,
  VaultStore,
} from '../../src/main/vault/vault-store.ts';
import type { DeviceId, ItemId } from '../../src/shared/brand.ts';
import { seededRandom } from '../support/seeded-random.ts';

export const random = seededRandom('vault-store-suite');
export const device = 'd0'.repeat(16) as DeviceId;
export const otherDevice = 'e0'.repeat(16) as DeviceId;
export const id = (letter: string): ItemId => letter.repeat(32) as ItemId;
export const at = (lamport: number, deviceId = device): Revision => ({ lamport, deviceId });

export const object = (role: ObjectRole, lamport: number): SealedObject => ({
  ...{ role, revision: at(lamport), epoch: 1, sealed: random.bytes(77) },
});
export const contents = (): VaultContents => ({
  header: random.bytes(300),
  objects: [object('meta', 0), object('manifest', 0)],
});
export const pack = (number: number, lamport = 1): SealedPack => ({
  ...{ number, revision: at(lamport), epoch: 1, sealed: random.bytes(296) },
});
export const keysOf = (itemId: ItemId, version = 1): SealedItemKeys => ({
  ...{ id: itemId, version, deviceId: device, epoch: 1 },
  ...{ itemKey: random.bytes(76), passkeyKey: random.bytes(72) },
});
export const body = (itemId: ItemId, revision: Revision, keyVersion = 1): SealedBody => ({
  ...{ id: itemId, revision, schema: 1, keyVersion, keyDevice: device, body: random.bytes(296) },
});
export const head = (itemId: ItemId, letter: string, number: number): SealedAttachment => ({
  ...{ number, id: letter.repeat(32), itemId, keyVersion: 1, keyDevice: device },
  ...{ revision: at(number), sealed: random.bytes(84) },
});

/** Everything that a store can be asked for, rows in their order. */
export function allOf(store: VaultStore) {
  const { header, objects } = store.loadContents();
  const byRole = [...objects].sort((a, b) => (a.role < b.role ? -1 : 1));
  const packs = [...store.loadPacks()].sort((a, b) => a.number - b.number);
  const bodies = store.scanBodies(null, 1e6);
  const keys = store.scanKeys(null, 1e6);
  return plain({
    ...{ header, objects: byRole, packs, bodies, keys },
    attachments: store.scanAttachments(null, 1e6),
  });
}

/** Everything that is done with the vault of a store and is over at once. */
export function usesOf(store: VaultStore): readonly (() => unknown)[] {
  return [
    () => store.loadContents(),
    () => [...store.loadPacks()],
    () => store.loadItem(id('a'), at(1)),
    () => store.loadBodies(id('a')),
    () => store.loadKeys(id('a')),
    () => store.listRevisions(id('a')),
    () => store.loadAttachments(id('a')),
    () => store.scanBodies(null, 1),
    () => store.scanKeys(null, 1),
    () => store.scanAttachments(null, 1),
    () => store.newAttachmentNumber(),
    () => store.readChunk(1, 0),
    () => {
      store.commit({});
    },
    () => {
      store.writeChunks(1, 0, [random.bytes(1)]);
    },
    () => {
      store.removeChunks(1);
    },
    () => {
      store.dropStrayChunks();
    },
    () => {
      store.scrub();
    },
  ];
}

/** Stores may hand out subclasses of Uint8Array. */
export function plain<T>(value: T): T {
  if (value instanceof Uint8Array) return Uint8Array.from(value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => plain(one)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)])) as T;
}
