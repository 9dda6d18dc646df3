// One change of a vault as SQL, inside the transaction that someone else has begun.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { ROLES } from '../vault/aad.ts';
import { id16 } from '../vault/fixed-width.ts';
import type { SealedAttachment } from '../vault/sealed-attachment.ts';
import type { SealedBody, SealedItemKeys } from '../vault/sealed-item.ts';
import type { SealedObject, VaultChange } from '../vault/vault-store.ts';
import type { SealedPack } from '../vault/pack-sealer.ts';
import { removeChunksOf } from './chunk-table.ts';
import type { WritableDb } from './writable-db.ts';

/** What goes, then what comes: keys before the bodies and attachments that refer to them. */
export function writeChange(db: WritableDb, change: VaultChange): void {
  for (const id of change.erasedItems ?? []) eraseItem(db, id);
  for (const number of change.removedAttachments ?? []) removeAttachment(db, number);
  for (const role of change.removedObjects ?? [])
    db.run('DELETE FROM objects WHERE role = ?', role);
  for (const number of change.removedPacks ?? [])
    db.run('DELETE FROM packs WHERE number = ?', number);
  if (change.header) db.run('UPDATE header SET bytes = ? WHERE id = 1', change.header);
  for (const object of change.objects ?? []) writeObject(db, object);
  for (const pack of change.packs ?? []) writePack(db, pack);
  for (const keys of inOrder(change.keys ?? [])) writeKeys(db, keys);
  for (const body of inOrder(change.bodies ?? [])) writeBody(db, body);
  for (const attachment of change.attachments ?? []) writeAttachment(db, attachment);
}

/** As their tables keep them: many new rows then fill page after page, in place of one here and one there. */
function inOrder<T extends { readonly id: ItemId }>(rows: readonly T[]): readonly T[] {
  return rows.length < 2 ? rows : rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function eraseItem(db: WritableDb, itemId: ItemId): void {
  const id = id16(itemId);
  for (const row of db.all('SELECT number FROM attachments WHERE item_id = ?', id)) {
    removeChunksOf(db, Number((row as { readonly number: unknown }).number));
  }
  db.run('DELETE FROM attachments WHERE item_id = ?', id);
  db.run('DELETE FROM items WHERE item_id = ?', id);
  db.run('DELETE FROM wraps WHERE item_id = ?', id);
}

function removeAttachment(db: WritableDb, number: number): void {
  removeChunksOf(db, number);
  db.run('DELETE FROM attachments WHERE number = ?', number);
}

function writeObject(db: WritableDb, { role, revision, epoch, sealed }: SealedObject): void {
  db.run(
    `INSERT INTO objects (role, lamport, device_id, epoch, sealed) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (role) DO UPDATE SET lamport = excluded.lamport, device_id = excluded.device_id,
       epoch = excluded.epoch, sealed = excluded.sealed`,
    ...[ROLES[role], revision.lamport, id16(revision.deviceId), epoch, sealed],
  );
}

function writePack(db: WritableDb, { number, revision, epoch, sealed }: SealedPack): void {
  db.run(
    `INSERT INTO packs (number, lamport, device_id, epoch, sealed) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (number) DO UPDATE SET lamport = excluded.lamport, device_id = excluded.device_id,
       epoch = excluded.epoch, sealed = excluded.sealed`,
    ...[number, revision.lamport, id16(revision.deviceId), epoch, sealed],
  );
}

function writeKeys(db: WritableDb, keys: SealedItemKeys): void {
  db.run(
    `INSERT INTO wraps (item_id, version, device_id, epoch, item_key, passkey_key)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (item_id, version, device_id) DO UPDATE SET epoch = excluded.epoch,
       item_key = excluded.item_key, passkey_key = excluded.passkey_key`,
    ...[id16(keys.id), keys.version, id16(keys.deviceId), keys.epoch],
    ...[keys.itemKey, keys.passkeyKey],
  );
}

/** Plain INSERT: a revision is written once. */
function writeBody(db: WritableDb, row: SealedBody): void {
  db.run(
    `INSERT INTO items (item_id, lamport, device_id, schema, key_version, key_device, body)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ...[id16(row.id), row.revision.lamport, id16(row.revision.deviceId)],
    ...[row.schema, row.keyVersion, id16(row.keyDevice), row.body],
  );
}

function writeAttachment(db: WritableDb, row: SealedAttachment): void {
  db.run(
    `INSERT INTO attachments
       (item_id, attachment_id, number, key_version, key_device, lamport, device_id, sealed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id16(row.itemId), id16(row.id), row.number, row.keyVersion, id16(row.keyDevice)],
    ...[row.revision.lamport, id16(row.revision.deviceId), row.sealed],
  );
}
