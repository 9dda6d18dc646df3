// The table of overviews held against a plain Map: whatever is put, changed and taken out, both say the same.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeOverview,
  encodeOverview,
  overviewOf,
} from '../../../src/main/vault/item-overview.ts';
import { OverviewTable, type PlannedPack } from '../../../src/main/vault/overview-table.ts';
import {
  encodeEntry,
  joinEntries,
  PACK_CAPACITY,
  type PackEntry,
} from '../../../src/main/vault/pack-codec.ts';
import type { DeviceId, ItemId } from '../../../src/shared/brand.ts';
import { ITEM_KINDS } from '../../../src/shared/model/item-kinds.ts';
import { fullItem } from '../../support/canary-items.ts';
import { walkEntries } from '../../support/pack-entries.ts';

const deviceId = 'dd'.repeat(16) as DeviceId;
const idOf = (index: number): ItemId => index.toString(16).padStart(32, '0') as ItemId;

function entry(index: number, lamport = 1, title = `title ${String(index)}`): PackEntry {
  const kind = ITEM_KINDS[index % ITEM_KINDS.length] ?? 'login';
  const id = idOf(index);
  const overview = encodeOverview({ ...overviewOf(fullItem(kind, id)), title });
  return { id, revision: { lamport, deviceId }, kind, overview };
}

/** What the table says of everything, in the order of ids. */
function stateOf(table: OverviewTable) {
  return Array.from(table.ids(), (id) => ({
    id,
    revision: table.revisionOf(id),
    title: table.overview(id)?.title,
  })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

const packsOf = (table: OverviewTable) =>
  new Map(
    [...table.numbers()]
      .sort((a, b) => a - b)
      .map((number) => [number, table.contentOf(number)?.slice()]),
  );

/** What a store would have after the plan. */
function store(rows: Map<number, Uint8Array>, plan: readonly PlannedPack[]): void {
  for (const { number, content } of plan) {
    if (content === null) rows.delete(number);
    else rows.set(number, content.slice());
  }
}

const operation = fc.record({
  put: fc.uniqueArray(fc.nat(149), { maxLength: 60 }),
  remove: fc.uniqueArray(fc.nat(149), { maxLength: 40 }),
  isStored: fc.boolean(),
});

describe('OverviewTable', () => {
  it('says what a plain map says, over any changes, and so does one made from its packs', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 12 }), (operations) => {
        const table = new OverviewTable();
        const model = new Map<ItemId, PackEntry>();
        const rows = new Map<number, Uint8Array>();
        for (const [step, { put, remove, isStored }] of operations.entries()) {
          const comes = put
            .filter((index) => !remove.includes(index))
            .map((index) =>
              entry(index, step + 1, `title ${String(index)} of step ${String(step)}`),
            );
          const goes = remove.map(idOf);
          const before = [stateOf(table), packsOf(table)];
          const plan = table.plan({ put: comes, remove: goes });
          expect([stateOf(table), packsOf(table)]).toEqual(before);
          // A store that could not write: the plan is forgotten.
          if (!isStored) continue;
          store(rows, plan);
          table.apply(plan);
          for (const id of goes) model.delete(id);
          for (const one of comes) model.set(one.id, one);
        }
        const again = new OverviewTable();
        for (const [number, content] of rows) expect(again.add(number, content.slice())).toBe(true);
        const expected = [...model.values()]
          .map((one) => ({ id: one.id, revision: one.revision, title: titleIn(one) }))
          .sort((a, b) => (a.id < b.id ? -1 : 1));
        expect(stateOf(table)).toEqual(expected);
        expect(stateOf(again)).toEqual(expected);
        expect(packsOf(again)).toEqual(packsOf(table));
        for (const content of rows.values()) {
          expect(walkEntries(content).length).toBeGreaterThan(0);
          expect(walkEntries(content).length).toBeLessThanOrEqual(PACK_CAPACITY);
        }
        for (const kind of ITEM_KINDS) {
          const ofKind = [...table.overviews(kind)].map(({ id }) => id).sort();
          const modelled = [...model.values()].filter((one) => one.kind === kind);
          expect(ofKind).toEqual(modelled.map(({ id }) => id).sort());
        }
        expect(table.size).toBe(model.size);
      }),
      { numRuns: 150 },
    );
  });

  it('touches one pack where one item changes, comes or goes, however many there are', () => {
    const table = new OverviewTable();
    table.apply(
      table.plan({ put: Array.from({ length: 1000 }, (_, index) => entry(index)), remove: [] }),
    );
    expect([...table.numbers()]).toHaveLength(Math.ceil(1000 / PACK_CAPACITY));
    for (const index of [0, 31, 32, 500, 999]) {
      expect(table.plan({ put: [entry(index, 2)], remove: [] })).toHaveLength(1);
      expect(table.plan({ put: [], remove: [idOf(index)] })).toHaveLength(1);
    }
    expect(table.plan({ put: [entry(1000)], remove: [] })).toHaveLength(1);
    expect(table.plan({ put: [], remove: [] })).toEqual([]);
    expect(table.plan({ put: [], remove: [idOf(5000)] })).toEqual([]);
  });

  it('fills the room that was left before it begins another pack', () => {
    const table = new OverviewTable();
    table.apply(
      table.plan({ put: Array.from({ length: 96 }, (_, index) => entry(index)), remove: [] }),
    );
    const goes = Array.from({ length: 10 }, (_, index) => idOf(index * 7));
    table.apply(table.plan({ put: [], remove: goes }));
    const comes = Array.from({ length: 10 }, (_, index) => entry(200 + index));
    table.apply(table.plan({ put: comes, remove: [] }));
    expect([...table.numbers()]).toHaveLength(3);
    expect(table.size).toBe(96);
  });

  it('drops a pack with its last item and never gives its content away', () => {
    const table = new OverviewTable();
    table.apply(table.plan({ put: [entry(1)], remove: [] }));
    const plan = table.plan({ put: [], remove: [idOf(1)] });
    expect(plan).toEqual([{ number: 0, content: null }]);
    const content = table.contentOf(0);
    table.apply(plan);
    expect(table.contentOf(0)).toBeNull();
    expect(content?.every((byte) => byte === 0)).toBe(true);
  });

  it('takes over no pack that is no list, names an item twice or one that is known, or has a known number', () => {
    const table = new OverviewTable();
    const pack = (...indexes: number[]): Uint8Array =>
      joinEntries(indexes.map((index) => encodeEntry(entry(index))));
    expect(table.add(4, pack(1, 2))).toBe(true);
    const before = stateOf(table);
    const refused: [number, Uint8Array][] = [
      [5, pack(3, 2)],
      [5, pack(3, 3)],
      [4, pack(3)],
      [4, pack()],
      [5, pack(3).subarray(0, -1)],
      [5, new Uint8Array(0)],
    ];
    for (const [number, content] of refused) expect(table.add(number, content)).toBe(false);
    expect(stateOf(table)).toEqual(before);
    expect(table.add(9, pack(4))).toBe(true);
    // It stood twice in a pack: whoever names it afterwards is not believed either.
    expect(table.add(10, pack(3))).toBe(false);
    table.apply(
      table.plan({ put: Array.from({ length: 70 }, (_, index) => entry(100 + index)), remove: [] }),
    );
    expect(table.size).toBe(73);
  });

  it('knows nothing of what it does not have', () => {
    const table = new OverviewTable();
    expect(table.has(idOf(1))).toBe(false);
    expect(table.revisionOf(idOf(1))).toBeNull();
    expect(table.overview(idOf(1))).toBeNull();
    expect(table.contentOf(0)).toBeNull();
    expect([...table.overviews()]).toEqual([]);
  });

  it('may be changed while it is being walked: every item that stays is met once', () => {
    const table = new OverviewTable();
    const indexes = Array.from({ length: 100 }, (_, index) => index);
    table.apply(table.plan({ put: indexes.map((index) => entry(index)), remove: [] }));
    const met: ItemId[] = [];
    for (const { id } of table.overviews()) {
      met.push(id);
      const index = Number.parseInt(id, 16);
      const remove = index === 10 ? indexes.slice(0, 5).map(idOf) : [];
      table.apply(table.plan({ put: [entry(index, 2), entry(1000 + index)], remove }));
    }
    expect(met.filter((id) => Number.parseInt(id, 16) < 1000).sort()).toEqual(indexes.map(idOf));
  });

  it('says that an overview cannot be read where its bytes are of another form', () => {
    const table = new OverviewTable();
    const broken = { ...entry(1), overview: Uint8Array.of(0x7b) };
    table.apply(table.plan({ put: [broken, entry(2)], remove: [] }));
    expect(() => table.overview(idOf(1))).toThrow('overview');
    expect(table.overview(idOf(2))?.title).toBe('title 2');
  });

  it('erases its bytes when it is cleared', () => {
    const table = new OverviewTable();
    table.apply(table.plan({ put: [entry(1), entry(2)], remove: [] }));
    const content = table.contentOf(0);
    table.clear();
    expect(content?.every((byte) => byte === 0)).toBe(true);
    expect([table.size, [...table.ids()], [...table.numbers()]]).toEqual([0, [], []]);
  });
});

function titleIn({ id, overview }: PackEntry): string {
  return decodeOverview(id, overview).title;
}
