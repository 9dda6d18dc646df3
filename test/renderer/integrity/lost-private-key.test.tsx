// @vitest-environment jsdom
// A passkey that can be read but for its private key: the list and the page say that, and not that it cannot be read.
// SPDX-License-Identifier: MIT

import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ok } from '../support/fake-connection.ts';
import { choose, click } from '../support/hands.ts';
import { eachInMainWindows, openMainWindow } from '../support/main-window.tsx';

async function open(): Promise<void> {
  await openMainWindow(
    (items) => {
      items.put('passkey', 'Lost', { damage: 'private-key' });
      items.put('passkey', 'Sound');
      items.add('Broken', { damage: 'content' });
    },
    { 'backups:list': () => ok([]) },
  );
}

const marksOf = (title: string): (string | null)[] =>
  within(screen.getByRole('option', { name: new RegExp(title) }))
    .queryAllByRole('img')
    .map((mark) => mark.getAttribute('aria-label'));

eachInMainWindows();

describe('a passkey without its private key', () => {
  it('is told in the list from what cannot be read', async () => {
    await open();
    expect(marksOf('Lost')).toContain('Its private key cannot be read');
    expect(marksOf('Broken')).toContain('Cannot be read');
    expect(marksOf('Sound').join()).not.toContain('cannot');
  });

  it('says on its page what is lost, and shows the rest', async () => {
    await open();
    await choose('Lost');
    const page = within(screen.getByRole('article', { name: 'Lost' }));
    const words = page.getByRole('alert').textContent;
    expect(words).toContain('The private key of this passkey is damaged and cannot be read.');
    expect(words).toContain('make a new passkey at bank.example');
    expect(page.getByText('ES256', { exact: false })).toBeTruthy();
  });

  it('leads to the backups', async () => {
    await open();
    await choose('Lost');
    await click('Compare with a backup');
    expect(screen.getByRole('heading', { level: 1, name: 'Backups' })).toBeTruthy();
  });

  it('is the only one of which that is said', async () => {
    await open();
    await choose('Sound');
    expect(within(screen.getByRole('article', { name: 'Sound' })).queryByRole('alert')).toBeNull();
  });
});
