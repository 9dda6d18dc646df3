// @vitest-environment jsdom
// The main window through its accessible names, over a vault in memory.
// SPDX-License-Identifier: MIT

import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { App } from '../../../src/renderer/main/app.tsx';
import { createMainServices, startMainServices } from '../../../src/renderer/main/services.ts';
import type { VaultApi } from '../../../src/shared/ipc/window-api.ts';
import type { ItemDraft } from '../../../src/shared/model/item.ts';
import { fakeConnection, ok, refuse, type FakeConnection } from '../support/fake-connection.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { stubLayout } from '../support/layout.ts';
import { MemoryItems } from '../support/memory-items.ts';

let clock: HandClock;
let items: MemoryItems;
let connection: FakeConnection<'main'>;
let stop: () => void;

const settle = async (): Promise<void> => {
  await act(async () => new Promise((resolve) => setImmediate(resolve)));
};

async function open(titles: readonly string[], answers: Partial<VaultApi<'main'>> = {}) {
  clock = new HandClock();
  items = new MemoryItems(titles, () => {
    connection.emit('items:changed', { revision: items.revision });
  });
  connection = fakeConnection<'main'>({ ...items.answers(), ...answers });
  const services = createMainServices(connection, clock);
  stop = startMainServices(services);
  render(<App services={services} />);
  await settle();
  return services;
}

const titles = () =>
  screen.getAllByRole('option').map((row) => row.querySelector('b')?.textContent);
const key = async (name: string, part: object = {}): Promise<void> => {
  fireEvent.keyDown(document.activeElement ?? document.body, { key: name, ...part });
  await settle();
};
const choose = async (title: string): Promise<void> => {
  fireEvent.click(screen.getByText(title, { selector: '[role=option] b' }));
  await settle();
};
const click = async (name: string | RegExp): Promise<void> => {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
};
const heading = () =>
  within(screen.getByRole('article')).getByRole('heading', { level: 1 }).textContent;

beforeEach(stubLayout);
afterEach(() => {
  stop();
  cleanup();
});

describe('App', () => {
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
    await key('ArrowDown');
    expect(heading()).toBe('B');
  });

  it('finds by typing after /', async () => {
    await open(['Nordbank', 'GitHub']);
    await key('/');
    expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Search items' }));
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'nord' } });
    await settle();
    expect(titles()).toEqual(['Nordbank']);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'zzz' } });
    await settle();
    expect(screen.getByText('Nothing found')).toBeTruthy();
  });

  it('copies with one chord, and only what is shown', async () => {
    await open(['Nordbank']);
    await key('p', { ctrlKey: true });
    expect(items.copied).toEqual([]);
    await choose('Nordbank');
    await key('p', { ctrlKey: true });
    await key('u', { ctrlKey: true });
    expect(items.copied).toEqual(['password of Nordbank', 'username of Nordbank']);
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
      clock.turn(30_000);
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
    await key('Delete');
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
    await key('Delete');
    expect(titles()).toEqual(['A']);
  });

  it('keeps its place when the vault changes elsewhere', async () => {
    await open(['B', 'C', 'D']);
    await choose('C');
    act(() => {
      items.add('A');
      items.revision += 1;
      connection.emit('items:changed', { revision: items.revision });
    });
    await settle();
    expect(titles()).toEqual(['A', 'B', 'C', 'D']);
    expect(screen.getByRole('option', { selected: true }).textContent).toContain('C');
    expect(heading()).toBe('C');
  });

  it('saves a new login', async () => {
    const drafts: ItemDraft[] = [];
    await open(['A'], {
      'items:save': (draft) => {
        drafts.push(draft);
        return ok({ id: items.add(draft.title).id });
      },
    });
    await key('n', { ctrlKey: true });
    fireEvent.change(screen.getByLabelText('Title'), { target: { value: 'Nordbank' } });
    fireEvent.change(screen.getByLabelText('Website'), {
      target: { value: ' https://n.example ' },
    });
    fireEvent.change(screen.getByLabelText('Tags'), { target: { value: 'work, ,bank,work' } });
    await click('Save');
    expect(drafts).toEqual([
      {
        ...{ kind: 'login', id: null, title: 'Nordbank', username: '', password: '', note: '' },
        ...{ urls: ['https://n.example'], tags: ['work', 'bank'], favourite: false },
      },
    ]);
    expect(heading()).toBe('Nordbank');
  });

  it('leaves the stored password alone unless a new one is typed', async () => {
    const drafts: ItemDraft[] = [];
    await open(['A'], {
      'items:save': (draft) => {
        drafts.push(draft);
        return ok({ id: items.logins[0]?.id ?? items.add('x').id });
      },
    });
    await choose('A');
    await click('Edit');
    await click('Save');
    expect(drafts).toMatchObject([{ password: null }]);
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
    const counts = {
      all: 1,
      favourites: 0,
      trash: 0,
      logins: 1,
      passkeys: 0,
      tags: [],
      damaged: 2,
      isIntact: false,
    };
    await open(['A'], { 'items:count': () => ok(counts) });
    expect(screen.getByText(/2 items could not be read/)).toBeTruthy();
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
    await key('k', { ctrlKey: true });
    const box = screen.getByRole('combobox', { name: 'Search commands and items' });
    fireEvent.change(box, { target: { value: 'nordb' } });
    await settle();
    fireEvent.keyDown(box, { key: 'Enter' });
    act(() => {
      clock.turn(1);
    });
    await settle();
    expect(heading()).toBe('Nordbank');
  });

  it('carries out what the application menu chose, and nothing that it does not know', async () => {
    await open(['A']);
    act(() => {
      connection.emit('menu:chosen', { command: 'nonsense' });
      connection.emit('menu:chosen', { command: 'import' });
    });
    expect(screen.getByRole('heading', { level: 1, name: 'Import' })).toBeTruthy();
  });

  it('tells of a refused ceremony wherever the person is', async () => {
    await open(['A']);
    act(() => {
      connection.emit('ceremony:ended', {
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
