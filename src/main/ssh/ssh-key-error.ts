// The one error of this room. A message names the structure, the expected and the actual; never a byte of a key.
// SPDX-License-Identifier: MIT

import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { SshNotRecognisedReason, SshUnsupportedReason } from '../../shared/model/ssh.ts';

export type SshKeyErrorCode = Extract<ErrorCode, `ssh/${string}`>;

/** A text that is not taken in as a private key. */
export class SshKeyError extends AppError<SshKeyErrorCode> {}

export function notRecognised(reason: SshNotRecognisedReason, message: string): SshKeyError {
  return new SshKeyError('ssh/not-recognised', message, { details: { reason } });
}

export function unsupported(
  reason: SshUnsupportedReason,
  message: string,
  cause?: unknown,
): SshKeyError {
  return new SshKeyError('ssh/unsupported', message, { details: { reason }, cause });
}

/** A known format whose content is cut off, changed or contradicts itself. */
export function damaged(message: string): SshKeyError {
  return notRecognised('damaged', message);
}

export function passphraseNeeded(): SshKeyError {
  return new SshKeyError('ssh/passphrase-needed', 'SSH key: encrypted, and no passphrase given');
}

export function wrongPassphrase(cause?: unknown): SshKeyError {
  return new SshKeyError('ssh/wrong-passphrase', 'SSH key: the passphrase does not open it', {
    cause,
  });
}

/** Whether `error` says that bytes of a known format do not hold together. */
export function isDamaged(error: unknown): boolean {
  return error instanceof SshKeyError && error.details.reason === 'damaged';
}
