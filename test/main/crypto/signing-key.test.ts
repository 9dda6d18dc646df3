// SPDX-License-Identifier: MIT

import { createPrivateKey, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  encodeEcdsaSignature,
  encodeSubjectPublicKeyInfo,
  parseEcdsaSignature,
} from '../../../src/main/codec/der.ts';
import { fromUncompressedPoint } from '../../../src/main/codec/cose.ts';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import {
  fromRawSecret,
  generateSigningKey,
  publicKeyOf,
  signMessage,
  SigningKeyError,
  verifyMessage,
} from '../../../src/main/crypto/signing-key.ts';
import { fromHex, toHex, toUtf8 } from '../../../src/shared/bytes.ts';
import { flipInPlace } from '../../support/flipped-bits.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { NOT_PRESENT, readJsonVectors } from '../../support/vectors.ts';

const P256_ORDER = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
const RFC_6979_SECRET = 'c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721';

function pkcs8(der: Uint8Array): SecretBytes {
  return SecretBytes.take(Uint8Array.from(der));
}

describe('generateSigningKey', () => {
  it('makes a PKCS#8 key that OpenSSL reads, with the same public key', () => {
    const { privateKey, publicKey } = generateSigningKey('ES256', seededRandom('a'));
    const spki = encodeSubjectPublicKeyInfo(fromUncompressedPoint('ES256', publicKey));
    const theirs = privateKey.use((der) =>
      createPublicKey(createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })),
    );
    expect(theirs.export({ format: 'der', type: 'spki' }).toString('hex')).toBe(toHex(spki));
    expect(publicKeyOf('ES256', privateKey)).toEqual(publicKey);
  });

  it('makes another key from other randomness, the same from the same', () => {
    const publicKeys = ['a', 'a', 'b'].map((seed) =>
      toHex(generateSigningKey('ES256', seededRandom(seed)).publicKey),
    );
    expect(publicKeys[0]).toBe(publicKeys[1]);
    expect(publicKeys[0]).not.toBe(publicKeys[2]);
  });

  it('erases the randomness that it took', () => {
    const handed: Uint8Array[] = [];
    const random = seededRandom('a');
    generateSigningKey('ES256', {
      bytes(length) {
        const bytes = random.bytes(length);
        handed.push(bytes);
        return bytes;
      },
    });
    expect(handed.map((bytes) => bytes.every((byte) => byte === 0))).toEqual([true]);
  });

  it('prints nothing of the key', () => {
    const pair = generateSigningKey('ES256', seededRandom('a'));
    expect(inspect(pair.privateKey)).toBe('[secret]');
    expect(JSON.stringify({ key: pair.privateKey })).toBe('{"key":"[secret]"}');
  });
});

describe('fromRawSecret', () => {
  it('erases its argument', () => {
    const secret = fromHex(RFC_6979_SECRET);
    fromRawSecret('ES256', secret);
    expect(secret.every((byte) => byte === 0)).toBe(true);
  });

  it.each([
    ['zero', '00'.repeat(32)],
    ['the order', P256_ORDER],
    ['too short', '01'.repeat(31)],
    ['too long', '01'.repeat(33)],
  ])('refuses %s', (_, hex) => {
    expect(() => fromRawSecret('ES256', fromHex(hex))).toThrow(SigningKeyError);
  });
});

describe('signMessage', () => {
  // RFC 6979, appendix A.2.5, with SHA-256; the first s is in the upper half of the order.
  it.each([
    [
      'sample',
      'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716',
      'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
    ],
    [
      'test',
      'f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367',
      '019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083',
    ],
  ])('signs "%s" as RFC 6979 does', (message, r, s) => {
    const { privateKey } = fromRawSecret('ES256', fromHex(RFC_6979_SECRET));
    const signature = signMessage('ES256', privateKey, toUtf8(message));
    expect(toHex(signature)).toBe(toHex(encodeEcdsaSignature(fromHex(r + s))));
  });

  it('makes signatures that OpenSSL verifies, of both halves of s', () => {
    const { privateKey, publicKey } = generateSigningKey('ES256', seededRandom('sign'));
    const spki = encodeSubjectPublicKeyInfo(fromUncompressedPoint('ES256', publicKey));
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    let high = 0;
    for (let index = 0; index < 40; index += 1) {
      const message = toUtf8(`message ${index}`);
      const signature = signMessage('ES256', privateKey, message);
      expect(verify('sha256', message, key, signature)).toBe(true);
      expect(verifyMessage('ES256', publicKey, message, signature)).toBe(true);
      expect(verifyMessage('ES256', publicKey, toUtf8('another'), signature)).toBe(false);
      const s = toHex(parseEcdsaSignature(signature, 32)).slice(64);
      if (BigInt(`0x${s}`) > BigInt(`0x${P256_ORDER}`) / 2n) high += 1;
    }
    expect(high).toBeGreaterThan(5);
    expect(high).toBeLessThan(35);
  });

  it('takes PKCS#8 from OpenSSL, with its public key and without', () => {
    const { privateKey: theirs } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const full = theirs.export({ format: 'der', type: 'pkcs8' });
    const secret = full.subarray(36, 68);
    const bare = Buffer.concat([
      fromHex('3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420'),
      secret,
    ]);
    const message = toUtf8('message');
    for (const der of [full, bare]) {
      const signature = signMessage('ES256', pkcs8(der), message);
      expect(verify('sha256', message, createPublicKey(theirs), signature)).toBe(true);
    }
  });

  it('refuses PKCS#8 that is anything else', () => {
    const { privateKey } = fromRawSecret('ES256', fromHex(RFC_6979_SECRET));
    const good = privateKey.use((der) => Uint8Array.from(der));
    const otherPublic = Uint8Array.from(good);
    flipInPlace(otherPublic, 100);
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    const ed25519 = generateKeyPairSync('ed25519').privateKey;
    const zero = Uint8Array.from(good).fill(0, 36, 68);
    const bad = [
      good.subarray(0, -1),
      Uint8Array.of(...good, 0),
      otherPublic,
      zero,
      p384.export({ format: 'der', type: 'pkcs8' }),
      ed25519.export({ format: 'der', type: 'pkcs8' }),
      new Uint8Array(),
    ];
    for (const der of bad) {
      expect(() => signMessage('ES256', pkcs8(der), toUtf8('x'))).toThrow(SigningKeyError);
    }
  });

  it('refuses a key that was disposed of', () => {
    const { privateKey } = fromRawSecret('ES256', fromHex(RFC_6979_SECRET));
    privateKey.dispose();
    expect(() => signMessage('ES256', privateKey, toUtf8('x'))).toThrow(/disposed|dispose/);
  });
});

interface Wycheproof {
  readonly testGroups: readonly {
    readonly publicKey: { readonly uncompressed: string };
    readonly tests: readonly {
      readonly tcId: number;
      readonly msg: string;
      readonly sig: string;
      readonly result: string;
    }[];
  }[];
}
const wycheproof = readJsonVectors(
  'wycheproof',
  'ecdsa_secp256r1_sha256_test.json',
) as Wycheproof | null;

describe.skipIf(wycheproof === null)(`verifyMessage on Wycheproof (or: ${NOT_PRESENT})`, () => {
  it('agrees with every case', () => {
    const cases = (wycheproof?.testGroups ?? []).flatMap(({ publicKey, tests }) =>
      tests.map((test) => ({ point: fromHex(publicKey.uncompressed), ...test })),
    );
    const wrong = cases.filter(
      ({ point, msg, sig, result }) =>
        verifyMessage('ES256', point, fromHex(msg), fromHex(sig)) !== (result === 'valid'),
    );
    expect(wrong.map(({ tcId }) => tcId)).toEqual([]);
    expect(cases.length).toBeGreaterThan(450);
  });
});
