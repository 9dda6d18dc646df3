// Rows of a size or a number that nobody writes who means well: they are left alone, and what is whole can be had.
// SPDX-License-Identifier: MIT

import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { ChunkTable } from '../../../src/main/storage/chunk-table.ts';
import { Database } from '../../../src/main/storage/database.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqlite-vault-store.ts';
import {
  attach,
  checkAllRows,
  createTestVault,
  loginItem,
  patternBytes,
  readAttached,
  reopenTestVault,
  vaultTools,
} from '../../support/vault-fixture.ts';
import { VaultFolder } from '../../support/vault-folder.ts';

describe('SqliteVaultStore', () => {
  it('leaves a row alone that is larger than it may be', async () => {
    using folder = new VaultFolder();
    const tools = vaultTools('large rows');
    const store = SqliteVaultStore.open(folder.file(), 'create');
    const vault = await createTestVault(store, tools);
    const [whole, large] = [loginItem(vault.newItemId()), loginItem(vault.newItemId())];
    vault.saveAll([{ item: whole }, { item: large }]);
    vault.close();
    const sqlite = new Sqlite(folder.file());
    sqlite.pragma('ignore_check_constraints = ON');
    const id = Buffer.from(large.id, 'hex');
    sqlite.prepare('UPDATE items SET body = zeroblob(16777217) WHERE item_id = ?').run(id);
    sqlite
      .prepare('INSERT INTO objects VALUES (200, 1, zeroblob(16), 1, zeroblob(16777217))')
      .run();
    sqlite.close();
    const again = SqliteVaultStore.open(folder.file());
    expect(again.loadContents().unknown).toEqual([]);
    expect(again.loadBodies(large.id)).toEqual([]);
    expect(again.listRevisions(large.id)).toEqual([]);
    using opened = await reopenTestVault(again, tools);
    expect(opened.get(whole.id)).toEqual(whole);
    expect(() => opened.get(large.id)).toThrow(
      expect.objectContaining({ code: 'vault/item-damaged' }),
    );
    expect(checkAllRows(opened)).toBe('not-intact');
  });

  it('refuses a header that is too long before it reads it', async () => {
    using folder = new VaultFolder();
    const tools = vaultTools('long header');
    (await createTestVault(SqliteVaultStore.open(folder.file(), 'create'), tools)).close();
    const sqlite = new Sqlite(folder.file());
    sqlite.pragma('ignore_check_constraints = ON');
    sqlite.prepare('UPDATE header SET bytes = zeroblob(50000000)').run();
    sqlite.close();
    const store = SqliteVaultStore.open(folder.file());
    expect(() => store.loadContents()).toThrow(
      expect.objectContaining({ code: 'vault/header-damaged', details: { step: 'length' } }),
    );
    store.close();
  });

  it('finds a number for a file where a row has taken the last', async () => {
    using folder = new VaultFolder();
    const tools = vaultTools('numbers');
    const made = await createTestVault(SqliteVaultStore.open(folder.file(), 'create'), tools);
    const item = loginItem(made.newItemId());
    made.save(item);
    const first = attach(made, item.id, patternBytes(10));
    made.close();
    const sqlite = new Sqlite(folder.file());
    const last = BigInt(2 ** 35 - 1) * BigInt(2 ** 18);
    sqlite.prepare('INSERT INTO chunks (id, sealed) VALUES (?, zeroblob(5))').run(last);
    sqlite.close();
    const store = SqliteVaultStore.open(folder.file());
    using vault = await reopenTestVault(store, tools);
    expect([store.newAttachmentNumber(), store.newAttachmentNumber()]).toEqual([2, 3]);
    const second = attach(vault, item.id, patternBytes(20));
    expect(
      vault.attachments
        .rows(item.id)
        .map(({ number }) => number)
        .sort(),
    ).toEqual([1, 4]);
    vault.dropStrayChunks();
    expect(readAttached(vault, item.id, first)).toEqual(patternBytes(10));
    expect(readAttached(vault, item.id, second)).toEqual(patternBytes(20));
  });
});

describe('ChunkTable', () => {
  it('says so where every number is taken', async () => {
    using folder = new VaultFolder();
    const tools = vaultTools('no number');
    (await createTestVault(SqliteVaultStore.open(folder.file(), 'create'), tools)).close();
    const database = Database.open(folder.file());
    const table = new ChunkTable(database, 3);
    table.write(2, 0, [new Uint8Array(4)]);
    expect([table.newNumber(), table.newNumber()]).toEqual([3, 1]);
    for (let again = 0; again < 2; again += 1) {
      expect(() => table.newNumber()).toThrow(
        expect.objectContaining({
          code: 'vault/too-large',
          details: { reason: 'numbers', last: 3 },
        }),
      );
    }
    database.close();
  });
});
