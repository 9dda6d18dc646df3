// Item: one entry of the vault, in the open. Exists only inside the vault process while the vault is unlocked.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';

interface ItemBase {
  readonly id: ItemId;
  readonly title: string;
  readonly note: string;
  readonly tags: readonly string[];
  readonly favourite: boolean;
  /** Milliseconds since the epoch, as are all times of an item. */
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly trashedAt: number | null;
}

export interface LoginItem extends ItemBase {
  readonly kind: 'login';
  readonly username: string;
  readonly password: string;
  readonly urls: readonly string[];
}

/**
 * A passkey without its private key, which is sealed on its own and opened for one ceremony.
 * Everything but the base and `backupState` is fixed when the credential is made.
 */
export interface PasskeyItem extends ItemBase {
  readonly kind: 'passkey';
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

export type Item = LoginItem | PasskeyItem;
