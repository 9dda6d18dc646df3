// A one-time code as a key URI (Google Authenticator, "Key Uri Format"), every parameter written out.
// Steam Guard as KeePassXC writes it: TOTP of five digits with an encoder, which other programs read as well.
// SPDX-License-Identifier: MIT

import type { OneTimeCode } from '../../shared/model/one-time-code.ts';
import { checkOneTimeCode } from './check-one-time-code.ts';
import { joinLabel } from './label.ts';

/**
 * The URI that `parseOneTimeCode` reads back as `code`; blanks around issuer and account are lost.
 * Throws `one-time-code/not-recognised` for a code that breaks the rules.
 */
export function toOtpauthUri(code: OneTimeCode): string {
  const { type, secret, algorithm, digits, period, counter } = checkOneTimeCode(code);
  const names = { issuer: code.issuer.trim(), account: code.account.trim() };
  const parameters = [
    `secret=${secret}`,
    ...(names.issuer === '' ? [] : [`issuer=${encodeURIComponent(names.issuer)}`]),
    `algorithm=${algorithm.replace('-', '')}`,
    `digits=${digits}`,
    type === 'hotp' ? `counter=${counter}` : `period=${period}`,
    ...(type === 'steam' ? ['encoder=steam'] : []),
  ];
  const uriType = type === 'hotp' ? 'hotp' : 'totp';
  return `otpauth://${uriType}/${joinLabel(names)}?${parameters.join('&')}`;
}
