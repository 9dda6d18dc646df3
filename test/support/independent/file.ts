// The file that holds a vault, second implementation: the tables of docs/vault-format.md in SQLite, written and read as
// plain rows. The writer asks SQLite to leave its CHECKs aside, since it is there to write what should not be.
// SPDX-License-Identifier: MIT

import Sqlite from 'better-sqlite3';
import { writeFileSync } from 'node:fs';
import { hex, unhex } from './bytes.ts';
import type { Row, RowJson, Table, Vault } from './rows.ts';
import { TABLES } from './rows.ts';
import { SCHEMA } from './schema.ts';

/** Names of the columns of each table, in the order of the table, as a row calls them. */
const COLUMNS: Readonly<Record<Table, readonly string[]>> = {
  objects: ['role', 'lamport', 'deviceId', 'epoch', 'sealed'],
  packs: ['number', 'lamport', 'deviceId', 'epoch', 'sealed'],
  wraps: ['itemId', 'version', 'deviceId', 'epoch', 'itemKey', 'passkeyKey'],
  items: ['itemId', 'lamport', 'deviceId', 'schema', 'keyVersion', 'keyDevice', 'body'],
  attachments: [
    ...['itemId', 'attachmentId', 'number', 'keyVersion', 'keyDevice'],
    ...['lamport', 'deviceId', 'sealed'],
  ],
  chunks: ['id', 'sealed'],
};
const IDS = new Set(['itemId', 'attachmentId', 'deviceId', 'keyDevice']);

function columnOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function toColumn(name: string, value: unknown): unknown {
  return IDS.has(name) ? unhex(value as string) : value;
}

/** Makes a vault file of a whole vault, whatever is in it. */
export function writeVaultFile(path: string, vault: Vault): void {
  const sqlite = new Sqlite(':memory:');
  try {
    sqlite.pragma('application_id = 0x4C6B7631');
    sqlite.pragma('ignore_check_constraints = ON');
    sqlite.pragma('foreign_keys = OFF');
    for (const statement of SCHEMA) sqlite.exec(statement);
    sqlite.pragma('user_version = 1');
    sqlite.prepare('INSERT INTO header (id, bytes) VALUES (1, ?)').run(vault.header);
    for (const table of TABLES) insertAll(sqlite, table, vault[table]);
    writeFileSync(path, sqlite.serialize());
  } finally {
    sqlite.close();
  }
}

function insertAll(sqlite: Sqlite.Database, table: Table, rows: readonly Row[]): void {
  const names = COLUMNS[table];
  const sql = `INSERT INTO ${table} (${names.map(columnOf).join(', ')})
    VALUES (${names.map(() => '?').join(', ')})`;
  const statement = sqlite.prepare(sql);
  for (const row of rows as unknown as readonly Readonly<Record<string, unknown>>[]) {
    statement.run(...names.map((name) => toColumn(name, row[name])));
  }
}

/** A whole vault out of a file that nobody has open. */
export function readVaultFile(path: string): Vault {
  const sqlite = new Sqlite(path, { readonly: true, fileMustExist: true });
  try {
    const header = sqlite.prepare('SELECT bytes FROM header WHERE id = 1').pluck().get();
    const tables = TABLES.map((table) => [table, readAll(sqlite, table)]);
    return {
      header: plain(header as Uint8Array),
      ...(Object.fromEntries(tables) as Omit<Vault, 'header'>),
    };
  } finally {
    sqlite.close();
  }
}

function readAll(sqlite: Sqlite.Database, table: Table): readonly unknown[] {
  const rows = sqlite.prepare(`SELECT * FROM ${table}`).all() as RowJson[];
  return rows.map((row) =>
    Object.fromEntries(
      COLUMNS[table].map((name) => {
        const value: unknown = row[columnOf(name)];
        if (!(value instanceof Uint8Array)) return [name, value];
        return [name, IDS.has(name) ? hex(plain(value)) : plain(value)];
      }),
    ),
  );
}

/** SQLite hands out Buffers. */
function plain(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes);
}
