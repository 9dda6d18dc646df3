// @vitest-environment jsdom
// A tag of the whole vault: it gets another name on every item, or goes, and what is listed goes with it.
// SPDX-License-Identifier: MIT

import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FIELD_LIMITS } from '../../../src/shared/model/field-limits.ts';
import { type FakeAnswers, ok, refuse } from '../support/fake-connection.ts';
import { titles } from '../support/eyes.ts';
import { CTRL, chooseFromMenu, click, press, type } from '../support/hands.ts';
import { type MainWindow, eachInMainWindows, openMainWindow } from '../support/main-window.tsx';

let main: MainWindow;

const tagsOf = (title: string) => main.items.all.find((item) => item.title === title)?.tags;
const listName = () => screen.getByRole('heading', { level: 1, name: /./ }).textContent;
const renameButton = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Rename' });

async function openTag(answers: FakeAnswers<'main'> = {}): Promise<void> {
  main = await openMainWindow((items) => {
    items.add('A', { tags: ['work', 'bank'] });
    items.add('B', { tags: ['work/mail'] });
    items.add('C', { tags: ['workshop', 'Work'] });
  }, answers);
  await click(/^work ?2$/);
}

const chooseAct = (title: string): Promise<void> => chooseFromMenu('More for the tag work', title);

eachInMainWindows();

describe('renaming a tag', () => {
  it('takes those below it along, and nothing that only begins the same', async () => {
    await openTag();
    await chooseAct('Rename tag…');
    await type('Name', 'office');
    await click('Rename');
    expect([tagsOf('A'), tagsOf('B')]).toEqual([['office', 'bank'], ['office/mail']]);
    expect(tagsOf('C')).toEqual(['workshop', 'Work']);
    expect(screen.getByRole('status').textContent).toContain('2 items have the tag “office” now.');
  });

  it('keeps its items in sight, also when it is taken back', async () => {
    await openTag();
    await chooseAct('Rename tag…');
    await type('Name', 'office');
    await click('Rename');
    expect([listName(), titles()]).toEqual(['office', ['A', 'B']]);
    await press('z', CTRL);
    expect([listName(), titles()]).toEqual(['work', ['A', 'B']]);
  });

  it.each([
    ['', 'A tag needs a name.'],
    [' / ', 'A tag needs a name.'],
    ['a, b', 'A tag has no comma in its name.'],
    ['work/new', 'A tag cannot go below itself.'],
    ['/work/new', 'A tag cannot go below itself.'],
    ['x'.repeat(FIELD_LIMITS.tag - 4), 'With this name a tag below it would be too long.'],
  ])('refuses %j', async (name, sentence) => {
    await openTag();
    await chooseAct('Rename tag…');
    await type('Name', name);
    expect(screen.getByText(sentence)).toBeTruthy();
    expect(renameButton().disabled).toBe(true);
  });

  it('keeps what was typed where it fails', async () => {
    await openTag({ 'tags:rename': () => refuse('vault/write-failed') });
    await chooseAct('Rename tag…');
    await type('Name', 'office');
    await click('Rename');
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('office');
    expect(renameButton().disabled).toBe(false);
    expect(tagsOf('A')).toEqual(['work', 'bank']);
  });

  it('says where two tags become one', async () => {
    await openTag();
    await chooseAct('Rename tag…');
    await type('Name', 'Work');
    expect(screen.getByText(/^There is such a tag/)).toBeTruthy();
    expect(renameButton().disabled).toBe(false);
  });
});

describe('removing a tag', () => {
  it('takes it off every item, with those below it, and shows all items', async () => {
    await openTag();
    await chooseAct('Remove tag from all items');
    expect([tagsOf('A'), tagsOf('B'), tagsOf('C')]).toEqual([['bank'], [], ['workshop', 'Work']]);
    expect(listName()).toBe('All items');
    await press('z', CTRL);
    expect(tagsOf('B')).toEqual(['work/mail']);
  });

  it('offers no way back from having changed nothing', async () => {
    await openTag({ 'tags:remove': () => ok({ change: 0, changed: 0, passedOver: [] }) });
    await chooseAct('Remove tag from all items');
    const said = screen.getByText('“work” is off 0 items.').parentElement;
    expect(within(said ?? document.body).queryByRole('button', { name: 'Undo' })).toBeNull();
  });
});
