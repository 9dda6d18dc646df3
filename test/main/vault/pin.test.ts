// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { hmacSha256, sha256 } from '../../../src/main/crypto/digest.ts';
import { deriveVaultKeys, randomVaultRootKey } from '../../../src/main/crypto/keys.ts';
import { DEFAULT_KDF, KDF_CEILING, KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import {
  encodePin,
  isAuthenticPin,
  parsePin,
  type Pin,
  PIN_BYTES,
} from '../../../src/main/vault/pin.ts';
import { concatBytes } from '../../../src/shared/bytes.ts';
import { flippedBit } from '../../support/flipped-bits.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const random = seededRandom('pin');
const vaultId = random.bytes(32);
const { pins: key } = deriveVaultKeys(randomVaultRootKey(random), vaultId);
const { pins: otherKey } = deriveVaultKeys(randomVaultRootKey(random), vaultId);

const PIN: Pin = {
  ...{ vaultId, generation: 7, epoch: 2, lamport: 123_456_789_012 },
  ...{ seenAt: Date.UTC(2026, 10, 22), kdf: DEFAULT_KDF },
};
const record = encodePin(PIN, key);

/** With other bytes in one place, and a MAC and a digest that fit them. */
function changed(at: number, bytes: Uint8Array): Uint8Array {
  const covered = record.slice(0, PIN_BYTES - 64);
  covered.set(bytes, at);
  const mac = key.use((secret) => hmacSha256(secret, covered));
  return concatBytes(covered, mac, sha256(covered, mac));
}

const u64 = (value: bigint): Uint8Array => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value);
  return bytes;
};

describe('a pin', () => {
  it.each([
    ['an ordinary one', PIN],
    ['the least', { ...PIN, generation: 1, epoch: 1, lamport: 0, seenAt: 0, kdf: KDF_FLOOR }],
    ['without a password', { ...PIN, kdf: null }],
    [
      'the most',
      {
        ...PIN,
        generation: 2 ** 32 - 1,
        epoch: 2 ** 32 - 1,
        lamport: 2 ** 53 - 1,
        seenAt: 8.64e15,
      },
    ],
  ])('is read back as it was written: %s', (_, pin) => {
    const bytes = encodePin(pin, key);
    expect(bytes).toHaveLength(PIN_BYTES);
    const parsed = parsePin(bytes, vaultId);
    expect(parsed).toMatchObject(pin);
    expect(parsed !== null && isAuthenticPin(parsed, key)).toBe(true);
    expect(parsed !== null && isAuthenticPin(parsed, otherKey)).toBe(false);
  });

  it('is damaged by the change of any bit, which shows without a key', () => {
    for (let bit = 0; bit < PIN_BYTES * 8; bit += 1) {
      expect(parsePin(flippedBit(record, bit), vaultId), `bit ${bit}`).toBeNull();
    }
  });

  it('is nothing at another length', () => {
    for (let length = 0; length < PIN_BYTES; length += 1) {
      expect(parsePin(record.subarray(0, length), vaultId)).toBeNull();
    }
    expect(parsePin(concatBytes(record, new Uint8Array(1)), vaultId)).toBeNull();
    expect(parsePin(new Uint8Array(PIN_BYTES), vaultId)).toBeNull();
  });

  it('is of one vault', () => {
    expect(parsePin(record, random.bytes(32))).toBeNull();
  });

  it('does not open under its MAC where someone without the key made its digest fit', () => {
    const covered = record.slice(0, PIN_BYTES - 64);
    covered[47] = 1;
    const mac = record.slice(PIN_BYTES - 64, PIN_BYTES - 32);
    const parsed = parsePin(concatBytes(covered, mac, sha256(covered, mac)), vaultId);
    expect(parsed).toMatchObject({ generation: 1 });
    expect(parsed !== null && isAuthenticPin(parsed, key)).toBe(false);
  });

  it.each([
    ['another magic', changed(0, Uint8Array.of(0x6c))],
    ['another version', changed(8, Uint8Array.of(0, 2))],
    ['another suite', changed(10, Uint8Array.of(0, 2))],
    ['generation 0', changed(44, new Uint8Array(4))],
    ['epoch 0', changed(48, new Uint8Array(4))],
    ['a lamport that cannot be counted', changed(52, u64(2n ** 53n))],
    ['a time that there is not', changed(60, u64(8_640_000_000_000_001n))],
    ['an unknown KDF', changed(68, Uint8Array.of(3))],
    ['a KDF below the floor', changed(70, Uint8Array.of(0, 0, 1, 0))],
    ['a KDF above the ceiling', changed(74, Uint8Array.of(0, 0, 0, KDF_CEILING.passes + 1))],
  ])('is refused where it is whole and of another form: %s', (_, bytes) => {
    expect(bytes).toHaveLength(PIN_BYTES);
    expect(parsePin(bytes, vaultId)).toBeNull();
  });
});
