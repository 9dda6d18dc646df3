// Items as the fake vault keeps them, secrets and all, and what a window may see of them: summary and detail.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../../src/shared/brand.ts';
import { fieldsOf, type ItemKind } from '../../../src/shared/model/item-kinds.ts';
import type {
  AttachmentDetail,
  ItemDamage,
  ItemDetail,
  ItemSummary,
  PasskeyFacts,
  SectionDetail,
} from '../../../src/shared/model/item.ts';
import type { OneTimeCode } from '../../../src/shared/model/one-time-code.ts';

/** Everything of an item, in the open: what is hidden stands in `fields` and `sections` like the rest. */
export interface StoredItem extends Pick<
  ItemDetail,
  | 'id'
  | 'kind'
  | 'title'
  | 'note'
  | 'tags'
  | 'favourite'
  | 'createdAt'
  | 'modifiedAt'
  | 'archivedAt'
  | 'trashedAt'
  | 'urls'
  | 'fields'
> {
  readonly sections: readonly SectionDetail[];
  readonly oneTimeCode: OneTimeCode | null;
  readonly attachments: readonly AttachmentDetail[];
  readonly passkey: PasskeyFacts | null;
  readonly formerPasswords: readonly { readonly value: string; readonly replacedAt: number }[];
  readonly damage: ItemDamage | null;
}

export const STARTED_AT = 1_700_000_000_000;

export function idOf(number: number): ItemId {
  return number.toString(16).padStart(32, '0') as ItemId;
}

/** An item with nothing in it but a title. */
export function emptyItem(id: ItemId, kind: ItemKind, title: string): StoredItem {
  return {
    ...{ id, kind, title, note: '', tags: [], favourite: false, urls: [], sections: [] },
    ...{ createdAt: STARTED_AT, modifiedAt: STARTED_AT, archivedAt: null, trashedAt: null },
    ...{ attachments: [], oneTimeCode: null, formerPasswords: [], damage: null },
    fields: Object.fromEntries(fieldsOf(kind).map(([name]) => [name, ''])),
    passkey: kind === 'passkey' ? passkeyFacts() : null,
  };
}

export function passkeyFacts(part: Partial<PasskeyFacts> = {}): PasskeyFacts {
  return {
    ...{ rpId: 'bank.example', rpName: 'Bank', userName: 'anna', userDisplayName: 'Anna Klein' },
    ...{ credentialId: 'qMReVele6N', algorithm: 'ES256', backupEligible: true },
    ...{ backupState: false, loginId: null },
    ...part,
  };
}

/** A code by time of the usual kind. */
export function timeCode(part: Partial<OneTimeCode> = {}): OneTimeCode {
  return {
    ...{ type: 'totp', secret: 'JBSWY3DPEHPK3PXP', algorithm: 'SHA-1', digits: 6, period: 30 },
    ...{ counter: 0, issuer: 'GitHub', account: 'anna' },
    ...part,
  };
}

export function toSummary(item: StoredItem, all: readonly StoredItem[]): ItemSummary {
  const { id, kind, title, favourite, modifiedAt, archivedAt, trashedAt } = item;
  return {
    ...{ id, kind, title, favourite, modifiedAt, archivedAt, trashedAt },
    subtitle: subtitleOf(item),
    host: hostOf(item),
    hasOneTimeCode: item.oneTimeCode !== null,
    passkeys: passkeysOf(item, all).length,
    attachments: item.attachments.length,
    damage: item.damage,
    highlights: { title: [], subtitle: [], host: [] },
  };
}

export function toDetail(item: StoredItem, all: readonly StoredItem[], revisions = 1): ItemDetail {
  const { fields, sections, oneTimeCode, formerPasswords, ...rest } = item;
  const hidden = hiddenFieldsOf(item.kind).filter((name) => (fields[name] ?? '') !== '');
  return {
    ...rest,
    ...{ hidden, revisions },
    fields: { ...fields, ...Object.fromEntries(hidden.map((name) => [name, ''])) },
    sections: sections.map(withoutHidden),
    oneTimeCode: oneTimeCode && withoutSecret(oneTimeCode),
    passkeys: passkeysOf(item, all).map((passkey) => toSummary(passkey, all)),
    formerPasswords: formerPasswords.map(({ replacedAt }) => ({ replacedAt })),
  };
}

export function hiddenFieldsOf(kind: ItemKind): readonly string[] {
  return fieldsOf(kind)
    .filter(([, spec]) => spec.type === 'hidden')
    .map(([name]) => name);
}

export function withoutSecret({ type, issuer, account, digits, period }: OneTimeCode) {
  return { type, issuer, account, digits, period };
}

function withoutHidden(section: SectionDetail): SectionDetail {
  return {
    ...section,
    fields: section.fields.map((field) => ({
      ...field,
      hasValue: field.value !== '',
      value: field.type === 'hidden' ? '' : field.value,
    })),
  };
}

function passkeysOf(item: StoredItem, all: readonly StoredItem[]): readonly StoredItem[] {
  return all.filter(({ passkey }) => passkey?.loginId === item.id);
}

function subtitleOf({ kind, fields, passkey, oneTimeCode }: StoredItem): string {
  if (passkey) return passkey.userName;
  if (kind === 'card') return (fields.number ?? '').slice(-4);
  const { username, ssid, fingerprint, product } = fields;
  return [username, ssid, fingerprint, product, oneTimeCode?.account].find(Boolean) ?? '';
}

function hostOf({ passkey, urls: [first] }: StoredItem): string {
  if (passkey) return passkey.rpId;
  return first && URL.canParse(first.url) ? new URL(first.url).host : '';
}
