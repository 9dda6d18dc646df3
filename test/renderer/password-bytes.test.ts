// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { toPasswordBytes, withPasswordBytes } from '../../src/renderer/password-bytes.ts';

describe('toPasswordBytes', () => {
  it('gives one form to what looks the same', () => {
    expect(toPasswordBytes('e\u0301')).toEqual(toPasswordBytes('\u00e9'));
    expect(toPasswordBytes('\ufb01')).toEqual(toPasswordBytes('fi'));
    expect(toPasswordBytes('Ｐａｓｓ')).toEqual(toPasswordBytes('Pass'));
  });

  it('is UTF-8', () => {
    expect([...toPasswordBytes('é€😀')]).toEqual([
      0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80,
    ]);
  });

  it('keeps case, spaces and length', () => {
    expect([...toPasswordBytes(' aA ')]).toEqual([0x20, 0x61, 0x41, 0x20]);
  });
});

describe('withPasswordBytes', () => {
  it('zeroes every password after success', async () => {
    const kept: Uint8Array[] = [];
    const answer = await withPasswordBytes(['one', 'two'], (...passwords) => {
      kept.push(...passwords);
      expect(passwords.map((bytes) => bytes.length)).toEqual([3, 3]);
      expect(passwords[0]?.[0]).toBe(0x6f);
      return Promise.resolve('done');
    });
    expect(answer).toBe('done');
    expect(kept.map((bytes) => [...bytes])).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('zeroes them after a failure too, and passes the failure on', async () => {
    const kept: Uint8Array[] = [];
    const failing = withPasswordBytes(['secret'], (...passwords) => {
      kept.push(...passwords);
      return Promise.reject(new Error('refused'));
    });
    await expect(failing).rejects.toThrow('refused');
    expect([...(kept[0] ?? [1])]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('does not zero before the work has settled', async () => {
    let first = -1;
    await withPasswordBytes(['a'], async (bytes = new Uint8Array()) => {
      await Promise.resolve();
      first = bytes[0] ?? -1;
    });
    expect(first).toBe(0x61);
  });
});
