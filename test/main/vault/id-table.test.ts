// The table from ids to numbers: with room made beforehand or none, it finds the same. And the slabs: what is kept stays.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { ByteSlabs } from '../../../src/main/vault/byte-slabs.ts';
import { id16 } from '../../../src/main/vault/fixed-width.ts';
import { ID_BYTES, IdTable } from '../../../src/main/vault/id-table.ts';
import type { ItemId } from '../../../src/shared/brand.ts';

const COUNT = 5000;
/** Spread over all words; two of three agree in the first one, where the table looks first. */
const idOf = (index: number): ItemId =>
  `${((index % 3 === 0 ? index : 7) * 2654435761).toString(16).padStart(8, '0').slice(-8)}${index
    .toString(16)
    .padStart(24, '0')}` as ItemId;

function tableFor(expected: number): IdTable {
  const bytes = new Uint8Array(COUNT * ID_BYTES);
  for (let index = 0; index < COUNT; index += 1) bytes.set(id16(idOf(index)), index * ID_BYTES);
  return new IdTable((number) => ({ bytes, start: number * ID_BYTES }), expected);
}

describe('IdTable', () => {
  it.each([0, 1, COUNT / 2, COUNT, COUNT * 3])('finds all ids where %d were expected', (count) => {
    const table = tableFor(count);
    for (let number = 0; number < 2000; number += 1) expect(table.add(number)).toBe(true);
    expect(table.size).toBe(2000);
    for (let number = 0; number < 2000; number += 1)
      expect(table.findId(idOf(number))).toBe(number);
    expect(table.findId(idOf(2000))).toBeUndefined();
  });

  it('refuses an id that is in, and takes it again once it was taken out', () => {
    const table = tableFor(10);
    expect(table.add(3)).toBe(true);
    expect(table.add(3)).toBe(false);
    table.remove(3);
    expect(table.findId(idOf(3))).toBeUndefined();
    expect(table.add(3)).toBe(true);
  });

  it('is used again after it was cleared', () => {
    const table = tableFor(COUNT);
    for (let number = 0; number < 1500; number += 1) table.add(number);
    table.clear();
    expect(table.size).toBe(0);
    expect(table.findId(idOf(5))).toBeUndefined();
    for (let number = 0; number < 1500; number += 1) expect(table.add(number)).toBe(true);
    expect(table.findId(idOf(1499))).toBe(1499);
  });
});

describe('ByteSlabs', () => {
  it('keeps copies apart from each other, over many slabs, and erases what it was given', () => {
    const slabs = new ByteSlabs();
    const lengths = [0, 1, 70_000, 300_000, 20, 9 * 1024 * 1024, 5, 262_144, 1_000_000];
    const given = lengths.map((length, index) => new Uint8Array(length).fill(index + 1));
    const kept = given.map((bytes) => slabs.keep(bytes));
    for (const [index, bytes] of kept.entries()) {
      expect(bytes.length).toBe(lengths[index]);
      expect(bytes.every((byte) => byte === index + 1)).toBe(true);
      expect(given[index]?.every((byte) => byte === 0)).toBe(true);
    }
  });

  it('takes no more than a few hundred kilobytes for little', () => {
    expect(new ByteSlabs().keep(Uint8Array.of(1)).buffer.byteLength).toBeLessThan(300_000);
  });
});
