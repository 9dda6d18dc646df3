// What does not open in the vault is brought back from a backup, as its comparison and the story of damage promise.
// SPDX-License-Identifier: MIT

import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemId } from '../../../src/shared/brand.ts';
import { fromUtf8 } from '../../../src/shared/bytes.ts';
import { BackupService } from '../../../src/main/services/backup-service.ts';
import { ItemChanges } from '../../../src/main/services/item-changes.ts';
import type { PasskeyItem } from '../../../src/main/vault/item.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { attach, patternBytes, readAttached } from '../../support/attached-files.ts';
import { loginItem, passkeyItem, privateKeyBytes } from '../../support/canary-items.ts';
import {
  NO_PRIVATE_KEY,
  spoilBodies,
  spoilItemKeys,
  spoilPasskeyKey,
} from '../../support/damage.ts';
import { type MemoryVaultFile, MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { checkAllRows, reopenTestVault, testVaultIn } from '../../support/vault-fixture.ts';
import type { VaultTools } from '../../support/vault-tools.ts';

const KEY = 'backup';

/** What may have happened to the rows of every item. */
const DAMAGE: Readonly<Record<string, (file: MemoryVaultFile) => void>> = {
  'bodies that do not open': (file) => {
    spoilBodies(file);
  },
  'keys that do not open': (file) => {
    spoilItemKeys(file);
  },
  'bodies that do not open, and no packs': (file) => {
    spoilBodies(file);
    file.packs = [];
  },
  'no bodies': (file) => {
    file.bodies = [];
  },
};

let tools: VaultTools;
let store: MemoryVaultStore;
let vault: UnlockedVault;
let backups: BackupService;
let login: ItemId;
let passkey: ItemId;
let copied: MemoryVaultFile;

beforeEach(async () => {
  ({ tools, store, vault } = await testVaultIn(new MemoryVaultStore(), 'restore damaged'));
  login = vault.newItemId();
  passkey = vault.newItemId();
  vault.save(loginItem(login, { title: 'Precious' }));
  vault.save(passkeyItem(passkey), privateKeyBytes('precious'));
  attach(vault, login, patternBytes(70_000));
  copied = structuredClone(store.file);
  const nothing = (): undefined => undefined;
  backups = new BackupService({
    changes: new ItemChanges({ vault: () => vault, onChanged: nothing }),
    files: {
      list: () => [{ key: KEY, path: KEY, madeAt: 0, sizeBytes: 1, revision: 1 }],
      draftFor: () => '',
      ...{ publish: nothing, remove: nothing, clearDrafts: nothing },
    },
    vaultPath: () => '',
    openStore: () => new MemoryVaultStore(structuredClone(copied)),
    clock: tools.clock,
  });
});

async function damage(by: (file: MemoryVaultFile) => void): Promise<void> {
  vault.close();
  by(store.file);
  store = new MemoryVaultStore(store.file);
  vault = await reopenTestVault(store, tools);
  expect(checkAllRows(vault)).toBe('not-intact');
  for (const { id } of [...vault.overviews()]) vault.probe(id);
}

describe.each(Object.entries(DAMAGE))('a vault with %s', (_name, by) => {
  it('is told from its backup', async () => {
    await damage(by);
    const { same, onlyThere, different } = backups.compare(KEY);
    expect(same).toBe(0);
    expect(onlyThere.length + different.length).toBe(2);
  });

  it('takes items back whole, and keeps what does not open as it is', async () => {
    await damage(by);
    const before = structuredClone(store.file);
    backups.restore(KEY, [login, passkey]);
    expect(vault.get(login).title).toBe('Precious');
    const [file] = vault.get(login).attachments;
    expect(readAttached(vault, login, file?.id ?? '')).toEqual(patternBytes(70_000));
    using key = vault.openPrivateKey(passkey);
    using expected = privateKeyBytes('precious');
    expect(key.use((bytes) => [...bytes])).toEqual(expected.use((bytes) => [...bytes]));
    for (const row of before.bodies) expect(store.file.bodies).toContainEqual(row);
    for (const row of before.keys) expect(store.file.keys).toContainEqual(row);
    expect(vault.damaged.size).toBe(0);
    vault.close();
    using again = await reopenTestVault(new MemoryVaultStore(store.file), tools);
    expect(again.get(passkey).title).toBe('Canary-passkey');
    expect(again.get(login).attachments).toHaveLength(1);
  });
});

describe('a passkey whose private key alone does not open', () => {
  const losesKey = (file: MemoryVaultFile): void => {
    spoilPasskeyKey(file, passkey);
  };
  const restoredKey = (): string => {
    using key = vault.openPrivateKey(passkey);
    return key.use(fromUtf8);
  };
  const original = (): string => {
    using key = privateKeyBytes('precious');
    return key.use(fromUtf8);
  };

  it('counts as damaged, is shown so by the comparison, and the rest of it can be read', async () => {
    await damage(losesKey);
    expect([...vault.damaged]).toEqual([passkey]);
    expect(vault.opens(passkey)).toBe(false);
    expect(vault.opens(login)).toBe(true);
    expect(vault.get(passkey).title).toBe('Canary-passkey');
    const { same, different } = backups.compare(KEY);
    expect(same).toBe(1);
    expect(different).toMatchObject([{ id: passkey, changed: ['Damaged'] }]);
  });

  it('counts as damaged from when its key is first asked for, where nothing else has found it', async () => {
    await damage(losesKey);
    await vault.acceptRows();
    vault.close();
    vault = await reopenTestVault(new MemoryVaultStore(store.file), tools);
    expect(checkAllRows(vault)).toBe('intact');
    expect(vault.damaged.size).toBe(0);
    expect(restoredKey).toThrow(NO_PRIVATE_KEY);
    expect([...vault.damaged]).toEqual([passkey]);
  });

  it('comes back whole, under keys of its own, and what was found stays as it is', async () => {
    await damage(losesKey);
    const before = structuredClone(store.file);
    backups.restore(KEY, [login, passkey]);
    expect(restoredKey()).toBe(original());
    expect(vault.damaged.size).toBe(0);
    for (const row of before.bodies) expect(store.file.bodies).toContainEqual(row);
    for (const row of before.keys) expect(store.file.keys).toContainEqual(row);
    expect(store.file.keys.filter(({ id }) => id === passkey)).toHaveLength(2);
    expect(backups.compare(KEY).different).toEqual([]);
    await vault.acceptRows();
    vault.save({ ...vault.get(passkey), title: 'Edited' });
    vault.close();
    vault = await reopenTestVault(new MemoryVaultStore(store.file), tools);
    expect(checkAllRows(vault)).toBe('intact');
    expect(vault.get(passkey).title).toBe('Edited');
    expect(restoredKey()).toBe(original());
  });

  it('comes back whole after it was edited, and stays damaged until then', async () => {
    await damage(losesKey);
    vault.save({ ...vault.get(passkey), title: 'Edited' });
    expect([...vault.damaged]).toEqual([passkey]);
    backups.restore(KEY, [passkey]);
    expect(restoredKey()).toBe(original());
    expect(vault.damaged.size).toBe(0);
  });

  it('is restored without it where the backup has no whole one either, and stays damaged', async () => {
    losesKey(copied);
    await damage(losesKey);
    vault.save({ ...vault.get(passkey), title: 'Edited' });
    backups.restore(KEY, [login, passkey]);
    expect(vault.get(passkey).title).toBe('Canary-passkey');
    expect([...vault.damaged]).toEqual([passkey]);
    expect(restoredKey).toThrow(NO_PRIVATE_KEY);
  });

  it('is not begun anew without a private key, nor as another credential', async () => {
    await damage(losesKey);
    const item = vault.get(passkey) as PasskeyItem;
    using privateKey = privateKeyBytes('precious');
    const before = structuredClone(store.file);
    expect(() => {
      vault.saveAll([{ item, replacesDamaged: true }]);
    }).toThrow('private key');
    expect(() => {
      const other = { ...item, rpId: 'other.example' };
      vault.saveAll([{ item: other, privateKey, replacesDamaged: true }]);
    }).toThrow('credential');
    expect(store.file).toEqual(before);
  });

  it('cannot be brought back from a backup that has lost the key while the body is lost here', async () => {
    losesKey(copied);
    await damage((file) => {
      spoilBodies(file);
    });
    const before = structuredClone(store.file);
    expect(() => backups.restore(KEY, [passkey])).toThrow(
      expect.objectContaining({ code: 'vault/item-damaged' }),
    );
    expect(store.file).toEqual(before);
  });
});

describe('a passkey that opens', () => {
  it('is never begun anew', () => {
    using privateKey = privateKeyBytes('another');
    const item = vault.get(passkey);
    expect(() => {
      vault.saveAll([{ item, privateKey, replacesDamaged: true }]);
    }).toThrow('followed');
  });
});

describe('an item that opens', () => {
  it('is never begun anew', () => {
    const item = vault.get(login);
    expect(() => {
      vault.saveAll([{ item, replacesDamaged: true }]);
    }).toThrow('followed');
    expect(store.file.keys.filter(({ id }) => id === login)).toHaveLength(1);
  });
});
