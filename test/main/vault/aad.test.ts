// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { type AadFields, encodeAad, OBJECT_TYPES, ROLES } from '../../../src/main/vault/aad.ts';
import type { DeviceId } from '../../../src/shared/brand.ts';
import { toHex } from '../../../src/shared/bytes.ts';

const fields: AadFields = {
  vaultId: new Uint8Array(32).fill(0xaa),
  epoch: 7,
  objectType: 'item',
  itemId: 'bb'.repeat(16),
  role: 'body',
  revision: { lamport: 9, deviceId: 'cc'.repeat(16) as DeviceId },
  schema: 1,
};

describe('encodeAad', () => {
  it('writes the tuple in its order, every width fixed', () => {
    const expected = [
      '766c7431',
      '01',
      '0001',
      'aa'.repeat(32),
      '00000007',
      '01',
      'bb'.repeat(16),
      '01',
      '0000000000000009',
      'cc'.repeat(16),
      '0001',
    ].join('');
    expect(toHex(encodeAad(fields))).toBe(expected);
    expect(toHex(encodeAad({ ...fields, extra: Uint8Array.of(1, 2) }))).toBe(`${expected}0102`);
  });

  it('differs in every field', () => {
    const others: Partial<AadFields>[] = [
      { vaultId: new Uint8Array(32) },
      { epoch: 8 },
      { objectType: 'meta' },
      { itemId: null },
      { role: 'itemKey' },
      { revision: { ...fields.revision, lamport: 10 } },
      { revision: { ...fields.revision, deviceId: 'cd'.repeat(16) as DeviceId } },
      { schema: 2 },
      { extra: new Uint8Array(1) },
    ];
    const all = [fields, ...others.map((other) => ({ ...fields, ...other }))];
    expect(new Set(all.map((one) => toHex(encodeAad(one)))).size).toBe(all.length);
  });

  it('gives no code to two roles or two types', () => {
    for (const table of [ROLES, OBJECT_TYPES]) {
      expect(new Set(Object.values(table)).size).toBe(Object.keys(table).length);
    }
  });

  it('refuses ids of another width', () => {
    expect(() => encodeAad({ ...fields, vaultId: new Uint8Array(31) })).toThrow('32 bytes');
    expect(() => encodeAad({ ...fields, itemId: 'bb' })).toThrow('16 bytes');
  });
});
