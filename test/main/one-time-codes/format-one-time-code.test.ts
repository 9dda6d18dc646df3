// URIs that read back as the code they were made of, and that other programs read.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { URI } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { toOtpauthUri } from '../../../src/main/one-time-codes/format-one-time-code.ts';
import { parseOneTimeCode } from '../../../src/main/one-time-codes/parse-one-time-code.ts';
import type { OneTimeCode } from '../../../src/shared/model/one-time-code.ts';
import { anyCode, hotpCode, refusalOf, SECRET, steam, totp } from './one-time-code-fixtures.ts';

describe('toOtpauthUri', () => {
  it.each<[string, OneTimeCode, string]>([
    [
      'TOTP',
      totp({ issuer: 'ACME Co', account: 'a+b@example.com' }),
      `otpauth://totp/ACME%20Co:a%2Bb%40example.com?secret=${SECRET}&issuer=ACME%20Co&algorithm=SHA1&digits=6&period=30`,
    ],
    [
      'HOTP',
      hotpCode({ account: 'a', algorithm: 'SHA-512', digits: 8, counter: 7 }),
      `otpauth://hotp/a?secret=${SECRET}&algorithm=SHA512&digits=8&counter=7`,
    ],
    [
      'Steam Guard',
      steam({ issuer: 'Steam', account: 'gaben' }),
      `otpauth://totp/Steam:gaben?secret=${SECRET}&issuer=Steam&algorithm=SHA1&digits=5&period=30&encoder=steam`,
    ],
    [
      'an account with a colon and no issuer',
      totp({ account: 'a:b' }),
      `otpauth://totp/:a%3Ab?secret=${SECRET}&algorithm=SHA1&digits=6&period=30`,
    ],
  ])('writes %s', (_, code, uri) => {
    expect(toOtpauthUri(code)).toBe(uri);
    expect(parseOneTimeCode(uri)).toEqual(code);
  });

  it('is read back as the same code, whatever its names are', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        expect(parseOneTimeCode(toOtpauthUri(code))).toEqual(code);
      }),
      { numRuns: 2000 },
    );
  });

  it('fits the longest text that is read, with names at their longest', () => {
    const code = totp({
      issuer: '€'.repeat(1024),
      account: ':'.repeat(1024),
      secret: 'A'.repeat(1024),
    });
    expect(parseOneTimeCode(toOtpauthUri(code))).toEqual(code);
  });

  it('loses blanks around names and nothing else', () => {
    const code = totp({ issuer: ' E x ', account: '\u00a0a ' });
    expect(parseOneTimeCode(toOtpauthUri(code))).toEqual(totp({ issuer: 'E x', account: 'a' }));
  });

  it('is read by otpauth, which wants a label', () => {
    const plain = anyCode.filter(
      ({ issuer, account }) => account !== '' && !`${issuer}${account}`.includes(':'),
    );
    fc.assert(
      fc.property(plain, (code) => {
        const read = URI.parse(toOtpauthUri(code));
        expect([read.issuer, read.label]).toEqual([code.issuer, code.account]);
        expect([read.secret.base32, read.digits]).toEqual([code.secret, code.digits]);
        expect(read.algorithm).toBe(code.algorithm.replace('-', ''));
      }),
    );
  });

  it.each<[string, Partial<OneTimeCode>, string]>([
    ['half a surrogate pair in the account', { account: 'a\ud83d' }, 'uri'],
    ['a control character in the issuer', { issuer: 'a\u0007' }, 'uri'],
    ['a name that is too long', { issuer: 'a'.repeat(1025) }, 'uri'],
    ['a secret that would add a parameter', { secret: 'AAAA&digits=8' }, 'secret'],
    ['a fraction of a period', { period: 0.5 }, 'period'],
  ])('refuses %s', (_, changes, reason) => {
    expect(refusalOf(() => toOtpauthUri(totp(changes))).reason).toBe(reason);
  });
});
