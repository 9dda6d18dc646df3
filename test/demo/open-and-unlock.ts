// Story 1: a vault is made, locks, refuses a wrong password and opens with the right one.
// SPDX-License-Identifier: MIT

import { expect } from '../support/expect.ts';
import { createVault, lock, MASTER_PASSWORD, tryPassword, unlock } from '../support/stories.ts';
import type { Stage } from './demo.ts';

export async function openAndUnlock({ recorder, app }: Stage): Promise<void> {
  await recorder.step('Latchkey opens', async () => {
    const picture = await app.window('unlock');
    await expect(picture.getByRole('button', { name: 'Create vault' })).toBeVisible();
    return { picture, detail: 'the first window offers to make a vault' };
  });
  await recorder.step('A vault is created', async () => {
    const picture = await createVault(app);
    await expect(picture.getByRole('button', { name: /^Lock/ })).toBeVisible();
    return { picture, detail: 'the main window shows an empty vault' };
  });
  await recorder.step('A wrong password is refused', async () => {
    const picture = await lock(app);
    const began = performance.now();
    await tryPassword(picture, 'not the password');
    await expect(picture.getByRole('alert')).toBeVisible();
    const ms = Math.round(performance.now() - began);
    return { picture, detail: `refused in a sentence after the same derivation, ${ms} ms` };
  });
  await recorder.step('The right password unlocks', async () => {
    const began = performance.now();
    const picture = await unlock(app, MASTER_PASSWORD);
    const ms = Math.round(performance.now() - began);
    return { picture, detail: `the main window is back after ${ms} ms` };
  });
}
