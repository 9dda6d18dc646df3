// One-time codes of the fake vault: texts are read as far as forms need it, and codes are counted up, not computed, so
// that tests can tell one from the next.
// SPDX-License-Identifier: MIT

import type { CurrentCode, OneTimeCode } from '../../../src/shared/model/one-time-code.ts';
import { FakeRefusal } from './fake-connection.ts';
import { timeCode } from './stored-items.ts';

/** Throws a `FakeRefusal` with the reason, as the main side would refuse. */
export function readCode(text: string): OneTimeCode {
  const trimmed = text.trim();
  if (trimmed.startsWith('otpauth-migration:')) throw refusal('migration');
  if (/^[a-z]+:/i.test(trimmed)) return readUri(trimmed);
  const secret = trimmed.toUpperCase().replace(/[\s-]/g, '');
  if (!/^[A-Z2-7]{2,}$/.test(secret)) throw refusal('secret');
  return timeCode({ secret, issuer: '', account: '' });
}

function readUri(text: string): OneTimeCode {
  const uri = URL.canParse(text) ? new URL(text) : null;
  const type = uri?.hostname === 'hotp' ? 'hotp' : 'totp';
  const secret = uri?.searchParams.get('secret') ?? '';
  if (uri?.protocol !== 'otpauth:') throw refusal('uri');
  if (!/^[A-Z2-7]{2,}$/.test(secret)) throw refusal('secret');
  const label = decodeURIComponent(uri.pathname.slice(1));
  return timeCode({
    ...{ type, secret, period: type === 'hotp' ? 0 : 30 },
    issuer: uri.searchParams.get('issuer') ?? '',
    account: label.split(':').at(-1) ?? '',
  });
}

function refusal(reason: string): FakeRefusal {
  return new FakeRefusal('one-time-code/not-recognised', { reason });
}

/** The code of `now`: the number of its period, or of the counter, with as many digits as it has. */
export function currentCode(
  { type, digits, period, counter }: OneTimeCode,
  now: number,
): CurrentCode {
  if (type === 'hotp') {
    return { code: String(counter).padStart(digits, '0'), validUntil: null, periodMs: null };
  }
  const periodMs = period * 1000;
  const step = Math.floor(now / periodMs);
  const code = String(step).slice(-digits).padStart(digits, '0');
  return { code, validUntil: (step + 1) * periodMs, periodMs };
}
