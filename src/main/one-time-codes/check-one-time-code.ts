// The rules that every one-time code keeps, whichever door it came in by.
// SPDX-License-Identifier: MIT

import {
  ONE_TIME_CODE_ALGORITHMS,
  ONE_TIME_CODE_LIMITS as LIMITS,
  ONE_TIME_CODE_SECRET,
  ONE_TIME_CODE_TYPES,
  type OneTimeCode,
  STEAM_GUARD,
} from '../../shared/model/one-time-code.ts';
import { OneTimeCodeError } from './one-time-code-error.ts';

interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** Gives `code` back, or throws `one-time-code/not-recognised` for the first field that breaks a rule. */
export function checkOneTimeCode(code: OneTimeCode): OneTimeCode {
  if (!ONE_TIME_CODE_TYPES.includes(code.type)) throw new OneTimeCodeError('type');
  if (!isSecret(code.secret)) throw new OneTimeCodeError('secret');
  if (!isAlgorithm(code)) throw new OneTimeCodeError('algorithm');
  if (!isDigits(code)) throw new OneTimeCodeError('digits');
  if (!isPeriod(code)) throw new OneTimeCodeError('period');
  if (!isCounter(code)) throw new OneTimeCodeError('counter');
  if (!isName(code.issuer, LIMITS.issuer) || !isName(code.account, LIMITS.account)) {
    throw new OneTimeCodeError('uri');
  }
  return code;
}

function isSecret(secret: string): boolean {
  return isWithin(secret.length, LIMITS.secret) && ONE_TIME_CODE_SECRET.test(secret);
}

function isAlgorithm({ type, algorithm }: OneTimeCode): boolean {
  if (type === 'steam') return algorithm === STEAM_GUARD.algorithm;
  return ONE_TIME_CODE_ALGORITHMS.includes(algorithm);
}

function isDigits({ type, digits }: OneTimeCode): boolean {
  return type === 'steam' ? digits === STEAM_GUARD.digits : isWithin(digits, LIMITS.digits);
}

function isPeriod({ type, period }: OneTimeCode): boolean {
  switch (type) {
    case 'hotp':
      return period === 0;
    case 'steam':
      return period === STEAM_GUARD.period;
    case 'totp':
      return isWithin(period, LIMITS.period);
  }
}

function isCounter({ type, counter }: OneTimeCode): boolean {
  return type === 'hotp' ? isWithin(counter, LIMITS.counter) : counter === 0;
}

/** Half a surrogate pair cannot be percent-encoded, and a control character has no place in a name. */
function isName(text: string, bounds: Bounds): boolean {
  return isWithin(text.length, bounds) && text.isWellFormed() && !/\p{Cc}/u.test(text);
}

function isWithin(value: number, { min, max }: Bounds): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
