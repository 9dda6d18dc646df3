// Codes against the values of the RFCs, of Steam's own application, and of a second implementation.
// SPDX-License-Identifier: MIT

import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { Secret } from 'otpauth';
import { describe, expect, it, vi } from 'vitest';
import { currentCode } from '../../../src/main/one-time-codes/current-code.ts';
import { hotp, toBase32, truncatedHmac } from '../../../src/main/one-time-codes/hotp.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import type { OneTimeCode, OneTimeCodeAlgorithm } from '../../../src/shared/model/one-time-code.ts';
import { anyCode, hotpCode, refusalOf, steam, totp } from './one-time-code-fixtures.ts';

/** The RFCs' secret: the digits over and over, as long as the hash (RFC 6238, errata 2866, for SHA-256 and SHA-512). */
const rfcSecret = (length: number) => toBase32(toUtf8('1234567890'.repeat(7).slice(0, length)));

describe('HOTP', () => {
  // RFC 4226, appendix D: truncated decimal and HOTP of each count.
  const APPENDIX_D = [
    [0, 1284755224, '755224'],
    [1, 1094287082, '287082'],
    [2, 137359152, '359152'],
    [3, 1726969429, '969429'],
    [4, 1640338314, '338314'],
    [5, 868254676, '254676'],
    [6, 1918287922, '287922'],
    [7, 82162583, '162583'],
    [8, 673399871, '399871'],
    [9, 645520489, '520489'],
  ] as const;

  it.each(APPENDIX_D)('gives the values of RFC 4226 for count %i', (counter, truncated, code) => {
    const secret = rfcSecret(20);
    expect(truncatedHmac({ secret, algorithm: 'SHA-1', counter })).toBe(truncated);
    expect(currentCode(hotpCode({ secret, counter }), 0)).toEqual({
      code,
      validUntil: null,
      periodMs: null,
    });
  });

  it('writes ten digits with leading zeros, since 31 bits hold no more', () => {
    const codeOf = (counter: number) =>
      currentCode(hotpCode({ secret: rfcSecret(20), counter, digits: 10 }), 0).code;
    expect([0, 2, 7].map(codeOf)).toEqual(['1284755224', '0137359152', '0082162583']);
  });

  it('does not look at the time', () => {
    const code = hotpCode({ counter: 5 });
    expect(currentCode(code, NaN)).toEqual(currentCode(code, 1e12));
  });
});

describe('TOTP', () => {
  // RFC 6238, appendix B: eight digits, thirty seconds.
  const APPENDIX_B = [
    [59, '94287082', '46119246', '90693936'],
    [1_111_111_109, '07081804', '68084774', '25091201'],
    [1_111_111_111, '14050471', '67062674', '99943326'],
    [1_234_567_890, '89005924', '91819424', '93441116'],
    [2_000_000_000, '69279037', '90698825', '38618901'],
    [20_000_000_000, '65353130', '77737706', '47863826'],
  ] as const;
  const VECTORS = APPENDIX_B.flatMap(([seconds, sha1, sha256, sha512]) => [
    ['SHA-1' as const, 20, seconds, sha1] as const,
    ['SHA-256' as const, 32, seconds, sha256] as const,
    ['SHA-512' as const, 64, seconds, sha512] as const,
  ]);

  it('has all eighteen vectors', () => {
    expect(VECTORS).toHaveLength(18);
  });

  it.each(VECTORS)('gives the value of RFC 6238 for %s at %i s', (algorithm, length, at, code) => {
    const secret = rfcSecret(length);
    expect(currentCode(totp({ secret, algorithm, digits: 8 }), at * 1000).code).toBe(code);
  });

  it('holds from the first to the last millisecond of its period', () => {
    const code = totp({ period: 45 });
    const first = currentCode(code, 90_000);
    expect(first).toMatchObject({ validUntil: 135_000, periodMs: 45_000 });
    expect(currentCode(code, 134_999)).toEqual(first);
    expect(currentCode(code, 135_000)).toMatchObject({ validUntil: 180_000 });
    expect(currentCode(code, 135_000).code).not.toBe(first.code);
    expect(currentCode(code, 89_999).code).not.toBe(first.code);
  });

  it('starts at the epoch and copes with a fraction of a millisecond', () => {
    expect(currentCode(totp(), 0).validUntil).toBe(30_000);
    expect(currentCode(totp(), 29_999.9)).toEqual(currentCode(totp(), 0));
  });

  it.each([NaN, Infinity, -1, 2 ** 53])('takes %d for a fault of the caller', (nowMs) => {
    expect(() => currentCode(totp(), nowMs)).toThrow('expected a time');
  });
});

describe('Steam Guard', () => {
  // Time and value pairs read off Steam's mobile application with a throw-away account:
  // KeePassXC, tests/TestTotp.cpp, testSteamTotp.
  const secret = '63BEDWCQZKTQWPESARIERL5DTTQFCJTK';

  it.each([
    [1_511_200_518, 'FR8RV', 1_511_200_530_000],
    [1_511_200_714, '9P3VP', 1_511_200_740_000],
  ])('shows at %i s what the application shows', (seconds, code, validUntil) => {
    expect(currentCode(steam({ secret }), seconds * 1000)).toEqual({
      code,
      validUntil,
      periodMs: 30_000,
    });
  });

  it('has five characters of its alphabet for every code there is', () => {
    fc.assert(
      fc.property(fc.nat(), (nowMs) => {
        expect(currentCode(steam(), nowMs).code).toMatch(/^[23456789BCDFGHJKMNPQRTVWXY]{5}$/);
      }),
    );
  });
});

describe('currentCode', () => {
  it('agrees with a second implementation for any code at any time', () => {
    const time = fc.integer({ min: 0, max: 2 ** 45 });
    fc.assert(
      fc.property(anyCode, time, (code, nowMs) => {
        const counter =
          code.type === 'hotp' ? code.counter : Math.floor(nowMs / 1000 / code.period);
        const bits = independentBits(code, counter);
        const expected =
          code.type === 'steam'
            ? independentSteam(bits)
            : (bits % 10n ** BigInt(code.digits)).toString().padStart(code.digits, '0');
        expect(currentCode(code, nowMs).code).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, Partial<OneTimeCode>, string]>([
    ['a secret in lower case', { secret: 'jbswy3dp' }, 'secret'],
    ['a padded secret', { secret: 'JBSWY3A=' }, 'secret'],
    ['no secret', { secret: '' }, 'secret'],
    ['a secret of one character', { secret: 'A' }, 'secret'],
    ['a secret that is too long', { secret: 'A'.repeat(1025) }, 'secret'],
    ['an algorithm of another name', { algorithm: 'MD5' as OneTimeCodeAlgorithm }, 'algorithm'],
    ['five digits', { digits: 5 }, 'digits'],
    ['eleven digits', { digits: 11 }, 'digits'],
    ['half a digit', { digits: 6.5 }, 'digits'],
    ['a period of nothing', { period: 0 }, 'period'],
    ['a period of more than a day', { period: 86_401 }, 'period'],
    ['a period that is no number', { period: NaN }, 'period'],
    ['a counter beside a period', { counter: 1 }, 'counter'],
    ['a period beside a counter', { type: 'hotp' }, 'period'],
    ['a negative counter', { type: 'hotp', period: 0, counter: -1 }, 'counter'],
    ['an inexact counter', { type: 'hotp', period: 0, counter: 2 ** 53 }, 'counter'],
    ['Steam with six digits', { type: 'steam' }, 'digits'],
    ['Steam with SHA-256', { type: 'steam', digits: 5, algorithm: 'SHA-256' }, 'algorithm'],
    ['Steam with a minute', { type: 'steam', digits: 5, period: 60 }, 'period'],
    ['a type of another name', { type: 'yaotp' as OneTimeCode['type'] }, 'type'],
  ])('refuses %s', (_, changes, reason) => {
    expect(refusalOf(() => currentCode(totp(changes), 0)).reason).toBe(reason);
  });

  it('erases the secret that it decoded, also when computing fails', () => {
    const decode = vi.spyOn(Secret, 'fromBase32');
    currentCode(totp(), 0);
    currentCode(steam(), 0);
    expect(() => hotp({ secret: 'AAAA', algorithm: 'MD6' as 'SHA-1', counter: 0 }, 6)).toThrow();
    const decoded = decode.mock.results.map(({ value }) => value as Secret);
    expect(decoded.map(({ bytes }) => bytes.length)).toEqual([10, 10, 2]);
    for (const { bytes } of decoded) expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  it('erases the copy of a secret that it writes as base32, and not the one it was lent', () => {
    const copies: Uint8Array[] = [];
    vi.spyOn(Secret.prototype, 'base32', 'get').mockImplementation(function (this: Secret) {
      copies.push(this.bytes);
      return 'AEBAGBA';
    });
    const lent = Uint8Array.of(1, 2, 3, 4);
    expect(toBase32(lent)).toBe('AEBAGBA');
    expect(copies).toEqual([new Uint8Array(4)]);
    expect(lent).toEqual(Uint8Array.of(1, 2, 3, 4));
  });
});

/** RFC 4226, section 5.3, without `otpauth`: base32 by arithmetic, the counter as a 64-bit integer. */
function independentBits(code: OneTimeCode, counter: number): bigint {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac(code.algorithm.replace('-', ''), independentBase32(code.secret))
    .update(message)
    .digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  return BigInt(mac.readUInt32BE(offset)) & 0x7fffffffn;
}

function independentBase32(text: string): Buffer {
  const bits = Array.from(text, (character) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(character).toString(2).padStart(5, '0'),
  ).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

function independentSteam(bits: bigint): string {
  const alphabet = '23456789BCDFGHJKMNPQRTVWXY';
  return [0n, 1n, 2n, 3n, 4n]
    .map((place) => alphabet.charAt(Number((bits / 26n ** place) % 26n)))
    .join('');
}
