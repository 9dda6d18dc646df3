// What the renderer may see of an item, and what it may ask to be saved. No secret is in a summary or a detail.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../brand.ts';
import type { SealedSecret } from '../sealed-secret.ts';
import type { CustomType, ItemKind, ItemUrl } from './item-kinds.ts';

export type { ItemKind } from './item-kinds.ts';

/** Part of a text, in UTF-16 code units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** What of an item does not open: its newest revision, or, of a passkey that can be read, the private key. */
export type ItemDamage = 'content' | 'private-key';

/** One row of the list. */
export interface ItemSummary {
  readonly id: ItemId;
  readonly kind: ItemKind;
  readonly title: string;
  /** What tells items of one title apart: a user name, a card's last digits, a network's name. */
  readonly subtitle: string;
  /** Host of the first URL, or the RP ID. */
  readonly host: string;
  readonly favourite: boolean;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  readonly archivedAt: number | null;
  readonly trashedAt: number | null;
  readonly hasOneTimeCode: boolean;
  /** How many passkeys belong to this login. */
  readonly passkeys: number;
  readonly attachments: number;
  /** Null for what is not known to be damaged; where it is, what is shown is what the list knew of it. */
  readonly damage: ItemDamage | null;
  /** Where the words of the query stand in it. */
  readonly highlights: {
    readonly title: readonly TextRange[];
    readonly subtitle: readonly TextRange[];
    readonly host: readonly TextRange[];
  };
}

/** A custom field as it is shown; the value of a hidden one is had through `items:reveal-field` alone. */
export interface CustomFieldDetail {
  /** 8 random bytes in hex. */
  readonly id: string;
  readonly label: string;
  readonly type: CustomType;
  /** Empty for a hidden one. */
  readonly value: string;
  readonly hasValue: boolean;
}

export interface SectionDetail {
  /** 8 random bytes in hex. */
  readonly id: string;
  readonly title: string;
  readonly fields: readonly CustomFieldDetail[];
}

export interface OneTimeCodeDetail {
  readonly type: 'totp' | 'hotp' | 'steam';
  readonly issuer: string;
  readonly account: string;
  readonly digits: number;
  /** Seconds; 0 where codes do not change by themselves. */
  readonly period: number;
}

export interface AttachmentDetail {
  /** 16 random bytes in hex. */
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly addedAt: number;
}

/** What there is to know of a passkey but its private key. */
export interface PasskeyFacts {
  readonly rpId: string;
  readonly rpName: string;
  readonly userName: string;
  readonly userDisplayName: string;
  /** base64url. */
  readonly credentialId: string;
  /** Name of the COSE algorithm, for example `ES256`. */
  readonly algorithm: string;
  readonly backupEligible: boolean;
  readonly backupState: boolean;
  /** The login that it belongs to; null for one that stands alone. */
  readonly loginId: ItemId | null;
}

export interface ItemDetail {
  readonly id: ItemId;
  readonly kind: ItemKind;
  readonly title: string;
  readonly note: string;
  readonly tags: readonly string[];
  readonly favourite: boolean;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly archivedAt: number | null;
  readonly trashedAt: number | null;
  readonly urls: readonly ItemUrl[];
  /** Own fields of the kind by name; hidden ones are empty here. */
  readonly fields: Readonly<Record<string, string>>;
  /** Names of the hidden fields that hold something. */
  readonly hidden: readonly string[];
  readonly sections: readonly SectionDetail[];
  readonly oneTimeCode: OneTimeCodeDetail | null;
  readonly attachments: readonly AttachmentDetail[];
  /** Passkeys that belong to this login. */
  readonly passkeys: readonly ItemSummary[];
  /** Of a passkey. */
  readonly passkey: PasskeyFacts | null;
  /** Former passwords, newest first; the values through `items:reveal-field` with `former:<index>`. */
  readonly formerPasswords: readonly { readonly replacedAt: number }[];
  /** How many revisions there are, this one among them. */
  readonly revisions: number;
  /** Of the item as it is now, whichever revision this is. */
  readonly damage: ItemDamage | null;
}

/**
 * What can be copied or revealed, one at a time: the name of an own field, `note`, `url`, `rp-id`, `one-time-code`,
 * `custom:<id>` or `former:<index>`.
 */
export type FieldRef = string;

/** Names one revision of an item. */
export type RevisionRef = string;

export interface CustomFieldDraft {
  /** Null for a field that is new. */
  readonly id: string | null;
  readonly label: string;
  readonly type: CustomType;
  /** Null leaves the stored value as it is. */
  readonly value: string | null;
}

export interface SectionDraft {
  readonly id: string | null;
  readonly title: string;
  readonly fields: readonly CustomFieldDraft[];
}

export type OneTimeCodeDraft =
  | { readonly action: 'keep' }
  | { readonly action: 'remove' }
  /** An otpauth URI or a base32 secret. */
  | { readonly action: 'set'; readonly text: string };

export const SSH_KEY_CHOICES = {
  ed25519: 'Ed25519',
  'rsa-3072': 'RSA, 3072 bits',
  'rsa-4096': 'RSA, 4096 bits',
} as const;
export type SshKeyChoice = keyof typeof SSH_KEY_CHOICES;

export type SshKeyDraft<Secret = Uint8Array> =
  | { readonly action: 'keep' }
  | { readonly action: 'generate'; readonly type: SshKeyChoice; readonly comment: string }
  /** An OpenSSH or PKCS#8 private key as text, and its passphrase as typed (UTF-8) if it has one. */
  | { readonly action: 'import'; readonly key: Secret; readonly passphrase: Secret | null };

/** An item to be made (`id` null) or changed. */
export interface ItemDraft {
  readonly kind: ItemKind;
  readonly id: ItemId | null;
  readonly title: string;
  readonly note: string;
  readonly tags: readonly string[];
  readonly favourite: boolean;
  readonly urls: readonly ItemUrl[];
  /** Own fields of the kind by name; null leaves the stored value as it is, and so does a name that is missing. */
  readonly fields: Readonly<Record<string, string | null>>;
  readonly sections: readonly SectionDraft[];
  readonly oneTimeCode: OneTimeCodeDraft;
  readonly sshKey: SshKeyDraft;
  /** Of a passkey: the login that it belongs to. */
  readonly loginId: ItemId | null;
}

/** As it leaves a window. */
export interface SealedItemDraft extends Omit<ItemDraft, 'sshKey'> {
  readonly sshKey: SshKeyDraft<SealedSecret>;
}

/** What part of the vault the list shows. */
export type ItemSection =
  | { readonly in: 'all' }
  | { readonly in: 'favourites' }
  | { readonly in: 'archive' }
  | { readonly in: 'trash' }
  | { readonly in: 'kind'; readonly kind: ItemKind }
  /** The tag itself and those below it: `work` has `work/mail`. */
  | { readonly in: 'tag'; readonly tag: string };

export type ItemSort = 'title' | 'modified' | 'created';

export interface ItemQuery {
  readonly section: ItemSection;
  /** In the language of the search: words, `user:`, `url:`, `tag:`, `is:`, quotes, negation. Empty: everything. */
  readonly text: string;
  /** Of a query without text; with text the best match comes first. */
  readonly sort: ItemSort;
  readonly offset: number;
  /** At most 200. */
  readonly limit: number;
}

/** What a list is of, whichever part of it is shown. */
export type ListQuery = Pick<ItemQuery, 'section' | 'text' | 'sort'>;

export interface ItemPage {
  /** Grows with every change of the vault: pages of different revisions do not belong together. */
  readonly revision: number;
  readonly total: number;
  readonly items: readonly ItemSummary[];
}

export interface ItemCounts {
  readonly all: number;
  readonly favourites: number;
  readonly archive: number;
  readonly trash: number;
  readonly kinds: Readonly<Record<ItemKind, number>>;
  /** Every tag and every parent of one, in order. */
  readonly tags: readonly { readonly tag: string; readonly count: number }[];
  /** Items whose bodies could not be opened: kept as they are, never dropped in silence. */
  readonly damaged: number;
  readonly integrity: IntegrityState;
}

/** What is known of the rows of the file. `checking`: all that unlocking reads is in order, the rest is being read. */
export type IntegrityState = 'checking' | 'intact' | 'not-intact';

/** A change that can be taken back with `items:undo`. */
export interface ChangeReceipt {
  /** 0 where nothing changed: there is nothing to take back. */
  readonly change: number;
}

/** What became of an act on several items: one that cannot be opened does not keep the others from it. */
export interface BulkReceipt extends ChangeReceipt {
  /** How many items it changed, those among them that went along with others. */
  readonly changed: number;
  /** Left as they were, since they could not be opened. */
  readonly passedOver: readonly ItemId[];
}

/** What renaming a tag came to. */
export interface TagReceipt extends BulkReceipt {
  /** Saved searches that name the tag could not be written: they name it as before. */
  readonly searchesLeft: boolean;
}

/** What taking a change back came to. */
export interface UndoReceipt extends ChangeReceipt {
  /** How many items are as they were. */
  readonly restored: number;
  /** How many could not be taken back, since they or what they were before could not be opened. */
  readonly passedOver: number;
  /** Saved searches that had gone with the change could not be written: they are as the change made them. */
  readonly searchesLeft: boolean;
}

export interface RevisionInfo {
  readonly ref: RevisionRef;
  readonly savedAt: number;
  /** Labels of what differs from the revision before it. */
  readonly changed: readonly string[];
  readonly isCurrent: boolean;
}

/** One difference between a revision and the present item. Values of hidden fields are not in it. */
export interface FieldDifference {
  readonly label: string;
  /** What `items:reveal-field` shows the hidden values by; null where there is nothing to show by itself. */
  readonly field: FieldRef | null;
  readonly isHidden: boolean;
  /** Whether there was anything in it, and whether there is now: told of hidden ones too. */
  readonly hasThen: boolean;
  readonly hasNow: boolean;
  readonly then: string;
  readonly now: string;
}

export interface RevisionDetail {
  readonly detail: ItemDetail;
  readonly differences: readonly FieldDifference[];
}

export interface DuplicateGroup {
  /** `same`: one site, user name and password; `same-account`: one site and user name, other passwords. */
  readonly reason: 'same' | 'same-account';
  readonly items: readonly ItemSummary[];
}

export interface SavedSearch {
  /** 8 random bytes in hex. */
  readonly id: string;
  readonly name: string;
  readonly text: string;
}
