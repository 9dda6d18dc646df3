// SPDX-License-Identifier: MIT

import { beforeEach, describe, expect, it } from 'vitest';
import { toApi } from '../../../src/renderer/api.ts';
import { ItemPages, PAGE_SIZE } from '../../../src/renderer/items/item-pages.ts';
import { ListCursor, targetIndex } from '../../../src/renderer/items/list-cursor.ts';
import type { TypedVaultApi } from '../../../src/shared/ipc/window-api.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
import type { ItemQuery } from '../../../src/shared/model/item.ts';
import { idOf, MemoryItems } from '../support/memory-items.ts';

const ALL = { section: { in: 'all' }, text: '', sort: 'title' } as const;
const settle = () => new Promise((resolve) => setImmediate(resolve));

let items: MemoryItems;
let pages: ItemPages;
let asked: ItemQuery[];
let reported: unknown[];

beforeEach(() => {
  items = new MemoryItems(Array.from({ length: 1000 }, (_, index) => `Item ${index}`));
  const api = toApi(items.answers() as TypedVaultApi<'main'>);
  asked = [];
  reported = [];
  pages = new ItemPages(
    (query) => {
      asked.push(query);
      return api['items:list'](query);
    },
    (error) => reported.push(error),
  );
});

describe('ItemPages', () => {
  it('fetches the first page alone', async () => {
    pages.show(ALL);
    await settle();
    expect(asked).toEqual([{ ...ALL, offset: 0, limit: PAGE_SIZE }]);
    expect(pages.state.get().total).toBe(1000);
    expect(pages.rowAt(0)?.title).toBe('Item 0');
    expect(pages.rowAt(500)).toBeUndefined();
  });

  it('fetches what comes into sight, once', async () => {
    pages.show(ALL);
    await settle();
    pages.want(495, 510);
    pages.want(495, 510);
    await settle();
    expect(asked.slice(1).map(({ offset }) => offset)).toEqual([400, 500]);
    expect(pages.rowAt(500)?.title).toBe('Item 500');
  });

  it('passes over what flies past while others are on their way, and ends where the list does', async () => {
    pages.show(ALL);
    await settle();
    for (let index = 100; index < 1000; index += 100) pages.want(index, index + 10);
    await settle();
    await settle();
    expect(asked.slice(1).map(({ offset }) => offset)).toEqual([100, 200, 900]);
    expect(pages.rowAt(900)?.title).toBe('Item 900');
    expect(reported).toEqual([]);
  });

  it('keeps fifty pages at most, those that came last', async () => {
    items = new MemoryItems(Array.from({ length: 6000 }, (_, index) => `Item ${index}`));
    const api = toApi(items.answers() as TypedVaultApi<'main'>);
    const many = new ItemPages(
      (query) => api['items:list'](query),
      (error) => reported.push(error),
    );
    many.show(ALL);
    await settle();
    for (let index = 100; index < 6000; index += 100) {
      many.want(index, index);
      await settle();
    }
    expect(many.state.get().pages.size).toBe(50);
    expect(many.rowAt(5999)?.title).toBe('Item 5999');
    expect(many.rowAt(0)).toBeUndefined();
    many.want(0, 10);
    await settle();
    expect(many.rowAt(0)?.title).toBe('Item 0');
  });

  it('keeps the old rows in sight until the new ones are there', async () => {
    pages.show(ALL);
    await settle();
    items.change(idOf(1), { title: 'Aardvark' });
    pages.refresh();
    expect(pages.rowAt(0)?.title).toBe('Item 0');
    await settle();
    expect(pages.rowAt(0)?.title).toBe('Aardvark');
    expect(pages.indexOf(idOf(1))).toBe(0);
  });

  it('refreshes where the person is, not at the beginning', async () => {
    pages.show(ALL);
    await settle();
    pages.want(705, 720);
    await settle();
    items.change(idOf(711), { title: 'Item 710b' });
    pages.refresh();
    await settle();
    expect(pages.rowAt(710)?.title).toBe('Item 710b');
  });

  it('never mixes two revisions of the vault', async () => {
    pages.show(ALL);
    await settle();
    items.change(idOf(1), { title: 'Zebra' });
    pages.want(105, 110);
    await settle();
    await settle();
    const { revision, pages: held } = pages.state.get();
    expect(revision).toBe(items.revision);
    for (const [page, rows] of held) {
      const expected = items
        .list({ in: 'all' }, '')
        .slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE);
      expect(rows.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    }
  });

  it('shows the answer to the last of several queries', async () => {
    for (const text of ['Item 1', 'Item 12', 'Item 123']) pages.show({ ...ALL, text });
    await settle();
    expect(pages.state.get()).toMatchObject({ total: 1, query: { text: 'Item 123' } });
  });

  it('asks nothing for the query that it shows', async () => {
    pages.show(ALL);
    pages.show({ ...ALL, section: { in: 'all' } });
    await settle();
    expect(asked).toHaveLength(1);
  });

  it('reports a failure and keeps what it had', async () => {
    let fails = false;
    const failing = new ItemPages(
      () => {
        if (fails) return Promise.reject(new Error('gone'));
        return Promise.resolve({ revision: 1, total: 1, items: [] });
      },
      (error) => reported.push(error),
    );
    failing.show(ALL);
    await settle();
    fails = true;
    failing.refresh();
    await settle();
    expect(reported).toHaveLength(1);
    expect(failing.state.get().total).toBe(1);
  });
});

describe('ListCursor', () => {
  let selected: ItemId | null;
  let cursor: ListCursor;

  beforeEach(async () => {
    selected = null;
    cursor = new ListCursor(
      pages,
      () => selected,
      (id) => {
        selected = id;
      },
    );
    cursor.follow();
    pages.show(ALL);
    await settle();
  });

  it('goes down and up', () => {
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp']) cursor.press(key);
    expect(pages.indexOf(selected)).toBe(1);
  });

  it('chooses a row that was not fetched yet when it comes', async () => {
    expect(cursor.press('End')).toBe(999);
    expect(cursor.press('ArrowUp')).toBe(998);
    await settle();
    expect(pages.indexOf(selected)).toBe(998);
  });

  it('goes on from the chosen row after its page was dropped', async () => {
    cursor.press('PageDown');
    pages.want(900, 910);
    await settle();
    pages.refresh();
    await settle();
    expect(pages.indexOf(selected)).toBe(-1);
    expect(cursor.press('ArrowDown')).toBe(11);
  });

  it('stays on the item when the list moves under it', async () => {
    for (let step = 0; step < 5; step++) cursor.press('ArrowDown');
    const before = selected;
    items.change(idOf(1), { trashedAt: 1 });
    pages.refresh();
    await settle();
    expect(selected).toBe(before);
    expect(cursor.press('ArrowDown')).toBe(4);
  });

  it('ignores keys that lead nowhere', () => {
    expect([cursor.press('a'), cursor.press('Tab'), selected]).toEqual([null, null, null]);
  });
});

describe('targetIndex', () => {
  it.each([
    ['ArrowDown', -1, 10, 0],
    ['ArrowDown', 9, 10, 9],
    ['ArrowUp', -1, 10, 0],
    ['ArrowUp', 0, 10, 0],
    ['PageDown', 5, 10, 9],
    ['PageUp', 5, 10, 0],
    ['Home', 5, 10, 0],
    ['End', 5, 10, 9],
    ['ArrowDown', -1, 0, 0],
    ['x', 5, 10, null],
  ])('%s from %i of %i leads to %s', (key, current, total, target) => {
    expect(targetIndex(key, current, total)).toBe(target);
  });
});
