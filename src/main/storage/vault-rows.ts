// Rows of the vault file to what the vault calls them. Damage can change a row's types as well as its bytes, whatever
// the schema says, so every column is looked at.
// SPDX-License-Identifier: MIT

import type { DeviceId, ItemId } from '../../shared/brand.ts';
import { toHex } from '../../shared/bytes.ts';
import { ROLES } from '../vault/aad.ts';
import type { SealedPack } from '../vault/pack-sealer.ts';
import type { SealedAttachment } from '../vault/sealed-attachment.ts';
import type { KeyRef, Revision, SealedBody, SealedItemKeys } from '../vault/sealed-item.ts';
import { OBJECT_ROLES, type SealedObject, type UnknownObject } from '../vault/vault-store.ts';

type Row = Readonly<Record<string, unknown>>;

/** What a row is read with. Throws `TypeError` for a column that is not what the schema says. */
type RowReader<T> = (row: Row) => T;

export const readBody: RowReader<SealedBody> = (row) => ({
  id: idIn(row, 'item_id') as ItemId,
  revision: revisionIn(row),
  schema: countIn(row, 'schema', 0xffff),
  ...keyRefIn(row),
  body: bytesIn(row, 'body'),
});

export const readKeys: RowReader<SealedItemKeys> = (row) => ({
  id: idIn(row, 'item_id') as ItemId,
  version: countIn(row, 'version'),
  deviceId: idIn(row, 'device_id') as DeviceId,
  epoch: countIn(row, 'epoch', 0xffff_ffff),
  itemKey: bytesIn(row, 'item_key'),
  passkeyKey: bytesIn(row, 'passkey_key'),
});

export const readPack: RowReader<SealedPack> = (row) => ({
  number: countIn(row, 'number', 0xffff_ffff),
  revision: revisionIn(row),
  epoch: countIn(row, 'epoch', 0xffff_ffff),
  sealed: bytesIn(row, 'sealed'),
});

export const readAttachment: RowReader<SealedAttachment> = (row) => ({
  number: countIn(row, 'number', LAST_ATTACHMENT_NUMBER),
  id: idIn(row, 'attachment_id'),
  itemId: idIn(row, 'item_id') as ItemId,
  ...keyRefIn(row),
  revision: revisionIn(row),
  sealed: bytesIn(row, 'sealed'),
});

export const readObject: RowReader<SealedObject | UnknownObject> = (row) => {
  const code = countIn(row, 'role', 0xff);
  const role = OBJECT_ROLES.find((one) => ROLES[one] === code) ?? code;
  const epoch = countIn(row, 'epoch', 0xffff_ffff);
  return { role, revision: revisionIn(row), epoch, sealed: bytesIn(row, 'sealed') };
};

/** So that the number of a file's last chunk can be counted exactly. */
export const LAST_ATTACHMENT_NUMBER = 2 ** 35 - 1;

/** Null for a row that is not of the form of its table. */
export function tryRead<T>(read: RowReader<T>, row: unknown): T | null {
  try {
    return read(row as Row);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Owned by the caller, and a plain Uint8Array whatever SQLite handed out. */
export function bytesIn(row: Row, name: string): Uint8Array {
  const value = row[name];
  if (!(value instanceof Uint8Array)) throw new TypeError(`row: ${name} is not bytes`);
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

/** Of a body that is not read; a row that no reader would take is none here either. */
export const readRevision: RowReader<Revision> = (row) => {
  countIn(row, 'schema', 0xffff);
  return revisionIn(row);
};

function keyRefIn(row: Row): KeyRef {
  const keyVersion = countIn(row, 'key_version');
  return { keyVersion, keyDevice: idIn(row, 'key_device') as DeviceId };
}

function revisionIn(row: Row): Revision {
  return { lamport: countIn(row, 'lamport'), deviceId: idIn(row, 'device_id') as DeviceId };
}

/** Throws `TypeError` above `most`, too: what the manifest counts has a width. */
function countIn(row: Row, name: string, most: number = Number.MAX_SAFE_INTEGER): number {
  const value = row[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > most) {
    throw new TypeError(`row: ${name} is not a count`);
  }
  return value;
}

function idIn(row: Row, name: string): string {
  const bytes = bytesIn(row, name);
  if (bytes.length !== 16) throw new TypeError(`row: ${name} is not an id`);
  return toHex(bytes);
}
