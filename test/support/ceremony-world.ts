// Everything a ceremony's test needs, put together: memory store, scripted person, a clock turned by hand, seeded
// randomness, the software authenticator and the client; and plain options to start from.
// SPDX-License-Identifier: MIT

import type { RandomSource } from '../../src/main/crypto/random.ts';
import { WebAuthnClient } from '../../src/main/webauthn/client.ts';
import { SoftwareAuthenticator } from '../../src/main/webauthn/software-authenticator.ts';
import { WebAuthnError } from '../../src/main/webauthn/webauthn-error.ts';
import { toBase64Url, toUtf8 } from '../../src/shared/bytes.ts';
import { HandClock } from './hand-clock.ts';
import { MemoryCredentialStore } from './memory-credential-store.ts';
import { approve, ScriptedConsent, type Script } from './scripted-consent.ts';
import { seededRandom } from './seeded-random.ts';

export class CeremonyWorld {
  readonly clock = new HandClock();
  readonly random: RandomSource;
  readonly store = new MemoryCredentialStore();
  readonly consent: ScriptedConsent;
  readonly authenticator: SoftwareAuthenticator;
  readonly client: WebAuthnClient;

  constructor(seed = 'world', script?: Script) {
    this.random = seededRandom(seed);
    // The right password for a locked vault opens it, as the port's contract says.
    this.consent = new ScriptedConsent((shown, count) => {
      if (shown.prompt.kind === 'unlock' && script === undefined) this.store.unlock();
      return (script ?? ((s) => approve(s)))(shown, count);
    });
    const { store, clock, random, consent } = this;
    this.authenticator = new SoftwareAuthenticator({ store, gate: store, clock, random });
    const { authenticator } = this;
    this.client = new WebAuthnClient({ authenticator, consent, clock, random });
  }

  create(options: unknown = creationOptions(), origin = ORIGIN, signal?: AbortSignal) {
    return this.client.create({
      source: 'test-site',
      origin,
      options,
      ...(signal === undefined ? {} : { signal }),
    });
  }

  get(options: unknown = requestOptions(), origin = ORIGIN, signal?: AbortSignal) {
    return this.client.get({
      source: 'test-site',
      origin,
      options,
      ...(signal === undefined ? {} : { signal }),
    });
  }
}

export const ORIGIN = 'https://login.bank.example';
export const RP_ID = 'bank.example';
export const CHALLENGE = toBase64Url(Uint8Array.from({ length: 32 }, (_, index) => index));

export function creationOptions(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    rp: { id: RP_ID, name: 'Bank' },
    user: { id: toBase64Url(toUtf8('user-1')), name: 'anna', displayName: 'Anna Klein' },
    challenge: CHALLENGE,
    pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
    ...changes,
  };
}

export function requestOptions(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { rpId: RP_ID, challenge: CHALLENGE, ...changes };
}

/** A world that holds one passkey, and a person who from now on follows `script`. */
export async function worldWithPasskey(script?: Script) {
  const world = new CeremonyWorld();
  const { id } = await world.create();
  world.consent.prompts.length = 0;
  world.consent.requests.length = 0;
  world.consent.closed = 0;
  if (script !== undefined) world.consent.script = script;
  return { world, id };
}

/** The DOMException name and the reason that `promise` fails with; both `null` when it succeeds. */
export async function failureOf(
  promise: Promise<unknown>,
): Promise<{ name: string | null; reason: string | null }> {
  try {
    await promise;
    return { name: null, reason: null };
  } catch (error) {
    if (!(error instanceof WebAuthnError)) throw error;
    return { name: error.domExceptionName, reason: error.reason };
  }
}
