// A secret as people copy it from a site: base32 (RFC 4648, section 6) in any case, in groups, padded or not.
// Nothing is guessed: look-alikes such as 0, 1 and 8 are refused, and so is hexadecimal that is not base32.
// SPDX-License-Identifier: MIT

import { ONE_TIME_CODE_LIMITS } from '../../shared/model/one-time-code.ts';
import { canonicalBase32 } from './hotp.ts';
import { OneTimeCodeError } from './one-time-code-error.ts';

const SEPARATORS = /[\s-]+/g;
const PADDED = /^([A-Za-z2-7]+)={0,6}$/;

/** Canonical base32. Throws `one-time-code/not-recognised` for everything else. */
export function parseSecret(text: string): string {
  if (text.length > ONE_TIME_CODE_LIMITS.text.max) throw new OneTimeCodeError('secret');
  const characters = PADDED.exec(text.replace(SEPARATORS, ''))?.[1] ?? '';
  const { min, max } = ONE_TIME_CODE_LIMITS.secret;
  if (characters.length < min || characters.length > max) throw new OneTimeCodeError('secret');
  return canonicalBase32(characters.toUpperCase());
}
