// The code of this moment: TOTP (RFC 6238), HOTP (RFC 4226) and Steam Guard, which writes the same 31 bits in an
// alphabet of its own. The time comes in; T0 is the epoch.
// SPDX-License-Identifier: MIT

import type { CurrentCode, OneTimeCode } from '../../shared/model/one-time-code.ts';
import { checkOneTimeCode } from './check-one-time-code.ts';
import { hotp, truncatedHmac } from './hotp.ts';

/** Without the letters and digits that are mistaken for each other. */
const STEAM_ALPHABET = '23456789BCDFGHJKMNPQRTVWXY';

/**
 * The code at `nowMs`, in milliseconds since the epoch. For HOTP it is that of `counter`, whatever the time; the
 * caller counts on once it was used. Throws `one-time-code/not-recognised` for a code that breaks the rules.
 */
export function currentCode(code: OneTimeCode, nowMs: number): CurrentCode {
  const { type, counter, digits } = checkOneTimeCode(code);
  if (type === 'hotp') {
    return { code: hotp({ ...code, counter }, digits), validUntil: null, periodMs: null };
  }
  if (!(nowMs >= 0 && nowMs <= Number.MAX_SAFE_INTEGER)) {
    throw new Error('currentCode: expected a time in milliseconds since the epoch');
  }
  const periodMs = code.period * 1000;
  // RFC 6238, section 4.2: T = (current Unix time - T0) / X, rounded down.
  const step = { ...code, counter: Math.floor(nowMs / periodMs) };
  return {
    code: type === 'steam' ? steamCode(truncatedHmac(step), digits) : hotp(step, digits),
    validUntil: (step.counter + 1) * periodMs,
    periodMs,
  };
}

/** Base 26, least significant character first. */
function steamCode(bits: number, length: number): string {
  let rest = bits;
  let text = '';
  while (text.length < length) {
    text += STEAM_ALPHABET.charAt(rest % STEAM_ALPHABET.length);
    rest = Math.floor(rest / STEAM_ALPHABET.length);
  }
  return text;
}
