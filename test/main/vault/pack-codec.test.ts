// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { u32 } from '../../../src/main/vault/fixed-width.ts';
import {
  encodeEntry,
  joinEntries,
  kindAt,
  PACK_CAPACITY,
  type PackEntry,
  readEntry,
} from '../../../src/main/vault/pack-codec.ts';
import type { DeviceId, ItemId } from '../../../src/shared/brand.ts';
import { concatBytes, toHex, toUtf8 } from '../../../src/shared/bytes.ts';
import { ITEM_KINDS } from '../../../src/shared/model/item-kinds.ts';
import { walkEntries } from '../../support/pack-entries.ts';

const deviceId = 'dd'.repeat(16) as DeviceId;
const entry = (index: number, text = `overview ${String(index)}`): PackEntry => ({
  id: index.toString(16).padStart(32, '0') as ItemId,
  revision: { lamport: index + 1, deviceId },
  kind: ITEM_KINDS[index % ITEM_KINDS.length] ?? 'login',
  overview: toUtf8(text),
});
const contentOf = (entries: readonly PackEntry[]): Uint8Array =>
  joinEntries(entries.map(encodeEntry));
const plain = (one: PackEntry): PackEntry => ({ ...one, overview: one.overview.slice() });

describe('packs', () => {
  it('give back every entry of every size, each where it was found', () => {
    for (const count of [0, 1, 2, PACK_CAPACITY]) {
      const entries = Array.from({ length: count }, (_, index) =>
        entry(index, 'x'.repeat(index * 40)),
      );
      const content = contentOf(entries);
      const walked = walkEntries(content);
      expect(walked.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
      expect(walked.map(({ start }) => plain(readEntry(content, start)))).toEqual(entries);
      expect(walked.map(({ start }) => kindAt(content, start))).toEqual(
        entries.map(({ kind }) => kind),
      );
      expect(walked.at(-1)?.end ?? 1).toBe(content.length);
    }
  });

  it('have entries of fixed form', () => {
    const one = { ...entry(1, 'ab'), kind: 'card' as const };
    const parts = [
      `${'0'.repeat(31)}1`,
      '0000000000000002',
      'dd'.repeat(16),
      '05',
      '00000002',
      '6162',
    ];
    expect(toHex(encodeEntry(one))).toBe(parts.join(''));
  });

  it('hold no more than they may', () => {
    const entries = Array.from({ length: PACK_CAPACITY + 1 }, (_, index) => entry(index));
    expect(() => contentOf(entries)).toThrow('more entries');
  });
});

describe('walkEntries', () => {
  const content = contentOf([entry(0), entry(1), entry(2)]);

  it('refuses every truncation and every extension', () => {
    for (let length = 0; length < content.length; length += 1) {
      expect(() => walkEntries(content.subarray(0, length))).toThrow(TypeError);
    }
    expect(() => walkEntries(concatBytes(content, new Uint8Array(1)))).toThrow(TypeError);
  });

  it('refuses a count that is not that of the entries', () => {
    for (const count of [0, 1, 2, 4, PACK_CAPACITY, PACK_CAPACITY + 1, 255]) {
      expect(() => walkEntries(content.with(0, count))).toThrow(TypeError);
    }
  });

  it('refuses an unknown kind and a length beyond the end', () => {
    for (const kind of [0, 10, 255]) {
      expect(() => walkEntries(content.with(41, kind))).toThrow(TypeError);
    }
    const long = Uint8Array.from(content);
    long.set(u32(0xffff_ffff), 42);
    expect(() => walkEntries(long)).toThrow(TypeError);
  });

  it('is not led astray outside the list by a start that it did not give', () => {
    expect(() => kindAt(content, content.length)).toThrow('not the start');
  });
});
