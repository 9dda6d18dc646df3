// @vitest-environment jsdom
// Several rows chosen at once, by keys and mouse, and what can be done to them: each act one change with one way back.
// SPDX-License-Identifier: MIT

import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { type FakeAnswers, ok, refuse } from '../support/fake-connection.ts';
import { heading, titles } from '../support/eyes.ts';
import { CTRL, SHIFT, choose, click, press, settle, type } from '../support/hands.ts';
import { type MainWindow, eachInMainWindows, openMainWindow } from '../support/main-window.tsx';
import { MemoryItems } from '../support/memory-items.ts';
import { toDetail } from '../support/stored-items.ts';

let main: MainWindow;

async function open(
  fill: readonly string[] | ((items: MemoryItems) => void) = ['A', 'B', 'C', 'D', 'E'],
  answers: FakeAnswers<'main'> = {},
): Promise<void> {
  main = await openMainWindow(fill, answers);
}

const list = () => screen.getByRole('listbox', { name: /./ });
const row = (title: string): HTMLElement =>
  screen.getByText(title, { selector: '[role=option] b' });
const clickRow = async (title: string, keys: object): Promise<void> => {
  fireEvent.click(row(title), keys);
  await settle();
};
const chosen = (): (string | null | undefined)[] =>
  screen
    .queryAllByRole('option', { selected: true })
    .map((one) => one.querySelector('b')?.textContent);
const chooseAll = async (...names: readonly string[]): Promise<void> => {
  const [first = '', ...rest] = names;
  await choose(first);
  for (const name of rest) await clickRow(name, CTRL);
};
const paneTitle = (): string | null | undefined =>
  within(screen.getByRole('main')).queryByRole('heading', { level: 1 })?.textContent;
const missing = (): never => {
  throw new Error('no such item');
};
const statusText = () => screen.getByRole('status').textContent;

eachInMainWindows();

describe('choosing several rows', () => {
  it('reaches from the first to the last with Shift and the arrow keys, and back', async () => {
    await open();
    await choose('B');
    list().focus();
    await press('ArrowDown', SHIFT);
    await press('ArrowDown', SHIFT);
    expect(chosen()).toEqual(['B', 'C', 'D']);
    expect(paneTitle()).toBe('3 items chosen');
    await press('ArrowUp', SHIFT);
    expect(chosen()).toEqual(['B', 'C']);
    await press('ArrowUp', SHIFT);
    expect(chosen()).toEqual(['B']);
    expect(heading()).toBe('B');
    await press('ArrowUp', SHIFT);
    expect(chosen()).toEqual(['A', 'B']);
  });

  it('reaches to where Shift is clicked, from the row that was chosen', async () => {
    await open();
    await choose('D');
    await clickRow('B', SHIFT);
    expect(chosen()).toEqual(['B', 'C', 'D']);
    await clickRow('E', SHIFT);
    expect(chosen()).toEqual(['D', 'E']);
  });

  it('adds and takes out single rows with Ctrl, on macOS with Command', async () => {
    await open();
    await chooseAll('A', 'C');
    await clickRow('E', { metaKey: true });
    expect(chosen()).toEqual(['A', 'C', 'E']);
    await clickRow('C', CTRL);
    expect(chosen()).toEqual(['A', 'E']);
    await clickRow('E', CTRL);
    expect(chosen()).toEqual(['A']);
    expect(heading()).toBe('A');
  });

  it('chooses nothing more when the only row is taken out', async () => {
    await open();
    await choose('A');
    await clickRow('A', CTRL);
    expect(chosen()).toEqual([]);
  });

  it('takes all with Ctrl+A, but not from a field', async () => {
    await open();
    await press('a', CTRL);
    expect(chosen()).toEqual(['A', 'B', 'C', 'D', 'E']);
    await press('Escape');
    screen.getByRole('searchbox').focus();
    await press('a', CTRL);
    expect(chosen()).toEqual(['A']);
  });

  it('says how many to those who cannot see it', async () => {
    await open();
    await chooseAll('A', 'C');
    const region = screen.getByText('2 of 5 chosen');
    expect(region.getAttribute('aria-live')).toBe('polite');
    expect(list().getAttribute('aria-multiselectable')).toBe('true');
    expect(list().getAttribute('aria-activedescendant')).toBe('row-2');
  });

  it.each([
    ['Escape', () => press('Escape')],
    ['a plain click', () => choose('B')],
    ['a plain arrow key', () => press('ArrowDown')],
    ['a search', () => type('Search items', 'b')],
    ['another part of the vault', () => press('2', CTRL)],
    ['a room', () => press('i', CTRL)],
  ])('ends with %s', async (_case, act) => {
    await open();
    await chooseAll('A', 'C');
    list().focus();
    await act();
    expect(main.services.selection.isMany).toBe(false);
  });

  it('reaches over rows that are not fetched yet, up to 1,000', async () => {
    await open(Array.from({ length: 1500 }, (_, index) => `Item ${index}`));
    await choose('Item 0');
    list().focus();
    await press('End', SHIFT);
    await settle();
    expect(main.services.selection.rows.get().size).toBe(1000);
    expect(statusText()).toContain('One change takes at most 1,000 items.');
    await press('Escape');
    await press('a', CTRL);
    await settle();
    expect(paneTitle()).toBe('1,000 items chosen');
  });

  it('reports rows that could not be fetched, and chooses none of them', async () => {
    const broken = { isSo: false };
    const source = new MemoryItems(Array.from({ length: 300 }, (_, index) => `Item ${index}`));
    const list = source.answers()['items:list'];
    await open([], {
      'items:list': (query) => (broken.isSo || !list ? refuse('vault/locked') : list(query)),
      'items:get': ({ id }) => ok(toDetail(source.find(id) ?? missing(), source.all)),
      'items:count': () => ok(source.counts()),
    });
    await choose('Item 0');
    broken.isSo = true;
    await press('a', CTRL);
    expect(main.services.selection.isMany).toBe(false);
    expect(main.services.toasts.list.get().at(-1)?.tone).toBe('bad');
  });

  it('copies nothing: what it would be of is not in sight', async () => {
    await open();
    await chooseAll('A', 'C');
    await press('p', CTRL);
    expect(main.items.copied).toEqual([]);
  });
});

describe('acts on several items', () => {
  const changed = (): string[] => {
    const changes = main.items.all.filter(({ trashedAt }) => trashedAt !== null);
    return changes.map(({ title }) => title);
  };

  it('trash them in one change, which one Undo takes back', async () => {
    await open();
    await chooseAll('A', 'C', 'D');
    const before = main.items.revision;
    await click('Move to trash');
    expect(titles()).toEqual(['B', 'E']);
    expect(main.items.revision).toBe(before + 1);
    expect(statusText()).toContain('3 items are in the trash.');
    await click('Undo');
    expect(titles()).toEqual(['A', 'B', 'C', 'D', 'E']);
  });

  it('carry the keys of one item', async () => {
    await open();
    await chooseAll('A', 'C');
    list().focus();
    await press('Delete');
    expect(changed()).toEqual(['A', 'C']);
    await press('z', CTRL);
    expect(changed()).toEqual([]);
  });

  it('are taken back once, however often Undo is pressed', async () => {
    await open();
    await chooseAll('A', 'C');
    await click('Move to trash');
    await press('z', CTRL);
    expect(main.services.actions.canUndo).toBe(false);
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    await press('z', CTRL);
    expect(changed()).toEqual([]);
  });

  it('make favourites of them, then none, and keep them chosen', async () => {
    await open();
    await chooseAll('A', 'C');
    await click('Add to favourites');
    expect(main.items.all.filter(({ favourite }) => favourite)).toHaveLength(2);
    await click('Remove from favourites');
    expect(main.items.all.some(({ favourite }) => favourite)).toBe(false);
    expect(chosen()).toEqual(['A', 'C']);
  });

  it('archive them, and bring them out again', async () => {
    await open();
    await chooseAll('A', 'C');
    await click('Move to archive');
    expect(titles()).toEqual(['B', 'D', 'E']);
    await click(/^Archive/);
    await chooseAll('A', 'C');
    await click('Take out of the archive');
    expect(screen.getByText('The archive is empty')).toBeTruthy();
    expect(statusText()).toContain('2 items are out of the archive.');
  });

  it('restore them from the trash', async () => {
    await open();
    await press('a', CTRL);
    await press('Delete');
    await press('5', CTRL);
    await press('a', CTRL);
    await click('Restore');
    expect(changed()).toEqual([]);
    expect(screen.getByText('The trash is empty')).toBeTruthy();
  });

  it('leave everything as it was when they fail', async () => {
    await open(undefined, { 'items:trash': () => refuse('vault/write-failed') });
    await chooseAll('A', 'C');
    await click('Move to trash');
    expect(chosen()).toEqual(['A', 'C']);
    expect(statusText()).toContain('could not be written');
    expect(main.services.actions.canUndo).toBe(false);
  });

  it('say when taking back fails', async () => {
    await open(undefined, { 'items:undo': () => refuse('vault/write-failed') });
    await chooseAll('A', 'C');
    await click('Move to trash');
    await click('Undo');
    expect(titles()).toEqual(['B', 'D', 'E']);
    expect(statusText()).toContain('could not be written');
    expect(statusText()).not.toContain('Undone');
  });
});

describe('tags of several items', () => {
  const tagsOf = (title: string) => main.items.all.find((item) => item.title === title)?.tags;
  const fill = (items: MemoryItems): void => {
    items.add('A', { tags: ['work'] });
    items.add('B', { tags: ['work/mail', 'bank'] });
    items.add('C');
  };

  it('are added, typed or taken from those that there are', async () => {
    await open(fill);
    await press('a', CTRL);
    await click('Add a tag…');
    expect(screen.getByRole('dialog', { name: 'Add a tag to 3 items' })).toBeTruthy();
    await type('Tags to add', ' home , ba');
    await click('bank');
    await click('Add');
    expect(tagsOf('A')).toEqual(['work', 'home', 'bank']);
    expect(tagsOf('C')).toEqual(['home', 'bank']);
    expect(statusText()).toContain('3 items have the tags “home”, “bank” now.');
    await press('z', CTRL);
    expect(tagsOf('C')).toEqual([]);
  });

  it('are removed, and only those', async () => {
    await open(fill);
    await press('a', CTRL);
    await press('G', { ctrlKey: true, shiftKey: true });
    await type('Tags to remove', 'work');
    await click('Remove');
    expect([tagsOf('A'), tagsOf('B')]).toEqual([[], ['work/mail', 'bank']]);
    expect(statusText()).toContain('None of the 3 items has the tag “work” now.');
  });

  it('are those of the list that is shown, at first', async () => {
    await open(fill);
    await click(/^work ?2$/);
    await press('a', CTRL);
    await click('Remove a tag…');
    expect(screen.getByLabelText<HTMLInputElement>('Tags to remove').value).toBe('work');
  });

  it.each([
    ['Add', ' , / ,', null],
    ['Add', Array.from({ length: 17 }, (_, n) => n).join(), /At most 16/],
    ['Remove', 'nonsense', /No item has the tag “nonsense”/],
    ['Remove', 'wor', null],
  ])('%s nothing for %j', async (act, text, problem) => {
    await open(fill);
    await press('a', CTRL);
    await click(`${act} a tag…`);
    await type(`Tags to ${act.toLowerCase()}`, text);
    if (problem) expect(screen.getByText(problem)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: act }).disabled).toBe(true);
  });

  it('can be set on the one item that is shown', async () => {
    await open(fill);
    await choose('C');
    await press('g', CTRL);
    await type('Tags to add', 'solo');
    await click('Add');
    expect(tagsOf('C')).toEqual(['solo']);
    expect(heading()).toBe('C');
  });
});

describe('the last change', () => {
  it('of a save is taken back', async () => {
    await open(['A']);
    await choose('A');
    await click('Edit');
    await type('Title', 'A2');
    await click('Save');
    expect(titles()).toEqual(['A2']);
    await press('z', CTRL);
    expect(titles()).toEqual(['A']);
    expect(heading()).toBe('A');
  });

  it('of a star is taken back without a word about it', async () => {
    await open(['A']);
    await choose('A');
    await press('d', CTRL);
    expect(main.services.toasts.list.get()).toEqual([]);
    await press('z', CTRL);
    expect(main.items.all[0]?.favourite).toBe(false);
  });

  it('is still taken back when its message has gone', async () => {
    await open(['A', 'B']);
    await choose('A');
    await press('Delete');
    act(() => {
      main.clock.turn(60_000);
    });
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    await press('z', CTRL);
    expect(titles()).toEqual(['A', 'B']);
  });
});
