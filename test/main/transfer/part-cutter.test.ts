// Parts cut out of a stream: whatever the pieces, the same parts; whatever a length says, nothing is allocated for it that
// cannot come.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, joinBytes } from '../../../src/shared/bytes.ts';
import { PartCutter } from '../../../src/main/transfer/part-cutter.ts';
import { u32 } from '../../../src/main/vault/fixed-width.ts';

const framed = (parts: readonly Uint8Array[]) =>
  joinBytes(parts.map((part) => concatBytes(u32(part.length), part)));

describe('PartCutter', () => {
  it('cuts the same parts out of pieces of any size', () => {
    const parts = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 });
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 50 }), (expected, size) => {
        const stream = framed(expected);
        const cutter = new PartCutter();
        const found: Uint8Array[] = [];
        for (let at = 0; at < stream.length; at += size) {
          found.push(...cutter.push(stream.subarray(at, at + size), stream.length));
        }
        expect(found).toEqual(expected);
        expect(cutter.isBetween).toBe(true);
      }),
    );
  });

  it('says that a part is still open', () => {
    const stream = framed([new Uint8Array(10)]);
    for (let length = 1; length < stream.length; length += 1) {
      const cutter = new PartCutter();
      expect([...cutter.push(stream.subarray(0, length), stream.length)]).toEqual([]);
      expect(cutter.isBetween).toBe(false);
    }
  });

  it.each([1, 5, 0x7fff_ffff, 0xffff_ffff])(
    'refuses a part that is %i longer than what is left',
    (more) => {
      const cutter = new PartCutter();
      const length = Math.min(10 + more, 0xffff_ffff);
      expect(() => [...cutter.push(u32(length), 14)]).toThrow(
        expect.objectContaining({ code: 'transfer/damaged' }),
      );
    },
  );
});
