// An item as a window may see it, and one field of it as text. Hidden values are left out of the detail.
// SPDX-License-Identifier: MIT

import { toBase64Url } from '../../shared/bytes.ts';
import { type FieldSpec, fieldsOf } from '../../shared/model/item-kinds.ts';
import type {
  FieldRef,
  ItemDetail,
  OneTimeCodeDetail,
  PasskeyFacts,
  SectionDetail,
} from '../../shared/model/item.ts';
import type { OneTimeCode } from '../../shared/model/one-time-code.ts';
import { fieldValue, type Item, type Section } from '../vault/item.ts';

export function toDetail(
  item: Item,
  { passkeys, revisions, damage }: Pick<ItemDetail, 'passkeys' | 'revisions' | 'damage'>,
): ItemDetail {
  const { id, kind, title, note, tags, favourite, urls } = item;
  const { createdAt, modifiedAt, archivedAt, trashedAt, attachments } = item;
  const own = fieldsOf(kind);
  const isHidden = ([, spec]: readonly [string, FieldSpec]): boolean => spec.type === 'hidden';
  return {
    ...{ id, kind, title, note, tags, favourite, urls, passkeys, revisions, attachments },
    damage,
    ...{ createdAt, modifiedAt, archivedAt, trashedAt },
    fields: Object.fromEntries(
      own.map((field) => [field[0], isHidden(field) ? '' : fieldValue(item, field[0])]),
    ),
    hidden: own
      .filter((field) => isHidden(field) && fieldValue(item, field[0]) !== '')
      .map(([name]) => name),
    sections: item.sections.map(toSectionDetail),
    oneTimeCode: item.oneTimeCode === null ? null : toOneTimeCodeDetail(item.oneTimeCode),
    passkey: factsOf(item),
    formerPasswords: item.formerPasswords.map(({ replacedAt }) => ({ replacedAt })),
  };
}

export function toOneTimeCodeDetail(code: OneTimeCode): OneTimeCodeDetail {
  const { type, issuer, account, digits, period } = code;
  return { type, issuer, account, digits, period };
}

function toSectionDetail({ id, title, fields }: Section): SectionDetail {
  return {
    ...{ id, title },
    fields: fields.map((field) => ({
      ...{ id: field.id, label: field.label, type: field.type },
      value: field.type === 'hidden' ? '' : field.value,
      hasValue: field.value !== '',
    })),
  };
}

function factsOf(item: Item): PasskeyFacts | null {
  if (item.kind !== 'passkey') return null;
  const { rpId, rpName, userName, userDisplayName, algorithm } = item;
  const { backupEligible, backupState, loginId } = item;
  const credentialId = toBase64Url(item.credentialId);
  const account = { rpId, rpName, userName, userDisplayName, credentialId, algorithm };
  return { ...account, backupEligible, backupState, loginId };
}

/** The text of one field; empty where the item has no such field. Codes are had from elsewhere. */
export function fieldText(item: Item, field: FieldRef): string {
  const [name = '', detail = ''] = field.split(':');
  switch (name) {
    case 'note':
      return item.note;
    case 'url':
      return item.urls[0]?.url ?? '';
    case 'rp-id':
      return item.kind === 'passkey' ? item.rpId : '';
    case 'custom':
      return customField(item, detail);
    case 'former':
      return item.formerPasswords[Number.parseInt(detail, 10)]?.value ?? '';
    case 'username':
      return item.kind === 'passkey' ? item.userName : fieldValue(item, 'username');
    default:
      return fieldValue(item, name);
  }
}

function customField(item: Item, id: string): string {
  return item.sections.flatMap(({ fields }) => fields).find((one) => one.id === id)?.value ?? '';
}
