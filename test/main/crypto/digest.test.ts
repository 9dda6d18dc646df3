import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  equalInConstantTime,
  hkdfSha256,
  hmacSha256,
  sha256,
} from '../../../src/main/crypto/digest.ts';
import { fromHex, toHex, toUtf8 } from '../../../src/shared/bytes.ts';
import { NOT_PRESENT, readJsonVectors } from '../../support/vectors.ts';

const bytes = (maxLength = 300) => fc.uint8Array({ maxLength });

describe('sha256', () => {
  it('is the digest of the parts one after the other', () => {
    fc.assert(
      fc.property(fc.array(bytes(), { maxLength: 4 }), (parts) => {
        const expected = createHash('sha256').update(Buffer.concat(parts)).digest('hex');
        expect(toHex(sha256(...parts))).toBe(expected);
      }),
    );
  });
});

describe('hmacSha256', () => {
  it('gives the answers of RFC 4231, test cases 1, 2 and 6', () => {
    const cases = [
      [
        '0b'.repeat(20),
        toUtf8('Hi There'),
        'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
      ],
      [
        toHex(toUtf8('Jefe')),
        toUtf8('what do ya want for nothing?'),
        '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      ],
      [
        'aa'.repeat(131),
        toUtf8('Test Using Larger Than Block-Size Key - Hash Key First'),
        '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
      ],
    ] as const;
    for (const [key, data, mac] of cases) expect(toHex(hmacSha256(fromHex(key), data))).toBe(mac);
  });

  it('agrees with Node for every key and message, and leaves both alone', () => {
    fc.assert(
      fc.property(bytes(200), fc.array(bytes(), { maxLength: 4 }), (key, parts) => {
        const before = toHex(key);
        const expected = createHmac('sha256', key).update(Buffer.concat(parts)).digest('hex');
        expect(toHex(hmacSha256(key, ...parts))).toBe(expected);
        expect(toHex(key)).toBe(before);
      }),
    );
  });

  interface Vectors {
    testGroups: {
      tagSize: number;
      tests: { key: string; msg: string; tag: string; result: string }[];
    }[];
  }
  const vectors = readJsonVectors('wycheproof', 'hmac_sha256_test.json') as Vectors | null;
  it.skipIf(vectors === null)(`agrees with Wycheproof (${NOT_PRESENT} when skipped)`, () => {
    const testGroups = vectors?.testGroups ?? [];
    let checked = 0;
    for (const { tagSize, tests } of testGroups) {
      for (const { key, msg, tag, result } of tests) {
        const mac = hmacSha256(fromHex(key), fromHex(msg)).subarray(0, tagSize / 8);
        expect(toHex(mac) === tag).toBe(result === 'valid');
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(150);
  });
});

describe('hkdfSha256', () => {
  it('gives the answer of RFC 5869, appendix A.1', () => {
    const derived = hkdfSha256(fromHex('0b'.repeat(22)), {
      salt: fromHex('000102030405060708090a0b0c'),
      info: fromHex('f0f1f2f3f4f5f6f7f8f9'),
      length: 42,
    });
    expect(toHex(derived)).toBe(
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    );
  });
});

describe('equalInConstantTime', () => {
  it('tells content and length apart', () => {
    expect(equalInConstantTime(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
    expect(equalInConstantTime(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
    expect(equalInConstantTime(Uint8Array.of(1, 2), Uint8Array.of(1))).toBe(false);
  });
});
