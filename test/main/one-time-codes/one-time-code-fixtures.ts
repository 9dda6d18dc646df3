// Codes and texts that the tests of this room share, and generators of both.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { toBase32 } from '../../../src/main/one-time-codes/hotp.ts';
import { OneTimeCodeError } from '../../../src/main/one-time-codes/one-time-code-error.ts';
import { isAppError } from '../../../src/shared/errors.ts';
import {
  ONE_TIME_CODE_ALGORITHMS,
  type OneTimeCode,
} from '../../../src/shared/model/one-time-code.ts';

/** "Hello!" and 0xDEADBEEF, the example of the Key Uri Format. */
export const SECRET = 'JBSWY3DPEHPK3PXP';

export const totp = (changes: Partial<OneTimeCode> = {}): OneTimeCode => ({
  type: 'totp',
  secret: SECRET,
  algorithm: 'SHA-1',
  digits: 6,
  period: 30,
  counter: 0,
  issuer: '',
  account: '',
  ...changes,
});

export const hotpCode = (changes: Partial<OneTimeCode> = {}): OneTimeCode =>
  totp({ type: 'hotp', period: 0, ...changes });

export const steam = (changes: Partial<OneTimeCode> = {}): OneTimeCode =>
  totp({ type: 'steam', digits: 5, ...changes });

/** What `action` refuses with: its reason, and all that a log could show of it. */
export function refusalOf(action: () => unknown): { reason: unknown; printed: string } {
  try {
    action();
  } catch (error) {
    if (!(error instanceof OneTimeCodeError) || !isAppError(error)) throw error;
    const printed = [error.message, error.stack, JSON.stringify(error), String(error.cause)];
    return { reason: error.details.reason, printed: printed.join('\n') };
  }
  throw new Error('expected a refusal');
}

const name = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.stringMatching(/^[aB:%+ &=#?/]{0,12}$/),
    fc.constantFrom('Steam', 'steam', 'Example', 'me+codes@example.com'),
  )
  .map((text) => text.replace(/\p{Cc}/gu, '').trim());

const secret = fc.uint8Array({ minLength: 1, maxLength: 128 }).map(toBase32);
const common = { secret, issuer: name, account: name };
const hmac = {
  algorithm: fc.constantFrom(...ONE_TIME_CODE_ALGORITHMS),
  digits: fc.integer({ min: 6, max: 10 }),
};

/** Any code that keeps the rules. */
export const anyCode: fc.Arbitrary<OneTimeCode> = fc.oneof(
  fc
    .record({ ...common, ...hmac, period: fc.integer({ min: 1, max: 86_400 }) })
    .map((fields) => totp(fields)),
  fc.record({ ...common, ...hmac, counter: fc.maxSafeNat() }).map((fields) => hotpCode(fields)),
  fc.record(common).map((fields) => steam(fields)),
);

/** `text` with a few of its characters dropped, doubled or replaced. */
export function mangled(text: string): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.nat({ max: text.length }),
    drop: fc.nat({ max: 3 }),
    insert: fc.string({ unit: 'binary', maxLength: 4 }),
  });
  return fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce(
        (result, { at, drop, insert }) => result.slice(0, at) + insert + result.slice(at + drop),
        text,
      ),
    );
}
