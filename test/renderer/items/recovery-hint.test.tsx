// @vitest-environment jsdom
// What is said as long as there is one way into the vault.
// SPDX-License-Identifier: MIT

import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { KeySlotInfo, SlotType } from '../../../src/shared/model/keys.ts';
import { ok } from '../support/fake-connection.ts';
import { click } from '../support/hands.ts';
import { eachInMainWindows, openMainWindow } from '../support/main-window.tsx';

const slot = (type: SlotType): KeySlotInfo => ({
  ...{ id: type.padEnd(32, '0'), type, name: '', createdAt: 1, kdf: null },
});

async function openWith(...types: readonly SlotType[]): Promise<void> {
  await openMainWindow((items) => items.add('A'), {
    'keys:list': () => ok(types.map(slot)),
  });
}

const hint = () => screen.queryByRole('region', { name: 'Recovery' });

eachInMainWindows();

describe('the hint at recovery', () => {
  it.each([
    ['password', 'Only your master password opens this vault.'],
    ['password-key-file', 'Only your master password together with its key file opens this vault.'],
  ] as const)('says that a %s alone opens the vault', async (type, sentence) => {
    await openWith(type);
    expect(hint()?.textContent).toContain(sentence);
    await click('Add a recovery key');
    expect(screen.getByRole('heading', { name: 'Ways in' })).toBeTruthy();
  });

  it.each([[['password', 'recovery']], [['recovery']], [[]]] as const)(
    'says nothing beside %j',
    async (types) => {
      await openWith(...types);
      expect(hint()).toBeNull();
    },
  );
});
