// Story 4: a recovery sheet is shown once, rehearsed, and opens the vault without the password.
// SPDX-License-Identifier: MIT

import { expect } from '../support/expect.ts';
import { beginRecoverySheet, beginRehearsal, rehearse, tryWords } from '../support/key-stories.ts';
import { lock, MASTER_PASSWORD } from '../support/stories.ts';
import type { Stage } from './demo.ts';

export async function keepTheSheet({ recorder, app }: Stage): Promise<void> {
  let words: readonly string[] = [];
  await recorder.step('A recovery sheet is shown once', async () => {
    const page = await app.window('main');
    words = await beginRecoverySheet(page, 'Desk drawer', MASTER_PASSWORD);
    return {
      picture: page,
      detail: `${words.length} words and the same as a QR code, to be printed`,
    };
  });
  await recorder.step('The sheet is rehearsed', async () => {
    const page = await app.window('main');
    await rehearse(await beginRehearsal(page), words);
    const table = page.getByRole('table', { name: /^What if I lose/ });
    await expect(table).toContainText('Desk drawer');
    return {
      picture: page,
      detail: 'from now on it counts; the table says what each loss would mean',
    };
  });
  await recorder.step('The words open the vault', async () => {
    await tryWords(await lock(app), words.join(' '));
    const picture = await app.window('main');
    await expect(picture.getByRole('button', { name: /^Lock/ })).toBeVisible();
    return { picture, detail: 'without the master password' };
  });
}
