// @vitest-environment jsdom
// What a person hears where items were changed, or changed back, and the saved searches that go with them were not.
// SPDX-License-Identifier: MIT

import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { undoWords } from '../../../src/renderer/items/item-actions.ts';
import { type FakeAnswers, ok } from '../support/fake-connection.ts';
import { chooseFromMenu, click, CTRL, press, settle, type } from '../support/hands.ts';
import { eachInMainWindows, openMainWindow } from '../support/main-window.tsx';

const words = (): string =>
  screen
    .getAllByRole('status')
    .map(({ textContent }) => textContent)
    .join(' | ');

async function rename(answers: FakeAnswers<'main'>): Promise<void> {
  const { services } = await openMainWindow((items) => items.add('A', { tags: ['work'] }), answers);
  services.view.update((state) => ({ ...state, section: { in: 'tag', tag: 'work' } }));
  await settle();
  await chooseFromMenu('More for the tag work', 'Rename tag…');
  await type('Name', 'office');
  await click('Rename');
}

const renamed = { change: 7, changed: 1, passedOver: [] };
const undone = { change: 8, restored: 1, passedOver: 0 };

eachInMainWindows();

describe('a tag that was renamed without its saved searches', () => {
  it('is said to be renamed, and the searches not to be', async () => {
    await rename({ 'tags:rename': () => ok({ ...renamed, searchesLeft: true }) });
    expect(words()).toContain(
      '1 item has the tag “office” now. Saved searches could not be changed: they ask for “work”.',
    );
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy();
  });

  it('is said to be back where it was, and the searches not to be', async () => {
    await rename({
      'tags:rename': () => ok({ ...renamed, searchesLeft: false }),
      'items:undo': () => ok({ ...undone, searchesLeft: true }),
    });
    expect(words()).not.toContain('Saved searches');
    await press('z', CTRL);
    expect(words()).toContain('Undone. Saved searches could not be changed back.');
  });
});

describe('the words of an undo', () => {
  it.each([
    [{ restored: 1, passedOver: 0, searchesLeft: false }, 'Undone.'],
    [
      { restored: 1, passedOver: 0, searchesLeft: true },
      'Undone. Saved searches could not be changed back.',
    ],
    [
      { restored: 3, passedOver: 2, searchesLeft: true },
      '3 items restored. 2 could not be opened. Saved searches could not be changed back.',
    ],
  ])('of %j', (receipt, expected) => {
    expect(undoWords({ change: 1, ...receipt })).toBe(expected);
  });
});
