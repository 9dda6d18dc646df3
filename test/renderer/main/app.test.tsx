// @vitest-environment jsdom
// The main window through its accessible names, over a vault in memory.
// SPDX-License-Identifier: MIT

import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { KeySlotInfo, SlotType } from '../../../src/shared/model/keys.ts';
import { type FakeAnswers, ok, refuse } from '../support/fake-connection.ts';
import { heading, titles } from '../support/eyes.ts';
import { CTRL, choose, click, press, settle, type } from '../support/hands.ts';
import { type MainWindow, eachInMainWindows, openMainWindow } from '../support/main-window.tsx';
import { MemoryItems } from '../support/memory-items.ts';

let main: MainWindow;

async function open(
  titles: readonly string[],
  answers: FakeAnswers<'main'> = {},
): Promise<MainWindow> {
  main = await openMainWindow(titles, answers);
  return main;
}

function slotInfo(slotType: SlotType): KeySlotInfo {
  return { id: '0'.repeat(32), type: slotType, name: '', createdAt: 0, kdf: null };
}

eachInMainWindows();

describe('App', () => {
  it('keeps the whole text of a message in its title, since the line shows its beginning', async () => {
    await open(['A']);
    const text = 'A message that is much longer than the line. '.repeat(4).trim();
    act(() => {
      main.services.toasts.show({ text });
    });
    expect(screen.getByText(text).title).toBe(text);
  });

  it('lists the items and counts them', async () => {
    await open(['Nordbank', 'GitHub', 'Fastmail']);
    expect(titles()).toEqual(['Fastmail', 'GitHub', 'Nordbank']);
    expect(screen.getByRole('button', { name: /All items/ }).textContent).toContain('3');
  });

  it('opens an item and walks on with the arrow keys', async () => {
    await open(['A', 'B', 'C']);
    await choose('A');
    expect(heading()).toBe('A');
    screen.getByRole('listbox', { name: 'All items' }).focus();
    await press('ArrowDown');
    expect(heading()).toBe('B');
  });

  it('finds by typing after /', async () => {
    await open(['Nordbank', 'GitHub']);
    await press('/');
    expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Search items' }));
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'nord' } });
    await settle();
    expect(titles()).toEqual(['Nordbank']);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'zzz' } });
    await settle();
    expect(screen.getByText('Nothing found')).toBeTruthy();
  });

  it('shows no search over a room, and has it again where the list comes back', async () => {
    await open(['GitHub', 'Nordbank'], { 'backups:list': () => ok([]) });
    await type('Search items', 'git');
    await click('Backups');
    const field = () => screen.getByLabelText<HTMLInputElement>('Search items').value;
    expect(field()).toBe('');
    await click(/^All items/);
    expect([field(), titles()]).toEqual(['git', ['GitHub']]);
    await click('Backups');
    await type('Search items', 'nord');
    expect([field(), titles()]).toEqual(['nord', ['Nordbank']]);
  });

  it('copies with one chord, and only what is shown', async () => {
    await open(['Nordbank']);
    await press('p', CTRL);
    expect(main.items.copied).toEqual([]);
    await choose('Nordbank');
    await press('p', CTRL);
    await press('u', CTRL);
    expect(main.items.copied).toEqual(['password of Nordbank', 'username of Nordbank']);
    expect(screen.getByRole('status').textContent).toContain(
      'Password copied; it leaves the clipboard in 30 s.',
    );
  });

  it('reveals a password for a while', async () => {
    await open(['Nordbank']);
    await choose('Nordbank');
    expect(screen.getByRole('article').textContent).not.toContain('kT7#');
    await click('Reveal password');
    expect(screen.getByRole('article').textContent).toContain('kT7#');
    expect(screen.getByText('hides in 30 s')).toBeTruthy();
    act(() => {
      main.clock.turn(30_000);
    });
    expect(screen.getByRole('article').textContent).not.toContain('kT7#');
  });

  it('moves to the trash, chooses the neighbour, and undoes', async () => {
    await open(['A', 'B', 'C']);
    await choose('B');
    await click('Move to trash');
    expect([titles(), heading()]).toEqual([['A', 'C'], 'C']);
    await click('Undo');
    expect([titles(), heading()]).toEqual([['A', 'B', 'C'], 'B']);
  });

  it('restores from the trash', async () => {
    await open(['A', 'B']);
    await choose('A');
    await press('Delete');
    await click(/^Trash/);
    await choose('A');
    await click('Restore');
    await click(/^All items/);
    expect(titles()).toEqual(['A', 'B']);
  });

  it('does not delete an item while text is edited', async () => {
    await open(['A']);
    await choose('A');
    screen.getByRole('searchbox').focus();
    await press('Delete');
    expect(titles()).toEqual(['A']);
  });

  it('keeps its place when the vault changes elsewhere', async () => {
    await open(['B', 'C', 'D']);
    await choose('C');
    act(() => {
      main.items.add('A');
      main.items.revision += 1;
      main.connection.emit('items:changed', { revision: main.items.revision });
    });
    await settle();
    expect(titles()).toEqual(['A', 'B', 'C', 'D']);
    expect(screen.getByRole('option', { selected: true }).textContent).toContain('C');
    expect(heading()).toBe('C');
  });

  it('saves a new login', async () => {
    await open(['A']);
    await press('n', CTRL);
    await type('Title', 'Nordbank');
    await type('Website', ' https://n.example ');
    await type('Tags', 'work, ,bank,work');
    await click('Save');
    expect(main.items.drafts).toEqual([
      {
        ...{ kind: 'login', id: null, title: 'Nordbank', note: '', favourite: false },
        fields: { username: '', password: '' },
        urls: [{ url: 'https://n.example', match: 'domain' }],
        ...{ tags: ['work', 'bank'], sections: [], loginId: null },
        ...{ oneTimeCode: { action: 'keep' }, sshKey: { action: 'keep' } },
      },
    ]);
    expect(heading()).toBe('Nordbank');
  });

  it('leaves the stored password alone unless a new one is typed', async () => {
    await open(['A']);
    await choose('A');
    await click('Edit');
    await click('Save');
    expect(main.items.drafts).toMatchObject([{ fields: { password: null } }]);
  });

  it('keeps what was typed when the save fails, and when the person goes elsewhere', async () => {
    await open(['A', 'B'], { 'items:save': () => refuse('vault/write-failed') });
    await choose('A');
    await click('Edit');
    fireEvent.change(screen.getByLabelText('Title'), { target: { value: 'A2' } });
    await click('Save');
    expect(screen.getByRole('alert').textContent).toContain('could not be written');
    expect(screen.getByLabelText<HTMLInputElement>('Title').value).toBe('A2');
    await choose('B');
    await click('Continue');
    expect(screen.getByLabelText<HTMLInputElement>('Title').value).toBe('A2');
  });

  it('says in the list that items are damaged', async () => {
    const integrity = 'not-intact' as const;
    const counts = { ...new MemoryItems(['A']).counts(), damaged: 2, integrity };
    await open(['A'], { 'items:count': () => ok(counts) });
    expect(screen.getByText(/2 items are damaged/)).toBeTruthy();
  });

  it('says that the vault was changed elsewhere once the check of all rows has found it', async () => {
    await open(['A']);
    expect(screen.queryByText(/changed outside Latchkey/)).toBeNull();
    act(() => {
      main.connection.emit('integrity:checked', { integrity: 'not-intact' });
    });
    expect(screen.getByText(/changed outside Latchkey/)).toBeTruthy();
  });

  it('says what to do with an empty vault', async () => {
    await open([]);
    for (const name of ['Import from a browser', 'New login', 'Open the test site']) {
      expect(screen.getByRole('button', { name })).toBeTruthy();
    }
    await click('Open the test site');
    expect(screen.getByRole('heading', { level: 1, name: 'Test site' })).toBeTruthy();
  });

  it('runs commands and opens items from the palette', async () => {
    await open(['Nordbank', 'GitHub']);
    await press('k', CTRL);
    const box = screen.getByRole('combobox', { name: 'Search commands and items' });
    fireEvent.change(box, { target: { value: 'nordb' } });
    await settle();
    fireEvent.keyDown(box, { key: 'Enter' });
    act(() => {
      main.clock.turn(1);
    });
    await settle();
    expect(heading()).toBe('Nordbank');
  });

  it('keeps keys and the application menu from what lies below a dialog', async () => {
    await open(['A', 'B']);
    await choose('A');
    await click('Show password in large type');
    expect(screen.getByRole('dialog', { name: 'Password' })).toBeTruthy();
    for (const key of ['Delete', 'e', 'n', 'k', 'd'])
      await press(key, { ctrlKey: key !== 'Delete' });
    act(() => {
      main.connection.emit('menu:chosen', { command: 'trash-item' });
    });
    await settle();
    expect(screen.getByRole('dialog', { name: 'Password' })).toBeTruthy();
    expect(main.items.copied).toEqual([]);
    await press('Escape');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect([titles(), heading()]).toEqual([['A', 'B'], 'A']);
    await press('Delete');
    expect(titles()).toEqual(['B']);
  });

  it('keeps keys from what lies below an open menu', async () => {
    await open(['A', 'B']);
    await choose('A');
    await click('New item');
    expect(screen.getByRole('menu', { name: 'New item' })).toBeTruthy();
    await press('Delete');
    await press('Escape');
    expect(titles()).toEqual(['A', 'B']);
  });

  it('locks from within a dialog too', async () => {
    let locks = 0;
    await open(['A'], {
      'vault:lock': () => {
        locks++;
        return ok(null);
      },
    });
    await choose('A');
    await click('Show password in large type');
    await press('l', CTRL);
    expect(locks).toBe(1);
  });

  it('speaks of a recovery key while one password is the only way in', async () => {
    await open(['A'], { 'keys:list': () => ok([slotInfo('password')]) });
    await click('Add a recovery key');
    expect(screen.getByRole('heading', { level: 1, name: 'Ways in' })).toBeTruthy();
  });

  it('says nothing of a recovery key to who has one, or where the ways in cannot be read', async () => {
    await open(['A'], { 'keys:list': () => ok([slotInfo('password'), slotInfo('recovery')]) });
    expect(screen.getByText('Nothing chosen')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Add a recovery key' })).toBeNull();
    main.stop();
    cleanup();
    await open(['A'], { 'keys:list': () => refuse('vault/locked') });
    expect(screen.queryByRole('button', { name: 'Add a recovery key' })).toBeNull();
    expect(screen.getByRole('status').textContent).toBe('');
  });

  it('does not ask to choose from a list with nothing in it', async () => {
    await open(['A']);
    await click(/^Trash/);
    expect(screen.getByText('The trash is empty')).toBeTruthy();
    expect(screen.queryByText('Nothing chosen')).toBeNull();
  });

  it('carries out what the application menu chose, and nothing that it does not know', async () => {
    await open(['A']);
    act(() => {
      main.connection.emit('menu:chosen', { command: 'nonsense' });
      main.connection.emit('menu:chosen', { command: 'import' });
    });
    expect(screen.getByRole('heading', { level: 1, name: 'Import' })).toBeTruthy();
  });

  it('tells of a refused ceremony wherever the person is', async () => {
    await open(['A']);
    act(() => {
      main.connection.emit('ceremony:ended', {
        ...{ at: 0, operation: 'get', origin: 'http://bank-secure.localhost:1' },
        ...{ rpId: 'bank.localhost', reason: 'rp-id-not-a-suffix-of-origin' },
        errorName: 'SecurityError',
      });
    });
    expect(screen.getByRole('status').textContent).toContain(
      'A passkey answers only to its own site.',
    );
  });

  it('explains a failure and stays as it was', async () => {
    await open(['A'], { 'items:trash': () => refuse('vault/write-failed') });
    await choose('A');
    await click('Move to trash');
    expect(screen.getByRole('status').textContent).toContain('could not be written to the disk');
    expect(titles()).toEqual(['A']);
  });

  it('shows the error of an item that cannot be read', async () => {
    await open(['A'], { 'items:get': () => refuse('vault/item-damaged') });
    await choose('A');
    expect(screen.getByRole('alert').textContent).toContain('This item is damaged');
  });
});
