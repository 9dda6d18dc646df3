// Rows of a size or a number that nobody writes who means well: they are left alone, and what is whole can be had.
// SPDX-License-Identifier: MIT

import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { ChunkTable } from '../../../src/main/storage/chunk-table.ts';
import { Database } from '../../../src/main/storage/database.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqlite-vault-store.ts';
import { attach, patternBytes, readAttached } from '../../support/attached-files.ts';
import { loginItem } from '../../support/canary-items.ts';
import { checkAllRows, createTestVault, reopenTestVault } from '../../support/vault-fixture.ts';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { unlockVault } from '../../../src/main/vault/vault.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import { VaultFolder } from '../../support/vault-folder.ts';
import { vaultTools } from '../../support/vault-tools.ts';

/** Runs a statement in a file whose columns take values of any type meanwhile: the schema is as it was afterwards. */
function withoutTypes(
  path: string,
  statement: (sqlite: Sqlite.Database) => Sqlite.Statement,
): void {
  const schema = (change: (sqlite: Sqlite.Database) => void): void => {
    const sqlite = new Sqlite(path);
    sqlite.unsafeMode(true);
    sqlite.pragma('writable_schema = ON');
    sqlite.pragma('ignore_check_constraints = ON');
    change(sqlite);
    sqlite.close();
  };
  const tables = new Map<string, string>();
  schema((sqlite) => {
    for (const row of sqlite.prepare(`SELECT name, sql FROM sqlite_schema WHERE sql <> ''`).all()) {
      const { name, sql } = row as { readonly name: string; readonly sql: string };
      tables.set(name, sql);
    }
    sqlite.exec(`UPDATE sqlite_schema
      SET sql = replace(replace(replace(sql, 'STRICT', ''), 'BLOB', 'ANY'), ', WITHOUT', 'WITHOUT')`);
  });
  schema((sqlite) => statement(sqlite).run());
  schema((sqlite) => {
    const put = sqlite.prepare('UPDATE sqlite_schema SET sql = ? WHERE name = ?');
    for (const [name, sql] of tables) put.run(sql, name);
  });
}

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

  it('reads nothing but the header before a secret opens it, and not too many objects after', async () => {
    using folder = new VaultFolder();
    const tools = vaultTools('many objects');
    (await createTestVault(SqliteVaultStore.open(folder.file(), 'create'), tools)).close();
    const sqlite = new Sqlite(folder.file());
    const plant = sqlite.prepare('INSERT INTO objects VALUES (?, 1, zeroblob(16), 1, zeroblob(?))');
    for (let role = 200; role < 212; role += 1) plant.run(role, 2 ** 24);
    sqlite.close();
    const store = SqliteVaultStore.open(folder.file());
    let reads = 0;
    const load = store.loadContents.bind(store);
    store.loadContents = () => {
      reads += 1;
      return load();
    };
    const wrong = { type: 'password', password: SecretBytes.take(toUtf8('wrong one')) } as const;
    const options = { ...tools, deriveKey: tools.kdf.derive, secret: wrong };
    expect(await unlockVault(store, options)).toBe('wrong-password');
    expect(reads).toBe(0);
    await expect(reopenTestVault(store, tools)).rejects.toMatchObject({
      code: 'vault/corrupt',
      details: { object: 'objects', maxBytes: 10 * 2 ** 24 },
    });
    expect(reads).toBe(1);
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

  it.each([
    ['a text that begins with a zero', 'CAST(zeroblob(50000000) AS TEXT)'],
    ['a text of many zeros and a letter', "CAST(zeroblob(50000000) || 'x' AS TEXT)"],
  ])('is not deceived about the length of a header by %s', async (_, value) => {
    using folder = new VaultFolder();
    const tools = vaultTools('text for a header');
    (await createTestVault(SqliteVaultStore.open(folder.file(), 'create'), tools)).close();
    withoutTypes(folder.file(), (sqlite) => sqlite.prepare(`UPDATE header SET bytes = ${value}`));
    const store = SqliteVaultStore.open(folder.file());
    expect(() => store.loadHeader()).toThrow(
      expect.objectContaining({ code: 'vault/header-damaged', details: { step: 'length' } }),
    );
    store.close();
  });

  it('leaves rows alone of which any column is too large, whatever its type', async () => {
    using folder = new VaultFolder();
    const tools = vaultTools('text for numbers');
    const made = await createTestVault(SqliteVaultStore.open(folder.file(), 'create'), tools);
    const [whole, planted] = [loginItem(made.newItemId()), loginItem(made.newItemId())];
    made.saveAll([{ item: whole }, { item: planted }]);
    made.close();
    const large = 'CAST(zeroblob(1000) AS TEXT)';
    withoutTypes(folder.file(), (sqlite) =>
      sqlite.prepare(`UPDATE items SET schema = ${large} WHERE item_id = x'${planted.id}'`),
    );
    const store = SqliteVaultStore.open(folder.file());
    expect(store.listRevisions(planted.id)).toEqual([]);
    using vault = await reopenTestVault(store, tools);
    expect(vault.get(whole.id)).toEqual(whole);
    expect(checkAllRows(vault)).toBe('not-intact');
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
