// The system's randomness, drawn ahead: nothing is handed out twice, and what was handed out is the caller's alone.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { systemRandom } from '../../../src/main/crypto/random.ts';
import { toHex } from '../../../src/shared/bytes.ts';

describe('systemRandom', () => {
  it.each([0, 1, 16, 24, 32, 256, 257, 4096, 10_000])('draws %i bytes', (length) => {
    expect(systemRandom.bytes(length)).toHaveLength(length);
  });

  it('never draws the same twice, over many stocks and in uneven lengths', () => {
    const drawn = Array.from({ length: 5000 }, (_, index) =>
      toHex(systemRandom.bytes(16 + (index % 17))),
    );
    expect(new Set(drawn.map((hex) => hex.slice(0, 32))).size).toBe(drawn.length);
  });

  it('is erased by whoever got it without harm to what comes after, or before', () => {
    const first = systemRandom.bytes(24);
    const copy = toHex(first);
    const second = systemRandom.bytes(24);
    first.fill(0);
    expect(toHex(second)).not.toBe(toHex(first));
    expect(toHex(second)).not.toBe(copy);
    expect(first.buffer.byteLength).toBe(24);
  });

  it('leaves no byte at zero more often than chance', () => {
    const counts = new Array<number>(256).fill(0);
    for (let round = 0; round < 2000; round += 1) {
      for (const byte of systemRandom.bytes(128)) counts[byte] = (counts[byte] ?? 0) + 1;
    }
    // 1,000 expected of each; ten standard deviations.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(320);
  });
});
