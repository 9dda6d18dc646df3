// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { CryptoError } from '../../../src/main/crypto/crypto-error.ts';
import {
  argon2id,
  assertKdfWithinBounds,
  DEFAULT_KDF,
  derivePasswordKey,
  encodeKdfBlock,
  KDF_FLOOR,
  type KdfParameters,
  parseKdfBlock,
} from '../../../src/main/crypto/password-kdf.ts';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { toHex, toUtf8 } from '../../../src/shared/bytes.ts';
import { flipped } from '../../support/flipped-bits.ts';

const MIB = 1024;
const of = (change: Partial<KdfParameters>): KdfParameters => ({ ...DEFAULT_KDF, ...change });

describe('argon2id', () => {
  it('gives the answer of RFC 9106, section 5.3', async () => {
    const derived = await argon2id(new Uint8Array(32).fill(1), {
      salt: new Uint8Array(16).fill(2),
      secret: new Uint8Array(8).fill(3),
      associatedData: new Uint8Array(12).fill(4),
      parameters: { memoryKib: 32, passes: 3, lanes: 4 },
    });
    expect(toHex(derived)).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
  });
});

describe('derivePasswordKey', () => {
  const password = (text: string): SecretBytes => SecretBytes.take(toUtf8(text));
  const derive = async (text: string, salt: Uint8Array, parameters: KdfParameters) => {
    using secret = password(text);
    using derived = await derivePasswordKey(secret, salt, parameters);
    return derived.use(toHex);
  };

  it('depends on password, salt and every parameter', async () => {
    const salt = new Uint8Array(16).fill(9);
    const other = new Uint8Array(16).fill(8);
    const answers = await Promise.all([
      derive('one', salt, KDF_FLOOR),
      derive('two', salt, KDF_FLOOR),
      derive('one', other, KDF_FLOOR),
      derive('one', salt, { ...KDF_FLOOR, memoryKib: KDF_FLOOR.memoryKib + 1 }),
      derive('one', salt, { ...KDF_FLOOR, passes: 4 }),
      derive('one', salt, { ...KDF_FLOOR, lanes: 2 }),
    ]);
    expect(new Set(answers).size).toBe(6);
    expect(await derive('one', salt, KDF_FLOOR)).toBe(answers[0]);
  });

  it('leaves the password with its owner', async () => {
    using secret = password('one');
    (await derivePasswordKey(secret, new Uint8Array(16), KDF_FLOOR)).dispose();
    expect(secret.use((bytes) => toHex(bytes))).toBe(toHex(toUtf8('one')));
  });

  it('refuses parameters out of bounds and salts of another length', async () => {
    using secret = password('one');
    await expect(
      derivePasswordKey(secret, new Uint8Array(16), of({ passes: 1 })),
    ).rejects.toMatchObject({ code: 'crypto/parameters-refused' });
    await expect(derivePasswordKey(secret, new Uint8Array(8), KDF_FLOOR)).rejects.toThrow('16');
  });
});

describe('assertKdfWithinBounds', () => {
  it.each([
    ['the default', DEFAULT_KDF],
    ['the floor', KDF_FLOOR],
    ['most memory', of({ memoryKib: 1024 * MIB, passes: 4, lanes: 8 })],
    ['most passes', of({ memoryKib: 256 * MIB, passes: 16, lanes: 8 })],
  ])('takes %s', (_, parameters) => {
    expect(() => {
      assertKdfWithinBounds(parameters);
    }).not.toThrow();
  });

  it.each([
    ['less memory', of({ memoryKib: 64 * MIB - 1 })],
    ['fewer passes', of({ passes: 2 })],
    ['no lane', of({ lanes: 0 })],
    ['more memory', of({ memoryKib: 1024 * MIB + 1, passes: 3 })],
    ['more passes', of({ memoryKib: 64 * MIB, passes: 17 })],
    ['more lanes', of({ lanes: 9 })],
    ['more work in all', of({ memoryKib: 1024 * MIB, passes: 5 })],
    ['a fraction', of({ passes: 3.5 })],
    ['no number', of({ passes: Number.NaN })],
  ])('refuses %s', (_, parameters) => {
    expect(() => {
      assertKdfWithinBounds(parameters);
    }).toThrow(CryptoError);
  });
});

describe('the KDF block', () => {
  it('is 14 canonical bytes', () => {
    const block = encodeKdfBlock(DEFAULT_KDF);
    expect(toHex(block)).toBe('0213000400000000000300000004');
    expect(parseKdfBlock(block)).toEqual(DEFAULT_KDF);
  });

  it('is refused with another algorithm, version or length', () => {
    const block = encodeKdfBlock(DEFAULT_KDF);
    const changed = (index: number): Uint8Array => flipped(block, index);
    for (const bad of [changed(0), changed(1), block.subarray(1), new Uint8Array(15)]) {
      expect(() => parseKdfBlock(bad)).toThrow(CryptoError);
    }
  });
});
