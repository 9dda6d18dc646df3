// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { readyAead } from '../../../src/main/crypto/aead.ts';
import { deriveVaultKeys, randomVaultRootKey } from '../../../src/main/crypto/keys.ts';
import { KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import { encodeSlot, sealSlot, type SlotFields } from '../../../src/main/vault/key-slot.ts';
import {
  assertHeaderMac,
  encodeHeader,
  NO_ROSTER,
  parseHeader,
  type VaultHeader,
} from '../../../src/main/vault/vault-header.ts';
import { concatBytes } from '../../../src/shared/bytes.ts';
import { code } from '../../support/error-code.ts';
import { flipped, flippedBit } from '../../support/flipped-bits.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { secret } from '../../support/unlock-secrets.ts';

const random = seededRandom('header');
const vaultId = random.bytes(32);
const root = randomVaultRootKey(random);
const keys = deriveVaultKeys(root, vaultId);
const aead = await readyAead();
const newSlot = (fields: SlotFields = { type: 'password', kdf: KDF_FLOOR }) =>
  sealSlot(aead, {
    fields,
    slotId: random.bytes(16),
    salt: random.bytes(16),
    secret: secret('k'.repeat(32)),
    rootKey: root,
    context: { vaultId, epoch: 1 },
    random,
  });
const keyFile: SlotFields = { type: 'password-key-file', kdf: KDF_FLOOR };
const recovery: SlotFields = { type: 'recovery', kdf: null };
const header: VaultHeader = {
  vaultId,
  generation: 1,
  epoch: 1,
  slots: [newSlot()],
  rosterHash: NO_ROSTER,
};
const bytes = encodeHeader(header, keys.header);
/** Offsets of docs/vault-format.md. */
const AT = { version: 8, suite: 10, generation: 44, epoch: 48, slotCount: 52, type: 69, kdf: 70 };
const withU16 = (offset: number, value: number): Uint8Array => {
  const changed = Uint8Array.from(bytes);
  new DataView(changed.buffer).setUint16(offset, value);
  return changed;
};
const withU32 = (offset: number, value: number): Uint8Array => {
  const changed = Uint8Array.from(bytes);
  new DataView(changed.buffer).setUint32(offset, value);
  return changed;
};

/** A header with these slots and no MAC of its own: parsing comes before. */
const unsigned = (slots: readonly Uint8Array[]): Uint8Array =>
  concatBytes(bytes.subarray(0, 52), Uint8Array.of(slots.length), ...slots, bytes.subarray(-64));

describe('parseHeader', () => {
  it('gives back what was encoded', () => {
    const { covered, mac, ...parsed } = parseHeader(bytes);
    expect(parsed).toEqual(header);
    expect(concatBytes(covered, mac)).toEqual(bytes);
    expect(bytes.length).toBe(53 + 16 + 1 + 14 + 16 + 2 + 72 + 32 + 32 + 32);
  });

  it('refuses every truncation and every extension', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => parseHeader(bytes.subarray(0, length))).toThrow(code('vault/header-damaged'));
    }
    for (const more of [1, 32, 300]) {
      const extended = concatBytes(bytes, new Uint8Array(more));
      expect(() => parseHeader(extended)).toThrow(code('vault/header-damaged'));
    }
  });

  it('refuses more than 16 KiB before reading it', () => {
    const huge = concatBytes(bytes, new Uint8Array(16 * 1024));
    expect(() => parseHeader(huge)).toThrow(
      expect.objectContaining({ details: { step: 'length' } }) as Error,
    );
  });

  it('tells a newer format and another suite from damage', () => {
    const unsupported = code('vault/unsupported-version');
    expect(() => parseHeader(withU16(AT.version, 2))).toThrow(unsupported);
    expect(() => parseHeader(withU16(AT.version, 0xffff))).toThrow(unsupported);
    expect(() => parseHeader(withU16(AT.suite, 2))).toThrow(unsupported);
    expect(() => parseHeader(withU16(AT.version, 0))).toThrow(code('vault/header-damaged'));
    const newer = concatBytes(withU16(AT.version, 2), new Uint8Array(5000).fill(1));
    expect(() => parseHeader(newer)).toThrow(unsupported);
  });

  it('refuses another magic, no slot, too many slots, another type of slot with a KDF', () => {
    const damaged = code('vault/header-damaged');
    expect(() => parseHeader(withU16(0, 0x6c61))).toThrow(damaged);
    expect(() => parseHeader(bytes.with(AT.slotCount, 0))).toThrow(damaged);
    expect(() => parseHeader(bytes.with(AT.slotCount, 2))).toThrow(damaged);
    expect(() => parseHeader(bytes.with(AT.slotCount, 255))).toThrow(damaged);
    expect(() => parseHeader(bytes.with(AT.type, 3))).toThrow(damaged);
  });

  it('tells a slot of a later version from damage, whatever its fields, and takes no other out', () => {
    const later = expect.objectContaining({
      ...{ code: 'vault/unsupported-version', details: { step: 'slot-type', type: 4 } },
    }) as Error;
    const slot = encodeSlot(newSlot());
    const fields = random.bytes(70);
    const fido = concatBytes(
      ...[
        slot.subarray(0, 16),
        Uint8Array.of(4),
        new Uint8Array(14).fill(9),
        slot.subarray(31, 47),
      ],
      ...[Uint8Array.of(0, 70), fields, slot.subarray(49)],
    );
    for (const slots of [[fido], [slot, fido], [fido, encodeSlot(newSlot(recovery))]]) {
      expect(() => parseHeader(unsigned(slots))).toThrow(later);
    }
    for (const type of [0, 4, 255]) {
      const known = { code: 'vault/unsupported-version' };
      expect(() => parseHeader(bytes.with(AT.type, type))).toThrow(expect.objectContaining(known));
    }
    const cut = concatBytes(fido.subarray(0, 48), Uint8Array.of(255), fido.subarray(49));
    expect(() => parseHeader(unsigned([cut]))).toThrow(code('vault/header-damaged'));
  });

  it('gives back a header with as many slots as there may be', () => {
    const slots = [newSlot(keyFile), ...Array.from({ length: 8 }, () => newSlot(recovery))];
    const {
      covered: _covered,
      mac: _mac,
      ...parsed
    } = parseHeader(
      encodeHeader({ ...header, slots, generation: 0xffff_ffff, epoch: 0xffff_ffff }, keys.header),
    );
    expect(parsed).toEqual({ ...header, slots, generation: 0xffff_ffff, epoch: 0xffff_ffff });
  });

  it('refuses a header with no slot at all, more of a type than may be, or one slot twice', () => {
    const slots = [
      [],
      [newSlot(), newSlot()],
      [newSlot(keyFile), newSlot(keyFile)],
      [newSlot(), newSlot(keyFile)],
      [newSlot(keyFile), newSlot(recovery), newSlot()],
      Array.from({ length: 9 }, () => newSlot(recovery)),
      [...header.slots, ...header.slots],
      [newSlot(recovery), { ...newSlot(), slotId: header.slots[0]?.slotId ?? vaultId }, newSlot()],
    ];
    const inSlots = expect.objectContaining({
      ...{ code: 'vault/header-damaged', details: { step: 'slots' } },
    }) as Error;
    for (const wrong of slots) {
      expect(() => parseHeader(unsigned(wrong.map(encodeSlot)))).toThrow(inSlots);
    }
    for (const wrong of slots.slice(1, -2)) {
      expect(() => encodeHeader({ ...header, slots: wrong }, keys.header)).toThrow(inSlots);
    }
  });

  it('refuses generation and epoch zero', () => {
    expect(() => parseHeader(withU32(AT.generation, 0))).toThrow(code('vault/header-damaged'));
    expect(() => parseHeader(withU32(AT.epoch, 0))).toThrow(code('vault/header-damaged'));
  });

  it.each([
    ['memory below the floor', AT.kdf + 2, 65_535],
    ['memory above the ceiling', AT.kdf + 2, 1_048_577],
    ['passes below the floor', AT.kdf + 6, 2],
    ['passes above the ceiling', AT.kdf + 6, 17],
    ['no lanes', AT.kdf + 10, 0],
    ['too many lanes', AT.kdf + 10, 9],
    ['all bits set', AT.kdf + 2, 0xffff_ffff],
  ])('refuses %s', (_, offset, value) => {
    expect(() => parseHeader(withU32(offset, value))).toThrow(code('vault/parameters-refused'));
  });

  it('refuses another algorithm or version of Argon2', () => {
    for (const offset of [AT.kdf, AT.kdf + 1]) {
      const changed = flipped(bytes, offset);
      expect(() => parseHeader(changed)).toThrow(code('vault/parameters-refused'));
    }
  });
});

describe('assertHeaderMac', () => {
  it('takes the header that was written', () => {
    expect(() => {
      assertHeaderMac(parseHeader(bytes), keys.header);
    }).not.toThrow();
  });

  it('refuses every bit that parsing lets through', () => {
    let refusedByMac = 0;
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = flippedBit(bytes, bit);
      let parsed;
      try {
        parsed = parseHeader(changed);
      } catch {
        continue; // refused before the MAC: the tests above say which and why
      }
      refusedByMac += 1;
      const checked = parsed;
      expect(() => {
        assertHeaderMac(checked, keys.header);
      }).toThrow(code('vault/header-damaged'));
    }
    expect(refusedByMac).toBeGreaterThan(1500);
  });

  it('refuses another vault’s key', () => {
    using others = deriveVaultKeys(randomVaultRootKey(random), vaultId);
    expect(() => {
      assertHeaderMac(parseHeader(bytes), others.header);
    }).toThrow(code('vault/header-damaged'));
  });
});
