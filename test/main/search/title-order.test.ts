// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortTitles } from '../../../src/main/search/sort-titles.ts';
import { compareTitles, titleKey } from '../../../src/main/search/title-key.ts';
import { TitleOrder } from '../../../src/main/search/title-order.ts';

const anyTitle = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc
    .array(
      fc.constantFrom('Item', 'item', 'É', 'e', ' ', '0', '1', '9', '12', '🔑', 'ß', '\u0000'),
      {
        maxLength: 8,
      },
    )
    .map((pieces) => pieces.join('')),
);

function sorted(titles: readonly string[]): string[] {
  return Array.from(
    sortTitles(titles.length, (index) => titles[index] ?? ''),
    (index) => titles[index] ?? '',
  );
}

describe('sortTitles', () => {
  it.each([
    [['', ' ', 'a']],
    [['Item 1', 'Item 2', 'Item 10', 'Item 10a', 'Item 11', 'Item 100']],
    [['2', '10', '100', '99999999999999999999', '100000000000000000000']],
    [['1.2.9', '1.2.10', '1.10.1']],
    [['a 0', 'a 1', 'a b', 'aa']],
    [['Äpfel', 'Äther', 'Birne']],
    [['Ærø', 'amazon', 'Apple', 'Åre', 'arte', 'Zebra']],
    [['Uber', 'uber', 'Über', 'über', 'Ubers']],
    [['Item 002', 'Item 02', 'Item 2', 'Item 3']],
    [['0', '00', '000', '1']],
    [['-', '1', '_', 'a']],
    [['Zoo', 'Яндекс', '銀行', '🔑 keys']],
  ])('keeps the order of %j', (titles) => {
    expect(sorted(titles)).toEqual(titles);
    expect(sorted(titles.toReversed())).toEqual(titles);
  });

  it('has nothing to do with no titles', () => {
    expect(sortTitles(0, () => 'never asked')).toEqual(new Uint32Array());
  });

  it('refuses more titles than its indices can count', () => {
    expect(() => sortTitles(2 ** 24, () => '')).toThrow(RangeError);
  });

  it('sorts as comparing two at a time does, equal titles by index', () => {
    fc.assert(
      fc.property(fc.array(anyTitle, { maxLength: 80 }), (titles) => {
        const keys = titles.map(titleKey);
        const expected = titles
          .map((_, index) => index)
          .sort((a, b) => {
            const [first = Buffer.of(), second = Buffer.of()] = [keys[a], keys[b]];
            return compareTitles(first, second) || a - b;
          });
        expect(Array.from(sortTitles(titles.length, (index) => titles[index] ?? ''))).toEqual(
          expected,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('tells long titles apart that differ at their end', () => {
    const long = 'the same beginning '.repeat(50);
    const titles = Array.from({ length: 200 }, (_, index) => `${long}${199 - index}`);
    expect(sorted(titles)).toEqual(titles.toReversed());
  });
});

describe('compareTitles', () => {
  it('says equal only of one and the same title', () => {
    fc.assert(
      fc.property(anyTitle, anyTitle, (a, b) => {
        const order = compareTitles(titleKey(a), titleKey(b));
        expect(order === 0).toBe(a.toWellFormed() === b.toWellFormed());
        expect(Math.sign(order) + Math.sign(compareTitles(titleKey(b), titleKey(a)))).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('compares numbers of any length by their value', () => {
    const digits = fc.bigInt({ min: 0n, max: 10n ** 40n });
    fc.assert(
      fc.property(digits, digits, (a, b) => {
        const order = compareTitles(titleKey(`n ${a} x`), titleKey(`n ${b} x`));
        expect(Math.sign(order)).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });
});

describe('TitleOrder', () => {
  it('stays what a fresh sort gives while slots come, go and change their titles', () => {
    const step = fc.tuple(fc.constantFrom('insert', 'remove', 'rename'), fc.nat(30), anyTitle);
    fc.assert(
      fc.property(fc.array(anyTitle, { maxLength: 10 }), fc.array(step), (first, steps) => {
        const titles = new Map(first.map((title, slot) => [slot, title]));
        const slots = (): Uint32Array => Uint32Array.from(titles.keys());
        const titleAt = (slot: number): string => titles.get(slot) ?? '';
        const order = TitleOrder.of(slots(), titleAt);
        for (const [what, slot, title] of steps) {
          if (what !== 'insert' && titles.has(slot)) {
            order.remove(slot);
            titles.delete(slot);
          }
          if (what !== 'remove' && !titles.has(slot)) {
            titles.set(slot, title);
            order.insert(slot);
          }
        }
        expect(order.slots).toEqual(TitleOrder.of(slots(), titleAt).slots);
        expect(order.slots).toHaveLength(titles.size);
      }),
    );
  });

  it('takes a slot out after its title has changed already', () => {
    const titles = ['b', 'a', 'c'];
    const order = TitleOrder.of(Uint32Array.of(0, 1, 2), (slot) => titles[slot] ?? '');
    expect(Array.from(order.slots)).toEqual([1, 0, 2]);
    titles[1] = 'z';
    order.remove(1);
    order.insert(1);
    expect(Array.from(order.slots)).toEqual([0, 2, 1]);
  });

  it('refuses to take out what is not in', () => {
    const order = TitleOrder.of(Uint32Array.of(3), () => 'a');
    expect(() => order.remove(4)).toThrow(RangeError);
    order.remove(3);
    expect(() => order.remove(3)).toThrow(RangeError);
  });

  it('asks for few titles to insert one among many', () => {
    let asked = 0;
    const titleAt = (slot: number): string => {
      asked += 1;
      return `Item ${slot}`;
    };
    const order = TitleOrder.of(
      Uint32Array.from({ length: 20_000 }, (_, slot) => slot * 2),
      titleAt,
    );
    asked = 0;
    order.insert(20_001);
    expect(asked).toBeLessThan(20);
    expect(Array.from(order.slots.subarray(10_000, 10_003))).toEqual([20_000, 20_001, 20_002]);
  });
});
