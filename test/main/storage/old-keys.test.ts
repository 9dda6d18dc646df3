// What opened a vault once is gone from its file afterwards (threat L6): after a change of password, the removal of a slot
// and re-keying, no page of the file and no frame of its log holds the old sealed root key, slot MAC, salt or key wraps.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqlite-vault-store.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { parseHeader } from '../../../src/main/vault/vault-header.ts';
import { attach, patternBytes } from '../../support/attached-files.ts';
import { loginItem, passkeyItem, privateKeyBytes } from '../../support/canary-items.ts';
import {
  keyFileSecret,
  passwordSecret,
  recoverySecret,
  secret,
} from '../../support/unlock-secrets.ts';
import { createTestVault } from '../../support/vault-fixture.ts';
import { VaultFolder } from '../../support/vault-folder.ts';
import { vaultTools } from '../../support/vault-tools.ts';

/** Pieces as small as this are looked for: a page that was split must not hide the rest. */
const PIECE_BYTES = 16;
const nothing = (): void => undefined;

/** What a file is searched for, by name. */
type Needles = ReadonlyMap<string, Uint8Array>;

class World {
  readonly folder: VaultFolder;
  readonly vault: UnlockedVault;
  readonly store: SqliteVaultStore;

  private constructor(folder: VaultFolder, vault: UnlockedVault, store: SqliteVaultStore) {
    this.folder = folder;
    this.vault = vault;
    this.store = store;
  }

  static async make(folder: VaultFolder, items: number): Promise<World> {
    const store = SqliteVaultStore.open(folder.file(), 'create');
    const vault = await createTestVault(store, vaultTools(`old keys ${String(items)}`));
    const world = new World(folder, vault, store);
    vault.saveAll(Array.from({ length: items }, () => ({ item: loginItem(vault.newItemId()) })));
    const passkey = passkeyItem(vault.newItemId());
    vault.save(passkey, privateKeyBytes('a'));
    attach(vault, passkey.id, patternBytes(70_000));
    for (const label of ['a', 'b', 'c']) await world.addRecovery(label);
    return world;
  }

  async addRecovery(label: string): Promise<string> {
    using opened = await this.vault.access.authorise(passwordSecret());
    return await this.vault.access.addRecovery(opened.rootKey, recoverySecret(label).key, label);
  }

  /** What the slots of the present header hold. */
  slots(type?: string): Needles {
    const { slots } = parseHeader(this.store.loadContents().header);
    const of = slots.filter((slot) => type === undefined || slot.type === type);
    return new Map(
      of.flatMap((slot, index) => [
        [`sealed root key ${String(index)}`, slot.sealedRootKey.slice()],
        [`slot MAC ${String(index)}`, slot.mac.slice()],
        [`salt ${String(index)}`, slot.salt.slice()],
      ]),
    );
  }

  /** All that lies under the present root key. */
  underRootKey(): Needles {
    const { header, objects } = this.store.loadContents();
    return new Map([
      ['header MAC', header.slice(-32)],
      ...objects.map(({ role, sealed }) => [role, sealed.slice()] as const),
      ...Array.from(
        this.store.loadPacks(),
        ({ number, sealed }) => [`pack ${String(number)}`, sealed.slice()] as const,
      ),
      ...this.store
        .scanKeys(null, 1e6)
        .flatMap(({ id, itemKey, passkeyKey }) => [
          [`item key ${id}`, itemKey.slice()] as const,
          [`passkey key ${id}`, passkeyKey.slice()] as const,
        ]),
    ]);
  }

  /** Names of needles of which any piece is in any file. */
  found(needles: Needles): string[] {
    const files = [...this.folder.bytes().values()];
    return [...needles]
      .filter(([, needle]) =>
        piecesOf(needle).some((piece) => files.some((file) => file.includes(piece))),
      )
      .map(([name]) => name);
  }
}

function piecesOf(needle: Uint8Array): Buffer[] {
  const pieces: Buffer[] = [];
  for (let offset = 0; offset + PIECE_BYTES <= needle.length; offset += PIECE_BYTES) {
    pieces.push(Buffer.from(needle.subarray(offset, offset + PIECE_BYTES)));
  }
  return pieces;
}

describe.each([1, 40, 600])('a vault of %i items', (items) => {
  it('holds what opens it, where this search finds it', async () => {
    using folder = new VaultFolder();
    const world = await World.make(folder, items);
    for (const needles of [world.slots(), world.underRootKey()]) {
      expect(world.found(needles)).toEqual([...needles.keys()]);
    }
    world.vault.close();
  });

  it('holds nothing of the old password after it was changed, and all of the others', async () => {
    using folder = new VaultFolder();
    const world = await World.make(folder, items);
    const [old, others] = [world.slots('password'), world.slots('recovery')];
    const { access } = world.vault;
    await access.changePassword(passwordSecret(), secret('second'), KDF_FLOOR);
    expect(world.found(old)).toEqual([]);
    expect(world.found(others)).toEqual([...others.keys()]);
    const second = world.slots('password');
    const present = keyFileSecret('file', 'second');
    if (present.type !== 'password-key-file') throw new Error('another secret');
    await access.requireKeyFile(passwordSecret('second'), present.keyFile, 'file');
    const third = world.slots('password-key-file');
    await access.raiseCost(present, { ...KDF_FLOOR, passes: 4 });
    for (const gone of [old, second, third]) expect(world.found(gone)).toEqual([]);
    world.vault.close();
    for (const gone of [old, second, third]) expect(world.found(gone)).toEqual([]);
  });

  it('holds nothing of a slot after it was removed', async () => {
    using folder = new VaultFolder();
    const world = await World.make(folder, items);
    const recovery = world.slots('recovery');
    for (const { id, type } of world.vault.access.slots()) {
      if (type === 'recovery') await world.vault.access.remove(passwordSecret(), id);
    }
    expect(world.found(recovery)).toEqual([]);
    world.vault.close();
    expect(world.found(recovery)).toEqual([]);
  });

  it('holds nothing of the old root key after it was re-keyed', async () => {
    using folder = new VaultFolder();
    const world = await World.make(folder, items);
    const [slots, under] = [world.slots(), world.underRootKey()];
    await world.vault.access.rekey([passwordSecret(), recoverySecret('b')], nothing);
    expect(world.found(slots)).toEqual([]);
    expect(world.found(under)).toEqual([]);
    world.vault.close();
    expect(world.found(slots)).toEqual([]);
    expect(world.found(under)).toEqual([]);
  });

  it('holds nothing of an erased item after it was scrubbed', async () => {
    using folder = new VaultFolder();
    const world = await World.make(folder, items);
    const goes = [...world.vault.overviews()]
      .filter((_, index) => index % 2 === 0)
      .map(({ id }) => id);
    const needles = new Map(
      goes.flatMap((id) => [
        ...world.store.loadBodies(id).map(({ body }) => [`body ${id}`, body.slice()] as const),
        ...world.store.loadKeys(id).map(({ itemKey }) => [`key ${id}`, itemKey.slice()] as const),
      ]),
    );
    expect(world.found(needles)).toHaveLength(goes.length * 2);
    world.vault.erase(goes);
    world.vault.scrub();
    expect(world.found(needles)).toEqual([]);
    world.vault.close();
    expect(world.found(needles)).toEqual([]);
  });
});

describe('this search', () => {
  it('finds what a change of header leaves where nothing is scrubbed after it', async () => {
    using folder = new VaultFolder();
    const world = await World.make(folder, 5);
    const old = world.slots('password');
    const { header } = world.store.loadContents();
    // As `changePassword` does, but by hand and without the scrub: the log holds the former header still.
    world.store.commit({ header: header.slice().fill(7, 53, 204) });
    world.store.commit({ header: header.slice().fill(8, 53, 204) });
    expect(world.found(old)).toEqual([...old.keys()]);
    world.store.scrub();
    expect(world.found(old)).toEqual([]);
    world.vault.close();
  });
});
