// @vitest-environment jsdom
// Duplicates: what is the same, what differs, keeping one of them and taking that back.
// SPDX-License-Identifier: MIT

import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { DuplicateGroup } from '../../../src/shared/model/item.ts';
import { type FakeAnswers, ok, refuse } from '../support/fake-connection.ts';
import { heading } from '../support/eyes.ts';
import { CTRL, click, press, settle } from '../support/hands.ts';
import { type MainWindow, eachInMainWindows, openMainWindow } from '../support/main-window.tsx';
import { toSummary } from '../support/stored-items.ts';

let main: MainWindow;

/** GitHub three times the same, Bank twice with different passwords. */
async function open(answers: FakeAnswers<'main'> = {}): Promise<void> {
  main = await openMainWindow(
    (items) => {
      const file = { id: 'a'.repeat(32), name: 'x', sizeBytes: 1, addedAt: 1 };
      items.add('GitHub', { modifiedAt: Date.UTC(2025, 0, 1), attachments: [file] });
      items.add('GitHub', { modifiedAt: Date.UTC(2025, 5, 1) });
      items.add('GitHub', { modifiedAt: Date.UTC(2024, 0, 1) });
      items.add('Bank', { fields: { password: 'a', username: 'anna' } });
      items.add('Bank', { fields: { password: 'b', username: 'anna' } });
    },
    { 'items:duplicates': () => ok(groups()), ...answers },
  );
  await press('j', CTRL);
}

function groups(): readonly DuplicateGroup[] {
  const live = main.items.all.filter(({ trashedAt }) => trashedAt === null);
  const of = (title: string) =>
    live.filter((item) => item.title === title).map((item) => toSummary(item, live));
  const all: DuplicateGroup[] = [
    { reason: 'same', items: of('GitHub') },
    { reason: 'same-account', items: of('Bank') },
  ];
  return all.filter(({ items }) => items.length > 1);
}

const rows = (name: RegExp): (string | null)[] =>
  within(screen.getByRole('region', { name }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);
const live = (title: string): number =>
  main.items.all.filter((item) => item.title === title && item.trashedAt === null).length;

eachInMainWindows();

describe('the room of duplicates', () => {
  it('has those with one password and those with several apart, with what tells them apart', async () => {
    await open();
    expect(rows(/Same password/)).toEqual([
      expect.stringMatching(/1 Jan 2025.*1 file/),
      expect.stringMatching(/1 Jun 2025.*\(newest\)/),
      expect.stringMatching(/1 Jan 2024/),
    ]);
    expect(rows(/Different passwords/)).toHaveLength(2);
  });

  it('keeps one and trashes the others, in one change that is taken back', async () => {
    await open();
    await click(/^Keep this one: GitHub, changed 1 Jun 2025/);
    expect(live('GitHub')).toBe(1);
    expect(screen.getByText('“GitHub” is kept; 2 duplicates are in the trash.')).toBeTruthy();
    expect(screen.queryByRole('region', { name: /Same password/ })).toBeNull();
    await click('Undo');
    expect(live('GitHub')).toBe(3);
    expect(rows(/Same password/)).toHaveLength(3);
  });

  it('leaves everything when that fails', async () => {
    await open({ 'items:trash': () => refuse('vault/write-failed') });
    await click(/^Keep this one: GitHub, changed 1 Jun 2025/);
    expect(live('GitHub')).toBe(3);
    expect(screen.getByText(/could not be written/)).toBeTruthy();
  });

  it('opens one of them', async () => {
    await open();
    await click(/^Open Bank/);
    expect(heading()).toBe('Bank');
  });

  it('warns that passkeys go along', async () => {
    await open({
      'items:duplicates': () =>
        ok(
          groups().map((group) => ({
            ...group,
            items: group.items.map((item) => ({ ...item, passkeys: 1 })),
          })),
        ),
    });
    expect(screen.getAllByText('The passkeys of a login go to the trash with it.')).toHaveLength(2);
  });

  it('says so where there are none', async () => {
    await open({ 'items:duplicates': () => ok([]) });
    expect(screen.getByText('No duplicates')).toBeTruthy();
  });

  it('explains why it could not look, and looks again when the vault changes', async () => {
    let isBroken = true;
    await open({
      'items:duplicates': () => (isBroken ? refuse('ipc/internal') : ok(groups())),
    });
    expect(screen.getByRole('alert').textContent).toMatch(/\./);
    isBroken = false;
    main.items.change(main.items.all[0]?.id ?? main.items.newId(), { note: 'x' });
    await settle();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(rows(/Same password/)).toHaveLength(3);
  });

  it('draws very many a part at a time', async () => {
    await open({
      'items:duplicates': () =>
        ok(
          Array.from({ length: 120 }, () => ({
            reason: 'same' as const,
            items: groups()[0]?.items.map((item) => ({ ...item, id: main.items.newId() })) ?? [],
          })),
        ),
    });
    expect(rows(/Same password/)).toHaveLength(150);
    await click('Show 50 more');
    expect(rows(/Same password/)).toHaveLength(300);
  });
});
