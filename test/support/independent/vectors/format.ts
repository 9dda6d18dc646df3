// The JSON of the vectors in test/vectors/vault (its README says what each member means), and how one becomes a vault and
// an expected outcome.
// SPDX-License-Identifier: MIT

import { hex, type Json, sameBytes, unhex } from '../bytes.ts';
import type { Secret } from '../header.ts';
import type { Contents, Failure, Outcome } from '../read.ts';
import {
  nameOf,
  type Row,
  rowFromJson,
  type RowJson,
  rowToJson,
  type Table,
  TABLES,
  type Vault,
  type VaultJson,
  vaultFromJson,
  vaultToJson,
} from '../rows.ts';

export interface SecretJson {
  readonly type: number;
  readonly password?: string;
  readonly keyFile?: string;
  readonly recoveryKey?: string;
}

export type Change =
  | { readonly header: string }
  | { readonly table: Table; readonly row: RowJson }
  | { readonly table: Table; readonly gone: string };

/** What differs from the contents of the vault: members replace their like, null takes one away. */
export type Difference = Readonly<Record<string, Json>>;

export type Expectation = { readonly refused: Failure } | { readonly opened: Difference };

export interface Vector {
  readonly name: string;
  readonly says: string;
  /** Name of a vault of the same file. */
  readonly vault: string;
  readonly secret?: SecretJson;
  readonly change: readonly Change[];
  readonly expect: Expectation;
}

export interface BaseJson {
  readonly secret: SecretJson;
  readonly vault: VaultJson;
  readonly contents: Contents;
}

export interface Family {
  readonly format: 1;
  readonly family: string;
  readonly about: string;
  readonly vaults: Readonly<Record<string, BaseJson>>;
  readonly vectors: readonly Vector[];
}

export function secretToJson(secret: Secret): SecretJson {
  const { type, password, keyFile, recoveryKey } = secret;
  return {
    type,
    ...(password ? { password: hex(password) } : {}),
    ...(keyFile ? { keyFile: hex(keyFile) } : {}),
    ...(recoveryKey ? { recoveryKey: hex(recoveryKey) } : {}),
  };
}

export function secretFromJson({ type, password, keyFile, recoveryKey }: SecretJson): Secret {
  return {
    type,
    ...(password === undefined ? {} : { password: unhex(password) }),
    ...(keyFile === undefined ? {} : { keyFile: unhex(keyFile) }),
    ...(recoveryKey === undefined ? {} : { recoveryKey: unhex(recoveryKey) }),
  };
}

export function baseToJson(vault: Vault, secret: Secret, contents: Contents): BaseJson {
  return { secret: secretToJson(secret), vault: vaultToJson(vault), contents };
}

/** What makes `to` of `from`, row by row. */
export function changesBetween(from: Vault, to: Vault): readonly Change[] {
  const changes: Change[] = sameBytes(from.header, to.header) ? [] : [{ header: hex(to.header) }];
  for (const table of TABLES) {
    const rows = (vault: Vault) => new Map((vault[table] as readonly Row[]).map(named(table)));
    const [before, after] = [rows(from), rows(to)];
    for (const name of before.keys()) if (!after.has(name)) changes.push({ table, gone: name });
    for (const [name, row] of after) {
      const former = before.get(name);
      if (former === undefined || JSON.stringify(former) !== JSON.stringify(row)) {
        changes.push({ table, row });
      }
    }
  }
  return changes;
}

function named(table: Table): (row: Row) => [string, RowJson] {
  return (row) => [nameOf(table, row), rowToJson(row)];
}

export function vaultOf(family: Family, vector: Vector): Vault {
  const base = family.vaults[vector.vault];
  if (base === undefined) throw new Error(`${vector.name}: no such vault`);
  let vault = vaultFromJson(base.vault);
  for (const change of vector.change) {
    if ('header' in change) vault = { ...vault, header: unhex(change.header) };
    else vault = { ...vault, [change.table]: changedRows(vault, change) };
  }
  return vault;
}

function changedRows(vault: Vault, change: Exclude<Change, { header: string }>): readonly Row[] {
  const { table } = change;
  const name = 'gone' in change ? change.gone : nameOf(table, change.row);
  const rest = (vault[table] as readonly Row[]).filter((row) => nameOf(table, row) !== name);
  return 'gone' in change ? rest : [...rest, rowFromJson(table, change.row)];
}

export function secretFor(family: Family, vector: Vector): Secret {
  const secret = vector.secret ?? family.vaults[vector.vault]?.secret;
  if (secret === undefined) throw new Error(`${vector.name}: no such vault`);
  return secretFromJson(secret);
}

export function expectedOf(family: Family, vector: Vector): Outcome {
  const { expect } = vector;
  if ('refused' in expect) return expect;
  const contents = family.vaults[vector.vault]?.contents as unknown as Json;
  return { opened: merged(contents, expect.opened) as unknown as Contents };
}

function merged(value: Json, change: Json): Json {
  const isRecord = (one: Json): one is Readonly<Record<string, Json>> =>
    one !== null && typeof one === 'object' && !Array.isArray(one);
  if (!isRecord(value) || !isRecord(change) || 'code' in change || 'code' in value) return change;
  const result: Record<string, Json> = { ...value };
  for (const [name, one] of Object.entries(change)) {
    if (one === null) Reflect.deleteProperty(result, name);
    else result[name] = name in value ? merged(value[name] ?? null, one) : one;
  }
  return result;
}
