// The closed set of error codes, the error every room extends, and the envelope that crosses processes.
// A message names the thing, the expected and the actual; it never holds a title, a URL or a secret.
// SPDX-License-Identifier: MIT

export const ERROR_CODES = [
  'vault/locked',
  'vault/wrong-password',
  'vault/not-found',
  'vault/already-exists',
  'vault/not-a-vault',
  'vault/corrupt',
  'vault/header-damaged',
  'vault/older-copy',
  'vault/item-damaged',
  'vault/attachment-damaged',
  'vault/attachment-not-found',
  'vault/too-large',
  'vault/unsupported-version',
  'vault/parameters-refused',
  'vault/in-use',
  'vault/another-is-open',
  'vault/item-not-found',
  'vault/write-failed',
  'vault/disk-failed',
  'vault/password-too-short',
  'keys/last-way-in',
  'keys/not-a-key-file',
  'keys/unknown-recovery-word',
  'keys/recovery-damaged',
  'keys/not-rehearsed',
  'keys/pin-too-short',
  'keys/no-keystore',
  'keys/no-tries-left',
  'keys/slot-not-found',
  'keys/too-many-slots',
  'keys/backups-behind',
  'crypto/authentication-failed',
  'crypto/parameters-refused',
  'codec/malformed',
  'generator/impossible-rules',
  'transfer/not-recognised',
  'transfer/wrong-encoding',
  'transfer/broken-quoting',
  'transfer/too-large',
  'transfer/wrong-password',
  'transfer/truncated',
  'transfer/damaged',
  'transfer/unsupported-version',
  'transfer/read-failed',
  'transfer/write-failed',
  'transfer/preview-gone',
  'transfer/target-is-a-vault',
  'transfer/partly-imported',
  'webauthn/not-allowed',
  'webauthn/security',
  'webauthn/invalid-state',
  'webauthn/not-supported',
  'webauthn/constraint',
  'webauthn/abort',
  'webauthn/type',
  'webauthn/unknown',
  'one-time-code/not-recognised',
  'approvals/queue-full',
  'approvals/gone',
  'approvals/not-armed',
  'test-site/port-unavailable',
  'test-site/not-running',
  'test-site/no-browser',
  'health/breach-file-not-recognised',
  'health/breach-file-damaged',
  'health/range-query-failed',
  'settings/write-failed',
  'ssh/not-recognised',
  'ssh/passphrase-needed',
  'ssh/wrong-passphrase',
  'ssh/unsupported',
  'ipc/forbidden',
  'ipc/unknown-channel',
  'ipc/invalid-input',
  'ipc/vault-process-ended',
  'ipc/stale-sealing-key',
  'ipc/cancelled',
  'ipc/internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Numbers, enum values and ids only: details are logged and cross to the renderer. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

/** A failure with a code. Each room extends it once, narrowing the codes it throws. */
export class AppError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly details: ErrorDetails;

  constructor(
    code: Code,
    message: string,
    options: { cause?: unknown; details?: ErrorDetails } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** Narrows what was thrown; `instanceof` alone would leave the code without a type. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError;
}

export interface ErrorEnvelope {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

/** What crosses a process border: a thrown error would lose everything but its message. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorEnvelope };

/** Marks the branch of an exhaustive `switch` that no value can reach. */
export function assertNever(value: never, rationale: string): never {
  throw new Error(`unreachable: ${rationale} (${typeof value})`);
}
