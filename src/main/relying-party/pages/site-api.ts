// The page's way to its own server: JSON over POST with the token that the page was served with.
// SPDX-License-Identifier: MIT

import type { BridgeAnswer, BridgeCall } from './bridge-credentials.ts';

export interface AccountView {
  readonly rpId: string;
  readonly pretendsToBe: string | null;
  readonly account: {
    readonly userName: string;
    readonly displayName: string;
    readonly passkeys: readonly {
      readonly id: string;
      readonly createdAt: number;
      readonly lastUsedAt: number | null;
      readonly userVerified: boolean;
      readonly isSynced: boolean;
      readonly isBackedUp: boolean;
    }[];
  } | null;
}

/** The server said no, in its own words. */
export class SiteRefusal extends Error {
  readonly failure: string;

  constructor(failure: string) {
    super(failure);
    this.name = 'SiteRefusal';
    this.failure = failure;
  }
}

export class SiteApi {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  account(): Promise<AccountView> {
    return this.#post('/api/account', {}) as Promise<AccountView>;
  }

  registrationOptions(wish: object): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const options = this.#post('/api/register/options', wish);
    return options as Promise<PublicKeyCredentialCreationOptionsJSON>;
  }

  verifyRegistration(credential: object): Promise<AccountView> {
    return this.#post('/api/register/verify', credential) as Promise<AccountView>;
  }

  signInOptions(wish: object): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const options = this.#post('/api/sign-in/options', wish);
    return options as Promise<PublicKeyCredentialRequestOptionsJSON>;
  }

  verifySignIn(credential: object): Promise<AccountView> {
    return this.#post('/api/sign-in/verify', credential) as Promise<AccountView>;
  }

  signOut(): Promise<AccountView> {
    return this.#post('/api/sign-out', {}) as Promise<AccountView>;
  }

  readonly bridge: BridgeCall = (operation, options, signal) =>
    this.#post(`/bridge/${operation}`, options, signal) as Promise<BridgeAnswer>;

  async #post(path: string, body: object, signal?: AbortSignal): Promise<unknown> {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-site-token': this.#token },
      body: JSON.stringify(body),
      signal: signal ?? null,
    });
    if (response.ok) return response.json();
    if (response.status !== 422) throw new SiteRefusal('refused');
    const { failure } = (await response.json()) as { failure: string };
    throw new SiteRefusal(failure);
  }
}
