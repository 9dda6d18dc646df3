// Consent: the authenticator's UserConsent. Main shows the window; the secret that comes back is checked here, where the
// keys are, and never leaves this process again. What did not do is said in the next stage; the ceremony waits.
// SPDX-License-Identifier: MIT

import { isAppError } from '../../shared/errors.ts';
import type {
  ApprovalAnswer,
  ApprovalPrompt,
  ApprovalRefusal,
  ApprovalSecret,
  ShownPrompt,
} from '../../shared/model/approval.ts';
import type { PresentedSecret, SealedPresentedSecret } from '../../shared/model/keys.ts';
import type { SealedSecret } from '../../shared/sealed-secret.ts';
import type {
  ConsentAnswer,
  ConsentRequest,
  ConsentSession,
  UserConsent,
} from '../webauthn/user-consent.ts';

export interface ConsentPorts {
  /** Waits for this ceremony's turn. */
  readonly open: (
    ceremony: { readonly sessionId: string; readonly origin: string },
    signal: AbortSignal,
  ) => Promise<unknown>;
  readonly close: (sessionId: string) => void;
  /** Shows a stage in main's approval window and waits for the person. */
  readonly ask: (shown: ShownPrompt, signal: AbortSignal) => Promise<ApprovalAnswer>;
  /** The secret as it was typed into the approval window. */
  readonly openPresented: (sealed: SealedPresentedSecret) => PresentedSecret;
  /** Opens the vault of the ceremony; false for a wrong secret. Zeroes the argument. */
  readonly unlock: (presented: PresentedSecret) => Promise<boolean>;
  /** Whether it opens the vault that is open now. Zeroes the argument. */
  readonly verify: (presented: PresentedSecret) => Promise<boolean>;
  /** By main, which counts the tries: opens the ceremony's vault, or verifies where it is open. Null: Touch ID. */
  readonly quickUnlock: (pin: SealedSecret | null, signal: AbortSignal) => Promise<void>;
}

/** Bound to one vault file by its `unlock`. */
export class ConsentService implements UserConsent {
  readonly #ports: ConsentPorts;

  constructor(ports: ConsentPorts) {
    this.#ports = ports;
  }

  async open({ sessionId, origin, signal }: ConsentRequest): Promise<ConsentSession> {
    await this.#ports.open({ sessionId, origin }, signal);
    return {
      ask: (shown) => this.#ask(shown, signal),
      close: () => {
        this.#ports.close(sessionId);
      },
    };
  }

  async #ask(shown: ShownPrompt, signal: AbortSignal): Promise<ConsentAnswer> {
    const answer = await this.#ports.ask(shown, signal);
    if (answer.decision === 'deny') return { decision: 'deny' };
    const { prompt } = shown;
    if (prompt.asksPassword) {
      const refusal = await this.#refusalOf(prompt, answer.secret, signal);
      if (refusal !== null) return { decision: 'refused', refusal, isWrong: isCounted(refusal) };
    }
    return {
      decision: 'approve',
      promptHash: answer.promptHash,
      credentialId: answer.credentialId,
      userVerified: prompt.asksPassword,
    };
  }

  /** Null for a secret that is right. */
  async #refusalOf(
    { kind }: ApprovalPrompt,
    secret: ApprovalSecret | null,
    signal: AbortSignal,
  ): Promise<ApprovalRefusal | null> {
    const wrong = { code: 'vault/wrong-password', details: {} } as const;
    if (secret === null) return { kind: 'password', ...wrong };
    try {
      const isRight = await this.#isRight(kind === 'unlock', secret, signal);
      return isRight ? null : { kind: secret.type, ...wrong };
    } catch (error) {
      if (!isAppError(error) || !canBeTriedAgain(error.code)) throw error;
      const { code, details } = error;
      return { kind: secret.type, code, details };
    }
  }

  async #isRight(
    isUnlocking: boolean,
    secret: ApprovalSecret,
    signal: AbortSignal,
  ): Promise<boolean> {
    if (secret.type === 'pin' || secret.type === 'touch-id') {
      await this.#ports.quickUnlock(secret.type === 'pin' ? secret.pin : null, signal);
      return true;
    }
    const presented = this.#ports.openPresented(secret);
    return isUnlocking ? this.#ports.unlock(presented) : this.#ports.verify(presented);
  }
}

/** What a person can do something about while the request waits; a failure of our own ends it. */
function canBeTriedAgain(code: string): boolean {
  return code.startsWith('vault/') || code.startsWith('keys/') || code === 'ipc/cancelled';
}

/** Quick unlock has its own count, which outlives the ceremony. */
function isCounted({ kind, code }: ApprovalRefusal): boolean {
  return code === 'vault/wrong-password' && kind !== 'pin' && kind !== 'touch-id';
}
