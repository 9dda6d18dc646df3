// A vault file as a SQLite database, opened the one way that is safe for it. Sole door to `better-sqlite3`.
// Brands tell who may write: readers take a ReadableDb, only a transaction hands out a WritableDb.
// SPDX-License-Identifier: MIT

import Sqlite from 'better-sqlite3';
import { equalBytes, toUtf8 } from '../../shared/bytes.ts';
import { sha256 } from '../crypto/digest.ts';
import { VaultError } from '../vault/vault-error.ts';
import {
  APPLICATION_ID,
  assertSchemaVersion,
  createEmptyFile,
  createFile,
  hasLog,
  identifyFile,
  identityAt,
  inspectFile,
} from './database-file.ts';
import { migrate, SCHEMA_VERSION } from './migrations.ts';
import type { ReadableDb, SqlValue, WritableDb, Writing } from './writable-db.ts';

/** Set on every open, and read back: SQLite keeps only the first of them in the file. */
export const PRAGMAS = [
  ['locking_mode', 'EXCLUSIVE', 'exclusive'],
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['secure_delete', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['foreign_keys', 'ON', 1],
  ['mmap_size', '0', 0],
  ['temp_store', 'MEMORY', 2],
  // KiB, as a negative number: unlocking reads the file once from end to end, which no cache makes faster.
  ['cache_size', '-2000', -2000],
] as const;

/** Share of free pages from which a file is written anew. */
const COMPACT_ABOVE = 0.25;

/**
 * Files open in this process. POSIX locks belong to the process: reading such a file a second time and closing it
 * would drop the locks that keep other processes out.
 */
const openFiles = new Set<string>();

export class Database {
  readonly #sqlite: Sqlite.Database;
  readonly #path: string;
  /** Device and inode: which file it is, whatever lies at the path later. */
  readonly #file: string;
  readonly #db: WritableDb;

  private constructor(sqlite: Sqlite.Database, path: string, file: string) {
    this.#sqlite = sqlite;
    this.#path = path;
    this.#file = file;
    this.#db = toWritable(sqlite);
  }

  /** Makes a vault file with what `fill` writes, in one step; throws `vault/already-exists`. */
  static create(path: string, fill: (db: WritableDb) => void): Database {
    createFile(path, buildImage(fill));
    return Database.open(path);
  }

  /**
   * Opens a vault file for this process alone. Throws `vault/not-found`, `vault/not-a-vault`,
   * `vault/unsupported-version`, `vault/in-use` and `vault/corrupt`; a foreign file is not touched.
   */
  static open(path: string): Database {
    const file = identifyFile(path);
    if (openFiles.has(file)) throw new VaultError('vault/in-use', 'vault file: open already');
    openFiles.add(file);
    let sqlite: Sqlite.Database | null = null;
    try {
      inspectFile(path, SCHEMA_VERSION);
      const wasCutOff = hasLog(path);
      sqlite = new Sqlite(path, { fileMustExist: true, timeout: 0 });
      setPragmas(sqlite);
      assertSound(sqlite, wasCutOff);
      return new Database(sqlite, path, file);
    } catch (error) {
      sqlite?.close();
      openFiles.delete(file);
      throw toVaultError(error, 'vault/corrupt');
    }
  }

  /** Reads. Throws `vault/corrupt` for what SQLite cannot read. */
  read<T>(action: (db: ReadableDb) => T): T {
    this.#assertOpen();
    try {
      return action(this.#db);
    } catch (error) {
      throw toVaultError(error, 'vault/corrupt');
    }
  }

  /** One transaction: durable when it returns, nothing done when it throws. */
  write<T>(action: (db: WritableDb) => T): T {
    this.#assertOpen();
    try {
      return this.#sqlite
        .transaction(() => {
          const result = action(this.#db);
          // Before the commit, so that nothing is called saved that lies in a file nobody can find again.
          this.#assertStillThere();
          return result;
        })
        .immediate();
    } catch (error) {
      throw toVaultError(error, 'vault/write-failed');
    }
  }

  /**
   * Leaves nothing of what was deleted or replaced in the log or the file: freed bytes have been overwritten as they were
   * freed (`secure_delete`), the log is emptied, and a file that is empty to a large part is written anew.
   */
  scrub(): void {
    this.#assertOpen();
    try {
      this.#checkpoint();
      if (this.#freeShare() < COMPACT_ABOVE) return;
      this.#sqlite.exec('VACUUM');
      this.#checkpoint();
    } catch (error) {
      throw toVaultError(error, 'vault/write-failed');
    }
  }

  /** Writes a copy, of one moment, to a file that is not there yet, for its owner alone. */
  async copyTo(path: string): Promise<void> {
    this.#assertOpen();
    createEmptyFile(path);
    try {
      await this.#sqlite.backup(path);
    } catch (error) {
      throw toVaultError(error, 'vault/write-failed');
    }
  }

  #checkpoint(): void {
    this.#sqlite.pragma('wal_checkpoint(TRUNCATE)');
  }

  #freeShare(): number {
    const free = Number(this.#sqlite.pragma('freelist_count', { simple: true }));
    return free / Math.max(1, Number(this.#sqlite.pragma('page_count', { simple: true })));
  }

  /** Empties the write-ahead log into the file and lets it go. Safe to call again. */
  close(): void {
    if (!this.#sqlite.open) return;
    try {
      this.#checkpoint();
    } catch {
      // A full disk: what is committed stays in the log, and the next open reads it there.
    } finally {
      this.#sqlite.close();
      openFiles.delete(this.#file);
    }
  }

  #assertStillThere(): void {
    if (identityAt(this.#path) === this.#file) return;
    throw new VaultError('vault/write-failed', 'vault file: moved, removed or replaced', {
      details: { reason: 'file-gone' },
    });
  }

  #assertOpen(): void {
    if (!this.#sqlite.open) throw new VaultError('vault/locked', 'vault file: closed');
  }
}

/** The connection in our terms; statements are prepared once. */
function toWritable(sqlite: Sqlite.Database): WritableDb {
  const statements = new Map<string, Sqlite.Statement<SqlValue[]>>();
  const prepare = (sql: string): Sqlite.Statement<SqlValue[]> => {
    const statement = statements.get(sql) ?? sqlite.prepare<SqlValue[]>(sql);
    statements.set(sql, statement);
    return statement;
  };
  const db: Writing = {
    rows: (sql, ...parameters) => prepare(sql).iterate(...parameters),
    all: (sql, ...parameters) => prepare(sql).all(...parameters),
    row: (sql, ...parameters) => prepare(sql).get(...parameters),
    run: (sql, ...parameters) => prepare(sql).run(...parameters).changes,
    exec: (sql) => {
      sqlite.exec(sql);
    },
  };
  return db as WritableDb;
}

/** A new vault file's bytes, made in memory. */
function buildImage(fill: (db: WritableDb) => void): Uint8Array {
  const sqlite = new Sqlite(':memory:');
  try {
    sqlite.pragma(`application_id = ${APPLICATION_ID}`);
    const db = toWritable(sqlite);
    migrate(db, 0);
    fill(db);
    return sqlite.serialize();
  } finally {
    sqlite.close();
  }
}

function setPragmas(sqlite: Sqlite.Database): void {
  for (const [name, value] of PRAGMAS) sqlite.pragma(`${name} = ${value}`);
  for (const [name, , expected] of PRAGMAS) {
    const found = sqlite.pragma(name, { simple: true });
    if (found !== expected) {
      throw new VaultError('vault/write-failed', `vault file: SQLite refused ${name}`, {
        details: { pragma: name, found: String(found) },
      });
    }
  }
}

/**
 * The version as the write-ahead log has it, after an unclean end the structure, and that nobody has added a trigger or
 * a view. What a clean end left is held against the manifest, row by row, while the vault is in use.
 */
function assertSound(sqlite: Sqlite.Database, wasCutOff: boolean): void {
  assertSchemaVersion(Number(sqlite.pragma('user_version', { simple: true })), SCHEMA_VERSION);
  if (wasCutOff && sqlite.pragma('quick_check(1)', { simple: true }) !== 'ok') {
    throw new VaultError('vault/corrupt', 'vault file: quick_check found damage', {
      details: { reason: 'quick-check' },
    });
  }
  if (!equalBytes(hashSchema(sqlite), expectedSchema())) {
    throw new VaultError('vault/corrupt', 'vault file: other tables than expected', {
      details: { reason: 'schema' },
    });
  }
}

let schemaOfNewFiles: Uint8Array | null = null;

function expectedSchema(): Uint8Array {
  schemaOfNewFiles ??= hashNewSchema();
  return schemaOfNewFiles;
}

function hashNewSchema(): Uint8Array {
  const sqlite = new Sqlite(':memory:');
  try {
    migrate(toWritable(sqlite), 0);
    return hashSchema(sqlite);
  } finally {
    sqlite.close();
  }
}

function hashSchema(sqlite: Sqlite.Database): Uint8Array {
  const sql = 'SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name';
  return sha256(toUtf8(JSON.stringify(sqlite.prepare(sql).raw().all())));
}

/** SQLite's result codes (sqlite.org/rescode.html) in our words; what is no SQLite error goes through as it is. */
function toVaultError(error: unknown, otherwise: 'vault/corrupt' | 'vault/write-failed'): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error;
  const details = { sqlite: error.code };
  const because = (code: VaultError['code']): VaultError =>
    new VaultError(code, `vault file: ${error.code}`, { cause: error, details });
  if (/^SQLITE_(BUSY|LOCKED)/.test(error.code)) return because('vault/in-use');
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) return because('vault/corrupt');
  if (error.code.startsWith('SQLITE_IOERR')) return because('vault/disk-failed');
  if (/^SQLITE_(FULL|READONLY|CANTOPEN|PERM)/.test(error.code))
    return because('vault/write-failed');
  return because(otherwise);
}
