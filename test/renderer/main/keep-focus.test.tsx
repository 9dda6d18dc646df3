// @vitest-environment jsdom
// Where the focus goes when what had it vanishes: never to the body, always to what a person would look at next.
// SPDX-License-Identifier: MIT

import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { type FakeAnswers, ok } from '../support/fake-connection.ts';
import { expectFocusOn } from '../support/eyes.ts';
import { CTRL, choose, click, press, settle, type } from '../support/hands.ts';
import { type MainWindow, eachInMainWindows, openMainWindow } from '../support/main-window.tsx';
import type { MemoryItems } from '../support/memory-items.ts';

let main: MainWindow;

async function open(
  fill: readonly string[] | ((items: MemoryItems) => void) = ['A', 'B', 'C'],
  answers: FakeAnswers<'main'> = {},
): Promise<void> {
  main = await openMainWindow(fill, answers);
}

/** Presses a button as the keyboard does: it has the focus first. */
async function pressOn(name: string | RegExp): Promise<void> {
  const button = screen.getByRole('button', { name });
  act(() => {
    button.focus();
  });
  fireEvent.click(button);
  await settle();
}

const pageTitle = (name: string) => () => screen.getByRole('heading', { level: 1, name });
const itemTitle = (name: string) => () =>
  within(screen.getByRole('article')).getByRole('heading', { level: 1, name });
const theList = () => screen.getByRole('listbox', { name: /./ });

eachInMainWindows();

describe('the focus', () => {
  it.each(['Save', 'Cancel'])('goes to the title of the item after %s', async (button) => {
    await open();
    await choose('A');
    await pressOn(/^Edit/);
    await pressOn(button);
    await expectFocusOn(itemTitle('A'));
  });

  it('goes to the title of an item that was just made', async () => {
    await open();
    await press('n', CTRL);
    await type('Title', 'New one');
    await pressOn('Save');
    await expectFocusOn(itemTitle('New one'));
  });

  it('goes to the next item when one is put into the trash from its head', async () => {
    await open();
    await choose('A');
    await pressOn('Move to trash');
    await expectFocusOn(itemTitle('B'));
  });

  it('goes from the message back to the item when that is taken back', async () => {
    await open();
    await choose('A');
    await pressOn('Move to trash');
    await pressOn('Undo');
    await expectFocusOn(itemTitle('A'));
  });

  it('stays where it was before a message was closed', async () => {
    await open();
    await choose('A');
    await press('Delete');
    act(() => {
      theList().focus();
    });
    await pressOn('Close message');
    await expectFocusOn(theList);
  });

  it('goes from a message that closes by itself to where it was before', async () => {
    await open();
    act(() => {
      theList().focus();
      main.services.toasts.show({ text: 'Done.' });
    });
    act(() => {
      screen.getByRole('button', { name: 'Close message' }).focus();
      main.clock.turn(20_000);
    });
    await expectFocusOn(theList);
  });

  it('goes to the heading of the list when its last row is gone', async () => {
    await open((items) => {
      items.add('Only', { favourite: true });
      items.add('Other');
    });
    await click(/^Favourites/);
    await choose('Only');
    act(() => {
      theList().focus();
    });
    await press('Delete');
    await expectFocusOn(pageTitle('Favourites'));
  });

  it('goes to the list after the item that was open is erased', async () => {
    const trashed = { trashedAt: 1_700_000_000_000 };
    await open((items) => {
      for (const title of ['A', 'B']) items.add(title, trashed);
    });
    await press('5', CTRL);
    await choose('A');
    await pressOn('Erase now…');
    await type('Master password', 'correct horse');
    await pressOn('Erase for good');
    expect(screen.queryByRole('dialog')).toBeNull();
    await expectFocusOn(theList);
  });

  it('goes to a place in the window after damage is accepted', async () => {
    const damage = { items: [], rows: null, damaged: 0 };
    await open(undefined, {
      'vault:damage': () => ok({ ...damage, integrity: 'not-intact' }),
      'vault:accept-damage': () => {
        main.connection.emit('integrity:checked', { integrity: 'intact' });
        return ok({ ...damage, integrity: 'intact' });
      },
    });
    act(() => {
      main.connection.emit('integrity:checked', { integrity: 'not-intact' });
    });
    await pressOn('What happened, and what to do…');
    await pressOn('Accept the vault as it is…');
    await type('Master password', 'right');
    await pressOn('Accept the vault as it is');
    expect(screen.queryByRole('dialog')).toBeNull();
    await expectFocusOn(theList);
  });

  it('goes to the heading of a room that covers what had it', async () => {
    await open(undefined, { 'backups:list': () => ok([]) });
    act(() => {
      theList().focus();
    });
    act(() => {
      main.services.view.update((view) => ({ ...view, room: 'backups' }));
    });
    await settle();
    await expectFocusOn(pageTitle('Backups'));
  });

  it('returns to the button that opened a dialog', async () => {
    await open((items) => {
      const item = items.add('A');
      items.change(item.id, { note: 'later' });
    });
    await choose('A');
    await pressOn('Compare…');
    await press('Escape');
    expect(screen.queryByRole('dialog')).toBeNull();
    await expectFocusOn(() => screen.getByRole('button', { name: 'Compare…' }));
  });
});
