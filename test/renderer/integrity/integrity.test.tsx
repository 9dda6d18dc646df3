// @vitest-environment jsdom
// What is said of a vault file that is not as it was left: nothing while it is checked, plain words and a way on after.
// SPDX-License-Identifier: MIT

import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ItemCounts } from '../../../src/shared/model/item.ts';
import type { DamageReport } from '../../../src/shared/model/vault.ts';
import { type FakeAnswers, ok, refuse } from '../support/fake-connection.ts';
import { heading } from '../support/eyes.ts';
import { choose, click, settle, type } from '../support/hands.ts';
import { type MainWindow, eachInMainWindows, openMainWindow } from '../support/main-window.tsx';
import { idOf } from '../support/stored-items.ts';

let main: MainWindow;

async function open(
  part: Partial<ItemCounts>,
  answers: FakeAnswers<'main'> = {},
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
    .find((text) => /(is|are) damaged|outside Latchkey/.test(text)) ?? '';

eachInMainWindows();

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
    expect(banner()).toMatch(/^2 items are damaged\. They are kept/);
    expect(banner()).toContain('Besides, this vault file was changed outside Latchkey.');
    await click('Show them');
    expect(texts.at(-1)).toBe('is:damaged');
  });

  it('speaks of one item as one', async () => {
    await open({ damaged: 1, integrity: 'not-intact' });
    expect(banner()).toMatch(/^1 item is damaged\. It is kept in the file as it is\./);
    expect(screen.getByRole('button', { name: 'Show it' })).toBeTruthy();
  });

  it('is there in a vault whose items are all gone', async () => {
    await open({ integrity: 'not-intact' }, {}, []);
    expect(screen.getByText('This vault is empty')).toBeTruthy();
    expect(banner()).toContain('outside Latchkey');
  });
});

describe('the story of a damaged file', () => {
  const REPORT: DamageReport = {
    ...{ integrity: 'not-intact', damaged: 3, rows: { expected: 120, found: 118 } },
    items: [
      { id: idOf(1), title: 'Nordbank', kind: 'login', damage: 'content' },
      { id: idOf(2), title: '', kind: 'passkey', damage: 'private-key' },
      { id: idOf(3), title: null, kind: null, damage: 'content' },
    ],
  };
  const begin = async (
    report: DamageReport = REPORT,
    answers: FakeAnswers<'main'> = {},
  ): Promise<void> => {
    await open(
      { damaged: report.damaged, integrity: report.integrity },
      { 'vault:damage': () => ok(report), ...answers },
    );
    await click('What happened, and what to do…');
  };
  const dialog = () => within(screen.getByRole('dialog'));
  const names = () =>
    within(dialog().getByRole('list', { name: 'Damaged items' }))
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);

  it('names what is unreadable and counts what is missing', async () => {
    await begin();
    expect(names()).toEqual([
      'Nordbank Login',
      'Untitled Passkey: its private key alone',
      expect.stringContaining('An item without a readable name'),
    ]);
    expect(dialog().getByText(/^2 parts of 120 that Latchkey wrote are missing/)).toBeTruthy();
  });

  it.each([
    [{ expected: 5, found: 6 }, /^1 part more than Latchkey wrote is in it/],
    [{ expected: 5, found: 5 }, /^It has as many parts as Latchkey wrote/],
    [null, /still being read/],
  ])('says of rows %j what they mean', async (rows, words) => {
    await begin({ ...REPORT, rows });
    expect(dialog().getByText(words)).toBeTruthy();
  });

  it('leads to the backups first', async () => {
    await begin(REPORT, { 'backups:list': () => ok([]) });
    fireEvent.click(dialog().getByRole('button', { name: 'Compare with a backup' }));
    await settle();
    expect(screen.getByRole('heading', { level: 1, name: 'Backups' })).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('accepts the vault after the full secret, and the banner goes', async () => {
    const typed: string[] = [];
    await begin(REPORT, {
      'vault:accept-damage': ({ present }) => {
        const text = present.type === 'password' ? new TextDecoder().decode(present.password) : '';
        typed.push(text);
        if (text !== 'right') return refuse('vault/wrong-password');
        main.connection.emit('integrity:checked', { integrity: 'intact' });
        return ok({ ...REPORT, integrity: 'intact' });
      },
    });
    await click('Accept the vault as it is…');
    expect(dialog().getByText(/What is missing stays missing/)).toBeTruthy();
    expect(
      dialog().getByText(/3 damaged items stay as they are.*those from before stay for as long/),
    ).toBeTruthy();
    const accept = async (): Promise<void> => {
      fireEvent.click(dialog().getByRole('button', { name: 'Accept the vault as it is' }));
      await settle();
    };
    await accept();
    expect(typed).toEqual([]);
    await type('Master password', 'wrong');
    await accept();
    expect(dialog().getByRole('alert')).toBeTruthy();
    await type('Master password', 'right');
    await accept();
    expect(typed).toEqual(['wrong', 'right']);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(banner()).toBe('');
  });

  it.each([
    ['intact', 0, 'Accepted. The vault is whole again.', 'good'],
    ['intact', 1, 'Accepted. 1 item is still damaged.', 'plain'],
    ['intact', 3, 'Accepted. 3 items are still damaged.', 'plain'],
    ['not-intact', 3, 'The file differs again from what was accepted', 'bad'],
  ] as const)('says what holds after: %s, %i damaged', async (integrity, damaged, words, tone) => {
    await begin(REPORT, { 'vault:accept-damage': () => ok({ ...REPORT, integrity, damaged }) });
    await click('Accept the vault as it is…');
    await type('Master password', 'right');
    fireEvent.click(dialog().getByRole('button', { name: 'Accept the vault as it is' }));
    await settle();
    const last = main.services.toasts.list.get().at(-1);
    expect(last?.text).toContain(words);
    expect(last?.tone ?? 'plain').toBe(tone);
  });

  it('asks by another way where the vault has one', async () => {
    const slot = { name: '', createdAt: 0, kdf: null };
    const presented: string[] = [];
    await begin(REPORT, {
      'keys:list': () =>
        ok([
          { ...slot, id: '01'.repeat(16), type: 'password-key-file' },
          { ...slot, id: '02'.repeat(16), type: 'recovery' },
        ]),
      'vault:accept-damage': ({ present }) => {
        presented.push(present.type);
        return ok({ ...REPORT, integrity: 'intact' });
      },
    });
    await click('Accept the vault as it is…');
    await click('Use recovery key');
    await type('Recovery key', 'able acid');
    fireEvent.click(dialog().getByRole('button', { name: 'Accept the vault as it is' }));
    await settle();
    expect(presented).toEqual(['recovery']);
  });

  it('says why nothing is known', async () => {
    await begin(REPORT, { 'vault:damage': () => refuse('vault/locked') });
    expect(dialog().getByRole('alert').textContent).toContain('locked');
  });
});

describe('an item that cannot be read', () => {
  let isDamaged: boolean;
  const openDamaged = async (answers: FakeAnswers<'main'> = {}): Promise<void> => {
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
