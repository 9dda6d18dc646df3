// Re-keying: everything under a new root key in one transaction, and nothing under the old one any more.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { VaultError } from '../../../src/main/vault/vault-error.ts';
import { parseHeader } from '../../../src/main/vault/vault-header.ts';
import type { VaultChange } from '../../../src/main/vault/vault-store.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
import { fromUtf8 } from '../../../src/shared/bytes.ts';
import { attach, patternBytes, readAttached } from '../../support/attached-files.ts';
import { loginItem, passkeyItem, privateKeyBytes } from '../../support/canary-items.ts';
import { flipInPlace } from '../../support/flipped-bits.ts';
import { openBox, openItemKey, readSlot } from '../../support/independent-vault.ts';
import { type MemoryVaultFile, MemoryVaultStore } from '../../support/memory-vault-store.ts';
import {
  PASSWORD,
  keyFileSecret,
  passwordSecret,
  recoverySecret,
  secret,
} from '../../support/unlock-secrets.ts';
import {
  checkAllRows,
  reopenTestVault,
  testVaultIn,
  unlockTestVault,
} from '../../support/vault-fixture.ts';

const nothing = (): void => undefined;
const searches = [{ id: '00'.repeat(8), name: 'weak', text: 'is:weak' }];

class FailingStore extends MemoryVaultStore {
  failsAt: 'commit' | 'scrub' | null = null;
  scrubs = 0;

  override commit(change: VaultChange): void {
    if (this.failsAt === 'commit') throw new VaultError('vault/write-failed', 'disk full');
    super.commit(change);
  }

  override scrub(): void {
    super.scrub();
    this.scrubs += 1;
  }
}

/** 40 logins with history, 5 passkeys, one file, a document, a recovery key. */
async function makeVault(seed: string) {
  const { tools, store, vault } = await testVaultIn(new FailingStore(), seed);
  const logins = Array.from({ length: 40 }, () => loginItem(vault.newItemId()));
  vault.saveAll(logins.map((item) => ({ item })));
  for (const item of logins.slice(0, 10)) vault.save({ ...item, title: 'second' });
  const passkeys = Array.from({ length: 5 }, () => passkeyItem(vault.newItemId()));
  for (const item of passkeys) vault.save(item, privateKeyBytes(item.id));
  const [login] = logins;
  if (!login) throw new Error('the fixture has no login');
  const file = attach(vault, login.id, patternBytes(70_000));
  vault.saveDocument('savedSearches', searches);
  using opened = await vault.access.authorise(passwordSecret());
  await vault.access.addRecovery(opened.rootKey, recoverySecret('a').key, 'Safe');
  const reopen = (by = passwordSecret()) =>
    reopenTestVault(new MemoryVaultStore(store.file), tools, by);
  return { tools, store, vault, passkeys, login, file, reopen };
}

type Made = Awaited<ReturnType<typeof makeVault>>;

function contentOf(vault: UnlockedVault, { passkeys, login, file }: Made) {
  const ids = [...vault.overviews()].map(({ id }) => id).sort();
  return {
    items: ids.map((id) => [
      vault.overview(id),
      ...vault.history(id).map((revision) => vault.getRevision(id, revision)),
    ]),
    keys: passkeys.map(({ id }) => {
      using key = vault.openPrivateKey(id);
      return key.use(fromUtf8);
    }),
    file: readAttached(vault, login.id, file),
    searches: vault.document('savedSearches'),
  };
}

/** The root key that a secret opens, by the header of a file as it was kept. */
async function rootKeyIn(file: MemoryVaultFile, tools: Made['tools']): Promise<Uint8Array> {
  const header = file.header ?? new Uint8Array(0);
  const [parsed] = parseHeader(header).slots;
  if (!parsed?.kdf) throw new Error('the fixture has no password slot');
  using derived = await tools.kdf.derive(secret(PASSWORD), parsed.salt, parsed.kdf);
  const slot = derived.use((bytes) => readSlot(header, bytes.slice()));
  return openBox(slot.kek, slot.sealedRootKey, slot.aad);
}

const openedWith = (file: MemoryVaultFile, rootKey: Uint8Array): number => {
  const vaultId = (file.header ?? new Uint8Array(0)).slice(12, 44);
  return file.keys.filter((keys) => {
    const body = file.bodies.find((row) => row.id === keys.id && row.keyVersion === keys.version);
    if (!body) return false;
    try {
      const row = {
        ...{
          id: keys.id,
          ...body.revision,
          schema: body.schema,
          body: body.body,
          epoch: keys.epoch,
        },
        ...{ keyVersion: keys.version, keyDeviceId: keys.deviceId },
        ...{ itemKey: keys.itemKey, passkeyKey: keys.passkeyKey },
      };
      openItemKey(row, rootKey, vaultId);
      return true;
    } catch {
      return false;
    }
  }).length;
};

describe('re-keying', () => {
  it('leaves everything readable: items, history, private keys, files, documents', async () => {
    const made = await makeVault('readable');
    const before = contentOf(made.vault, made);
    const removed = await made.vault.access.rekey([passwordSecret(), recoverySecret('a')], nothing);
    expect(removed).toEqual([]);
    expect(made.vault.access.epoch).toBe(2);
    expect(contentOf(made.vault, made)).toEqual(before);
    expect(checkAllRows(made.vault)).toBe('intact');
    made.vault.close();
    for (const by of [passwordSecret(), recoverySecret('a')]) {
      using again = await made.reopen(by);
      expect(contentOf(again, made)).toEqual(before);
      expect(checkAllRows(again)).toBe('intact');
      expect(again.access.slots()[1]?.name).toBe('Safe');
    }
  });

  it('can be done again and again, with changes in between', async () => {
    const made = await makeVault('again');
    for (let epoch = 2; epoch < 6; epoch += 1) {
      await made.vault.access.rekey([passwordSecret()], nothing);
      expect(made.vault.access.epoch).toBe(epoch);
      made.vault.save({ ...made.vault.get(made.login.id), note: `epoch ${String(epoch)}` });
      made.vault.save(loginItem(made.vault.newItemId()));
    }
    const before = contentOf(made.vault, made);
    made.vault.close();
    using again = await made.reopen();
    expect(contentOf(again, made)).toEqual(before);
    expect(again.history(made.login.id).length).toBeGreaterThan(4);
    expect(checkAllRows(again)).toBe('intact');
  });

  it('takes every key out of the old root key’s reach', async () => {
    const made = await makeVault('reach');
    const old = structuredClone(made.store.file);
    await made.vault.access.rekey([passwordSecret(), recoverySecret('a')], nothing);
    const [oldRoot, newRoot] = [
      await rootKeyIn(old, made.tools),
      await rootKeyIn(made.store.file, made.tools),
    ];
    expect(oldRoot).not.toEqual(newRoot);
    // The control: in the old copy, the old root key opens the lot.
    expect(openedWith(old, oldRoot)).toBe(old.keys.length);
    expect(openedWith(made.store.file, oldRoot)).toBe(0);
    expect(openedWith(made.store.file, newRoot)).toBe(made.store.file.keys.length);
    made.vault.close();
    // The old header before the new rows: its secrets open it, and nothing behind it.
    const mixed = { ...made.store.file, header: old.header };
    await expect(unlockTestVault(new MemoryVaultStore(mixed), made.tools)).rejects.toMatchObject({
      code: 'vault/corrupt',
    });
    const oldObjects = {
      ...made.store.file,
      header: old.header,
      objects: old.objects,
      packs: old.packs,
    };
    using forged = await reopenTestVault(new MemoryVaultStore(oldObjects), made.tools);
    expect(checkAllRows(forged)).toBe('not-intact');
    for (const { id } of forged.overviews()) expect(() => forged.get(id)).toThrow('does not open');
  });

  it('gives an item fresh keys with its first change, and not with its second', async () => {
    const made = await makeVault('fresh');
    const { vault, store, login, passkeys } = made;
    await vault.access.rekey([passwordSecret()], nothing);
    const versions = (id: ItemId) =>
      store.file.keys.filter((row) => row.id === id).map(({ version }) => version);
    const bodies = (id: ItemId) => store.loadBodies(id).map(({ keyVersion }) => keyVersion);
    expect(versions(login.id)).toEqual([1]);
    vault.save({ ...vault.get(login.id), note: 'first' });
    expect(versions(login.id)).toEqual([1, 2]);
    vault.save({ ...vault.get(login.id), note: 'second' });
    expect(versions(login.id)).toEqual([1, 2]);
    expect(bodies(login.id).slice(0, 3)).toEqual([2, 2, 1]);
    const [passkey] = passkeys;
    if (!passkey) throw new Error('the fixture has no passkey');
    vault.save({ ...passkey, title: 'renamed' });
    using key = vault.openPrivateKey(passkey.id);
    expect(key.use(fromUtf8)).toBe(privateKeyBytes(passkey.id).use(fromUtf8));
    // A revision of before is taken back under keys of its own again.
    const first = vault.history(login.id).at(-1);
    if (!first) throw new Error('the history is lost');
    vault.saveAll([{ item: vault.getRevision(login.id, first), follows: first }]);
    expect(versions(login.id)).toEqual([1, 2, 3]);
    expect(checkAllRows(vault)).toBe('intact');
  });

  it('lets no new file lie under an old key', async () => {
    const made = await makeVault('files');
    const { vault, store, login } = made;
    await vault.access.rekey([passwordSecret()], nothing);
    const id = attach(vault, login.id, patternBytes(100));
    const head = store.file.attachments.find((row) => row.id === id);
    expect(head?.keyVersion).toBe(2);
    expect(readAttached(vault, login.id, id)).toEqual(patternBytes(100));
    expect(readAttached(vault, login.id, made.file)).toEqual(patternBytes(70_000));
    expect(checkAllRows(vault)).toBe('intact');
  });

  it('removes the slots whose secrets are not presented, and names them', async () => {
    const made = await makeVault('removed');
    const { vault, reopen } = made;
    const slots = vault.access.slots();
    const removed = await vault.access.rekey([passwordSecret()], nothing);
    expect(removed).toEqual([slots[1]]);
    expect(vault.access.slots()).toEqual([slots[0]]);
    vault.close();
    (await reopen()).close();
    await expect(reopen(recoverySecret('a'))).rejects.toThrow('refused');
  });

  it('scrubs the store, also after a change of a slot', async () => {
    const { vault, store } = await makeVault('scrubs');
    const before = store.scrubs;
    await vault.access.rekey([passwordSecret()], nothing);
    expect(store.scrubs).toBe(before + 1);
    await vault.access.changePassword(passwordSecret(), secret('new'), KDF_FLOOR);
    expect(store.scrubs).toBe(before + 2);
  });

  it('says how far it is', async () => {
    const { vault } = await makeVault('progress');
    const items = Array.from({ length: 2100 }, () => ({ item: loginItem(vault.newItemId()) }));
    vault.saveAll(items);
    const heard: [number, number][] = [];
    await vault.access.rekey([passwordSecret()], (done, total) => heard.push([done, total]));
    expect(heard.map(([done]) => done)).toEqual([1000, 2000]);
    for (const [done, total] of heard) expect(done).toBeLessThanOrEqual(total);
  });
});

describe('re-keying while the vault is in use', () => {
  it('gives way, and takes in what was changed meanwhile', async () => {
    const { vault, store, tools } = await makeVault('turns');
    const items = Array.from({ length: 30 }, () => loginItem(vault.newItemId()));
    vault.saveAll(items.map((item) => ({ item })));
    const [changed, gone] = items;
    if (!changed || !gone) throw new Error('fixture');
    let turns = 0;
    let writings = 0;
    await vault.access.rekey([passwordSecret()], nothing, {
      breathe: () => {
        turns += 1;
        if (turns === 20) vault.save({ ...changed, title: 'changed meanwhile' });
        if (turns === 40) vault.erase([gone.id]);
        return Promise.resolve();
      },
      onWriting: () => (writings += 1),
    });
    expect(writings).toBe(1);
    expect(turns).toBeGreaterThan(40);
    vault.close();
    const again = await reopenTestVault(new MemoryVaultStore(store.file), tools);
    expect(checkAllRows(again)).toBe('intact');
    expect(again.access.epoch).toBe(2);
    expect(again.get(changed.id).title).toBe('changed meanwhile');
    expect(again.has(gone.id)).toBe(false);
  });

  it('comes to its end though something is changed at every turn', async () => {
    const { vault, store, tools } = await makeVault('restless');
    const item = loginItem(vault.newItemId());
    let turns = 0;
    await vault.access.rekey([passwordSecret()], nothing, {
      breathe: () => {
        vault.save({ ...item, title: `turn ${(turns += 1)}` });
        return Promise.resolve();
      },
    });
    expect(turns).toBe(3);
    vault.close();
    const again = await reopenTestVault(new MemoryVaultStore(store.file), tools);
    expect([checkAllRows(again), again.get(item.id).title]).toEqual(['intact', 'turn 3']);
  });

  it('changes nothing where the vault is closed meanwhile', async () => {
    const made = await makeVault('closed');
    const before = structuredClone(made.store.file);
    await expect(
      made.vault.access.rekey([passwordSecret()], nothing, {
        breathe: () => {
          made.vault.close();
          return Promise.resolve();
        },
      }),
    ).rejects.toMatchObject({ code: 'vault/locked' });
    expect(made.store.file).toEqual(before);
  });

  it('changes nothing where the ways in are changed meanwhile', async () => {
    const { vault, store, tools } = await makeVault('ways');
    let change: Promise<void> | null = null;
    await expect(
      vault.access.rekey([passwordSecret()], nothing, {
        breathe: async () => {
          change ??= vault.access.changePassword(passwordSecret(), secret('new one'), KDF_FLOOR);
          await change;
        },
      }),
    ).rejects.toMatchObject({ code: 'vault/write-failed' });
    vault.close();
    const again = await reopenTestVault(new MemoryVaultStore(store.file), tools, 'new one');
    expect([checkAllRows(again), again.access.epoch]).toEqual(['intact', 1]);
  });
});

describe('re-keying that fails', () => {
  it('changes nothing where one secret is wrong or none is presented', async () => {
    const made = await makeVault('wrong');
    const before = [contentOf(made.vault, made), structuredClone(made.store.file)];
    const attempts = [
      [passwordSecret(), recoverySecret('b')],
      [passwordSecret('wrong')],
      [recoverySecret('a'), passwordSecret('wrong')],
      [passwordSecret(), keyFileSecret('f')],
    ];
    for (const secrets of attempts) {
      await expect(made.vault.access.rekey(secrets, nothing)).rejects.toMatchObject({
        code: 'vault/wrong-password',
      });
    }
    await expect(made.vault.access.rekey([], nothing)).rejects.toMatchObject({
      code: 'keys/last-way-in',
    });
    expect([contentOf(made.vault, made), made.store.file]).toEqual(before);
  });

  it('leaves everything as it was where it cannot be written, and the vault goes on under its old keys', async () => {
    const made = await makeVault('full');
    const { vault, store, login, reopen } = made;
    const before = [contentOf(vault, made), structuredClone(store.file)];
    store.failsAt = 'commit';
    await expect(vault.access.rekey([passwordSecret()], nothing)).rejects.toMatchObject({
      code: 'vault/write-failed',
    });
    expect([contentOf(vault, made), store.file]).toEqual(before);
    expect(vault.access.epoch).toBe(1);
    store.failsAt = null;
    vault.save({ ...vault.get(login.id), note: 'goes on' });
    expect(checkAllRows(vault)).toBe('intact');
    vault.close();
    using again = await reopen(recoverySecret('a'));
    expect(again.get(login.id).note).toBe('goes on');
    expect(checkAllRows(again)).toBe('intact');
  });

  it('leaves everything as it was where progress cannot be told', async () => {
    const made = await makeVault('throws');
    made.vault.saveAll(
      Array.from({ length: 1000 }, () => ({ item: loginItem(made.vault.newItemId()) })),
    );
    const before = structuredClone(made.store.file);
    const failing = made.vault.access.rekey([passwordSecret()], () => {
      throw new Error('nobody listens');
    });
    await expect(failing).rejects.toThrow('nobody listens');
    expect(made.store.file).toEqual(before);
    expect(checkAllRows(made.vault)).toBe('intact');
  });
});

describe('re-keying a vault that is damaged', () => {
  it('keeps every item that can be read, and what could not be read stays as it is', async () => {
    const made = await makeVault('damaged');
    made.vault.close();
    const [broken, other] = made.store.file.keys;
    if (!broken || !other) throw new Error('the fixture has no keys');
    const brokenItem = structuredClone(broken);
    flipInPlace(broken.itemKey, 30);
    // Of this one only the key that a login has no use for: the item itself must not be lost with it.
    flipInPlace(other.passkeyKey, 30);
    const vault = await made.reopen();
    const readable = [...vault.overviews()].filter(({ id }) => id !== brokenItem.id);
    const before = readable.map(({ id }) => vault.get(id));
    expect(before.some(({ id }) => id === other.id)).toBe(true);
    await vault.access.rekey([passwordSecret()], nothing);
    expect(readable.map(({ id }) => vault.get(id))).toEqual(before);
    expect(() => vault.get(brokenItem.id)).toThrow('item-key');
    expect(checkAllRows(vault)).toBe('not-intact');
    vault.close();
    using again = await made.reopen();
    expect(readable.map(({ id }) => again.get(id))).toEqual(before);
    expect(again.integrity).toBe('not-intact');
  });

  it('writes the packs that had to be made again', async () => {
    const made = await makeVault('packs');
    made.vault.close();
    made.store.file.packs = [];
    const vault = await made.reopen();
    const before = contentOf(vault, made);
    await vault.access.rekey([passwordSecret()], nothing);
    vault.close();
    using again = await made.reopen();
    expect(contentOf(again, made)).toEqual(before);
    expect(again.damaged.size).toBe(0);
  });
});
