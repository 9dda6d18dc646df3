// SPDX-License-Identifier: MIT

import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { APPLICATION_ID } from '../../../src/main/storage/database-file.ts';
import { Database, PRAGMAS } from '../../../src/main/storage/database.ts';
import { SCHEMA_VERSION } from '../../../src/main/storage/migrations.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqlite-vault-store.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { loginItem } from '../../support/canary-items.ts';
import { code } from '../../support/error-code.ts';
import { checkAllRows, createTestVault, reopenTestVault } from '../../support/vault-fixture.ts';
import { ended, linesOf, startProgram, VaultFolder } from '../../support/vault-folder.ts';
import { type VaultTools, vaultTools } from '../../support/vault-tools.ts';

const HOLD_VAULT = `${import.meta.dirname}/children/hold-vault.ts`;
const nothing = (): void => undefined;

function pragmasOf(database: Database): unknown[] {
  return database.read((db) =>
    PRAGMAS.map(([name]) => Object.values(db.row(`PRAGMA ${name}`) as object)[0] as unknown),
  );
}

/** A vault of 60 items, closed; returns the path of its file. */
async function makeVaultFile(folder: VaultFolder): Promise<string> {
  const tools = vaultTools('file');
  const store = SqliteVaultStore.open(folder.file(), 'create');
  using vault = await createTestVault(store, tools);
  vault.saveAll(Array.from({ length: 60 }, () => ({ item: loginItem(vault.newItemId()) })));
  return folder.file();
}

/** Changes a vault file with plain SQLite, as another program would. */
function meddle(path: string, sql: string): void {
  const sqlite = new Sqlite(path);
  sqlite.pragma('foreign_keys = OFF');
  sqlite.exec(sql);
  sqlite.close();
}

describe('Database', () => {
  it('sets every pragma when it makes a file and every time it opens one', () => {
    using folder = new VaultFolder();
    const expected = PRAGMAS.map(([, , value]) => value);
    expect(expected).toEqual(['exclusive', 'wal', 2, 1, 0, 1, 1, 0, 2, -2000]);
    const made = Database.create(folder.file(), nothing);
    expect(pragmasOf(made)).toEqual(expected);
    made.close();
    for (let round = 0; round < 2; round += 1) {
      const opened = Database.open(folder.file());
      expect(pragmasOf(opened)).toEqual(expected);
      opened.close();
    }
  });

  it('marks its files', () => {
    using folder = new VaultFolder();
    Database.create(folder.file(), nothing).close();
    const head = readFileSync(folder.file());
    expect(head.toString('latin1', 0, 16)).toBe('SQLite format 3\0');
    expect([head.readUInt32BE(60), head.readUInt32BE(68)]).toEqual([
      SCHEMA_VERSION,
      APPLICATION_ID,
    ]);
  });

  it('leaves no log behind when it closes', async () => {
    using folder = new VaultFolder();
    await makeVaultFile(folder);
    expect([...folder.bytes().keys()]).toEqual(['vault.latchkey']);
  });

  it('undoes a transaction that throws, and goes on', () => {
    using folder = new VaultFolder();
    const database = Database.create(folder.file(), nothing);
    const insert = "INSERT INTO header (id, bytes) VALUES (1, x'00')";
    expect(() => {
      database.write((db) => {
        db.run(insert);
        throw new Error('half way');
      });
    }).toThrow('half way');
    const count = () => database.read((db) => db.row('SELECT count(*) AS n FROM header'));
    expect(count()).toEqual({ n: 0 });
    database.write((db) => db.run(insert));
    expect(count()).toEqual({ n: 1 });
    expect(() => database.write((db) => db.run(insert))).toThrow(code('vault/write-failed'));
    database.close();
    expect(() => database.read(nothing)).toThrow(code('vault/locked'));
    expect(() => database.write(nothing)).toThrow(code('vault/locked'));
  });

  it('says that a full disk could not be written to, and keeps what there was', () => {
    using folder = new VaultFolder();
    const database = Database.create(folder.file(), nothing);
    database.write((db) => db.run("INSERT INTO header (id, bytes) VALUES (1, x'01')"));
    const pages = database.read((db) => db.row('PRAGMA page_count')) as { page_count: number };
    database.read((db) => db.row(`PRAGMA max_page_count = ${String(pages.page_count)}`));
    expect(() =>
      database.write((db) =>
        db.run('INSERT INTO objects VALUES (1, 1, zeroblob(16), 1, zeroblob(?))', 100_000),
      ),
    ).toThrow(code('vault/write-failed'));
    expect(database.read((db) => db.row('SELECT count(*) AS n FROM objects'))).toEqual({ n: 0 });
    expect(database.read((db) => db.row('SELECT count(*) AS n FROM header'))).toEqual({ n: 1 });
    database.close();
  });
});

describe('Database.open', () => {
  it('says that there is no file', () => {
    using folder = new VaultFolder();
    expect(() => Database.open(folder.file())).toThrow(code('vault/not-found'));
    expect(() => Database.open(folder.file('no/such/folder'))).toThrow(code('vault/not-found'));
    expect(folder.bytes().size).toBe(0);
  });

  it('refuses names that SQLite would read as others', () => {
    for (const name of ['', ':memory:', '/tmp/vault ']) {
      expect(() => Database.open(name)).toThrow(code('vault/write-failed'));
      expect(() => SqliteVaultStore.open(name, 'create')).toThrow(code('vault/write-failed'));
    }
  });

  it('touches no foreign file', () => {
    using folder = new VaultFolder();
    const foreign = new Sqlite(folder.file('browser.db'));
    foreign.pragma('journal_mode = WAL');
    foreign.exec('CREATE TABLE passwords (text); INSERT INTO passwords VALUES (1)');
    copyFileSync(folder.file('browser.db'), folder.file('copied.db'));
    copyFileSync(folder.file('browser.db-wal'), folder.file('copied.db-wal'));
    foreign.close();
    writeFileSync(folder.file('text'), 'Lkv1 is not enough '.repeat(50));
    writeFileSync(folder.file('empty'), '');
    writeFileSync(folder.file('short'), 'SQLite');
    mkdirSync(folder.file('folder'));
    const names = ['browser.db', 'copied.db', 'text', 'empty', 'short'];
    const before = names.map((name) => [readFileSync(folder.file(name)), modifiedAt(name)]);
    for (const name of [...names, 'folder']) {
      expect(() => Database.open(folder.file(name))).toThrow(code('vault/not-a-vault'));
    }
    expect(names.map((name) => [readFileSync(folder.file(name)), modifiedAt(name)])).toEqual(
      before,
    );
    expect(statSync(folder.file('copied.db-wal')).size).toBeGreaterThan(0);

    function modifiedAt(name: string): number {
      return statSync(folder.file(name)).mtimeMs;
    }
  });

  it('refuses a newer schema without changing the file', async () => {
    using folder = new VaultFolder();
    const path = await makeVaultFile(folder);
    meddle(path, `PRAGMA user_version = ${String(SCHEMA_VERSION + 1)}`);
    const before = readFileSync(path);
    expect(() => Database.open(path)).toThrow(code('vault/unsupported-version'));
    expect(readFileSync(path)).toEqual(before);
  });

  it('refuses a vault that was cut, wherever it was cut', async () => {
    using folder = new VaultFolder();
    const path = await makeVaultFile(folder);
    const { size } = statSync(path);
    const whole = readFileSync(path);
    for (const length of [
      16,
      50,
      99,
      100,
      511,
      512,
      4095,
      4096,
      8192,
      size >> 1,
      size - 4096,
      size - 1,
    ]) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      expect(() => Database.open(path), `cut at ${String(length)}`).toThrow(code('vault/corrupt'));
    }
  });

  it('refuses a damaged structure and tables that are not ours', async () => {
    using folder = new VaultFolder();
    const path = await makeVaultFile(folder);
    const whole = readFileSync(path);
    const meddlings = [
      'CREATE TABLE more (x)',
      'CREATE TRIGGER t AFTER INSERT ON items BEGIN DELETE FROM items; END',
      'CREATE VIEW v AS SELECT 1',
      'ALTER TABLE items RENAME COLUMN body TO other',
      'DROP TABLE objects',
      'DROP TABLE chunks; CREATE TABLE chunks (id INTEGER PRIMARY KEY, sealed BLOB)',
      'CREATE INDEX i ON items (lamport)',
    ];
    for (const sql of meddlings) {
      writeFileSync(path, whole);
      meddle(path, sql);
      expect(() => Database.open(path), sql).toThrow(code('vault/corrupt'));
    }
    writeFileSync(path, whole);
    Database.open(path).close();
  });

  it('leaves rows of another form to the check of all rows, and finds them itself after an unclean end', async () => {
    using folder = new VaultFolder();
    const path = await makeVaultFile(folder);
    const whole = readFileSync(path);
    const tools = vaultTools('file');
    const last = 'WHERE item_id = (SELECT max(item_id) FROM items)';
    const meddlings = [
      `UPDATE items SET lamport = -1 ${last}`,
      `UPDATE items SET item_id = x'ff' ${last}`,
      `UPDATE items SET body = x'' ${last}`,
      `UPDATE wraps SET epoch = 0 ${last}`,
      `UPDATE packs SET sealed = x'00' WHERE number = 0`,
      `UPDATE packs SET number = -7 WHERE number = 0`,
      `UPDATE objects SET role = 200 WHERE role = 6`,
      `DELETE FROM items ${last}`,
      `DELETE FROM packs`,
    ];
    for (const sql of meddlings) {
      writeFileSync(path, whole);
      meddle(path, `PRAGMA ignore_check_constraints = ON; ${sql}`);
      using vault = await reopenTestVault(SqliteVaultStore.open(path), tools);
      expect(checkAllRows(vault), sql).toBe('not-intact');
      assertNothingWrong(vault);
      expect(vault.size).toBeGreaterThanOrEqual(59);
    }
    writeFileSync(path, whole);
    meddle(path, `PRAGMA ignore_check_constraints = ON; UPDATE items SET lamport = -1 ${last}`);
    // A log of no frames: what is left by one that was cut off.
    writeFileSync(`${path}-wal`, Buffer.alloc(32));
    expect(() => Database.open(path)).toThrow(code('vault/corrupt'));
  });

  it('never opens a vault with a flipped bit in silence', async () => {
    using folder = new VaultFolder();
    const path = await makeVaultFile(folder);
    const whole = readFileSync(path);
    const tools = vaultTools('flips');
    const outcomes = { refused: 0, reported: 0, harmless: 0 };
    for (let index = 1; index <= 200; index += 1) {
      const offset = Math.floor((whole.length * index) / 201);
      const flipped = Buffer.from(whole);
      flipped[offset] = (flipped[offset] ?? 0) ^ (1 << (index & 7));
      writeFileSync(path, flipped);
      const outcome = await openFlipped(path, tools);
      outcomes[outcome] += 1;
    }
    // Harmless are bits of unused space and of counters that SQLite keeps for itself: every item was read.
    expect(outcomes.refused + outcomes.reported + outcomes.harmless).toBe(200);
    expect(outcomes.refused + outcomes.reported).toBeGreaterThan(100);
  });

  it('is refused at once while another process holds the file', async () => {
    using folder = new VaultFolder();
    const path = await makeVaultFile(folder);
    const child = startProgram(HOLD_VAULT, path);
    try {
      expect((await linesOf(child).next()).value).toBe('held');
      expect(() => Database.open(path)).toThrow(code('vault/in-use'));
      child.stdin?.end();
      await ended(child);
      Database.open(path).close();
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('keeps other processes out, also after this one tried to open the file twice', async () => {
    using folder = new VaultFolder();
    const path = await makeVaultFile(folder);
    const database = Database.open(path);
    expect(() => Database.open(path)).toThrow(code('vault/in-use'));
    expect(() => SqliteVaultStore.open(path, 'create')).toThrow(code('vault/already-exists'));
    const child = startProgram(HOLD_VAULT, path);
    expect((await linesOf(child).next()).value).toBe('vault/in-use');
    await ended(child);
    database.close();
  });
});

/** What is reported may be missing; what is there is right. */
function assertNothingWrong(vault: UnlockedVault): void {
  for (const { id, title } of vault.overviews()) {
    expect(title).toBe('Canary-title');
    try {
      expect(vault.get(id)).toEqual(loginItem(id));
    } catch (error) {
      expect((error as { code?: string }).code).toBe('vault/item-damaged');
    }
  }
}

async function openFlipped(
  path: string,
  tools: VaultTools,
): Promise<'refused' | 'reported' | 'harmless'> {
  let store: SqliteVaultStore | null = null;
  try {
    store = SqliteVaultStore.open(path);
    using vault = await reopenTestVault(store, tools);
    if (checkAllRows(vault) !== 'intact') {
      assertNothingWrong(vault);
      return 'reported';
    }
    for (const { id } of vault.overviews()) expect(vault.get(id)).toEqual(loginItem(id));
    expect(vault.size).toBe(60);
    return 'harmless';
  } catch (error) {
    const refusals =
      /^vault\/(corrupt|not-a-vault|unsupported-version|header-damaged|parameters-refused)$/;
    const isWrongPassword = (error as Error).message === 'the fixture password was refused';
    if (!isWrongPassword) expect((error as { code: string }).code).toMatch(refusals);
    return 'refused';
  } finally {
    store?.close();
  }
}
