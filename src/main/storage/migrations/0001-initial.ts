// First schema of the vault file. Everything in it is sealed, random, a size or a counter.
// docs/vault-format.md, "Tables".
// SPDX-License-Identifier: MIT

import type { WritableDb } from '../writable-db.ts';

/**
 * Several revisions of an item may stand side by side, and several versions of its keys: history and sync need both.
 * WITHOUT ROWID: rows lie in the order of random ids, which says nothing of the order they were made in, and there is
 * no second index that could be damaged without quick_check seeing it. The CHECKs are verified by
 * quick_check on every open, so a row that is read has the shape that is stated here.
 */
export function createInitialSchema(db: WritableDb): void {
  db.exec(`
    CREATE TABLE header (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      bytes BLOB NOT NULL CHECK (length(bytes) <= 16384)
    ) STRICT;

    CREATE TABLE objects (
      role INTEGER PRIMARY KEY CHECK (role BETWEEN 1 AND 255),
      lamport INTEGER NOT NULL CHECK (lamport BETWEEN 0 AND 9007199254740991),
      device_id BLOB NOT NULL CHECK (length(device_id) = 16),
      epoch INTEGER NOT NULL CHECK (epoch BETWEEN 1 AND 4294967295),
      sealed BLOB NOT NULL
    ) STRICT;

    CREATE TABLE wraps (
      item_id BLOB NOT NULL CHECK (length(item_id) = 16),
      version INTEGER NOT NULL CHECK (version BETWEEN 1 AND 9007199254740991),
      device_id BLOB NOT NULL CHECK (length(device_id) = 16),
      epoch INTEGER NOT NULL CHECK (epoch BETWEEN 1 AND 4294967295),
      item_key BLOB NOT NULL,
      passkey_key BLOB NOT NULL,
      PRIMARY KEY (item_id, version)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE items (
      item_id BLOB NOT NULL CHECK (length(item_id) = 16),
      lamport INTEGER NOT NULL CHECK (lamport BETWEEN 1 AND 9007199254740991),
      device_id BLOB NOT NULL CHECK (length(device_id) = 16),
      schema INTEGER NOT NULL CHECK (schema BETWEEN 1 AND 65535),
      key_version INTEGER NOT NULL CHECK (key_version BETWEEN 1 AND 9007199254740991),
      body BLOB NOT NULL,
      PRIMARY KEY (item_id, lamport, device_id),
      FOREIGN KEY (item_id, key_version) REFERENCES wraps (item_id, version)
    ) STRICT, WITHOUT ROWID;
  `);
}
