// @vitest-environment jsdom
// The history of an item: what changed when, what differs, hidden values one at a time, and the way back.
// SPDX-License-Identifier: MIT

import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { type FakeAnswers, refuse } from '../support/fake-connection.ts';
import { dialog, fieldRow, heading } from '../support/eyes.ts';
import { CTRL, choose, click, press, settle } from '../support/hands.ts';
import { type MainWindow, eachInMainWindows, openMainWindow } from '../support/main-window.tsx';

let main: MainWindow;

eachInMainWindows();

/** GitHub with two earlier versions: another title and password, then another note. */
async function open(answers: FakeAnswers<'main'> = {}): Promise<void> {
  main = await openMainWindow((items) => {
    const item = items.add('Old title', {
      formerPasswords: [
        { value: 'first#1', replacedAt: 1_600_000_000_000 },
        { value: 'zeroth#0', replacedAt: 1_500_000_000_000 },
      ],
    });
    items.change(item.id, { title: 'GitHub', fields: { ...item.fields, password: 'new#2' } });
    items.change(item.id, { note: 'Codes in the safe' });
  }, answers);
  await choose('GitHub');
}

const cells = () =>
  dialog()
    .getAllByRole('row')
    .map((row) => [...row.children].map(({ textContent }) => textContent));

describe('the history of an item', () => {
  it('is offered where there is one, with how much of it', async () => {
    await open();
    expect(fieldRow('Versions').textContent).toContain('2 earlier versions');
    await click('Compare…');
    expect(dialog().getByRole('heading', { level: 2 }).textContent).toBe('History of “GitHub”');
  });

  it('is not offered of an item that never changed', async () => {
    main = await openMainWindow((items) => items.add('New'));
    await choose('New');
    expect(screen.queryByText('Versions')).toBeNull();
    await press('y', CTRL);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('lists versions newest first with what changed, and marks the present one', async () => {
    await open();
    await press('y', CTRL);
    const rows = dialog()
      .getAllByRole('option')
      .map(({ textContent }) => textContent);
    expect(rows).toEqual([
      expect.stringMatching(/now.*Note$/),
      expect.stringMatching(/Title, Password$/),
      expect.stringMatching(/As it was first kept$/),
    ]);
    expect(dialog().getByRole('option', { selected: true }).textContent).toMatch(
      /Title, Password$/,
    );
  });

  it('shows of a version what differs from now', async () => {
    await open();
    await click('Compare…');
    expect(cells().slice(1)).toEqual([['Note', 'empty', 'Codes in the safe']]);
    fireEvent.click(dialog().getByRole('option', { name: /first kept/ }));
    await settle();
    expect(cells().slice(1)).toEqual([
      ['Title', 'Old title', 'GitHub'],
      ['Password', '••••••••••••', '••••••••••••'],
      ['Note', 'empty', 'Codes in the safe'],
    ]);
  });

  it('reveals a hidden value of either side, one at a time, and covers it again', async () => {
    await open();
    await click('Compare…');
    fireEvent.click(dialog().getByRole('option', { name: /first kept/ }));
    await settle();
    await click('Reveal Password, then');
    expect(cells()[2]).toEqual(['Password', 'kT7#', '••••••••••••']);
    await click('Reveal Password, now');
    expect(cells()[2]).toEqual(['Password', '••••••••••••', 'new#2']);
    act(() => {
      main.clock.turn(30_000);
    });
    expect(screen.getByRole('dialog').textContent).not.toContain('new#2');
  });

  it('covers what was revealed when the dialog closes', async () => {
    await open();
    await click('Compare…');
    fireEvent.click(dialog().getByRole('option', { name: /first kept/ }));
    await settle();
    await click('Reveal Password, now');
    await click('Close');
    expect(main.services.revealer.state.get()).toBeNull();
  });

  it('restores a version and takes that back', async () => {
    await open();
    await click('Compare…');
    fireEvent.click(dialog().getByRole('option', { name: /first kept/ }));
    await settle();
    await click('Restore this one');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(heading()).toBe('Old title');
    expect(screen.getByRole('status').textContent).toMatch(/“GitHub” is as it was /);
    await press('z', CTRL);
    expect(heading()).toBe('GitHub');
  });

  it('has nothing to restore of the present version', async () => {
    await open();
    await click('Compare…');
    fireEvent.click(dialog().getAllByRole('option')[0] ?? document.body);
    await settle();
    expect(dialog().queryByRole('button', { name: 'Restore this one' })).toBeNull();
  });

  it('stays open and as it was when restoring fails', async () => {
    await open({ 'items:restore-revision': () => refuse('vault/write-failed') });
    await click('Compare…');
    await click('Restore this one');
    expect(screen.getByRole('dialog')).toBeTruthy();
    expect(main.items.all[0]?.note).toBe('Codes in the safe');
    expect(screen.getByText(/could not be written/)).toBeTruthy();
  });

  it.each(['items:history', 'items:revision'] as const)(
    'explains a failing %s',
    async (channel) => {
      await open({ [channel]: () => refuse('vault/item-damaged') });
      await click('Compare…');
      expect(dialog().getByRole('alert').textContent).toContain('damaged');
    },
  );

  it('keeps keys of the list from what lies under it', async () => {
    await open();
    await click('Compare…');
    await press('Delete');
    await press('p', CTRL);
    expect(main.items.all[0]?.trashedAt).toBeNull();
    expect(main.items.copied).toEqual([]);
  });

  it('keeps keys to itself, and goes for good when the person goes elsewhere', async () => {
    await open();
    await click('Compare…');
    await press('2', CTRL);
    expect(screen.queryByRole('dialog')).not.toBeNull();
    await press('Escape');
    expect(screen.queryByRole('dialog')).toBeNull();
    await press('2', CTRL);
    await press('1', CTRL);
    await choose('GitHub');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('former passwords', () => {
  it('are listed on request, revealed and copied one at a time', async () => {
    await open();
    expect(fieldRow('Passwords').textContent).toContain('2 former passwords');
    expect(screen.queryByRole('group', { name: /^Until/ })).toBeNull();
    await click('List them');
    const rows = screen.getAllByRole('group', { name: /^Until/ });
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('13 Sept 2020'),
      expect.stringContaining('14 Jul 2017'),
    ]);
    await click(/^Reveal until 14/);
    expect(rows[1]?.textContent).toContain('zeroth#0');
    expect(rows[0]?.textContent).not.toContain('first#1');
    await click(/^Copy until 13/);
    expect(main.items.copied).toEqual(['former:0 of GitHub']);
    expect(screen.getByRole('status').textContent).toContain('Former password copied');
  });
});
