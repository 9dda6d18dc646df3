// WebAuthnError: how a ceremony fails. Its code maps one to one to the DOMException name that the page gets;
// its reason is for the person in front of Latchkey and never leaves the application.
// SPDX-License-Identifier: MIT

import { AppError } from '../../shared/errors.ts';

/** Code → name, as WebAuthn Level 3 throws them. `TypeError` is the one that is not a DOMException. */
const DOM_EXCEPTION_NAMES = {
  'webauthn/not-allowed': 'NotAllowedError',
  'webauthn/security': 'SecurityError',
  'webauthn/invalid-state': 'InvalidStateError',
  'webauthn/not-supported': 'NotSupportedError',
  'webauthn/constraint': 'ConstraintError',
  'webauthn/abort': 'AbortError',
  'webauthn/type': 'TypeError',
  'webauthn/unknown': 'UnknownError',
} as const;

export type WebAuthnErrorCode = keyof typeof DOM_EXCEPTION_NAMES;
export type WebAuthnErrorName = (typeof DOM_EXCEPTION_NAMES)[WebAuthnErrorCode];

/** Why, with the code that the reason always has: a reason is never thrown under two names. */
const CODE_OF_REASON = {
  'opaque-origin': 'webauthn/not-allowed',
  'not-an-origin': 'webauthn/security',
  'insecure-origin': 'webauthn/security',
  'ip-address': 'webauthn/security',
  'not-a-domain': 'webauthn/security',
  'rp-id-not-a-domain': 'webauthn/security',
  'rp-id-not-a-suffix-of-origin': 'webauthn/security',
  'rp-id-is-public-suffix': 'webauthn/security',
  'options-malformed': 'webauthn/type',
  'options-too-large': 'webauthn/type',
  'empty-challenge': 'webauthn/type',
  'user-handle-length': 'webauthn/type',
  'no-common-algorithm': 'webauthn/not-supported',
  'no-suitable-authenticator': 'webauthn/not-allowed',
  denied: 'webauthn/not-allowed',
  'timed-out': 'webauthn/not-allowed',
  'no-passkey': 'webauthn/not-allowed',
  'wrong-password-limit': 'webauthn/not-allowed',
  'user-not-verified': 'webauthn/not-allowed',
  'approval-mismatch': 'webauthn/not-allowed',
  'vault-locked': 'webauthn/not-allowed',
  'too-many-requests': 'webauthn/not-allowed',
  'already-registered': 'webauthn/invalid-state',
  'discoverable-not-possible': 'webauthn/constraint',
  aborted: 'webauthn/abort',
  'malformed-request': 'webauthn/unknown',
  internal: 'webauthn/unknown',
} as const satisfies Record<string, WebAuthnErrorCode>;

export type WebAuthnErrorReason = keyof typeof CODE_OF_REASON;

/** A ceremony that failed. `details.reason` repeats `reason`, so that it survives the way to the window. */
export class WebAuthnError extends AppError<WebAuthnErrorCode> {
  readonly reason: WebAuthnErrorReason;

  constructor(reason: WebAuthnErrorReason, options: { message?: string; cause?: unknown } = {}) {
    const code = CODE_OF_REASON[reason];
    const message = options.message ?? `${DOM_EXCEPTION_NAMES[code]}: ${reason}`;
    super(code, message, { cause: options.cause, details: { reason } });
    this.reason = reason;
  }

  /** What `navigator.credentials` rejects with: all that the page may know. */
  get domExceptionName(): WebAuthnErrorName {
    return DOM_EXCEPTION_NAMES[this.code];
  }
}

/** The one translation into this room's error: whatever a port throws ends here. */
export function toWebAuthnError(error: unknown): WebAuthnError {
  if (error instanceof WebAuthnError) return error;
  if (error instanceof AppError) {
    if (error.code === 'vault/locked') return new WebAuthnError('vault-locked', { cause: error });
    if (error.code === 'approvals/queue-full') {
      return new WebAuthnError('too-many-requests', { cause: error });
    }
    if (error.code === 'approvals/gone') return new WebAuthnError('denied', { cause: error });
  }
  return new WebAuthnError('internal', { cause: error });
}
