// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { bucketFor, pad, unpad } from '../../../src/main/crypto/padding.ts';

describe('bucketFor', () => {
  it('uses 256-byte buckets up to 4 KiB', () => {
    expect([0, 1, 256, 257, 4095, 4096].map(bucketFor)).toEqual([256, 256, 256, 512, 4096, 4096]);
  });

  it('uses Padmé above 4 KiB', () => {
    expect([4097, 8192, 8193, 100_000, 1_000_000].map(bucketFor)).toEqual([
      4352, 8192, 8704, 100_352, 1_015_808,
    ]);
  });

  it('never shrinks, never adds more than 12 %, and never falls as lengths grow', () => {
    let former = 0;
    for (let length = 4097; length < 70_000; length += 1) {
      const bucket = bucketFor(length);
      expect(bucket >= length && bucket <= length * 1.12 && bucket >= former).toBe(true);
      former = bucket;
    }
  });
});

describe('pad and unpad', () => {
  it.each([0, 1, 251, 252, 253, 4092, 4093, 9000])('gives %i bytes back', (length) => {
    const content = Uint8Array.from({ length }, (_, index) => (index * 7) % 256);
    expect(unpad(pad(content))).toEqual(content);
  });

  it('refuses a byte after the content that is not zero', () => {
    const padded = pad(new Uint8Array(10));
    padded[200] = 1;
    expect(() => unpad(padded)).toThrow(TypeError);
  });

  it('refuses a length that does not fit its bucket', () => {
    for (const length of [0xffff_ffff, 253, 300]) {
      const padded = pad(new Uint8Array(10));
      new DataView(padded.buffer).setUint32(0, length);
      expect(() => unpad(padded)).toThrow(TypeError);
    }
    const tooLarge = new Uint8Array(512);
    expect(() => unpad(tooLarge)).toThrow(TypeError);
  });

  it('refuses what is cut or longer', () => {
    const padded = pad(new Uint8Array(10));
    expect(() => unpad(padded.subarray(0, 255))).toThrow(TypeError);
    expect(() => unpad(new Uint8Array(0))).toThrow(TypeError);
    expect(() => unpad(Uint8Array.from([...padded, 0]))).toThrow(TypeError);
  });
});
