// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { readyAead } from '../../../src/main/crypto/aead.ts';
import { randomVaultRootKey } from '../../../src/main/crypto/keys.ts';
import { DEFAULT_KDF, KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import { FixedWidthReader } from '../../../src/main/vault/fixed-width.ts';
import {
  encodeSlot,
  type KeySlot,
  openSlot,
  parseSlot,
  sealSlot,
} from '../../../src/main/vault/key-slot.ts';
import { concatBytes, toHex } from '../../../src/shared/bytes.ts';
import { readSlot } from '../../support/independent-vault.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { secret } from '../../support/vault-fixture.ts';

const random = seededRandom('slot');
const aead = await readyAead();
const context = { vaultId: random.bytes(32), epoch: 3 };
const rootKey = randomVaultRootKey(random);
const SECRET = 'k'.repeat(32);
const slot = sealSlot(aead, {
  fields: { type: 'password', kdf: KDF_FLOOR },
  salt: random.bytes(16),
  secret: secret(SECRET),
  rootKey,
  context,
  random,
});
const flip = (bytes: Uint8Array): Uint8Array => bytes.with(5, (bytes[5] ?? 0) ^ 1);
const open = (changed: Partial<KeySlot>, text = SECRET, where = context) =>
  openSlot(aead, { slot: { ...slot, ...changed }, secret: secret(text), context: where });

describe('sealSlot and openSlot', () => {
  it('give the root key back', () => {
    const opened = open({});
    if (!opened.isOpen) throw new Error(`refused at its ${opened.failedAt}`);
    expect(opened.rootKey.use(toHex)).toBe(rootKey.use(toHex));
  });

  it('refuse a wrong secret at the MAC, before anything is unsealed', () => {
    expect(open({}, 'K'.repeat(32))).toEqual({ isOpen: false, failedAt: 'mac' });
  });

  it('refuse at the MAC every field that was changed, the MAC itself among them', () => {
    const changes: Partial<KeySlot>[] = [
      { slotId: flip(slot.slotId) },
      { salt: flip(slot.salt) },
      { kdf: DEFAULT_KDF },
      { kdf: { ...KDF_FLOOR, passes: 4 } },
      { sealedRootKey: flip(slot.sealedRootKey) },
      { mac: flip(slot.mac) },
      { mac: slot.mac.subarray(0, 16) },
    ];
    for (const change of changes) {
      expect(open(change)).toEqual({ isOpen: false, failedAt: 'mac' });
    }
  });

  it('refuse at the MAC another vault and another epoch', () => {
    const others = [
      { ...context, epoch: 4 },
      { ...context, vaultId: random.bytes(32) },
    ];
    for (const other of others) {
      expect(open({}, SECRET, other)).toEqual({ isOpen: false, failedAt: 'mac' });
    }
  });

  it('refuse a root key that does not open under a MAC that is right', () => {
    const sealedRootKey = flip(slot.sealedRootKey);
    const head = new Uint8Array(53);
    head.set([0, 1], 10);
    head.set(context.vaultId, 12);
    head.set([0, 0, 0, context.epoch], 48);
    const independent = secret(SECRET).use((bytes) =>
      readSlot(concatBytes(head, encodeSlot(slot)), bytes.slice()),
    );
    const mac = independent.macOf(sealedRootKey);
    expect(open({ sealedRootKey, mac })).toEqual({ isOpen: false, failedAt: 'seal' });
  });
});

describe('encodeSlot and parseSlot', () => {
  it('give the slot back and read no byte more', () => {
    const reader = new FixedWidthReader(encodeSlot(slot));
    expect(parseSlot(reader)).toEqual(slot);
    reader.end();
    expect(reader.offset).toBe(151);
  });

  it('refuse an unknown type and every truncation', () => {
    const bytes = encodeSlot(slot);
    expect(() => parseSlot(new FixedWidthReader(bytes.with(16, 9)))).toThrow('unknown type 9');
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => parseSlot(new FixedWidthReader(bytes.subarray(0, length)))).toThrow();
    }
  });
});
