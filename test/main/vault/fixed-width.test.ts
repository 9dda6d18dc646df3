// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { FixedWidthReader, id16, u16, u32, u64, u8 } from '../../../src/main/vault/fixed-width.ts';
import { concatBytes, toHex } from '../../../src/shared/bytes.ts';

describe('fixed-width fields', () => {
  it('are big-endian and come back', () => {
    const id = '0123456789abcdef'.repeat(2);
    const bytes = concatBytes(u8(1), u16(0x0203), u32(0x04050607), u64(2 ** 53 - 1), id16(id));
    expect(toHex(bytes)).toBe(`01020304050607001fffffffffffff${id}`);
    const reader = new FixedWidthReader(bytes);
    expect([reader.u8(), reader.u16(), reader.u32(), reader.u64(), reader.id16()]).toEqual([
      1,
      0x0203,
      0x04050607,
      2 ** 53 - 1,
      id,
    ]);
    reader.end();
  });

  it('hold neither negative, broken nor too large values', () => {
    for (const bad of [-1, 0.5, Number.NaN, 256]) expect(() => u8(bad)).toThrow('u8');
    expect(() => u16(65_536)).toThrow('u16');
    expect(() => u32(2 ** 32)).toThrow('u32');
    expect(() => u64(2 ** 53)).toThrow('u64');
    expect(() => id16('00')).toThrow('16 bytes');
  });

  it('are missed when the bytes run out, and noticed when left over', () => {
    expect(() => new FixedWidthReader(new Uint8Array(3)).u32()).toThrow(TypeError);
    expect(() => {
      new FixedWidthReader(new Uint8Array(1)).end();
    }).toThrow(TypeError);
    expect(() => new FixedWidthReader(new Uint8Array(8).fill(255)).u64()).toThrow(TypeError);
  });
});
