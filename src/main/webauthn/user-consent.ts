// Port: the person in front of the approval window. A ceremony opens one session and asks in stages; secrets
// are entered, checked and erased behind this port and never come through it.
// SPDX-License-Identifier: MIT

import type { ApprovalRefusal, CeremonySource, ShownPrompt } from '../../shared/model/approval.ts';

export interface ConsentRequest {
  /** 16 random bytes in hex. */
  readonly sessionId: string;
  readonly source: CeremonySource;
  /** ASCII serialisation of the caller's origin. */
  readonly origin: string;
  /** Milliseconds since the epoch at which the ceremony ends by itself. */
  readonly expiresAt: number;
  /** Aborted when the ceremony ends, however it ends. A request that still waits in a queue leaves it. */
  readonly signal: AbortSignal;
}

/** Port: the approval window. */
export interface UserConsent {
  /** Resolves when it is this ceremony's turn. Rejects with `approvals/queue-full` when there are too many. */
  open(request: ConsentRequest): Promise<ConsentSession>;
}

/** One window's life: several stages at most, one after the other. */
export interface ConsentSession {
  /**
   * Shows one stage and waits for the person. When the prompt asks for a secret, the port checks it
   * itself (for `unlock`, by unlocking the vault) and answers only then.
   */
  ask(shown: ShownPrompt): Promise<ConsentAnswer>;
  /** Ends the window. Called once, always; a pending `ask` may stay pending. */
  close(): void;
}

export type ConsentAnswer =
  | {
      readonly decision: 'approve';
      /** The hash of the prompt that the person saw. */
      readonly promptHash: string;
      /** For `get`: base64url of the chosen credential id. */
      readonly credentialId: string | null;
      /** A secret was asked for by this very prompt, and was right. */
      readonly userVerified: boolean;
    }
  | { readonly decision: 'deny' }
  /** It did not do. `isWrong` where it was tried and counts; a PIN is counted by quick unlock. */
  | { readonly decision: 'refused'; readonly refusal: ApprovalRefusal; readonly isWrong: boolean };
