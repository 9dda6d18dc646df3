// What the fields of an item are called, and which of them the keys for user name and password stand for.
// SPDX-License-Identifier: MIT

import { KIND_FIELDS, type FieldSpec, type ItemKind } from '../../shared/model/item-kinds.ts';
import type { FieldRef, ItemDetail } from '../../shared/model/item.ts';

const OTHER_LABELS: ReadonlyMap<FieldRef, string> = new Map([
  ['note', 'Note'],
  ['url', 'Website'],
  ['rp-id', 'Site name'],
  ['one-time-code', 'Code'],
]);

/** The label of a field, as it stands in the detail. */
export function fieldLabel(item: Pick<ItemDetail, 'kind' | 'sections'>, field: FieldRef): string {
  if (field.startsWith('former:')) return 'Former password';
  const own: Readonly<Record<string, FieldSpec>> = KIND_FIELDS[item.kind];
  const spec = Object.hasOwn(own, field) ? own[field] : undefined;
  if (spec) return spec.label;
  const custom = item.sections
    .flatMap(({ fields }) => fields)
    .find(({ id }) => field === `custom:${id}`);
  if (custom && custom.label !== '') return custom.label;
  return OTHER_LABELS.get(field) ?? 'Field';
}

/** A label inside a sentence: `user name`, but `PIN`. */
export function inSentence(label: string): string {
  const isAbbreviation = /^\p{Lu}{2}/u.test(label);
  return isAbbreviation ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

interface PrimaryFields {
  /** What `copy-username` copies. */
  readonly name?: FieldRef;
  /** What `copy-password` copies and `reveal-password` shows. */
  readonly secret?: FieldRef;
}

const PRIMARY_FIELDS: Readonly<Record<ItemKind, PrimaryFields>> = {
  login: { name: 'username', secret: 'password' },
  passkey: {},
  'one-time-code': {},
  note: {},
  card: { name: 'cardholder', secret: 'number' },
  identity: { name: 'username' },
  'ssh-key': { name: 'publicKey', secret: 'privateKey' },
  wifi: { name: 'ssid', secret: 'password' },
  licence: { name: 'licensedTo', secret: 'licenceKey' },
};

/** The field that stands for the user name; null where it holds nothing. */
export function nameField(item: ItemDetail): FieldRef | null {
  const { name } = PRIMARY_FIELDS[item.kind];
  return name !== undefined && item.fields[name] ? name : null;
}

/** The field that stands for the password; null where it holds nothing. */
export function secretField(item: ItemDetail): FieldRef | null {
  const { secret } = PRIMARY_FIELDS[item.kind];
  return secret !== undefined && item.hidden.includes(secret) ? secret : null;
}
