// SqliteVaultStore: VaultStore over SQL. Every mutation is one transaction.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { id16 } from '../vault/fixed-width.ts';
import type { SealedPack } from '../vault/pack-sealer.ts';
import type { SealedAttachment } from '../vault/sealed-attachment.ts';
import { MAX_HEADER_BYTES } from '../vault/vault-header.ts';
import { MOST_OBJECT_BYTES, ROW_LIMITS } from '../vault/row-limits.ts';
import {
  sameRevision,
  isNamedBy,
  type KeyPosition,
  type Revision,
  type SealedBody,
  type SealedItem,
  type SealedItemKeys,
} from '../vault/sealed-item.ts';
import { VaultError } from '../vault/vault-error.ts';
import type {
  AttachmentPosition,
  BodyPosition,
  SealedObject,
  StoredContents,
  UnknownObject,
  VaultChange,
  VaultContents,
  VaultStore,
} from '../vault/vault-store.ts';
import { ChunkTable } from './chunk-table.ts';
import { assertNothingAt } from './database-file.ts';
import { Database } from './database.ts';
import { writeChange } from './write-change.ts';
import {
  bytesIn,
  readAttachment,
  readBody,
  readKeys,
  readObject,
  readPack,
  readRevision,
  tryRead,
} from './vault-rows.ts';
import type { ReadableDb, SqlValue } from './writable-db.ts';

const PACKS_AT_ONCE = 256;
/** Sorts before every id, that of zeros among them. */
const BEFORE_ALL = new Uint8Array(0);

const ID_BYTES = 16;
/** No integer has more digits. */
const DIGITS = 20;
const REVISION = { lamport: DIGITS, device_id: ID_BYTES } as const;
const KEYS = { key_version: DIGITS, key_device: ID_BYTES } as const;

/**
 * What each table is read from: the rows of which no column is too large, whatever type a hostile file gives it. SQLite
 * tells how many bytes a value has without reading it, so that what is larger is left where it is; `length()` would stop at
 * the first zero of a text.
 */
const FROM = {
  objects: rowsWithin('objects', {
    ...{ role: DIGITS, ...REVISION, epoch: DIGITS, sealed: ROW_LIMITS.object },
  }),
  packs: rowsWithin('packs', {
    ...{ number: DIGITS, ...REVISION, epoch: DIGITS, sealed: ROW_LIMITS.pack },
  }),
  wraps: rowsWithin('wraps', {
    ...{ item_id: ID_BYTES, version: DIGITS, device_id: ID_BYTES, epoch: DIGITS },
    ...{ item_key: ROW_LIMITS.itemKey, passkey_key: ROW_LIMITS.passkeyKey },
  }),
  items: rowsWithin('items', {
    ...{ item_id: ID_BYTES, ...REVISION, schema: DIGITS, ...KEYS, body: ROW_LIMITS.body },
  }),
  attachments: rowsWithin('attachments', {
    ...{ item_id: ID_BYTES, attachment_id: ID_BYTES, number: DIGITS },
    ...{ ...KEYS, ...REVISION, sealed: ROW_LIMITS.attachment },
  }),
} as const;

function rowsWithin(table: string, most: Readonly<Record<string, number>>): string {
  const limits = Object.entries(most).map(
    ([column, bytes]) => `octet_length(${column}) <= ${String(bytes)}`,
  );
  return `FROM ${table} WHERE ${limits.join(' AND ')}`;
}

export class SqliteVaultStore implements VaultStore {
  readonly #path: string;
  #database: Database | null;
  #chunks: ChunkTable | null = null;

  private constructor(path: string, database: Database | null) {
    this.#path = path;
    this.#database = database;
  }

  /**
   * `create` is for `createVault`: the file comes to be when the vault is complete, and `vault/already-exists` is
   * thrown at once. `open` is for `unlockVault` and throws what `Database.open` throws.
   */
  static open(path: string, mode: 'open' | 'create' = 'open'): SqliteVaultStore {
    if (mode === 'open') return new SqliteVaultStore(path, Database.open(path));
    assertNothingAt(path);
    return new SqliteVaultStore(path, null);
  }

  initialise(contents: VaultContents): void {
    if (this.#database !== null) {
      throw new VaultError('vault/already-exists', 'vault store: holds a vault');
    }
    this.#database = Database.create(this.#path, (db) => {
      db.run('INSERT INTO header (id, bytes) VALUES (1, ?)', contents.header);
      writeChange(db, { objects: contents.objects });
    });
  }

  loadHeader(): Uint8Array {
    return this.#opened().read(readHeader);
  }

  loadContents(): StoredContents {
    return this.#opened().read((db) => {
      const header = readHeader(db);
      assertObjectsFit(db);
      const all = take(db, readObject, { sql: `SELECT * ${FROM.objects}`, from: [] });
      return { header, objects: all.filter(isKnown), unknown: all.filter(isUnknown) };
    });
  }

  *loadPacks(): Iterable<SealedPack> {
    const sql = `SELECT * ${FROM.packs} AND number > ? ORDER BY number`;
    for (let after = -1; ;) {
      const packs = this.#opened().read((db) =>
        take(db, readPack, { sql, from: [after], limit: PACKS_AT_ONCE }),
      );
      yield* packs;
      const last = packs.at(-1);
      if (last === undefined || packs.length < PACKS_AT_ONCE) return;
      after = last.number;
    }
  }

  loadItem(id: ItemId, revision: Revision): SealedItem | null {
    return this.#opened().read((db) => {
      const body = tryRead(
        readBody,
        db.row(
          `SELECT * ${FROM.items} AND item_id = ? AND lamport = ? AND device_id = ?`,
          ...[id16(id), revision.lamport, id16(revision.deviceId)],
        ) ?? {},
      );
      if (body === null || !isRevision(body, id, revision)) return null;
      const sql = `SELECT * ${FROM.wraps} AND item_id = ? AND version = ? AND device_id = ?`;
      const named = [id16(id), body.keyVersion, id16(body.keyDevice)] as const;
      const keys = tryRead(readKeys, db.row(sql, ...named) ?? {});
      return keys === null || !isNamedBy(keys, body) ? null : { ...body, keys };
    });
  }

  listRevisions(id: ItemId): readonly Revision[] {
    const sql = `SELECT lamport, device_id, schema ${FROM.items} AND item_id = ?
      ORDER BY lamport DESC, device_id DESC`;
    return this.#opened().read((db) => take(db, readRevision, { sql, from: [id16(id)] }));
  }

  loadBodies(id: ItemId): readonly SealedBody[] {
    const sql = `SELECT * ${FROM.items} AND item_id = ? ORDER BY lamport DESC, device_id DESC`;
    const bodies = this.#opened().read((db) => take(db, readBody, { sql, from: [id16(id)] }));
    return bodies.filter((row) => row.id === id);
  }

  loadKeys(id: ItemId): readonly SealedItemKeys[] {
    const sql = `SELECT * ${FROM.wraps} AND item_id = ? ORDER BY version, device_id`;
    const keys = this.#opened().read((db) => take(db, readKeys, { sql, from: [id16(id)] }));
    return keys.filter((row) => row.id === id);
  }

  loadAttachments(id: ItemId): readonly SealedAttachment[] {
    const sql = `SELECT * ${FROM.attachments} AND item_id = ? ORDER BY attachment_id`;
    const heads = this.#opened().read((db) => take(db, readAttachment, { sql, from: [id16(id)] }));
    return heads.filter((row) => row.itemId === id);
  }

  scanBodies(after: BodyPosition | null, limit: number): readonly SealedBody[] {
    const sql = `SELECT * ${FROM.items} AND (item_id, lamport, device_id) > (?, ?, ?)
      ORDER BY item_id, lamport, device_id`;
    const from: SqlValue[] =
      after === null
        ? [BEFORE_ALL, 0, BEFORE_ALL]
        : [id16(after.id), after.revision.lamport, id16(after.revision.deviceId)];
    return this.#opened().read((db) => take(db, readBody, { sql, from, limit }));
  }

  scanKeys(after: KeyPosition | null, limit: number): readonly SealedItemKeys[] {
    const sql = `SELECT * ${FROM.wraps} AND (item_id, version, device_id) > (?, ?, ?)
      ORDER BY item_id, version, device_id`;
    const from: SqlValue[] =
      after === null
        ? [BEFORE_ALL, 0, BEFORE_ALL]
        : [id16(after.id), after.version, id16(after.deviceId)];
    return this.#opened().read((db) => take(db, readKeys, { sql, from, limit }));
  }

  scanAttachments(after: AttachmentPosition | null, limit: number): readonly SealedAttachment[] {
    const sql = `SELECT * ${FROM.attachments} AND (item_id, attachment_id) > (?, ?)
      ORDER BY item_id, attachment_id`;
    const from: SqlValue[] =
      after === null ? [BEFORE_ALL, BEFORE_ALL] : [id16(after.itemId), id16(after.id)];
    return this.#opened().read((db) => take(db, readAttachment, { sql, from, limit }));
  }

  commit(change: VaultChange): void {
    this.#opened().write((db) => {
      writeChange(db, change);
    });
  }

  newAttachmentNumber(): number {
    return this.#chunkTable().newNumber();
  }

  writeChunks(number: number, first: number, chunks: readonly Uint8Array[]): void {
    this.#chunkTable().write(number, first, chunks);
  }

  readChunk(number: number, index: number): Uint8Array | null {
    return this.#chunkTable().read(number, index);
  }

  removeChunks(number: number): void {
    this.#chunkTable().remove(number);
  }

  dropStrayChunks(): void {
    this.#chunkTable().dropStrays();
  }

  scrub(): void {
    this.#opened().scrub();
  }

  copyTo(path: string): Promise<void> {
    return this.#opened().copyTo(path);
  }

  close(): void {
    this.#database?.close();
  }

  #chunkTable(): ChunkTable {
    this.#chunks ??= new ChunkTable(this.#opened());
    return this.#chunks;
  }

  #opened(): Database {
    if (this.#database === null) throw new VaultError('vault/not-found', 'vault store: empty');
    return this.#database;
  }
}

/** The first `limit` rows that are of the form of their table; others are passed over, and missed by the manifest. */
function take<T>(
  db: ReadableDb,
  read: (row: Readonly<Record<string, unknown>>) => T,
  query: { readonly sql: string; readonly from: readonly SqlValue[]; readonly limit?: number },
): readonly T[] {
  const { sql, from, limit = Infinity } = query;
  const taken: T[] = [];
  for (const row of db.rows(sql, ...from)) {
    const value = tryRead(read, row);
    if (value !== null) taken.push(value);
    if (taken.length >= limit) break;
  }
  return taken;
}

function readHeader(db: ReadableDb): Uint8Array {
  assertHeaderLength(db);
  const row = db.row('SELECT bytes FROM header WHERE id = 1');
  const header = row === undefined ? null : tryRead((one) => bytesIn(one, 'bytes'), row);
  if (header === null) throw missing('header');
  return header;
}

/** Before they are read. */
function assertObjectsFit(db: ReadableDb): void {
  const row = db.row(`SELECT sum(octet_length(sealed)) AS bytes ${FROM.objects}`);
  const bytes = (row as { readonly bytes?: unknown } | undefined)?.bytes;
  if (typeof bytes !== 'number' || bytes <= MOST_OBJECT_BYTES) return;
  throw new VaultError('vault/corrupt', `vault file: its objects have ${bytes} bytes`, {
    details: { object: 'objects', maxBytes: MOST_OBJECT_BYTES },
  });
}

/** Before it is read. */
function assertHeaderLength(db: ReadableDb): void {
  const sql = 'SELECT octet_length(bytes) AS length FROM header WHERE id = 1';
  const length = (db.row(sql) as { readonly length?: unknown } | undefined)?.length;
  if (typeof length !== 'number' || length <= MAX_HEADER_BYTES) return;
  throw new VaultError('vault/header-damaged', `vault header: ${length} bytes are too many`, {
    details: { step: 'length' },
  });
}

/** Where the order of a table is damaged SQLite comes to another row than the one it was asked for. */
function isRevision(row: SealedBody, id: ItemId, revision: Revision): boolean {
  return row.id === id && sameRevision(row.revision, revision);
}

function isKnown(object: SealedObject | UnknownObject): object is SealedObject {
  return typeof object.role === 'string';
}

function isUnknown(object: SealedObject | UnknownObject): object is UnknownObject {
  return typeof object.role === 'number';
}

function missing(object: string): VaultError {
  return new VaultError('vault/corrupt', `vault file: has no ${object}`, { details: { object } });
}
