// Story 7: the vault goes out into an encrypted file, a second, empty vault takes it in, and the imported passkey signs in.
// SPDX-License-Identifier: MIT

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '../support/expect.ts';
import {
  approve,
  createVault,
  lock,
  MASTER_PASSWORD,
  openRoom,
  SECOND_PASSWORD,
  openTestSite,
  signIn,
  siteStatus,
} from '../support/stories.ts';
import type { Stage } from './demo.ts';

const EXPORT_PASSWORD = 'a password of the file alone';

export async function carryTheVault({ recorder, app, browser, folder }: Stage): Promise<void> {
  const path = join(folder, 'Latchkey.latchkey-export');
  await recorder.step('The vault is exported', async () => {
    const page = await app.window('main');
    await app.chooseNextSavePath(path);
    await openRoom(page, 'Export');
    await page.getByLabel('Password for the file', { exact: true }).fill(EXPORT_PASSWORD);
    await page.getByLabel('The same password again', { exact: true }).fill(EXPORT_PASSWORD);
    await page.getByLabel('Master password', { exact: true }).fill(MASTER_PASSWORD);
    await page.getByRole('button', { name: 'Export vault' }).click();
    await expect(page.getByText(/items exported/)).toBeVisible();
    expect(existsSync(path)).toBe(true);
    return { picture: page, detail: 'one encrypted file with a password of its own' };
  });
  await recorder.step('A second vault takes it in', async () => {
    await lock(app);
    const page = await createVault(app, {
      name: 'Second',
      password: SECOND_PASSWORD,
    });
    await app.chooseNextFile(path);
    await openRoom(page, 'Import');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await page.getByRole('textbox', { name: 'Password of the export' }).fill(EXPORT_PASSWORD);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('button', { name: /^Import \d/ }).click();
    await expect(page.getByText(/items imported/)).toBeVisible();
    return { picture: page, detail: 'every item, the passkeys among them' };
  });
  await recorder.step('The imported passkey signs in', async () => {
    const site = await browser.newPage();
    await site.goto(await openTestSite(app, 'Open test site'));
    await signIn(site, null);
    await approve(app, /^Sign in as/, SECOND_PASSWORD);
    await expect(siteStatus(site)).toContainText('signed in as anna.klein');
    return { picture: site, detail: 'made in the first vault, used from the second' };
  });
}
