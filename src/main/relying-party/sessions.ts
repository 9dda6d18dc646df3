// Sessions of the test site's visitors: who is signed in, and the one challenge that is out, which is taken back by
// the first answer to it. In memory; bound to one host name.
// SPDX-License-Identifier: MIT

import { toBase64Url } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import type { RandomSource } from '../crypto/random.ts';

export interface PendingCeremony {
  readonly kind: 'registration' | 'authentication';
  readonly challenge: string;
  readonly requireUserVerification: boolean;
  /** For a registration: the account that it will belong to. */
  readonly user: {
    readonly userId: Uint8Array<ArrayBuffer>;
    readonly userName: string;
    readonly displayName: string;
  } | null;
}

const CHALLENGE_LIFETIME_MS = 5 * 60_000;
const MAX_SESSIONS = 1000;

export class Session {
  readonly hostname: string;
  readonly #clock: Clock;
  #pending: { readonly ceremony: PendingCeremony; readonly expiresAt: number } | null = null;
  signedInAs: string | null = null;

  constructor(hostname: string, clock: Clock) {
    this.hostname = hostname;
    this.#clock = clock;
  }

  /** Replaces whatever ceremony was under way. */
  begin(ceremony: PendingCeremony): void {
    this.#pending = { ceremony, expiresAt: this.#clock.now() + CHALLENGE_LIFETIME_MS };
  }

  /** The ceremony under way, once; `null` when there is none of this kind, or it is too old. */
  take(kind: PendingCeremony['kind']): PendingCeremony | null {
    const pending = this.#pending;
    this.#pending = null;
    if (pending?.ceremony.kind !== kind || this.#clock.now() >= pending.expiresAt) return null;
    return pending.ceremony;
  }
}

export class Sessions {
  readonly #random: RandomSource;
  readonly #clock: Clock;
  /** Oldest first. */
  readonly #sessions = new Map<string, Session>();

  constructor(ports: { random: RandomSource; clock: Clock }) {
    this.#random = ports.random;
    this.#clock = ports.clock;
  }

  find(id: string | null, hostname: string): Session | null {
    const session = id === null ? undefined : this.#sessions.get(id);
    return session?.hostname === hostname ? session : null;
  }

  /** A session that nobody can come back to until it has got an id. */
  create(hostname: string): Session {
    return new Session(hostname, this.#clock);
  }

  /** A new id for `session`, the old one gone: nobody knows it from before the sign-in. */
  renewId(session: Session): string {
    for (const [id, kept] of this.#sessions) {
      if (kept === session) this.#sessions.delete(id);
    }
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size >= MAX_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
    const id = toBase64Url(this.#random.bytes(32));
    this.#sessions.set(id, session);
    return id;
  }
}
