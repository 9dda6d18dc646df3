// First schema of the vault file. Everything in it is sealed, random, a size or a counter.
// docs/vault-format.md, "Tables".
// SPDX-License-Identifier: MIT

import type { WritableDb } from '../writable-db.ts';

/**
 * Every revision of an item stands beside the others, and so does every version of its keys: history and sync need
 * both. WITHOUT ROWID: rows lie in the order of random ids, which says nothing of the order they were made in, and
 * there is no second index that could come to differ from its table. Chunks are too large for that; their one number
 * is the attachment's times 2^18 plus their place. The ceilings are those of ROW_LIMITS: a reader leaves larger rows alone.
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
      sealed BLOB NOT NULL CHECK (length(sealed) <= 16777216)
    ) STRICT;

    CREATE TABLE packs (
      number INTEGER PRIMARY KEY CHECK (number BETWEEN 0 AND 4294967295),
      lamport INTEGER NOT NULL CHECK (lamport BETWEEN 1 AND 9007199254740991),
      device_id BLOB NOT NULL CHECK (length(device_id) = 16),
      epoch INTEGER NOT NULL CHECK (epoch BETWEEN 1 AND 4294967295),
      sealed BLOB NOT NULL CHECK (length(sealed) <= 16777216)
    ) STRICT;

    CREATE TABLE wraps (
      item_id BLOB NOT NULL CHECK (length(item_id) = 16),
      version INTEGER NOT NULL CHECK (version BETWEEN 1 AND 9007199254740991),
      device_id BLOB NOT NULL CHECK (length(device_id) = 16),
      epoch INTEGER NOT NULL CHECK (epoch BETWEEN 1 AND 4294967295),
      item_key BLOB NOT NULL CHECK (length(item_key) <= 16777216),
      passkey_key BLOB NOT NULL CHECK (length(passkey_key) <= 1024),
      PRIMARY KEY (item_id, version, device_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE items (
      item_id BLOB NOT NULL CHECK (length(item_id) = 16),
      lamport INTEGER NOT NULL CHECK (lamport BETWEEN 1 AND 9007199254740991),
      device_id BLOB NOT NULL CHECK (length(device_id) = 16),
      schema INTEGER NOT NULL CHECK (schema BETWEEN 1 AND 65535),
      key_version INTEGER NOT NULL CHECK (key_version BETWEEN 1 AND 9007199254740991),
      key_device BLOB NOT NULL CHECK (length(key_device) = 16),
      body BLOB NOT NULL CHECK (length(body) <= 16777216),
      PRIMARY KEY (item_id, lamport, device_id),
      FOREIGN KEY (item_id, key_version, key_device) REFERENCES wraps (item_id, version, device_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE attachments (
      item_id BLOB NOT NULL CHECK (length(item_id) = 16),
      attachment_id BLOB NOT NULL CHECK (length(attachment_id) = 16),
      number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 34359738367),
      key_version INTEGER NOT NULL CHECK (key_version BETWEEN 1 AND 9007199254740991),
      key_device BLOB NOT NULL CHECK (length(key_device) = 16),
      lamport INTEGER NOT NULL CHECK (lamport BETWEEN 1 AND 9007199254740991),
      device_id BLOB NOT NULL CHECK (length(device_id) = 16),
      sealed BLOB NOT NULL CHECK (length(sealed) <= 1024),
      PRIMARY KEY (item_id, attachment_id),
      FOREIGN KEY (item_id, key_version, key_device) REFERENCES wraps (item_id, version, device_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE chunks (
      id INTEGER PRIMARY KEY CHECK (id BETWEEN 262144 AND 9007199254740991),
      sealed BLOB NOT NULL CHECK (length(sealed) <= 65576)
    ) STRICT;
  `);
}
