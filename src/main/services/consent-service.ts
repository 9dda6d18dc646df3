// Consent: the authenticator's UserConsent. Main shows the window; the password that comes back is checked here, where
// the keys are, and never leaves this process again.
// SPDX-License-Identifier: MIT

import type { ApprovalAnswer, ShownPrompt } from '../../shared/model/approval.ts';
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
  /** The password as it was typed into the approval window. */
  readonly openSecret: (sealed: SealedSecret) => Uint8Array;
  /** Opens the vault of the ceremony; false for a wrong password. Zeroes the argument. */
  readonly unlock: (password: Uint8Array) => Promise<boolean>;
  readonly verifyPassword: (password: Uint8Array) => Promise<boolean>;
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
    if (prompt.asksPassword && !(await this.#isRight(prompt.kind === 'unlock', answer.password))) {
      return { decision: 'wrong-password' };
    }
    return {
      decision: 'approve',
      promptHash: answer.promptHash,
      credentialId: answer.credentialId,
      userVerified: prompt.asksPassword,
    };
  }

  async #isRight(isUnlocking: boolean, sealed: SealedSecret | null): Promise<boolean> {
    if (sealed === null) return false;
    const password = this.#ports.openSecret(sealed);
    return isUnlocking ? this.#ports.unlock(password) : this.#ports.verifyPassword(password);
  }
}
