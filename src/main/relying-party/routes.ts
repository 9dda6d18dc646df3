// What the site's page can ask for: one row per path. Every input is checked here; ceremonies are checked where
// they are verified.
// SPDX-License-Identifier: MIT

import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import type { Account, Accounts } from './accounts.ts';
import type { BridgeResult, CeremonyBridge } from './bridge.ts';
import type { Ceremonies, SiteAnswer, Visit } from './ceremonies.ts';
import type { Refusal } from './request-guard.ts';

export interface RoutePorts {
  readonly accounts: Accounts;
  readonly ceremonies: Ceremonies;
  readonly bridge: CeremonyBridge;
}

export interface RouteAnswer {
  readonly status: number;
  readonly body: unknown;
  /** The visitor has proved who they are: their session gets a new id. */
  readonly renewsSession?: boolean;
}

type Body = Readonly<Record<string, unknown>>;
export type Route = (
  visit: Visit,
  body: Body,
  signal: AbortSignal,
) => Promise<RouteAnswer | Refusal>;

const userVerification = z.enum(['required', 'preferred', 'discouraged']).default('preferred');
const userName = z.string().trim().max(64);
const displayName = z.string().trim().max(64).default('');
const registration = z.strictObject({ userName: userName.min(1), displayName, userVerification });
const authentication = z.strictObject({ userName: userName.default(''), userVerification });
const response = z.looseObject({ clientDataJSON: z.string() });
const credential = z.looseObject({
  id: z.string(),
  rawId: z.string(),
  type: z.literal('public-key'),
  response,
});

/** The table of POST requests. */
export function createRoutes(ports: RoutePorts): ReadonlyMap<string, Route> {
  const { accounts, ceremonies, bridge } = ports;
  return new Map<string, Route>([
    ['/api/account', (visit) => answer(describeVisit(accounts, visit))],
    [
      '/api/register/options',
      async (visit, body) => {
        const wish = registration.safeParse(body);
        if (!wish.success) return 400;
        return toAnswer(await ceremonies.beginRegistration(visit, wish.data), (options) => options);
      },
    ],
    [
      '/api/register/verify',
      async (visit, body) => {
        if (!isRegistrationResponse(body)) return 400;
        const finished = await ceremonies.finishRegistration(visit, body);
        return toAnswer(finished, () => describeVisit(accounts, visit), true);
      },
    ],
    [
      '/api/sign-in/options',
      async (visit, body) => {
        const wish = authentication.safeParse(body);
        if (!wish.success) return 400;
        return toAnswer(
          await ceremonies.beginAuthentication(visit, wish.data),
          (options) => options,
        );
      },
    ],
    [
      '/api/sign-in/verify',
      async (visit, body) => {
        if (!isAuthenticationResponse(body)) return 400;
        const finished = await ceremonies.finishAuthentication(visit, body);
        return toAnswer(finished, () => describeVisit(accounts, visit), true);
      },
    ],
    [
      '/api/sign-out',
      (visit) => {
        visit.session.signedInAs = null;
        return answer(describeVisit(accounts, visit));
      },
    ],
    [
      '/bridge/create',
      async ({ origin }, options, signal) =>
        toBridgeAnswer(await bridge.create({ origin, options, signal })),
    ],
    [
      '/bridge/get',
      async ({ origin }, options, signal) =>
        toBridgeAnswer(await bridge.get({ origin, options, signal })),
    ],
  ]);
}

function answer(body: unknown): Promise<RouteAnswer> {
  return Promise.resolve({ status: 200, body });
}

function toAnswer<T>(
  outcome: SiteAnswer<T>,
  describe: (value: T) => unknown,
  renewsSession = false,
): RouteAnswer {
  if (outcome.ok) return { status: 200, body: describe(outcome.value), renewsSession };
  const { failure, detail } = outcome;
  return { status: 422, body: detail === undefined ? { failure } : { failure, detail } };
}

/** Nothing but the credential, or the name of the error, goes to the page. */
function toBridgeAnswer(result: BridgeResult): RouteAnswer {
  const body = result.ok
    ? { ok: true, credential: result.credential }
    : { ok: false, name: result.name };
  return { status: 200, body };
}

function describeVisit(accounts: Accounts, { site, session }: Visit): unknown {
  const account =
    session.signedInAs === null ? null : accounts.find(site.realm, session.signedInAs);
  return {
    rpId: site.rpId,
    pretendsToBe: site.pretendsToBe,
    account: account === null ? null : describeAccount(account),
  };
}

function describeAccount({ userName: name, displayName: display, passkeys }: Account): unknown {
  return {
    userName: name,
    displayName: display,
    passkeys: passkeys.map((passkey) => ({
      id: passkey.credential.id,
      createdAt: passkey.createdAt,
      lastUsedAt: passkey.lastUsedAt,
      userVerified: passkey.userVerified,
      isSynced: passkey.deviceType === 'multiDevice',
      isBackedUp: passkey.backedUp,
    })),
  };
}

function isRegistrationResponse(body: Body): body is Body & RegistrationResponseJSON {
  return credential
    .extend({ response: response.extend({ attestationObject: z.string() }) })
    .safeParse(body).success;
}

function isAuthenticationResponse(body: Body): body is Body & AuthenticationResponseJSON {
  const assertion = response.extend({
    authenticatorData: z.string(),
    signature: z.string(),
    userHandle: z.string().optional(),
  });
  return credential.extend({ response: assertion }).safeParse(body).success;
}
