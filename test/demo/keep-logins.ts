// Story 2: a browser's export of 1,000 logins comes in with every row accounted for; then logins are found, opened,
// added, edited, revealed, copied, generated, thrown away and brought back.
// SPDX-License-Identifier: MIT

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '../support/expect.ts';
import { makeChromeExport } from '../support/chrome-export.ts';
import { beginItem, openRoom, rows, search } from '../support/stories.ts';
import type { Stage } from './demo.ts';

const ROWS = 1_000;
const words = (count: number): string => count.toLocaleString('en');

export async function keepLogins(stage: Stage): Promise<void> {
  await importLogins(stage);
  await addAndEdit(stage);
  await throwAwayAndRestore(stage);
}

async function importLogins({ recorder, app, folder }: Stage): Promise<void> {
  const page = await app.window('main');
  const { csv, expected } = makeChromeExport({ rows: ROWS, seed: 26, withBadRows: true });
  const taken = expected.logins.length;
  const skipped = expected.skipped.length;
  const path = join(folder, 'Chrome Passwords.csv');
  writeFileSync(path, csv);

  await recorder.step('A browser export is previewed', async () => {
    await app.chooseNextFile(path);
    await openRoom(page, 'Import');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    const summary = page.getByRole('list', { name: 'Summary' });
    await expect(summary).toContainText(`${words(expected.rows)} rows in the file`);
    await expect(summary).toContainText(`${words(taken)} will be taken`);
    await expect(summary).toContainText(`${words(skipped)} will be skipped`);
    return { picture: page, detail: `${expected.rows} rows: ${taken} taken, ${skipped} skipped` };
  });
  await recorder.step('The logins are imported', async () => {
    await page.getByRole('button', { name: `Import ${words(taken)} items` }).click();
    await expect(page.getByText(`${words(taken)} items imported`)).toBeVisible();
    return { picture: page, detail: `${taken} logins are in the vault` };
  });
  await recorder.step('A login is found and opened', async () => {
    await openRoom(page, 'All items');
    await search(page, 'github');
    await rows(page).first().click();
    await expect(page.getByRole('article').getByRole('heading', { level: 1 })).toBeVisible();
    return { picture: page, detail: 'search narrows the list, the detail shows the login' };
  });
}

async function addAndEdit({ recorder, app }: Stage): Promise<void> {
  const page = await app.window('main');
  let password = '';
  await recorder.step('A login is added with a generated password', async () => {
    await search(page, '');
    await beginItem(page, 'Login');
    await page.getByRole('textbox', { name: 'Title' }).fill('Nordbank');
    await page.getByRole('textbox', { name: 'User name' }).fill('4711-0815');
    await page.getByRole('button', { name: 'Generate password' }).click();
    const generated = page.getByRole('status', { name: 'Generated password' });
    await expect(generated).not.toBeEmpty();
    password = (await generated.innerText()).replace(/\s/g, '');
    await page.getByRole('button', { name: 'Use this password' }).click();
    await page
      .getByRole('textbox', { name: 'Website' })
      .first()
      .fill('https://nordbank.example/login');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('article', { name: 'Nordbank' })).toBeVisible();
    return { picture: page, detail: `saved with ${password.length} random characters` };
  });
  await recorder.step('The password is revealed', async () => {
    await page.getByRole('button', { name: 'Reveal password' }).click();
    await expect(page.getByRole('article')).toContainText(password);
    return { picture: page, detail: 'shown, coloured by class of character, for 30 seconds' };
  });
  await recorder.step('The password is copied and leaves with the lock', async () => {
    await page.getByRole('button', { name: 'Copy password' }).click();
    await expect.poll(() => app.readClipboard()).toBe(password);
    return { picture: page, detail: 'on the clipboard without passing through the window' };
  });
  await recorder.step('The login is edited', async () => {
    await page.keyboard.press('ControlOrMeta+e');
    await page.getByRole('textbox', { name: 'Title' }).fill('Nordbank, joint account');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('article', { name: 'Nordbank, joint account' })).toBeVisible();
    await page.keyboard.press('ControlOrMeta+u');
    await expect.poll(() => app.readClipboard()).toBe('4711-0815');
    await page.keyboard.press('ControlOrMeta+p');
    await expect.poll(() => app.readClipboard()).toBe(password);
    return { picture: page, detail: 'the new title is saved, the password is as it was' };
  });
}

async function throwAwayAndRestore({ recorder, app }: Stage): Promise<void> {
  const page = await app.window('main');
  await recorder.step('A login goes to the trash', async () => {
    await page.getByRole('button', { name: 'Move to trash' }).click();
    await openRoom(page, 'Trash');
    await expect(rows(page)).toHaveCount(1);
    return { picture: page, detail: 'the trash holds it' };
  });
  await recorder.step('The login is restored', async () => {
    await rows(page).first().click();
    await page.getByRole('button', { name: 'Restore' }).click();
    await expect(rows(page)).toHaveCount(0);
    await openRoom(page, 'All items');
    await search(page, 'Nordbank');
    await expect(rows(page)).toHaveCount(1);
    return { picture: page, detail: 'back in the list, nothing lost' };
  });
}
