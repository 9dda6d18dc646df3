// Damage by chance: what a disk, or a hand that has no key, does to a vault at rest.
// SPDX-License-Identifier: MIT

import type { Row, Vault } from './rows.ts';
import type { Chance } from './samples.ts';
import type { VaultWriter } from './write.ts';

/** The same vault a few changes later: a source of rows that are authentic and not of now. */
export function otherVault(writer: VaultWriter): Vault {
  const [id] = writer.items.keys();
  if (id !== undefined) writer.editItem(id, { ...writer.item(id).record, title: 'Later' });
  return writer.build();
}

/** One bit of one row, one row gone, one number off by one, or one row of another time. */
export function damage(chance: Chance, vault: Vault, later: Vault): Vault {
  const kind = chance.below(10);
  if (kind === 0) return { ...vault, header: flip(chance, vault.header) };
  const table = chance.oneOf([
    'objects',
    'packs',
    'wraps',
    'items',
    'attachments',
    'chunks',
  ] as const);
  const rows: readonly Row[] = vault[table];
  const row = chance.oneOf(rows);
  const rest = rows.filter((one) => one !== row);
  if (kind === 1) return { ...vault, [table]: rest };
  if (kind === 2)
    return {
      ...vault,
      [table]: [
        ...rest,
        ...later[table].slice(0, 1).filter((one) => !rest.some((known) => sameKey(known, one))),
      ],
    };
  return {
    ...vault,
    [table]: [...rest, kind === 3 ? counted(chance, row, rest) : flippedRow(chance, row)],
  };
}

function sameKey(a: Row, b: Row): boolean {
  const names = [
    'role',
    'number',
    'itemId',
    'version',
    'lamport',
    'deviceId',
    'attachmentId',
    'id',
  ];
  const of = (row: Row) => names.map((name) => (row as unknown as Record<string, unknown>)[name]);
  return JSON.stringify(of(a)) === JSON.stringify(of(b));
}

/** Two rows of one primary key are nothing that a file can hold. */
function counted(chance: Chance, row: Row, rest: readonly Row[]): Row {
  const numbers = Object.entries(row).filter(
    ([name, value]) => typeof value === 'number' && name !== 'role' && name !== 'id',
  );
  if (numbers.length === 0) return flippedRow(chance, row);
  const [name, value] = chance.oneOf(numbers) as [string, number];
  const changed = { ...row, [name]: value + 1 };
  return rest.some((one) => sameKey(one, changed)) ? flippedRow(chance, row) : changed;
}

function flippedRow(chance: Chance, row: Row): Row {
  const blobs = Object.entries(row).filter(([, value]) => value instanceof Uint8Array) as [
    string,
    Uint8Array,
  ][];
  const [name, value] = chance.oneOf(blobs);
  return { ...row, [name]: flip(chance, value) };
}

function flip(chance: Chance, source: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(source);
  const at = chance.below(changed.length);
  changed[at] = (changed[at] ?? 0) ^ (1 << chance.below(8));
  return changed;
}
