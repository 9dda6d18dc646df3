// The relying party's side of the ceremonies (WebAuthn Level 3, section 7), through SimpleWebAuthn, which shares no
// code with our authenticator. Nothing is kept of a registration until it has been verified.
// SPDX-License-Identifier: MIT

import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { toBase64Url } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import type { RandomSource } from '../crypto/random.ts';
import type { Account, Accounts, Passkey } from './accounts.ts';
import type { PendingCeremony, Session } from './sessions.ts';
import type { SiteName } from './site-names.ts';

export type UserVerification = 'required' | 'preferred' | 'discouraged';

/** Why the site does not go along, for its page. */
export type SiteFailure =
  | 'name-taken'
  | 'unknown-account'
  | 'no-ceremony'
  | 'unknown-passkey'
  | 'not-verified'
  | 'site-full';

export type SiteAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: SiteFailure; readonly detail?: string };

/** One visitor at one of the site's names. */
export interface Visit {
  readonly site: SiteName;
  readonly origin: string;
  readonly session: Session;
}

/** ES256, EdDSA, RS256: what browsers and keys of these years can do. */
const ALGORITHMS = [-7, -8, -257];

export class Ceremonies {
  readonly #accounts: Accounts;
  readonly #random: RandomSource;
  readonly #clock: Clock;

  constructor(ports: { accounts: Accounts; random: RandomSource; clock: Clock }) {
    this.#accounts = ports.accounts;
    this.#random = ports.random;
    this.#clock = ports.clock;
  }

  /** For a new account, or another passkey of the account that is signed in. */
  async beginRegistration(
    { site, session }: Visit,
    wish: { userName: string; displayName: string; userVerification: UserVerification },
  ): Promise<SiteAnswer<PublicKeyCredentialCreationOptionsJSON>> {
    const existing = this.#accounts.find(site.realm, wish.userName);
    if (existing !== null && session.signedInAs !== wish.userName) return fail('name-taken');
    const user = existing ?? {
      userId: this.#random.bytes(32),
      userName: wish.userName,
      displayName: wish.displayName,
    };
    const options = await generateRegistrationOptions({
      rpName: site.rpName,
      rpID: site.rpId,
      userID: user.userId,
      userName: user.userName,
      userDisplayName: user.displayName,
      challenge: this.#random.bytes(32),
      timeout: 300_000,
      excludeCredentials: toDescriptors(existing),
      authenticatorSelection: { residentKey: 'required', userVerification: wish.userVerification },
      supportedAlgorithmIDs: ALGORITHMS,
      extensions: { credProps: true },
    });
    session.begin({
      kind: 'registration',
      challenge: options.challenge,
      requireUserVerification: wish.userVerification === 'required',
      user: { userId: user.userId, userName: user.userName, displayName: user.displayName },
    });
    return { ok: true, value: options };
  }

  async finishRegistration(
    { site, origin, session }: Visit,
    response: RegistrationResponseJSON,
  ): Promise<SiteAnswer<Account>> {
    const pending = session.take('registration');
    const user = pending?.user ?? null;
    if (pending === null || user === null) return fail('no-ceremony');
    const checked = await verified(() => verifyRegistration(response, { site, origin, pending }));
    if (!checked.ok) return checked;
    const { credential, userVerified, credentialDeviceType, credentialBackedUp } = checked.value;
    // Section 7.1, step 26: the credential id is not yet registered for any account.
    if (this.#accounts.findByCredentialId(site.realm, credential.id) !== null) {
      return fail('not-verified', 'the credential id is registered already');
    }
    const account = this.#accounts.find(site.realm, user.userName);
    if (account !== null && session.signedInAs !== account.userName) return fail('name-taken');
    const passkey: Passkey = {
      credential,
      createdAt: this.#clock.now(),
      userVerified,
      deviceType: credentialDeviceType,
      backedUp: credentialBackedUp,
      lastUsedAt: null,
    };
    const changed = { ...user, passkeys: [...(account?.passkeys ?? []), passkey] };
    if (!this.#accounts.put(site.realm, changed)) return fail('site-full');
    session.signedInAs = changed.userName;
    return { ok: true, value: changed };
  }

  /** With a user name: for that account's passkeys. Without: for whichever the visitor chooses. */
  async beginAuthentication(
    { site, session }: Visit,
    wish: { userName: string; userVerification: UserVerification },
  ): Promise<SiteAnswer<PublicKeyCredentialRequestOptionsJSON>> {
    const account = this.#accounts.find(site.realm, wish.userName);
    // A site that pretends has no accounts of the other's to know: it asks for whatever there is.
    if (account === null && wish.userName !== '' && site.pretendsToBe === null) {
      return fail('unknown-account');
    }
    const options = await generateAuthenticationOptions({
      rpID: site.rpId,
      challenge: this.#random.bytes(32),
      timeout: 300_000,
      userVerification: wish.userVerification,
      allowCredentials: toDescriptors(account),
    });
    session.begin({
      kind: 'authentication',
      challenge: options.challenge,
      requireUserVerification: wish.userVerification === 'required',
      user: account,
    });
    return { ok: true, value: options };
  }

  async finishAuthentication(
    { site, origin, session }: Visit,
    response: AuthenticationResponseJSON,
  ): Promise<SiteAnswer<Account>> {
    const pending = session.take('authentication');
    if (pending === null) return fail('no-ceremony');
    const account = this.#accounts.findByCredentialId(site.realm, response.id);
    const passkey = account?.passkeys.find(({ credential }) => credential.id === response.id);
    if (account === null || passkey === undefined) return fail('unknown-passkey');
    // Section 7.2, step 6: the account was named before, or the user handle names it; where both do, they agree.
    const isForAnother = pending.user !== null && pending.user.userName !== account.userName;
    const { userHandle } = response.response;
    const isOwner =
      userHandle === undefined ? pending.user !== null : userHandle === toBase64Url(account.userId);
    if (isForAnother || !isOwner) {
      return fail('not-verified', 'the passkey belongs to another account');
    }
    const checked = await verified(() =>
      verifyAuthentication(response, { site, origin, pending, passkey }),
    );
    if (!checked.ok) return checked;
    const used: Passkey = {
      ...passkey,
      credential: { ...passkey.credential, counter: checked.value.newCounter },
      userVerified: checked.value.userVerified,
      backedUp: checked.value.credentialBackedUp,
      lastUsedAt: this.#clock.now(),
    };
    const changed = {
      ...account,
      passkeys: account.passkeys.map((each) => (each === passkey ? used : each)),
    };
    this.#accounts.put(site.realm, changed);
    session.signedInAs = changed.userName;
    return { ok: true, value: changed };
  }
}

interface Expected {
  readonly site: SiteName;
  readonly origin: string;
  readonly pending: PendingCeremony;
}

async function verifyRegistration(
  response: RegistrationResponseJSON,
  { site, origin, pending }: Expected,
) {
  const result = await verifyRegistrationResponse({
    response,
    expectedChallenge: pending.challenge,
    expectedOrigin: origin,
    expectedRPID: site.rpId,
    requireUserVerification: pending.requireUserVerification,
    supportedAlgorithmIDs: ALGORITHMS,
  });
  return result.verified ? result.registrationInfo : null;
}

async function verifyAuthentication(
  response: AuthenticationResponseJSON,
  { site, origin, pending, passkey }: Expected & { passkey: Passkey },
) {
  const result = await verifyAuthenticationResponse({
    response,
    expectedChallenge: pending.challenge,
    expectedOrigin: origin,
    expectedRPID: site.rpId,
    credential: passkey.credential,
    requireUserVerification: pending.requireUserVerification,
  });
  return result.verified ? result.authenticationInfo : null;
}

/** SimpleWebAuthn says no in two ways: by its result, and by throwing what was wrong. */
async function verified<T>(verify: () => Promise<T | null>): Promise<SiteAnswer<T>> {
  try {
    const value = await verify();
    return value === null ? fail('not-verified') : { ok: true, value };
  } catch (error) {
    return fail('not-verified', error instanceof Error ? error.message : undefined);
  }
}

function fail(
  failure: SiteFailure,
  detail?: string,
): { ok: false; failure: SiteFailure; detail?: string } {
  return detail === undefined ? { ok: false, failure } : { ok: false, failure, detail };
}

function toDescriptors(account: Account | null): { id: string; transports?: string[] }[] {
  return (account?.passkeys ?? []).map(({ credential: { id, transports } }) =>
    transports === undefined ? { id } : { id, transports },
  );
}
