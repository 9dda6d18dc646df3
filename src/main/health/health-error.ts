// The error of the health room: a list of breached passwords that cannot be used, or a range query that failed.
// Neither message nor details ever hold a part of a hash: five characters of one tell twenty bits of the password.
// SPDX-License-Identifier: MIT

import { AppError } from '../../shared/errors.ts';

/** Why, with the code that the reason always has. */
const CODE_OF_REASON = {
  empty: 'health/breach-file-not-recognised',
  compressed: 'health/breach-file-not-recognised',
  ntlm: 'health/breach-file-not-recognised',
  'single-range': 'health/breach-file-not-recognised',
  'without-counts': 'health/breach-file-not-recognised',
  'not-sorted': 'health/breach-file-not-recognised',
  foreign: 'health/breach-file-not-recognised',
  'malformed-line': 'health/breach-file-damaged',
  'out-of-order': 'health/breach-file-damaged',
  truncated: 'health/breach-file-damaged',
  'read-failed': 'health/breach-file-damaged',
  'range-missing': 'health/breach-file-damaged',
  'range-too-large': 'health/breach-file-damaged',
  'fetch-failed': 'health/range-query-failed',
  'answer-too-large': 'health/range-query-failed',
  'answer-malformed': 'health/range-query-failed',
} as const;

export type HealthErrorReason = keyof typeof CODE_OF_REASON;
export type HealthErrorCode = (typeof CODE_OF_REASON)[HealthErrorReason];

/** `details.reason` repeats `reason`, so that it survives the way to the window. */
export class HealthError extends AppError<HealthErrorCode> {
  readonly reason: HealthErrorReason;

  constructor(
    reason: HealthErrorReason,
    message: string,
    options: { cause?: unknown; details?: Readonly<Record<string, number>> } = {},
  ) {
    super(CODE_OF_REASON[reason], message, {
      cause: options.cause,
      details: { ...options.details, reason },
    });
    this.reason = reason;
  }
}
