// What every VaultStore must do, the one in memory included.
// SPDX-License-Identifier: MIT

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Revision, SealedItem } from '../../src/main/vault/sealed-item.ts';
import type { SealedObject, VaultContents, VaultStore } from '../../src/main/vault/vault-store.ts';
import type { DeviceId, ItemId } from '../../src/shared/brand.ts';
import { seededRandom } from '../support/seeded-random.ts';

/** One place where a vault can lie, empty at first. */
export interface VaultPlace {
  create(): VaultStore;
  reopen(): VaultStore;
  remove(): void;
}

const random = seededRandom('vault-store-suite');
const device = 'd0'.repeat(16) as DeviceId;
const id = (letter: string): ItemId => letter.repeat(32) as ItemId;
const at = (lamport: number, deviceId = device): Revision => ({ lamport, deviceId });
const object = (lamport: number): SealedObject => ({
  revision: at(lamport),
  epoch: 1,
  sealed: random.bytes(77),
});
const contents = (): VaultContents => ({
  header: random.bytes(300),
  meta: object(0),
  manifest: object(0),
});
const sealed = (itemId: ItemId, revision: Revision): SealedItem => ({
  id: itemId,
  revision,
  schema: 1,
  body: random.bytes(296),
  keys: {
    version: 1,
    deviceId: device,
    epoch: 1,
    itemKey: random.bytes(76),
    passkeyKey: random.bytes(72),
  },
});
const added = (item: SealedItem) => ({ item, replaces: null });
/** Stores may hand out subclasses of Uint8Array. */
const plain = (item: SealedItem | null): unknown =>
  item && {
    ...item,
    body: Uint8Array.from(item.body),
    keys: {
      ...item.keys,
      itemKey: Uint8Array.from(item.keys.itemKey),
      passkeyKey: Uint8Array.from(item.keys.passkeyKey),
    },
  };
const all = (store: VaultStore): unknown[] =>
  [...store.loadItems()].sort((a, b) => (a.id < b.id ? -1 : 1)).map(plain);
const code = (value: string): Error => expect.objectContaining({ code: value }) as Error;

export function describeVaultStore(name: string, makePlace: () => VaultPlace): void {
  describe(`${name} as a VaultStore`, () => {
    let place: VaultPlace;
    let store: VaultStore;

    beforeEach(() => {
      place = makePlace();
      store = place.create();
    });
    afterEach(() => {
      store.close();
      place.remove();
    });

    it('gives back the contents it was made with, also after it was closed', () => {
      const made = contents();
      store.initialise(made);
      expect(store.loadContents()).toEqual(made);
      expect(all(store)).toEqual([]);
      store.close();
      store = place.reopen();
      expect(store.loadContents()).toEqual(made);
    });

    it('refuses to be made twice and keeps what it has', () => {
      const made = contents();
      store.initialise(made);
      expect(() => {
        store.initialise(contents());
      }).toThrow(code('vault/already-exists'));
      expect(store.loadContents()).toEqual(made);
    });

    it('has nothing to load before it was made', () => {
      expect(() => store.loadContents()).toThrow(code('vault/not-found'));
      expect(() => store.loadItems()).toThrow(code('vault/not-found'));
    });

    it('keeps several items of one commit, and the manifest with them', () => {
      store.initialise(contents());
      const items = [sealed(id('a'), at(1)), sealed(id('b'), at(1))];
      const manifest = object(1);
      store.commit({ items: items.map(added), manifest });
      store.close();
      store = place.reopen();
      expect(all(store)).toEqual(items);
      expect(store.loadContents().manifest).toEqual(manifest);
    });

    it('replaces a former revision and its body', () => {
      store.initialise(contents());
      const first = sealed(id('a'), at(1));
      store.commit({ items: [added(first)], manifest: object(1) });
      const second = { ...sealed(id('a'), at(2)), keys: first.keys };
      store.commit({ items: [{ item: second, replaces: at(1) }], manifest: object(2) });
      expect(all(store)).toEqual([second]);
      expect(store.loadItem(id('a'), at(1))).toBeNull();
    });

    it('finds an item by id and revision alone', () => {
      store.initialise(contents());
      const item = sealed(id('a'), at(5));
      store.commit({ items: [added(item)], manifest: object(5) });
      expect(plain(store.loadItem(id('a'), at(5)))).toEqual(item);
      expect(store.loadItem(id('b'), at(5))).toBeNull();
      expect(store.loadItem(id('a'), at(4))).toBeNull();
      expect(store.loadItem(id('a'), at(5, 'e0'.repeat(16) as DeviceId))).toBeNull();
    });

    it('keeps nothing of a commit that fails at its last item', () => {
      store.initialise(contents());
      const kept = sealed(id('a'), at(1));
      store.commit({ items: [added(kept)], manifest: object(1) });
      const before = store.loadContents();
      const attempts = [
        [added(sealed(id('b'), at(2))), { item: sealed(id('c'), at(2)), replaces: at(1) }],
        [added(sealed(id('b'), at(2))), added(sealed(id('a'), at(1)))],
        [{ item: sealed(id('a'), at(2)), replaces: at(1) }, added(sealed(id('a'), at(3)))],
      ];
      for (const items of attempts) {
        expect(() => {
          store.commit({ items, manifest: object(2) });
        }).toThrow(code('vault/write-failed'));
      }
      expect(all(store)).toEqual([kept]);
      expect(store.loadContents()).toEqual(before);
      store.close();
      store = place.reopen();
      expect(all(store)).toEqual([kept]);
    });

    it('can be closed twice and is not used after', () => {
      store.initialise(contents());
      store.close();
      store.close();
      expect(() => store.loadContents()).toThrow(code('vault/locked'));
      expect(() => {
        store.commit({ items: [], manifest: object(1) });
      }).toThrow(code('vault/locked'));
    });
  });
}
