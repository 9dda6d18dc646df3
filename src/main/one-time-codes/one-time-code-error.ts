// The error of this room. It says which part of a text is not a one-time code, never what the text was.
// SPDX-License-Identifier: MIT

import { AppError } from '../../shared/errors.ts';

const MESSAGES = {
  secret: 'secret: expected base32 of 1 to 640 bytes',
  uri: 'URI: expected otpauth://TYPE/LABEL?PARAMETERS, each parameter once',
  algorithm: 'algorithm: expected SHA-1, SHA-256 or SHA-512',
  digits: 'digits: expected 6 to 10, for Steam 5',
  period: 'period: expected 1 to 86400 seconds, for Steam 30',
  counter: 'counter: expected a whole number from 0 to 2^53 - 1',
  type: 'type: expected TOTP, HOTP or Steam',
  migration: 'export of Google Authenticator: malformed, or given where one code was expected',
} as const;

export type OneTimeCodeReason = keyof typeof MESSAGES;

/** Not a one-time code that Latchkey can keep: `details.reason` names the first part that is wrong. */
export class OneTimeCodeError extends AppError<'one-time-code/not-recognised'> {
  constructor(reason: OneTimeCodeReason) {
    super('one-time-code/not-recognised', `one-time code: ${MESSAGES[reason]}`, {
      details: { reason },
    });
  }
}
