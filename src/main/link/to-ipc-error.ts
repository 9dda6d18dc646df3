// The one translation at the doorway: whatever was thrown becomes a code and safe details, and back again.
// SPDX-License-Identifier: MIT

import { AppError, ERROR_CODES, isAppError, type ErrorEnvelope } from '../../shared/errors.ts';

/** Reports a bug: an error that carries no code. Gets the error itself, which must not be shown to anyone. */
export type BugReporter = (error: unknown) => void;

/** Code and details of `error`; anything without a code is a bug, reported, and told as `ipc/internal`. */
export function toIpcError(error: unknown, reportBug: BugReporter): ErrorEnvelope {
  if (isAppError(error)) return { code: error.code, details: error.details };
  reportBug(error);
  return { code: 'ipc/internal', details: {} };
}

/** The error an envelope stands for, to be thrown on this side of the border. */
export function fromIpcError(envelope: ErrorEnvelope): AppError {
  const code = ERROR_CODES.includes(envelope.code) ? envelope.code : 'ipc/internal';
  return new AppError(code, `the other process answered ${code}`, { details: envelope.details });
}
