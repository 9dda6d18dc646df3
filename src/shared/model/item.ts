// What the renderer may see of an item, and what it may ask to be saved. No secret is in a summary or a detail.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../brand.ts';

export type ItemKind = 'login' | 'passkey';

/** One row of the list. */
export interface ItemSummary {
  readonly id: ItemId;
  readonly kind: ItemKind;
  readonly title: string;
  /** User name of the login or of the passkey's account. */
  readonly subtitle: string;
  /** Host of the first URL, or the RP ID. */
  readonly host: string;
  readonly favourite: boolean;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  readonly trashedAt: number | null;
}

interface ItemDetailBase {
  readonly id: ItemId;
  readonly title: string;
  readonly note: string;
  readonly tags: readonly string[];
  readonly favourite: boolean;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly trashedAt: number | null;
}

export interface LoginDetail extends ItemDetailBase {
  readonly kind: 'login';
  readonly username: string;
  readonly urls: readonly string[];
  /** The password itself is had through `items:reveal-field` alone. */
  readonly hasPassword: boolean;
}

export interface PasskeyDetail extends ItemDetailBase {
  readonly kind: 'passkey';
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
}

export type ItemDetail = LoginDetail | PasskeyDetail;

/** What can be copied or revealed, one at a time. */
export type ItemField = 'username' | 'password' | 'url' | 'note' | 'rp-id';

/** A login to be made (`id` null) or changed. */
export interface LoginDraft {
  readonly kind: 'login';
  readonly id: ItemId | null;
  readonly title: string;
  readonly username: string;
  /** Null leaves the stored password as it is. */
  readonly password: string | null;
  readonly urls: readonly string[];
  readonly note: string;
  readonly tags: readonly string[];
  readonly favourite: boolean;
}

/** Of a passkey only what the person wrote can change. */
export interface PasskeyDraft {
  readonly kind: 'passkey';
  readonly id: ItemId;
  readonly title: string;
  readonly note: string;
  readonly tags: readonly string[];
  readonly favourite: boolean;
}

export type ItemDraft = LoginDraft | PasskeyDraft;

/** What part of the vault the list shows. */
export type ItemSection =
  | { readonly in: 'all' }
  | { readonly in: 'favourites' }
  | { readonly in: 'trash' }
  | { readonly in: 'kind'; readonly kind: ItemKind }
  | { readonly in: 'tag'; readonly tag: string };

export type ItemSort = 'title' | 'modified' | 'created';

export interface ItemQuery {
  readonly section: ItemSection;
  /** Words that must all occur; case and accents do not matter. Empty: everything of the section. */
  readonly text: string;
  readonly sort: ItemSort;
  readonly offset: number;
  /** At most 200. */
  readonly limit: number;
}

export interface ItemPage {
  /** Grows with every change of the vault: pages of different revisions do not belong together. */
  readonly revision: number;
  readonly total: number;
  readonly items: readonly ItemSummary[];
}

export interface ItemCounts {
  readonly all: number;
  readonly favourites: number;
  readonly trash: number;
  readonly logins: number;
  readonly passkeys: number;
  readonly tags: readonly { readonly tag: string; readonly count: number }[];
  /** Items whose bodies could not be opened: kept as they are, never dropped in silence. */
  readonly damaged: number;
  /** False: when it was unlocked, rows of the file were missing, added or put back to an older state. */
  readonly isIntact: boolean;
}

export interface GeneratorRules {
  readonly length: number;
  readonly lower: boolean;
  readonly upper: boolean;
  readonly digits: boolean;
  readonly symbols: boolean;
  /** Leaves out characters that are easily mistaken for each other. */
  readonly avoidAmbiguous: boolean;
}

export interface GeneratedPassword {
  readonly value: string;
  readonly entropyBits: number;
}
