// @vitest-environment jsdom
// The navigation's groups: folded and unfolded, remembered in the settings, and what comes of a failure to save them.
// SPDX-License-Identifier: MIT

import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/shared/model/vault.ts';
import { type FakeAnswers, ok, refuse } from '../support/fake-connection.ts';
import { click, settle } from '../support/hands.ts';
import { eachInMainWindows, openMainWindow } from '../support/main-window.tsx';

const group = (name: string) => within(screen.getByRole('group', { name }));
const isOpen = (name: string): boolean =>
  screen.getByRole('button', { name }).getAttribute('aria-expanded') === 'true';
const lines = (name: string): number => group(name).queryAllByRole('button').length - 1;

async function open(answers: FakeAnswers<'main'> = {}, settings: Partial<Settings> = {}) {
  const saved: Settings[] = [];
  const main = await openMainWindow(
    (items) => {
      items.add('A', { tags: ['work', 'home'] });
    },
    {
      'settings:get': () => ok({ ...DEFAULT_SETTINGS, ...settings }),
      'settings:save': (next) => {
        saved.push(next);
        return ok(next);
      },
      ...answers,
    },
  );
  return { ...main, saved };
}

eachInMainWindows();

describe('the groups of the navigation', () => {
  it('are open, and folded by their headings', async () => {
    const { saved } = await open({}, { theme: 'dark' });
    expect([isOpen('Tags'), lines('Tags')]).toEqual([true, 2]);
    await click('Tags');
    expect([isOpen('Tags'), lines('Tags')]).toEqual([false, 0]);
    expect(isOpen('Kinds')).toBe(true);
    expect(saved).toEqual([{ ...DEFAULT_SETTINGS, theme: 'dark', foldedGroups: ['tags'] }]);
  });

  it('are as they were left', async () => {
    const { saved } = await open({}, { foldedGroups: ['kinds', 'vault', 'searches'] });
    expect(['Kinds', 'Tags', 'Vault'].map(isOpen)).toEqual([false, true, false]);
    expect(lines('Vault')).toBe(0);
    await click('Vault');
    expect(lines('Vault')).toBeGreaterThan(3);
    expect(saved.map(({ foldedGroups }) => foldedGroups)).toEqual([['kinds', 'searches']]);
  });

  it('follow what was saved elsewhere', async () => {
    const { connection } = await open();
    connection.emit('settings:changed', { ...DEFAULT_SETTINGS, foldedGroups: ['tags'] });
    await settle();
    expect(isOpen('Tags')).toBe(false);
  });

  it('stay open where that could not be saved, which is said', async () => {
    await open({ 'settings:save': () => refuse('settings/write-failed') });
    await click('Tags');
    expect(isOpen('Tags')).toBe(true);
    expect(screen.getByText(/The settings could not be saved/)).toBeTruthy();
  });

  it('are both folded when the first is answered after the second was', async () => {
    const answers: (() => void)[] = [];
    const { saved } = await open({
      'settings:save': (next) => {
        saved.push(next);
        return new Promise((resolve) => {
          answers.push(() => {
            resolve({ ok: true, value: next });
          });
        });
      },
    });
    await click('Tags');
    await click('Kinds');
    for (const answer of answers) {
      answer();
      await settle();
      expect([isOpen('Tags'), isOpen('Kinds')]).toEqual([false, false]);
    }
    expect(saved.map(({ foldedGroups }) => foldedGroups)).toEqual([['tags'], ['tags', 'kinds']]);
  });
});
