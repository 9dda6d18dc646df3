// The life of one ceremony: its timer (WebAuthn Level 3, sections 5.1.3 step 4 and 5.1.4 step 4), the caller's
// abort signal, and its one consent session, which is closed however the ceremony ends.
// SPDX-License-Identifier: MIT

import { toHex } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import type { CeremonySource } from '../../shared/model/approval.ts';
import type { RandomSource } from '../crypto/random.ts';
import { AuthorizationGestures, untilAborted } from './authorization-gestures.ts';
import type { UserVerificationRequirement } from './options-json.ts';
import type { ConsentSession, UserConsent } from './user-consent.ts';
import { toWebAuthnError, WebAuthnError } from './webauthn-error.ts';

export interface CeremonyPorts {
  readonly consent: UserConsent;
  readonly clock: Clock;
  readonly random: RandomSource;
}

export interface CeremonyTerms {
  readonly source: CeremonySource;
  readonly origin: string;
  /** Already adjusted: see `toLifetimeMs`. */
  readonly lifetimeMs: number;
  readonly signal: AbortSignal | undefined;
}

/** The standard's recommended ranges and defaults, in milliseconds. */
const LIFETIME = {
  discouraged: { min: 30_000, max: 180_000, default: 120_000 },
  preferred: { min: 30_000, max: 600_000, default: 300_000 },
  required: { min: 30_000, max: 600_000, default: 300_000 },
} as const;

/** `timeout`, corrected to the closest value within the recommended range. */
export function toLifetimeMs(
  timeout: number | undefined,
  userVerification: UserVerificationRequirement,
): number {
  const range = LIFETIME[userVerification];
  if (timeout === undefined) return range.default;
  return Math.min(Math.max(Math.floor(timeout), range.min), range.max);
}

/** Runs `operation` inside one consent session. Throws `WebAuthnError` only. */
export async function runCeremony<T>(
  ports: CeremonyPorts,
  terms: CeremonyTerms,
  operation: (gestures: AuthorizationGestures) => Promise<T>,
): Promise<T> {
  const ending = new AbortController();
  const onAbort = (): void => {
    ending.abort(new WebAuthnError('aborted', { cause: terms.signal?.reason }));
  };
  if (terms.signal?.aborted === true) throw new WebAuthnError('aborted');
  terms.signal?.addEventListener('abort', onAbort, { once: true });
  const stopTimer = ports.clock.after(terms.lifetimeMs, () => {
    ending.abort(new WebAuthnError('timed-out'));
  });
  try {
    return await converse(ports, terms, { signal: ending.signal, operation });
  } catch (error) {
    throw toWebAuthnError(error);
  } finally {
    stopTimer();
    terms.signal?.removeEventListener('abort', onAbort);
    // Whoever still waits on this ceremony's signal (a queue, a window) learns that it is over.
    ending.abort(new WebAuthnError('aborted'));
  }
}

async function converse<T>(
  ports: CeremonyPorts,
  terms: CeremonyTerms,
  run: { signal: AbortSignal; operation: (gestures: AuthorizationGestures) => Promise<T> },
): Promise<T> {
  const { signal, operation } = run;
  const facts = {
    sessionId: toHex(ports.random.bytes(16)),
    source: terms.source,
    origin: terms.origin,
    expiresAt: ports.clock.now() + terms.lifetimeMs,
    signal,
  };
  const session = await openSession(ports.consent.open(facts), signal);
  try {
    const outcome = await operation(new AuthorizationGestures({ ...facts, session }));
    // The page is told of its own abort even if the person was quicker; time that ran out after the
    // approval changes nothing any more.
    if (terms.signal?.aborted === true) throw new WebAuthnError('aborted');
    return outcome;
  } finally {
    session.close();
  }
}

/** A session that opens after the ceremony has ended is closed at once. */
async function openSession(
  opening: Promise<ConsentSession>,
  signal: AbortSignal,
): Promise<ConsentSession> {
  try {
    return await untilAborted(opening, signal);
  } catch (error) {
    opening.then(
      (session) => {
        session.close();
      },
      () => undefined,
    );
    throw error;
  }
}
