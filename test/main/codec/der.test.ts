// SPDX-License-Identifier: MIT

import { createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodecError } from '../../../src/main/codec/codec-error.ts';
import {
  encodeEcdsaSignature,
  encodeSubjectPublicKeyInfo,
  parseEcdsaSignature,
  parseSubjectPublicKeyInfo,
} from '../../../src/main/codec/der.ts';
import { fromHex, toHex } from '../../../src/shared/bytes.ts';
import { NOT_PRESENT, readJsonVectors } from '../../support/vectors.ts';

interface Wycheproof {
  readonly testGroups: readonly {
    readonly publicKeyDer: string;
    readonly tests: readonly {
      readonly tcId: number;
      readonly msg: string;
      readonly sig: string;
      readonly flags: readonly string[];
      readonly result: 'valid' | 'invalid' | 'acceptable';
    }[];
  }[];
}

const wycheproof = readJsonVectors(
  'wycheproof',
  'ecdsa_secp256r1_sha256_test.json',
) as Wycheproof | null;
const ENCODING_FLAGS = [
  'BerEncodedSignature',
  'InvalidEncoding',
  'MissingZero',
  'InvalidTypesInSignature',
];

describe('parseEcdsaSignature', () => {
  it.each([
    ['nothing', ''],
    ['another tag', '3106020101020101'],
    ['a byte after the sequence', '300602010102010100'],
    ['a byte after the second integer', '3007020101020101' + '00'],
    ['a sequence cut short', '30060201010201'],
    ['one integer only', '3003020101'],
    ['a length in long form', '308106020101020101'],
    ['an indefinite length', '3080020101020101' + '0000'],
    ['an integer without bytes', '30050200020101'],
    ['a negative integer', '3006020180020101'],
    ['a needless zero', '300702020001020101'],
    ['an integer longer than the field', `3026022101${'00'.repeat(32)}020101`],
    ['an octet string for an integer', '3006040101020101'],
  ])('refuses %s', (_, hex) => {
    expect(() => parseEcdsaSignature(fromHex(hex), 32)).toThrow(CodecError);
  });

  it('pads small scalars and takes zero', () => {
    expect(toHex(parseEcdsaSignature(fromHex('3006020101020100'), 4))).toBe('0000000100000000');
  });

  it('undoes encodeEcdsaSignature for every pair of scalars, and is the only encoding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), fc.nat(32), (raw, zeros) => {
        raw.fill(0, 0, zeros);
        const der = encodeEcdsaSignature(raw);
        expect(toHex(parseEcdsaSignature(der, 32))).toBe(toHex(raw));
      }),
    );
  });

  it.each([[''], ['010203'], ['ff'.repeat(132)]])('writes no signature of %s', (hex) => {
    expect(() => encodeEcdsaSignature(fromHex(hex))).toThrow(CodecError);
  });
});

describe.skipIf(wycheproof === null)(`Wycheproof ECDSA on P-256 (or: ${NOT_PRESENT})`, () => {
  const cases = (wycheproof?.testGroups ?? []).flatMap(({ publicKeyDer, tests }) =>
    tests.map((test) => ({ publicKeyDer, ...test })),
  );

  it('takes and writes again every valid signature', () => {
    const valid = cases.filter(({ result }) => result === 'valid');
    const again = valid.map(({ sig }) =>
      toHex(encodeEcdsaSignature(parseEcdsaSignature(fromHex(sig), 32))),
    );
    expect(again).toEqual(valid.map(({ sig }) => sig));
    expect(valid.length).toBe(174);
  });

  it('refuses every signature whose encoding is at fault', () => {
    const broken = cases.filter(
      ({ result, flags }) =>
        result !== 'valid' && flags.some((flag) => ENCODING_FLAGS.includes(flag)),
    );
    const taken = broken.filter(({ sig }) => canParse(sig)).map(({ tcId }) => tcId);
    expect(taken).toEqual([]);
    expect(broken.length).toBeGreaterThan(80);
  });

  it('gives an independent verifier nothing valid out of any invalid signature', () => {
    const accepted = cases.filter(({ result, sig, msg, publicKeyDer }) => {
      if (result === 'valid' || !canParse(sig)) return false;
      const key = createPublicKey({
        key: Buffer.from(publicKeyDer, 'hex'),
        format: 'der',
        type: 'spki',
      });
      const raw = parseEcdsaSignature(fromHex(sig), 32);
      return verify('sha256', fromHex(msg), { key, dsaEncoding: 'ieee-p1363' }, raw);
    });
    expect(accepted.map(({ tcId }) => tcId)).toEqual([]);
  });

  it('reads and writes every public key', () => {
    const keys = (wycheproof?.testGroups ?? []).map(({ publicKeyDer }) => publicKeyDer);
    const again = keys.map((der) =>
      toHex(encodeSubjectPublicKeyInfo(parseSubjectPublicKeyInfo(fromHex(der)))),
    );
    expect(again).toEqual(keys);
  });
});

describe('parseSubjectPublicKeyInfo', () => {
  it.each([
    ['nothing', ''],
    ['P-384', '3076301006072a8648ce3d020106052b8104002203620004'],
    [
      'a point cut short',
      `3059301306072a8648ce3d020106082a8648ce3d03010703420004${'11'.repeat(63)}`,
    ],
    ['a byte too many', `3059301306072a8648ce3d020106082a8648ce3d03010703420004${'11'.repeat(65)}`],
    [
      'a compressed point',
      `3059301306072a8648ce3d020106082a8648ce3d03010703420002${'11'.repeat(64)}`,
    ],
  ])('refuses %s', (_, hex) => {
    expect(() => parseSubjectPublicKeyInfo(fromHex(hex))).toThrow(CodecError);
  });
});

function canParse(sig: string): boolean {
  try {
    parseEcdsaSignature(fromHex(sig), 32);
    return true;
  } catch (error) {
    if (error instanceof CodecError) return false;
    throw error;
  }
}
