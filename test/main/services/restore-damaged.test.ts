// What does not open in the vault is brought back from a backup, as its comparison and the story of damage promise.
// SPDX-License-Identifier: MIT

import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemId } from '../../../src/shared/brand.ts';
import { BackupService } from '../../../src/main/services/backup-service.ts';
import { ItemChanges } from '../../../src/main/services/item-changes.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { type MemoryVaultFile, MemoryVaultStore } from '../../support/memory-vault-store.ts';
import {
  attach,
  checkAllRows,
  createTestVault,
  loginItem,
  passkeyItem,
  patternBytes,
  privateKeyBytes,
  readAttached,
  reopenTestVault,
  vaultTools,
  type VaultTools,
} from '../../support/vault-fixture.ts';

const KEY = 'backup';
const spoilt = (bytes: Uint8Array): Uint8Array => bytes.with(60, (bytes[60] ?? 0) ^ 1);

/** What may have happened to the rows of every item. */
const DAMAGE: Readonly<Record<string, (file: MemoryVaultFile) => void>> = {
  'bodies that do not open': (file) => {
    file.bodies = file.bodies.map((row) => ({ ...row, body: spoilt(row.body) }));
  },
  'keys that do not open': (file) => {
    file.keys = file.keys.map((row) => ({ ...row, itemKey: spoilt(row.itemKey) }));
  },
  'bodies that do not open, and no packs': (file) => {
    file.bodies = file.bodies.map((row) => ({ ...row, body: spoilt(row.body) }));
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

beforeEach(async () => {
  tools = vaultTools('restore damaged');
  store = new MemoryVaultStore();
  vault = await createTestVault(store, tools);
  login = vault.newItemId();
  passkey = vault.newItemId();
  vault.save(loginItem(login, { title: 'Precious' }));
  vault.save(passkeyItem(passkey), privateKeyBytes('precious'));
  attach(vault, login, patternBytes(70_000));
  const copied = structuredClone(store.file);
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

describe('an item that opens', () => {
  it('is never begun anew', () => {
    const item = vault.get(login);
    expect(() => {
      vault.saveAll([{ item, replacesDamaged: true }]);
    }).toThrow('followed');
    expect(store.file.keys.filter(({ id }) => id === login)).toHaveLength(1);
  });
});
