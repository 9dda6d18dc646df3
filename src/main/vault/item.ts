// Item: one entry of the vault, in the open. Exists only inside the vault process while the vault is unlocked.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { CustomType, FieldsOf, ItemKind, ItemUrl } from '../../shared/model/item-kinds.ts';
import type { OneTimeCode } from '../../shared/model/one-time-code.ts';

export interface CustomField {
  /** 8 random bytes in hex; stays with the field through its revisions. */
  readonly id: string;
  readonly label: string;
  readonly type: CustomType;
  readonly value: string;
}

export interface Section {
  /** 8 random bytes in hex. */
  readonly id: string;
  readonly title: string;
  readonly fields: readonly CustomField[];
}

/** What an item says of a file that belongs to it; the bytes lie in chunks of their own. */
export interface Attachment {
  /** 16 random bytes in hex. */
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly addedAt: number;
}

export interface FormerPassword {
  readonly value: string;
  readonly replacedAt: number;
}

interface ItemBase {
  readonly id: ItemId;
  readonly title: string;
  readonly note: string;
  readonly tags: readonly string[];
  readonly favourite: boolean;
  /** Milliseconds since the epoch, as are all times of an item. */
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly archivedAt: number | null;
  readonly trashedAt: number | null;
  readonly urls: readonly ItemUrl[];
  readonly sections: readonly Section[];
  readonly attachments: readonly Attachment[];
  readonly oneTimeCode: OneTimeCode | null;
  /** Newest first. */
  readonly formerPasswords: readonly FormerPassword[];
}

export type PlainKind = Exclude<ItemKind, 'passkey'>;

interface PlainItemOf<K extends PlainKind> extends ItemBase {
  readonly kind: K;
  readonly fields: FieldsOf<K>;
}

/** An item of any kind but a passkey; `fields` are those of its row in KIND_FIELDS. */
export type PlainItem = { [K in PlainKind]: PlainItemOf<K> }[PlainKind];
export type LoginItem = PlainItemOf<'login'>;

/**
 * A passkey without its private key, which is sealed on its own and opened for one ceremony.
 * Everything but the base, `loginId` and `backupState` is fixed when the credential is made.
 */
export interface PasskeyItem extends ItemBase {
  readonly kind: 'passkey';
  /** None: everything of a passkey stands below. */
  readonly fields: Readonly<Record<string, never>>;
  /** The login that it belongs to; null for one that stands alone. */
  readonly loginId: ItemId | null;
  readonly rpId: string;
  readonly rpName: string;
  /** 1 to 64 bytes where made here; imports may be longer. */
  readonly userHandle: Uint8Array;
  readonly userName: string;
  readonly userDisplayName: string;
  /** 16 to 1023 bytes. */
  readonly credentialId: Uint8Array;
  /** COSE algorithm by name, for example `ES256`. */
  readonly algorithm: string;
  /** BE: never changes for a credential. */
  readonly backupEligible: boolean;
  /** BS: true once a remote has confirmed an object that holds it. */
  readonly backupState: boolean;
  /** 0 for synced passkeys. */
  readonly signCount: number;
}

export type Item = PlainItem | PasskeyItem;

/** The parts of an item that are empty until someone fills them. */
export const NOTHING_MORE = {
  note: '',
  tags: [],
  favourite: false,
  archivedAt: null,
  trashedAt: null,
  urls: [],
  sections: [],
  attachments: [],
  oneTimeCode: null,
  formerPasswords: [],
} as const satisfies Partial<ItemBase>;

/** The own field `name` of an item; empty where its kind has no such field. */
export function fieldValue(item: Item, name: string): string {
  const fields: Readonly<Record<string, string>> = item.fields;
  return Object.hasOwn(fields, name) ? (fields[name] ?? '') : '';
}
