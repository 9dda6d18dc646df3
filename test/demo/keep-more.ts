// Story 3: more than a password: a one-time code from a picture, a file, and an earlier version that is brought back.
// SPDX-License-Identifier: MIT

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '../support/expect.ts';
import { fromBase32, totp } from '../support/one-time-password.ts';
import { toQrPng } from '../support/pictures.ts';
import { beginEdit, fieldRow, fillIn, openItem, saveItem, search } from '../support/stories.ts';
import type { Stage } from './demo.ts';

const TITLE = 'Nordbank, joint account';
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

export async function keepMore(stage: Stage): Promise<void> {
  await addCode(stage);
  await attachFile(stage);
  await goBack(stage);
}

async function addCode({ recorder, app }: Stage): Promise<void> {
  const page = await app.window('main');
  await recorder.step('A one-time code is taken from a picture', async () => {
    await openItem(page, TITLE);
    const form = await beginEdit(page, TITLE);
    await app.copyPicture(toQrPng(`otpauth://totp/Nordbank:4711-0815?secret=${SECRET}`));
    await form.getByRole('button', { name: 'QR code from the clipboard' }).click();
    await expect(form).toContainText('Nordbank');
    const row = fieldRow(await saveItem(page, form, TITLE), 'One-time code');
    const isRight = async (): Promise<boolean> => {
      const before = totp(fromBase32(SECRET), Date.now());
      const shown = (await row.innerText()).replace(/\s/g, '');
      return [before, totp(fromBase32(SECRET), Date.now())].some((code) => shown.includes(code));
    };
    await expect.poll(isRight).toBe(true);
    return { picture: page, detail: 'the code of this moment, as RFC 6238 computes it' };
  });
}

async function attachFile({ recorder, app, folder }: Stage): Promise<void> {
  const page = await app.window('main');
  await recorder.step('A file is attached and looked at', async () => {
    const path = join(folder, 'contract.txt');
    writeFileSync(path, 'Joint account, opened on 3 May 2019.\nBoth may sign alone.\n');
    await app.chooseNextFile(path);
    await page.getByRole('button', { name: 'Attach a file…' }).click();
    await page.getByRole('button', { name: 'Look at contract.txt' }).click();
    await expect(page.getByRole('dialog')).toContainText('Both may sign alone.');
    return { picture: page, detail: 'sealed in pieces of 64 KiB, opened in the window' };
  });
}

async function goBack({ recorder, app }: Stage): Promise<void> {
  const page = await app.window('main');
  await recorder.step('Earlier versions are compared', async () => {
    await page.keyboard.press('Escape');
    const form = await beginEdit(page, TITLE);
    await fillIn(form, { 'User name': '4711-0816' });
    await saveItem(page, form, TITLE);
    await page.keyboard.press('ControlOrMeta+y');
    const versions = page.getByRole('listbox', { name: 'Versions' }).getByRole('option');
    await versions.nth(1).click();
    await expect(page.getByRole('table', { name: 'Differences' })).toContainText('4711-0815');
    return { picture: page, detail: 'then and now, field by field' };
  });
  await recorder.step('An earlier version is restored', async () => {
    await page.getByRole('button', { name: 'Restore this one' }).click();
    const article = page.getByRole('article', { name: TITLE, exact: true });
    await expect(fieldRow(article, 'User name')).toContainText('4711-0815');
    await search(page, '');
    return { picture: page, detail: 'as a new version: the mistake is in the history now' };
  });
}
