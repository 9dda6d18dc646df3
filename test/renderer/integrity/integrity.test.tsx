// @vitest-environment jsdom
// What is said of a vault file that is not as it was left: nothing while it is checked, plain words and a way on after.
// SPDX-License-Identifier: MIT

import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VaultApi } from '../../../src/shared/ipc/window-api.ts';
import type { ItemCounts } from '../../../src/shared/model/item.ts';
import { ok, refuse } from '../support/fake-connection.ts';
import { stubLayout } from '../support/layout.ts';
import {
  choose,
  click,
  heading,
  openMainWindow,
  settle,
  type,
  type MainWindow,
} from '../support/main-window.tsx';

let main: MainWindow;

async function open(
  part: Partial<ItemCounts>,
  answers: Partial<VaultApi<'main'>> = {},
  names: readonly string[] = ['A', 'B'],
): Promise<void> {
  main = await openMainWindow(
    (items) => {
      for (const name of names) {
        const item = items.add(name);
        items.change(item.id, { note: 'later' });
      }
    },
    { 'items:count': () => ok({ ...main.items.counts(), ...part }), ...answers },
  );
  main.services.counts.set({ ...main.items.counts(), ...part });
  await settle();
}

const banner = (): string =>
  screen
    .queryAllByRole('status')
    .map(({ textContent }) => textContent)
    .find((text) => /could not be read|outside Latchkey/.test(text)) ?? '';

beforeEach(stubLayout);
afterEach(() => {
  main.stop();
  cleanup();
});

describe('the banner about the vault file', () => {
  it.each(['checking', 'intact'] as const)('is not there while it is %s', async (integrity) => {
    await open({ integrity });
    expect(banner()).toBe('');
  });

  it('comes when the check ends badly, and not when it ends well', async () => {
    await open({ integrity: 'checking' });
    act(() => {
      main.connection.emit('integrity:checked', { integrity: 'intact' });
    });
    expect(banner()).toBe('');
    act(() => {
      main.connection.emit('integrity:checked', { integrity: 'not-intact' });
    });
    expect(banner()).toContain('This vault file was changed outside Latchkey.');
    expect(screen.queryByRole('button', { name: 'Show them' })).toBeNull();
  });

  it('leads to the backups', async () => {
    await open({ integrity: 'not-intact' }, { 'backups:list': () => ok([]) });
    await click('Compare with a backup');
    expect(screen.getByRole('heading', { level: 1, name: 'Backups' })).toBeTruthy();
  });

  it('shows the items that cannot be read', async () => {
    const texts: string[] = [];
    await open(
      { damaged: 2, integrity: 'not-intact' },
      {
        'items:list': (query) => {
          texts.push(query.text);
          return ok({ revision: 1, total: 0, items: [] });
        },
      },
    );
    expect(banner()).toMatch(/^2 items could not be read\. They are kept/);
    expect(banner()).toContain('Besides, this vault file was changed outside Latchkey.');
    await click('Show them');
    expect(texts.at(-1)).toBe('is:damaged');
  });

  it('speaks of one item as one', async () => {
    await open({ damaged: 1 });
    expect(banner()).toMatch(/^1 item could not be read\. It is kept in the file as it is\./);
    expect(screen.getByRole('button', { name: 'Show it' })).toBeTruthy();
  });

  it('is there in a vault whose items are all gone', async () => {
    await open({ integrity: 'not-intact' }, {}, []);
    expect(screen.getByText('This vault is empty')).toBeTruthy();
    expect(banner()).toContain('outside Latchkey');
  });
});

describe('an item that cannot be read', () => {
  let isDamaged: boolean;
  const openDamaged = async (answers: Partial<VaultApi<'main'>> = {}): Promise<void> => {
    isDamaged = true;
    await open(
      { damaged: 1 },
      {
        'items:get': (input) => {
          const get = main.items.answers()['items:get'];
          return isDamaged || !get ? refuse('vault/item-damaged') : get(input);
        },
        ...answers,
      },
    );
    await choose('A');
  };

  it('says so under its title and offers earlier versions', async () => {
    await openDamaged();
    expect(heading()).toBe('A');
    expect(screen.getByRole('alert').textContent).toContain('damaged');
    await click('Look for an earlier version');
    const dialog = within(screen.getByRole('dialog', { name: 'History of “A”' }));
    expect(dialog.getByText('The present version cannot be read; this one can.')).toBeTruthy();
    isDamaged = false;
    await click('Restore this one');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole('article').textContent).toContain('A@user');
  });

  it('says where no version can be read', async () => {
    await openDamaged({ 'items:history': () => ok([]) });
    await click('Look for an earlier version');
    expect(screen.getByText('No version of this item can be read.')).toBeTruthy();
  });

  it('can be erased, after the master password', async () => {
    const erased: (readonly string[])[] = [];
    await openDamaged({
      'items:erase': ({ ids }) => {
        erased.push(ids);
        return ok(null);
      },
    });
    await click('Erase it…');
    expect(screen.getByRole('dialog', { name: 'Erase 1 item' })).toBeTruthy();
    expect(erased).toEqual([]);
    await type('Master password', 'correct horse');
    await click('Erase for good');
    expect(erased).toEqual([[main.items.all[0]?.id]]);
  });
});
