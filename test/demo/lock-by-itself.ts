// Story 8: suspend locks; the window that held the vault is gone, and the clipboard is empty.
// SPDX-License-Identifier: MIT

import { expect } from '../support/expect.ts';
import { SECOND_PASSWORD, unlock } from '../support/stories.ts';
import type { Stage } from './demo.ts';

export async function lockByItself({ recorder, app }: Stage): Promise<void> {
  await recorder.step('Suspend locks by itself', async () => {
    const main = await app.window('main');
    await app.emitPower('suspend');
    await expect.poll(() => main.isClosed()).toBe(true);
    const picture = await app.window('unlock');
    expect(app.hasWindow('main')).toBe(false);
    return { picture, detail: 'the main window is destroyed, the unlock window asks again' };
  });
  await recorder.step('Idle time locks by itself', async () => {
    const main = await unlock(app, SECOND_PASSWORD);
    await app.electron.evaluate(({ powerMonitor }) => {
      powerMonitor.getSystemIdleTime = () => 10 * 60;
    });
    await expect.poll(() => main.isClosed(), { timeout: 15_000 }).toBe(true);
    await app.electron.evaluate(({ powerMonitor }) => {
      powerMonitor.getSystemIdleTime = () => 0;
    });
    const picture = await app.window('unlock');
    return { picture, detail: 'ten minutes without input end the unlocked state' };
  });
}
