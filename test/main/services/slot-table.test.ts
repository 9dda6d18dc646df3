// The columns of the list: the same of every item whether or not there was room for it beforehand.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { SlotTable } from '../../../src/main/services/slot-table.ts';
import { type ItemOverview, overviewOf } from '../../../src/main/vault/item-overview.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
import { ITEM_KINDS } from '../../../src/shared/model/item-kinds.ts';
import { fullItem } from '../../support/canary-items.ts';

const COUNT = 3000;
const idOf = (index: number): ItemId => (index + 1).toString(16).padStart(32, '0') as ItemId;
const kindOf = (index: number) => ITEM_KINDS[index % ITEM_KINDS.length] ?? 'login';
const SAMPLES = new Map(ITEM_KINDS.map((kind) => [kind, overviewOf(fullItem(kind, idOf(0)))]));

function overview(index: number): ItemOverview {
  const sample = SAMPLES.get(kindOf(index));
  if (sample === undefined) throw new Error('no sample of this kind');
  return {
    ...sample,
    ...{ id: idOf(index), modifiedAt: 5000 + index, createdAt: 1000 + index },
    tags: index % 2 === 0 ? [] : ['work', `tag ${String(index % 5)}`],
  };
}

describe('SlotTable', () => {
  it.each([0, 10, COUNT, COUNT * 2])('holds every item where %d were expected', (expected) => {
    const table = new SlotTable(expected);
    for (let slot = 0; slot < COUNT; slot += 1) table.put(slot, overview(slot), slot % 64);
    expect(table.length).toBe(COUNT);
    const slots = Array.from({ length: COUNT }, (_, slot) => slot);
    expect(slots.map((slot) => table.slotOf(idOf(slot)))).toEqual(slots);
    expect(slots.map((slot) => table.idOf(slot))).toEqual(slots.map(idOf));
    expect(slots.map((slot) => table.kindOf(slot))).toEqual(slots.map(kindOf));
    expect(slots.map((slot) => table.flagsOf(slot))).toEqual(slots.map((slot) => slot % 64));
    expect(slots.map((slot) => table.modifiedAt(slot) - 5000)).toEqual(slots);
    expect(slots.map((slot) => table.createdAt(slot) - 1000)).toEqual(slots);
    expect(slots.map((slot) => table.tagsOf(slot))).toEqual(
      slots.map((slot) => overview(slot).tags),
    );
    expect(table.hasItem(COUNT)).toBe(false);
    expect(table.idOf(COUNT)).toBeNull();
  });

  it('forgets what is removed and gives the slot to another item', () => {
    const table = new SlotTable(2);
    table.put(0, overview(1), 1);
    table.put(1, overview(2), 2);
    table.remove(0);
    expect(table.slotOf(idOf(1))).toBeUndefined();
    expect(table.hasItem(0)).toBe(false);
    table.put(0, overview(7), 3);
    expect(table.slotOf(idOf(7))).toBe(0);
    expect(table.slotOf(idOf(2))).toBe(1);
  });
});
