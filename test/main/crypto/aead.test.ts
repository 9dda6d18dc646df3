// SPDX-License-Identifier: MIT

import { beforeAll, describe, expect, it } from 'vitest';
import { type Aead, AEAD_OVERHEAD_BYTES, readyAead } from '../../../src/main/crypto/aead.ts';
import { CryptoError } from '../../../src/main/crypto/crypto-error.ts';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { concatBytes, fromHex, toHex, toUtf8 } from '../../../src/shared/bytes.ts';
import { flippedBit } from '../../support/flipped-bits.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { NOT_PRESENT, readJsonVectors } from '../../support/vectors.ts';

let aead: Aead;
beforeAll(async () => {
  aead = await readyAead();
});

const random = seededRandom('aead');
const key = (fill = 7): SecretBytes => SecretBytes.take(new Uint8Array(32).fill(fill));

describe('readyAead', () => {
  it('opens what it sealed, for the same key and associated data', () => {
    const plaintext = toUtf8('plain');
    const aad = toUtf8('bound');
    const sealed = aead.seal(key(), { plaintext, aad, random });
    expect(sealed.length).toBe(plaintext.length + AEAD_OVERHEAD_BYTES);
    expect(aead.open(key(), { sealed, aad })).toEqual(plaintext);
  });

  it('takes a fresh nonce each time', () => {
    const input = { plaintext: toUtf8('plain'), aad: new Uint8Array(0), random };
    expect(aead.seal(key(), input)).not.toEqual(aead.seal(key(), input));
  });

  it('refuses every flipped bit of nonce, ciphertext and tag', () => {
    const aad = toUtf8('bound');
    const sealed = aead.seal(key(), { plaintext: toUtf8('plain'), aad, random });
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = flippedBit(sealed, bit);
      expect(() => aead.open(key(), { sealed: changed, aad })).toThrow(CryptoError);
    }
  });

  it('refuses another key, other associated data, and what is cut or longer', () => {
    const aad = toUtf8('bound');
    const sealed = aead.seal(key(), { plaintext: toUtf8('plain'), aad, random });
    const failure = expect.objectContaining({ code: 'crypto/authentication-failed' }) as Error;
    expect(() => aead.open(key(8), { sealed, aad })).toThrow(failure);
    expect(() => aead.open(key(), { sealed, aad: toUtf8('bounds') })).toThrow(failure);
    for (let length = 0; length < sealed.length; length += 1) {
      const cut = sealed.subarray(0, length);
      expect(() => aead.open(key(), { sealed: cut, aad })).toThrow(failure);
    }
    const longer = concatBytes(sealed, new Uint8Array(1));
    expect(() => aead.open(key(), { sealed: longer, aad })).toThrow(failure);
  });

  it('takes a key of another length for the bug it is', () => {
    const short = SecretBytes.take(new Uint8Array(31));
    const input = { aad: new Uint8Array(0), sealed: new Uint8Array(64) };
    expect(() => aead.open(short, input)).toThrow('32 bytes');
  });
});

interface AeadVectors {
  readonly testGroups: readonly {
    readonly ivSize: number;
    readonly tests: readonly {
      readonly tcId: number;
      readonly key: string;
      readonly iv: string;
      readonly aad: string;
      readonly msg: string;
      readonly ct: string;
      readonly tag: string;
      readonly result: 'valid' | 'invalid';
    }[];
  }[];
}

const vectors = readJsonVectors('wycheproof', 'xchacha20_poly1305_test.json') as AeadVectors | null;

describe.skipIf(vectors === null)(`Wycheproof XChaCha20-Poly1305 (skipped: ${NOT_PRESENT})`, () => {
  const groups = vectors?.testGroups ?? [];

  it('agrees on all 306 vectors with nonces of 24 bytes, both ways', () => {
    const tests = groups.filter(({ ivSize }) => ivSize === 192).flatMap(({ tests: all }) => all);
    expect(tests.length).toBe(306);
    for (const test of tests) {
      const [keyBytes, nonce, aad, plaintext] = [test.key, test.iv, test.aad, test.msg].map(
        fromHex,
      );
      if (!keyBytes || !nonce || !aad || !plaintext) throw new Error('vector without a field');
      using secret = SecretBytes.take(keyBytes);
      const sealed = concatBytes(nonce, fromHex(test.ct), fromHex(test.tag));
      const context = `tcId ${String(test.tcId)}`;
      if (test.result === 'invalid') {
        expect(() => aead.open(secret, { sealed, aad }), context).toThrow(CryptoError);
        continue;
      }
      expect(toHex(aead.open(secret, { sealed, aad })), context).toBe(test.msg);
      const fixed = { bytes: () => Uint8Array.from(nonce) };
      expect(aead.seal(secret, { plaintext, aad, random: fixed }), context).toEqual(sealed);
    }
  });

  it('opens none of the vectors with nonces of another length', () => {
    const tests = groups.filter(({ ivSize }) => ivSize !== 192).flatMap(({ tests: all }) => all);
    expect(tests.length).toBe(9);
    for (const test of tests) {
      using secret = SecretBytes.take(fromHex(test.key));
      const sealed = concatBytes(fromHex(test.iv), fromHex(test.ct), fromHex(test.tag));
      expect(() => aead.open(secret, { sealed, aad: fromHex(test.aad) })).toThrow(CryptoError);
    }
  });
});
