// SqliteVaultStore: VaultStore over SQL. Every mutation is one transaction.
// SPDX-License-Identifier: MIT

import type { DeviceId, ItemId } from '../../shared/brand.ts';
import { toHex } from '../../shared/bytes.ts';
import { ROLES } from '../vault/aad.ts';
import { id16 } from '../vault/fixed-width.ts';
import type { Revision, SealedItem } from '../vault/sealed-item.ts';
import { VaultError } from '../vault/vault-error.ts';
import type {
  SealedItemChange,
  SealedObject,
  VaultChange,
  VaultContents,
  VaultStore,
} from '../vault/vault-store.ts';
import { assertNothingAt } from './database-file.ts';
import { Database } from './database.ts';
import type { ReadableDb, WritableDb } from './writable-db.ts';

interface ItemRow {
  readonly item_id: Uint8Array;
  readonly lamport: number;
  readonly device_id: Uint8Array;
  readonly schema: number;
  readonly body: Uint8Array;
  readonly key_version: number;
  readonly key_device_id: Uint8Array;
  readonly epoch: number;
  readonly item_key: Uint8Array;
  readonly passkey_key: Uint8Array;
}

interface ObjectRow {
  readonly lamport: number;
  readonly device_id: Uint8Array;
  readonly epoch: number;
  readonly sealed: Uint8Array;
}

/** A left join: a body whose keys are gone is a damaged item, not one that never was. */
const SELECT_ITEMS = `
  SELECT i.item_id, i.lamport, i.device_id, i.schema, i.body, i.key_version,
    coalesce(w.device_id, zeroblob(16)) AS key_device_id, coalesce(w.epoch, 0) AS epoch,
    coalesce(w.item_key, x'') AS item_key, coalesce(w.passkey_key, x'') AS passkey_key
  FROM items i LEFT JOIN wraps w ON w.item_id = i.item_id AND w.version = i.key_version`;

export class SqliteVaultStore implements VaultStore {
  readonly #path: string;
  #database: Database | null;

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
      writeObject(db, 'meta', contents.meta);
      writeObject(db, 'manifest', contents.manifest);
    });
  }

  loadContents(): VaultContents {
    return this.#opened().read((db) => {
      const header = db.row('SELECT bytes FROM header WHERE id = 1') as
        { readonly bytes: Uint8Array } | undefined;
      if (header === undefined) throw missing('header');
      return {
        header: Uint8Array.from(header.bytes),
        meta: readObject(db, 'meta'),
        manifest: readObject(db, 'manifest'),
      };
    });
  }

  loadItems(): readonly SealedItem[] {
    return this.#opened().read((db) => Array.from(db.rows(SELECT_ITEMS), toSealedItem));
  }

  loadItem(id: ItemId, revision: Revision): SealedItem | null {
    return this.#opened().read((db) => {
      const sql = `${SELECT_ITEMS} WHERE i.item_id = ? AND i.lamport = ? AND i.device_id = ?`;
      const row = db.row(sql, id16(id), revision.lamport, id16(revision.deviceId));
      return row === undefined ? null : toSealedItem(row);
    });
  }

  commit(change: VaultChange): void {
    this.#opened().write((db) => {
      for (const item of change.items) writeItem(db, item);
      writeObject(db, 'manifest', change.manifest);
    });
  }

  close(): void {
    this.#database?.close();
  }

  #opened(): Database {
    if (this.#database === null) throw new VaultError('vault/not-found', 'vault store: empty');
    return this.#database;
  }
}

function writeItem(db: WritableDb, { item, replaces }: SealedItemChange): void {
  const { keys, revision } = item;
  if (replaces === null) {
    db.run(
      `INSERT INTO wraps (item_id, version, device_id, epoch, item_key, passkey_key)
       VALUES (?, ?, ?, ?, ?, ?)`,
      ...[id16(item.id), keys.version, id16(keys.deviceId), keys.epoch],
      ...[keys.itemKey, keys.passkeyKey],
    );
  } else {
    const removed = db.run(
      'DELETE FROM items WHERE item_id = ? AND lamport = ? AND device_id = ?',
      ...[id16(item.id), replaces.lamport, id16(replaces.deviceId)],
    );
    if (removed !== 1) {
      throw new VaultError('vault/write-failed', 'vault store: the former revision is gone', {
        details: { reason: 'former-revision' },
      });
    }
  }
  db.run(
    `INSERT INTO items (item_id, lamport, device_id, schema, key_version, body)
     VALUES (?, ?, ?, ?, ?, ?)`,
    ...[id16(item.id), revision.lamport, id16(revision.deviceId)],
    ...[item.schema, keys.version, item.body],
  );
}

function writeObject(db: WritableDb, role: 'meta' | 'manifest', object: SealedObject): void {
  db.run(
    `INSERT OR REPLACE INTO objects (role, lamport, device_id, epoch, sealed)
     VALUES (?, ?, ?, ?, ?)`,
    ...[ROLES[role], object.revision.lamport, id16(object.revision.deviceId)],
    ...[object.epoch, object.sealed],
  );
}

function readObject(db: ReadableDb, role: 'meta' | 'manifest'): SealedObject {
  const sql = 'SELECT lamport, device_id, epoch, sealed FROM objects WHERE role = ?';
  const row = db.row(sql, ROLES[role]) as ObjectRow | undefined;
  if (row === undefined) throw missing(role);
  return {
    revision: { lamport: row.lamport, deviceId: toHex(row.device_id) as DeviceId },
    epoch: row.epoch,
    sealed: Uint8Array.from(row.sealed),
  };
}

/** Its shape is what the CHECKs of the schema state and quick_check has verified. */
function toSealedItem(value: unknown): SealedItem {
  const row = value as ItemRow;
  return {
    id: toHex(row.item_id) as ItemId,
    revision: { lamport: row.lamport, deviceId: toHex(row.device_id) as DeviceId },
    schema: row.schema,
    body: row.body,
    keys: {
      version: row.key_version,
      deviceId: toHex(row.key_device_id) as DeviceId,
      epoch: row.epoch,
      itemKey: row.item_key,
      passkeyKey: row.passkey_key,
    },
  };
}

function missing(object: string): VaultError {
  return new VaultError('vault/corrupt', `vault file: has no ${object}`, { details: { object } });
}
