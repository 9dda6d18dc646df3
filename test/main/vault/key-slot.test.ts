// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { readyAead } from '../../../src/main/crypto/aead.ts';
import { randomVaultRootKey } from '../../../src/main/crypto/keys.ts';
import { DEFAULT_KDF, KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { FixedWidthReader, u16 } from '../../../src/main/vault/fixed-width.ts';
import {
  encodeSlot,
  type KeySlot,
  openSlot,
  parseSlot,
  slotTypeOf,
  splitSlot,
  sealSlot,
  SLOT_TYPES,
  type SlotFields,
} from '../../../src/main/vault/key-slot.ts';
import { concatBytes, toHex } from '../../../src/shared/bytes.ts';
import { flippedBit } from '../../support/flipped-bits.ts';
import { readSlot } from '../../support/independent-vault.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { sealUnderTwoKeys } from '../../support/two-key-ciphertext.ts';
import { secret } from '../../support/unlock-secrets.ts';

const random = seededRandom('slot');
const aead = await readyAead();
const context = { vaultId: random.bytes(32), epoch: 3 };
const rootKey = randomVaultRootKey(random);
const SECRET = 'k'.repeat(32);
const SLOT_BYTES = 153;
const flip = (bytes: Uint8Array, bit = 40): Uint8Array => flippedBit(bytes, bit);

const fields: readonly SlotFields[] = [
  { type: 'password', kdf: KDF_FLOOR },
  { type: 'password-key-file', kdf: KDF_FLOOR },
  { type: 'recovery', kdf: null },
];
const sealed = (one: SlotFields, text = SECRET): KeySlot =>
  sealSlot(aead, {
    ...{ fields: one, slotId: random.bytes(16), salt: random.bytes(16), secret: secret(text) },
    ...{ rootKey, context, random },
  });
const open = (slot: KeySlot, text = SECRET, where = context) =>
  openSlot(aead, { slot, secret: secret(text), context: where });

describe.each(fields)('a slot of type $type', (one) => {
  const slot = sealed(one);

  it('gives the root key back', () => {
    const opened = open(slot);
    if (!opened.isOpen) throw new Error(`refused at its ${opened.failedAt}`);
    expect(opened.rootKey.use(toHex)).toBe(rootKey.use(toHex));
  });

  it('refuses a wrong secret at the MAC, before anything is unsealed', () => {
    for (const wrong of ['K'.repeat(32), '', 'k'.repeat(31), 'k'.repeat(33)]) {
      expect(open(slot, wrong)).toEqual({ isOpen: false, failedAt: 'mac' });
    }
  });

  it('refuses at the MAC every field that was changed, the MAC itself among them', () => {
    const changes: Partial<KeySlot>[] = [
      { slotId: flip(slot.slotId) },
      { salt: flip(slot.salt) },
      { sealedRootKey: flip(slot.sealedRootKey) },
      { mac: flip(slot.mac) },
      { mac: slot.mac.subarray(0, 16) },
      { mac: new Uint8Array(0) },
    ];
    for (const change of changes) {
      expect(open({ ...slot, ...change } as KeySlot)).toEqual({ isOpen: false, failedAt: 'mac' });
    }
  });

  it('refuses at the MAC another type, another cost, another vault and another epoch', () => {
    const others = fields
      .filter(({ type }) => type !== one.type)
      .map((other) => ({ ...slot, ...other }));
    const costs = [DEFAULT_KDF, { ...KDF_FLOOR, passes: 4 }, { ...KDF_FLOOR, lanes: 2 }];
    const dearer = one.kdf === null ? [] : costs.map((kdf) => ({ ...slot, kdf }) as KeySlot);
    for (const other of [...others, ...dearer]) {
      expect(open(other)).toEqual({ isOpen: false, failedAt: 'mac' });
    }
    const places = [
      { ...context, epoch: 4 },
      { ...context, vaultId: random.bytes(32) },
    ];
    for (const place of places) {
      expect(open(slot, SECRET, place)).toEqual({ isOpen: false, failedAt: 'mac' });
    }
  });

  it('is written and read to the byte', () => {
    const bytes = encodeSlot(slot);
    const reader = new FixedWidthReader(bytes);
    expect(parseSlot(slot.type, splitSlot(reader))).toEqual(slot);
    reader.end();
    expect(bytes).toHaveLength(SLOT_BYTES);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => splitSlot(new FixedWidthReader(bytes.subarray(0, length)))).toThrow(TypeError);
    }
  });

  it('never opens with a bit flipped', () => {
    const bytes = encodeSlot(slot);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      let parsed: KeySlot;
      try {
        parsed = parse(flip(bytes, bit));
      } catch {
        continue;
      }
      expect(open(parsed)).toEqual({ isOpen: false, failedAt: 'mac' });
    }
  });
});

describe('parseSlot', () => {
  it('refuses an unknown type, and a KDF where none belongs', () => {
    const bytes = encodeSlot(sealed({ type: 'recovery', kdf: null }));
    for (const code of [0, 4, 9, 255]) {
      expect(slotTypeOf(splitSlot(new FixedWidthReader(bytes.with(16, code))).code)).toBeNull();
    }
    for (let offset = 17; offset < 31; offset += 1) {
      expect(() => parse(bytes.with(offset, 1))).toThrow(TypeError);
    }
  });

  it('refuses a password without a KDF', () => {
    const bytes = Uint8Array.from(encodeSlot(sealed({ type: 'password', kdf: KDF_FLOOR })));
    bytes.fill(0, 17, 31);
    expect(() => parse(bytes)).toThrow('KDF block');
  });

  it('finds the end of a slot by the length of its fields, and refuses any in the types of version 1', () => {
    for (const one of fields) {
      const bytes = encodeSlot(sealed(one));
      const own = random.bytes(300);
      const longer = concatBytes(bytes.subarray(0, 47), u16(300), own, bytes.subarray(49));
      const reader = new FixedWidthReader(longer);
      expect(splitSlot(reader).own).toEqual(own);
      reader.end();
      expect(() => parse(longer)).toThrow(TypeError);
      for (const length of [1, 0xffff]) {
        const wrong = concatBytes(bytes.subarray(0, 47), u16(length), bytes.subarray(49));
        expect(() => splitSlot(new FixedWidthReader(wrong))).toThrow(TypeError);
      }
    }
  });

  it('gives no code to two types', () => {
    const codes = Object.values(SLOT_TYPES).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });
});

function parse(bytes: Uint8Array): KeySlot {
  const parts = splitSlot(new FixedWidthReader(bytes));
  const type = slotTypeOf(parts.code);
  if (type === null) throw new TypeError('unknown type');
  return parseSlot(type, parts);
}

/** What a second implementation makes of a slot and a secret. */
function independentOf(slot: KeySlot, text = SECRET) {
  const head = new Uint8Array(53);
  head.set([0, 1], 10);
  head.set(context.vaultId, 12);
  head.set([0, 0, 0, context.epoch], 48);
  return secret(text).use((bytes) => readSlot(concatBytes(head, encodeSlot(slot)), bytes.slice()));
}

describe('openSlot', () => {
  const slot = sealed({ type: 'password', kdf: KDF_FLOOR });

  it('refuses a root key that does not open under a MAC that is right', () => {
    const sealedRootKey = flip(slot.sealedRootKey);
    const mac = independentOf(slot).macOf(sealedRootKey);
    expect(open({ ...slot, sealedRootKey, mac })).toEqual({ isOpen: false, failedAt: 'seal' });
  });

  it('refuses at the MAC a ciphertext that opens under the keys of two secrets', () => {
    const [one, other] = [independentOf(slot, SECRET), independentOf(slot, 'another secret')];
    const nonce = random.bytes(24);
    const sealedRootKey = sealUnderTwoKeys([one.kek, other.kek], { nonce, aad: one.aad });
    // The AEAD alone lets both in: without the MAC, one try would test two passwords.
    for (const { kek, aad } of [one, other]) {
      const key = SecretBytes.take(kek.slice());
      expect(aead.open(key, { sealed: sealedRootKey, aad })).toHaveLength(32);
    }
    const forged = { ...slot, sealedRootKey, mac: one.macOf(sealedRootKey) };
    expect(open(forged, SECRET).isOpen).toBe(true);
    expect(open(forged, 'another secret')).toEqual({ isOpen: false, failedAt: 'mac' });
  });
});
