// What the approval window shows and answers. The prompt is frozen when it is made; its hash is what gets approved.
// SPDX-License-Identifier: MIT

import type { ErrorCode, ErrorDetails } from '../errors.ts';
import type { SealedSecret } from '../sealed-secret.ts';
import type { PresentedSecret, SlotType } from './keys.ts';

/** Who brought the request to us: shown, because a local program can imitate the test site's page. */
export type CeremonySource = 'test-site';

/** One account that the person can choose: a passkey that we hold for the asking RP ID. */
export interface AccountChoice {
  /** base64url of the credential id. */
  readonly credentialId: string;
  readonly userName: string;
  readonly userDisplayName: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** What is common to every stage of one ceremony's prompt. */
interface PromptBase {
  /** 16 random bytes in hex: one ceremony, one window, several stages at most. */
  readonly sessionId: string;
  /** Counts the prompts of this session from 1; an answer to an older one is refused. */
  readonly stage: number;
  readonly source: CeremonySource;
  /** ASCII serialisation of the caller's origin. */
  readonly origin: string;
  /** The RP ID asked for, ASCII form. */
  readonly rpId: string;
  /** The registrable domain inside `rpId`, for emphasis; equal to `rpId` where there is none. */
  readonly registrableDomain: string;
  /** Milliseconds since the epoch at which the ceremony ends by itself. */
  readonly expiresAt: number;
  /** base64url of SHA-256 of the serialised client data: what will be signed or bound. */
  readonly clientDataHash: string;
  /** Whether this stage needs a secret that opens the vault. */
  readonly asksPassword: boolean;
  /** How often such a secret was wrong in this session; PINs are counted by quick unlock instead. */
  readonly refusedPasswords: number;
  /** Why this stage is shown again; null where it is shown for the first time. */
  readonly refusal: ApprovalRefusal | null;
}

/** A secret of this kind did not do, by a code whose sentence the window has. */
export interface ApprovalRefusal {
  readonly kind: ApprovalSecretKind;
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

/** The vault is locked: nothing about its content is known or told yet. */
export interface UnlockPrompt extends PromptBase {
  readonly kind: 'unlock';
  readonly operation: 'create' | 'get';
}

export interface CreatePrompt extends PromptBase {
  readonly kind: 'create';
  readonly rpName: string;
  readonly userName: string;
  readonly userDisplayName: string;
  /** Name of the COSE algorithm the key will have, for example `ES256`. */
  readonly algorithm: string;
  /** How many passkeys for this RP ID the vault holds already. */
  readonly existing: number;
}

export interface GetPrompt extends PromptBase {
  readonly kind: 'get';
  /** At least one; most recently made first. */
  readonly accounts: readonly AccountChoice[];
}

/** Nothing to choose: shown so that the page cannot tell found from not found without the person. */
export interface NoticePrompt extends PromptBase {
  readonly kind: 'no-passkey' | 'already-registered';
}

export type ApprovalPrompt = UnlockPrompt | CreatePrompt | GetPrompt | NoticePrompt;

/** The prompt and the lower-case hex SHA-256 of its canonical JSON, which the answer must repeat. */
export interface ShownPrompt {
  readonly prompt: ApprovalPrompt;
  readonly promptHash: string;
}

/** What verifies the person or unlocks the vault: a secret of a slot, or what was set for quick unlock. */
export type ApprovalSecret<Secret = SealedSecret> =
  | PresentedSecret<Secret>
  | { readonly type: 'pin'; readonly pin: Secret }
  | { readonly type: 'touch-id' };
export type ApprovalSecretKind = SlotType | 'pin' | 'touch-id';

export interface ApprovalAnswer {
  readonly sessionId: string;
  readonly stage: number;
  readonly promptHash: string;
  readonly decision: 'approve' | 'deny';
  /** For `get`: base64url of the chosen credential id. */
  readonly credentialId: string | null;
  /** Null where the prompt asked for none, and in every denial. */
  readonly secret: ApprovalSecret | null;
}
