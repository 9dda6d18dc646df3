// @vitest-environment jsdom
// Saved searches: kept under a name, run, changed, removed and brought back.
// SPDX-License-Identifier: MIT

import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { type FakeAnswers, refuse } from '../support/fake-connection.ts';
import { dialog, titles } from '../support/eyes.ts';
import { CTRL, chooseFromMenu, click, press, settle, type } from '../support/hands.ts';
import { type MainWindow, eachInMainWindows, openMainWindow } from '../support/main-window.tsx';

let main: MainWindow;

const SAVED = { id: '00000000000000a1', name: 'Banks', text: 'bank' };

async function open(answers: FakeAnswers<'main'> = {}, isSaved = false): Promise<void> {
  main = await openMainWindow((items) => {
    for (const title of ['Nordbank', 'Bankhaus', 'GitHub']) items.add(title);
    if (isSaved) items.searches.list = [SAVED];
  }, answers);
}

const searchFor = async (text: string): Promise<void> => {
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: text } });
  await settle();
};
const group = () => screen.queryByRole('group', { name: 'Searches' });
const links = (): (string | null)[] => {
  const found = group();
  return found
    ? within(found)
        .getAllByRole('listitem')
        .map((item) => item.textContent)
    : [];
};
const menu = (entry: string): Promise<void> => chooseFromMenu('More for Banks', entry);
const saveButton = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });

eachInMainWindows();

describe('saving a search', () => {
  it('keeps it under a name, in the navigation, and can be taken back', async () => {
    await open();
    expect(group()).toBeNull();
    await searchFor(' bank ');
    await click('Save this search');
    await type('Name', ' Banks ');
    await click('Save');
    expect(main.items.searches.list).toMatchObject([{ name: 'Banks', text: 'bank' }]);
    expect(links()).toEqual(['Banks']);
    expect(screen.queryByRole('button', { name: 'Save this search' })).toBeNull();
    await click('Undo');
    expect(main.items.searches.list).toEqual([]);
    expect(group()).toBeNull();
  });

  it('has a key, which does nothing without a search or for one that is kept', async () => {
    await open({}, true);
    await press('s', CTRL);
    expect(screen.queryByRole('dialog')).toBeNull();
    await searchFor('bank');
    await press('s', CTRL);
    expect(screen.queryByRole('dialog')).toBeNull();
    await searchFor('git');
    await press('s', CTRL);
    expect(screen.getByRole('dialog', { name: 'Save this search' })).toBeTruthy();
  });

  it.each([
    ['no name', '   ', 'bank', null],
    ['nothing to look for', 'Banks 2', '  ', null],
    ['the name of another', 'Banks', 'bank', 'Another search has this name.'],
  ])('takes no search with %s', async (_case, name, text, problem) => {
    await open({}, true);
    await searchFor('git');
    await click('Save this search');
    await type('Name', name);
    await type('Looks for', text);
    expect(saveButton().disabled).toBe(true);
    if (problem) expect(screen.getByText(problem)).toBeTruthy();
  });

  it('keeps what was typed when it fails', async () => {
    await open({ 'searches:save': () => refuse('vault/write-failed') });
    await searchFor('bank');
    await click('Save this search');
    await type('Name', 'Banks');
    await click('Save');
    expect(dialog().getByRole('alert').textContent).toContain('could not be written');
    expect(dialog().getByLabelText<HTMLInputElement>('Name').value).toBe('Banks');
  });
});

describe('a saved search', () => {
  it('runs over everything, from wherever one is', async () => {
    await open({}, true);
    await press('5', CTRL);
    await click('Banks');
    expect(titles()).toEqual(['Bankhaus', 'Nordbank']);
    expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('bank');
    expect(screen.getByRole('heading', { level: 1, name: 'Banks' })).toBeTruthy();
    const here = screen.getAllByRole('button').filter((one) => one.getAttribute('aria-current'));
    expect(here.map(({ textContent }) => textContent)).toEqual(['Banks']);
    await searchFor('git');
    expect(screen.getByRole('button', { name: 'Banks' }).getAttribute('aria-current')).toBeNull();
  });

  it('is changed, and back', async () => {
    await open({}, true);
    await menu('Change…');
    await type('Name', 'Money');
    await type('Looks for', 'nord');
    await click('Save');
    expect(main.items.searches.list).toEqual([{ ...SAVED, name: 'Money', text: 'nord' }]);
    await press('z', CTRL);
    expect(main.items.searches.list).toEqual([SAVED]);
    expect(links()).toEqual(['Banks']);
  });

  it('is removed, and brought back as it was', async () => {
    await open({}, true);
    await menu('Remove');
    expect(group()).toBeNull();
    await click('Undo');
    expect(main.items.searches.list).toEqual([SAVED]);
    expect(links()).toEqual(['Banks']);
  });

  it('stays when it cannot be removed', async () => {
    await open({ 'searches:remove': () => refuse('vault/write-failed') }, true);
    await menu('Remove');
    expect(links()).toEqual(['Banks']);
    expect(screen.getByText(/could not be written/)).toBeTruthy();
  });

  it('is missing with a word about it when the list cannot be read', async () => {
    await open({ 'searches:list': () => refuse('vault/corrupt') }, true);
    expect(group()).toBeNull();
    expect(main.services.toasts.list.get().at(-1)?.tone).toBe('bad');
  });
});
