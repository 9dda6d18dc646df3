// The authorization gestures of one ceremony (WebAuthn Level 3, section 4, "authorization gesture"): stages of one
// approval window, each shown frozen and hashed. User presence and user verification come from here alone.
// SPDX-License-Identifier: MIT

import type { ClientDataHash } from '../../shared/brand.ts';
import { toBase64Url } from '../../shared/bytes.ts';
import { assertNever } from '../../shared/errors.ts';
import type {
  AccountChoice,
  ApprovalPrompt,
  ApprovalRefusal,
  CeremonySource,
} from '../../shared/model/approval.ts';
import { hashPrompt, toShownPrompt } from './prompt-hash.ts';
import { registrableDomain } from './rp-id.ts';
import type { ConsentAnswer, ConsentSession } from './user-consent.ts';
import { WebAuthnError } from './webauthn-error.ts';

/** Wrong passwords that end a ceremony. */
export const MAX_REFUSED_PASSWORDS = 5;

export interface CeremonyFacts {
  readonly session: ConsentSession;
  readonly sessionId: string;
  readonly source: CeremonySource;
  readonly origin: string;
  readonly expiresAt: number;
  /** Aborted with a `WebAuthnError` as its reason when time is up or the page has gone. */
  readonly signal: AbortSignal;
}

/** What one stage shows beyond what all stages of a ceremony have in common. */
export type StageContent = { readonly rpId: string; readonly hash: ClientDataHash } & (
  | { readonly kind: 'unlock'; readonly operation: 'create' | 'get' }
  | {
      readonly kind: 'create';
      readonly rpName: string;
      readonly userName: string;
      readonly userDisplayName: string;
      readonly algorithm: string;
      readonly existing: number;
    }
  | { readonly kind: 'get'; readonly accounts: readonly AccountChoice[] }
  | { readonly kind: 'no-passkey' | 'already-registered' }
);

/** A stage that the person approved. */
export interface Gesture {
  readonly promptHash: string;
  readonly credentialId: string | null;
}

interface StageState {
  readonly stage: number;
  readonly asksPassword: boolean;
  readonly refusedPasswords: number;
  readonly refusal: ApprovalRefusal | null;
}

export class AuthorizationGestures {
  readonly #facts: CeremonyFacts;
  #stage = 0;
  #refusedPasswords = 0;
  #userVerified = false;
  #approved: StageState | null = null;

  constructor(facts: CeremonyFacts) {
    this.#facts = facts;
  }

  /** Whether this very ceremony verified the user, in whichever of its stages. */
  get userVerified(): boolean {
    return this.#userVerified;
  }

  /**
   * Shows a stage until it is approved, again after each secret that did not do. Throws `WebAuthnError` when the
   * person denies, when too many passwords were wrong, and when time is up or the page has gone.
   */
  async collect(content: StageContent, options: { asksPassword: boolean }): Promise<Gesture> {
    let refusal: ApprovalRefusal | null = null;
    for (;;) {
      this.#stage += 1;
      const state: StageState = {
        stage: this.#stage,
        asksPassword: options.asksPassword,
        refusedPasswords: this.#refusedPasswords,
        refusal,
      };
      const answer = await this.#ask(toPrompt(this.#facts, state, content));
      switch (answer.decision) {
        case 'deny':
          throw new WebAuthnError('denied');
        case 'refused':
          if (!state.asksPassword) throw new WebAuthnError('approval-mismatch');
          if (answer.isWrong) this.#countRefused();
          refusal = copyRefusal(answer.refusal);
          break;
        case 'approve':
          this.#approve(state, answer.userVerified);
          return { promptHash: answer.promptHash, credentialId: answer.credentialId };
        default:
          return assertNever(answer, 'every decision is handled');
      }
    }
  }

  /**
   * What is shown is what is signed: makes the prompt anew from the request as it stands now, and throws
   * `WebAuthnError` unless it is the one that was approved last.
   */
  assertApproved(content: StageContent, gesture: Gesture): void {
    const approved = this.#approved;
    const isSame =
      approved !== null &&
      hashPrompt(toPrompt(this.#facts, approved, content)) === gesture.promptHash;
    if (!isSame) throw new WebAuthnError('approval-mismatch');
    this.#facts.signal.throwIfAborted();
  }

  async #ask(prompt: ApprovalPrompt): Promise<ConsentAnswer> {
    const { session, signal } = this.#facts;
    const shown = toShownPrompt(prompt);
    const answer = await untilAborted(session.ask(shown), signal);
    if (answer.decision === 'approve' && answer.promptHash !== shown.promptHash) {
      throw new WebAuthnError('approval-mismatch');
    }
    return answer;
  }

  #countRefused(): void {
    this.#refusedPasswords += 1;
    if (this.#refusedPasswords >= MAX_REFUSED_PASSWORDS) {
      throw new WebAuthnError('wrong-password-limit');
    }
  }

  #approve(state: StageState, userVerified: boolean): void {
    // A claim without a question does not count; a question without an answer ends the ceremony.
    if (state.asksPassword && !userVerified) throw new WebAuthnError('user-not-verified');
    this.#userVerified ||= state.asksPassword && userVerified;
    this.#approved = state;
  }
}

/** Settles like `promise`, unless `signal` is aborted first; then rejects with its reason. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => {
    reject(signal.reason instanceof Error ? signal.reason : new WebAuthnError('aborted'));
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function toPrompt(facts: CeremonyFacts, state: StageState, content: StageContent): ApprovalPrompt {
  const { hash, ...rest } = content;
  return {
    ...copyAccounts(rest),
    ...state,
    sessionId: facts.sessionId,
    source: facts.source,
    origin: facts.origin,
    registrableDomain: registrableDomain(content.rpId),
    expiresAt: facts.expiresAt,
    clientDataHash: toBase64Url(hash),
  };
}

function copyRefusal(refusal: ApprovalRefusal): ApprovalRefusal {
  return { ...refusal, details: { ...refusal.details } };
}

/** The prompt gets frozen: it must not freeze what others hold. */
function copyAccounts<T extends object>(content: T): T {
  if (!('accounts' in content) || !Array.isArray(content.accounts)) return content;
  return { ...content, accounts: content.accounts.map((account: object) => ({ ...account })) };
}
