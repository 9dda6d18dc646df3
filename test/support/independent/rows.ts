// A vault as plain rows, second implementation: what the tables of the file hold, and the JSON that vectors keep them in.
// SPDX-License-Identifier: MIT

import { hex, unhex } from './bytes.ts';

export interface ObjectRow {
  readonly role: number;
  readonly lamport: number;
  readonly deviceId: string;
  readonly epoch: number;
  readonly sealed: Uint8Array;
}
export interface PackRow {
  readonly number: number;
  readonly lamport: number;
  readonly deviceId: string;
  readonly epoch: number;
  readonly sealed: Uint8Array;
}
export interface WrapRow {
  readonly itemId: string;
  readonly version: number;
  readonly deviceId: string;
  readonly epoch: number;
  readonly itemKey: Uint8Array;
  readonly passkeyKey: Uint8Array;
}
export interface BodyRow {
  readonly itemId: string;
  readonly lamport: number;
  readonly deviceId: string;
  readonly schema: number;
  readonly keyVersion: number;
  readonly keyDevice: string;
  readonly body: Uint8Array;
}
export interface HeadRow {
  readonly itemId: string;
  readonly attachmentId: string;
  readonly number: number;
  readonly keyVersion: number;
  readonly keyDevice: string;
  readonly lamport: number;
  readonly deviceId: string;
  readonly sealed: Uint8Array;
}
export interface ChunkRow {
  readonly id: number;
  readonly sealed: Uint8Array;
}

export interface Rows {
  readonly objects: readonly ObjectRow[];
  readonly packs: readonly PackRow[];
  readonly wraps: readonly WrapRow[];
  readonly items: readonly BodyRow[];
  readonly attachments: readonly HeadRow[];
  readonly chunks: readonly ChunkRow[];
}

/** Everything in a vault file. */
export interface Vault extends Rows {
  readonly header: Uint8Array;
}

export type Table = keyof Rows;
export type Row<T extends Table = Table> = Rows[T][number];

/** The columns that name a row of each table. */
export const PRIMARY_KEYS: Readonly<Record<Table, readonly string[]>> = {
  objects: ['role'],
  packs: ['number'],
  wraps: ['itemId', 'version', 'deviceId'],
  items: ['itemId', 'lamport', 'deviceId'],
  attachments: ['itemId', 'attachmentId'],
  chunks: ['id'],
};
export const TABLES = Object.keys(PRIMARY_KEYS) as readonly Table[];

const BLOBS = new Set(['sealed', 'itemKey', 'passkeyKey', 'body']);

/** A row with its bytes in hexadecimal. */
export type RowJson = Readonly<Record<string, string | number>>;

export function rowToJson(row: Row): RowJson {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? hex(value) : (value as string | number),
    ]),
  );
}

export function rowFromJson<T extends Table>(_table: T, json: RowJson): Row<T> {
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [
      name,
      BLOBS.has(name) ? unhex(String(value)) : value,
    ]),
  ) as unknown as Row<T>;
}

export type VaultJson = { readonly header: string } & Readonly<Record<Table, readonly RowJson[]>>;

export function vaultToJson(vault: Vault): VaultJson {
  const tables = TABLES.map((table) => [table, vault[table].map(rowToJson)]);
  return { header: hex(vault.header), ...Object.fromEntries(tables) } as VaultJson;
}

export function vaultFromJson(json: VaultJson): Vault {
  const tables = TABLES.map((table) => [table, json[table].map((row) => rowFromJson(table, row))]);
  const rows = Object.fromEntries(tables) as unknown as Rows;
  return { header: unhex(json.header), ...rows };
}

/** The primary key of a row as one text. */
export function nameOf(table: Table, row: Row | RowJson): string {
  const columns = row as unknown as RowJson;
  return PRIMARY_KEYS[table].map((name) => String(columns[name])).join('/');
}
