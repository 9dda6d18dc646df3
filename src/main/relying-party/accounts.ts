// The accounts of the test site, in memory and gone with it. Each realm keeps its own.
// SPDX-License-Identifier: MIT

import type { WebAuthnCredential } from '@simplewebauthn/server';

export interface Passkey {
  readonly credential: WebAuthnCredential;
  readonly createdAt: number;
  readonly userVerified: boolean;
  readonly deviceType: 'singleDevice' | 'multiDevice';
  readonly backedUp: boolean;
  readonly lastUsedAt: number | null;
}

export interface Account {
  /** The user handle: 32 random bytes. */
  readonly userId: Uint8Array<ArrayBuffer>;
  readonly userName: string;
  readonly displayName: string;
  readonly passkeys: readonly Passkey[];
}

/** Accounts of one realm that are kept at most. */
const MAX_ACCOUNTS = 500;

export class Accounts {
  /** realm → user name → account. */
  readonly #realms = new Map<string, Map<string, Account>>();

  find(realm: string, userName: string): Account | null {
    return this.#realms.get(realm)?.get(userName) ?? null;
  }

  findByCredentialId(realm: string, credentialId: string): Account | null {
    const accounts = [...(this.#realms.get(realm)?.values() ?? [])];
    return (
      accounts.find(({ passkeys }) =>
        passkeys.some(({ credential }) => credential.id === credentialId),
      ) ?? null
    );
  }

  /** Adds or replaces; `false` when the realm is full. */
  put(realm: string, account: Account): boolean {
    const accounts = this.#realms.get(realm) ?? new Map<string, Account>();
    if (!accounts.has(account.userName) && accounts.size >= MAX_ACCOUNTS) return false;
    accounts.set(account.userName, account);
    this.#realms.set(realm, accounts);
    return true;
  }
}
