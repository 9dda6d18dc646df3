// @vitest-environment jsdom
// The list and the navigation beside it: marks and highlights, kinds and tags, and that the chosen row comes into sight.
// SPDX-License-Identifier: MIT

import { fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { heading, titles } from '../support/eyes.ts';
import { CTRL, choose, click, press, settle, type } from '../support/hands.ts';
import { eachInMainWindows, openMainWindow } from '../support/main-window.tsx';
import { ok } from '../support/fake-connection.ts';
import { passkeyFacts, timeCode } from '../support/stored-items.ts';

let scrolledTo: number[];

eachInMainWindows();
beforeEach(() => {
  scrolledTo = [];
  // The list can be scrolled to wherever it says it reaches.
  Object.defineProperty(Element.prototype, 'scrollHeight', { value: 1e6, configurable: true });
  Element.prototype.scrollTo = ((options: ScrollToOptions) => {
    scrolledTo.push(options.top ?? 0);
  }) as typeof Element.prototype.scrollTo;
});

const row = (title: string) => {
  const found = screen.getAllByRole('option').find((one) => one.textContent.includes(title));
  if (!found) throw new Error('no such row');
  return found;
};
const navigation = () => within(screen.getByRole('navigation'));

describe('a row', () => {
  it('says of an item that it cannot be read, and of no other', async () => {
    await openMainWindow((items) => {
      items.add('Broken', { damage: 'content' });
      items.add('Whole');
    });
    expect(within(row('Broken')).getByRole('img', { name: 'Cannot be read' })).toBeTruthy();
    expect(within(row('Whole')).queryByRole('img')).toBeNull();
  });

  it('shows by small marks what an item has', async () => {
    await openMainWindow((items) => {
      const login = items.add('GitHub', {
        ...{ favourite: true, oneTimeCode: timeCode() },
        attachments: [{ id: 'a'.repeat(32), name: 'x', sizeBytes: 1, addedAt: 1 }],
      });
      for (const name of ['One', 'Two']) {
        items.put('passkey', name, { passkey: passkeyFacts({ loginId: login.id }) });
      }
      items.add('Plain');
    });
    const marks = within(row('GitHub'))
      .getAllByRole('img')
      .map((mark) => mark.getAttribute('aria-label'));
    expect(marks).toEqual([
      ...['Favourite', 'Has a one-time code', 'Has 2 passkeys', 'Has 1 attachment'],
    ]);
    expect(within(row('Plain')).queryAllByRole('img')).toEqual([]);
  });

  it('says of which kind it is where there is nothing else to say', async () => {
    await openMainWindow((items) => items.put('note', 'Alarm'));
    expect(row('Alarm').textContent).toContain('Note');
  });

  it('marks what the search has found, in the host only where nowhere else', async () => {
    await openMainWindow((items) => {
      items.add('GitHub');
      items.add('Code', { urls: [{ url: 'https://git.example', match: 'domain' }] });
    });
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'git' } });
    await settle();
    const marked = (title: string) =>
      [...row(title).querySelectorAll('mark')].map((mark) => mark.textContent);
    expect(marked('GitHub')).toEqual(['Git', 'Git']);
    expect(marked('Code')).toEqual(['git']);
    expect(row('Code').textContent).toContain('Code@user · git.example');
  });
});

describe('the navigation', () => {
  it('has the kinds that there are, with how many', async () => {
    await openMainWindow((items) => {
      items.put('card', 'Visa');
      items.put('card', 'Other');
      items.put('wifi', 'Home');
    });
    const kinds = within(navigation().getByRole('group', { name: 'Kinds' }));
    expect(kinds.getAllByRole('button').map((button) => button.textContent)).toEqual([
      ...['Kinds', 'Cards2', 'Wi-Fi networks1'],
    ]);
    await click(/^Wi-Fi networks/);
    expect(titles()).toEqual(['Home']);
  });

  it('has no group of kinds for an empty vault', async () => {
    await openMainWindow();
    expect(navigation().queryByRole('group', { name: 'Kinds' })).toBeNull();
  });

  it('has tags as a tree that folds', async () => {
    await openMainWindow((items) => {
      items.add('A', { tags: ['work/mail'] });
      items.add('B', { tags: ['work'] });
    });
    const tags = within(navigation().getByRole('group', { name: 'Tags' }));
    expect(tags.getByRole('button', { name: /^work ?2$/ })).toBeTruthy();
    await click('work/mail 1');
    expect(titles()).toEqual(['A']);
    await click(/^work ?2$/);
    expect(titles()).toEqual(['A', 'B']);
    await click('Hide the tags below work');
    expect(tags.queryByRole('button', { name: 'work/mail 1' })).toBeNull();
    await click('Show the tags below work');
    expect(tags.getByRole('button', { name: 'work/mail 1' })).toBeTruthy();
  });

  it('has groups that fold, and rooms that stay beside them', async () => {
    await openMainWindow((items) => items.add('A'), { 'settings:save': (next) => ok(next) });
    const logins = /^Logins/;
    expect(navigation().getByRole('button', { name: 'Kinds' }).ariaExpanded).toBe('true');
    await click('Kinds');
    expect(navigation().getByRole('button', { name: 'Kinds' }).ariaExpanded).toBe('false');
    expect(navigation().queryByRole('button', { name: logins })).toBeNull();
    expect(navigation().getByRole('button', { name: /^Trash/ })).toBeTruthy();
    expect(navigation().getByRole('button', { name: 'Settings' })).toBeTruthy();
    await click('Kinds');
    expect(navigation().getByRole('button', { name: logins })).toBeTruthy();
  });

  it('says of a kind that has gone what to do', async () => {
    await openMainWindow((items) => {
      items.add('A');
      items.put('card', 'Visa');
    });
    await click(/^Cards/);
    await choose('Visa');
    await click('Move to trash');
    expect(screen.getByText('No cards yet')).toBeTruthy();
    await click('New card');
    expect(screen.getByRole('form', { name: 'New card' })).toBeTruthy();
  });
});

describe('the chosen row', () => {
  const ROW = 54;

  it('comes into sight when it is new and far down the list', async () => {
    await openMainWindow((items) => {
      for (let index = 0; index < 3000; index++) items.add(`Item ${index}`);
    });
    await press('n', CTRL);
    await type('Title', 'Item 2000b');
    await click('Save');
    await settle();
    await settle();
    expect(heading()).toBe('Item 2000b');
    const wanted = 2001 * ROW;
    const last = scrolledTo.at(-1) ?? 0;
    expect(last).toBeGreaterThan(wanted - 600 - ROW);
    expect(last).toBeLessThanOrEqual(wanted + ROW);
  });

  it('is in sight again once a search is cleared', async () => {
    await openMainWindow((items) => {
      for (let index = 0; index < 3000; index++) items.add(`Item ${10_000 + index}`);
    });
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'Item 12500' } });
    await settle();
    fireEvent.click(row('Item 12500'));
    await settle();
    scrolledTo = [];
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: '' } });
    await settle();
    await settle();
    const last = scrolledTo.at(-1) ?? 0;
    expect(last).toBeGreaterThan(2500 * ROW - 600 - ROW);
    expect(last).toBeLessThanOrEqual(2501 * ROW);
  });

  it('does not pull a list of findings away from its best row', async () => {
    await openMainWindow((items) => {
      for (let index = 0; index < 200; index++) items.add(`Item ${1000 + index}`);
    });
    await choose('Item 1005');
    scrolledTo = [];
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'item' } });
    await settle();
    await settle();
    expect(scrolledTo.filter((top) => top !== 0)).toEqual([]);
  });

  it('is none while a new item is typed, and the one from before when that is cancelled', async () => {
    await openMainWindow((items) => {
      items.add('A');
      items.add('B');
    });
    await choose('A');
    await press('n', CTRL);
    expect(screen.queryByRole('option', { selected: true })).toBeNull();
    const list = screen.getByRole('listbox', { name: 'All items' });
    expect(list.getAttribute('aria-activedescendant')).toBeNull();
    await click('Cancel');
    expect(screen.getByRole('option', { selected: true }).textContent).toContain('A');
  });

  it('stays where it is when it is in sight already', async () => {
    await openMainWindow((items) => {
      for (let index = 0; index < 50; index++) items.add(`Item ${index}`);
    });
    scrolledTo = [];
    await choose('Item 3');
    expect(scrolledTo.filter((top) => top !== 0)).toEqual([]);
  });

  it('does not move the list for an item that is not in it', async () => {
    await openMainWindow((items) => {
      const login = items.add('GitHub');
      items.put('passkey', 'Key', { passkey: passkeyFacts({ loginId: login.id }) });
    });
    await click(/^Logins/);
    await choose('GitHub');
    scrolledTo = [];
    await click(/anna for bank.example/);
    expect(heading()).toBe('Key');
    expect(titles()).toEqual(['GitHub']);
    expect(scrolledTo).toEqual([]);
  });
});
