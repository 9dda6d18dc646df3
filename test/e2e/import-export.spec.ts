// Carrying a vault in and out: every broken file is refused in a sentence and takes nothing in, and an export exists
// whole or not at all.
// SPDX-License-Identifier: MIT

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import type { LatchkeyApp } from '../support/latchkey-app.ts';
import { setStage } from '../support/stage.ts';
import {
  addLogin,
  createVault,
  lock,
  MASTER_PASSWORD,
  openItem,
  openRoom,
  rows,
  SECOND_PASSWORD,
  unlock,
} from '../support/stories.ts';

test.describe.configure({ mode: 'serial' });

const EXPORT_PASSWORD = 'a password of the file alone';
const HEADING = 'name,url,username,password,note\r\n';
const NOTHING_IMPORTED = 'Nothing was imported; your vault is as it was.';

let app: LatchkeyApp;
let page: Page;
let strike: () => Promise<void>;
let folder: string;

const inFolder = (name: string): string => join(folder, name);
const alert = () => page.getByRole('alert');
const summary = () => page.getByRole('list', { name: 'Summary' });

/** How many items the navigation says the vault has. */
async function expectItems(count: number): Promise<void> {
  const all = page.getByRole('navigation').getByRole('button', { name: /^All items/ });
  await expect(all).toHaveAccessibleName(new RegExp(`^All items\\s*${count}$`));
}

/** Begins an import of these bytes, from a fresh room. */
async function choose(name: string, bytes: Uint8Array | string): Promise<void> {
  writeFileSync(inFolder(name), bytes);
  await chooseFile(inFolder(name));
}

async function chooseFile(path: string | null): Promise<void> {
  await app.chooseNextFile(path);
  await openRoom(page, 'Settings');
  await openRoom(page, 'Import');
  await page.getByRole('button', { name: 'Choose a file' }).click();
}

async function openExport(password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Password of the export' }).fill(password);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
}

async function startExport(master = MASTER_PASSWORD): Promise<void> {
  await openRoom(page, 'Settings');
  await openRoom(page, 'Export');
  await page.getByLabel('Password for the file', { exact: true }).fill(EXPORT_PASSWORD);
  await page.getByLabel('The same password again', { exact: true }).fill(EXPORT_PASSWORD);
  await page.getByLabel('Master password', { exact: true }).fill(master);
  await page.getByRole('button', { name: 'Export vault' }).click();
}

test.beforeAll(async () => {
  ({ app, folder, strike } = await setStage());
  page = await createVault(app);
  await addLogin(page, { title: 'Nordbank', userName: '4711', password: 'Rote-Ente-7' });
});

test.afterAll(() => strike());

test.describe('import', () => {
  const row = 'Shop,https://shop.example/,kim,secret,\r\n';
  const brokenFiles = [
    {
      what: 'a quote that is never closed',
      bytes: `${HEADING}${row}"Shop,https://shop.example/,kim,secret,\r\n${row}`,
      sentence: 'A quotation mark in this file is opened and never closed',
    },
    {
      what: 'UTF-16 without a mark',
      bytes: Buffer.from(HEADING + row, 'utf16le'),
      sentence: 'The text of this file is not UTF-8.',
    },
    {
      what: 'bytes that are no UTF-8',
      bytes: Buffer.concat([Buffer.from(`${HEADING}Caf`), Buffer.from([0xe9]), Buffer.from(row)]),
      sentence: 'The text of this file is not UTF-8.',
    },
    {
      what: 'a heading of something else',
      bytes: `title,login,secret\r\n${row}`,
      sentence: 'Latchkey does not know the format of this file.',
    },
    { what: 'no byte at all', bytes: '', sentence: 'does not know the format of this file.' },
    {
      what: 'a picture',
      bytes: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      sentence: 'does not know the format of this file.',
    },
  ];

  for (const { what, bytes, sentence } of brokenFiles) {
    test(`a file with ${what} is refused and takes nothing in`, async () => {
      await choose('Broken.csv', bytes);
      await expect(alert()).toContainText(sentence);
      await expect(alert()).toContainText(NOTHING_IMPORTED);
      await expect(page.getByRole('button', { name: /^Import \d/ })).toHaveCount(0);
      await expectItems(1);
    });
  }

  test('a file that is gone is refused', async () => {
    await chooseFile(inFolder('Never written.csv'));
    await expect(alert()).toContainText('The file could not be read.');
  });

  test('rows with a NUL byte or a huge field are skipped with their reason', async () => {
    const huge = 'x'.repeat(200_000);
    const nul = 'Nul\0shop,https://nul.example/,kim,secret,\r\n';
    await choose('Odd.csv', `${HEADING}${nul}Huge,https://huge.example/,kim,secret,${huge}\r\n`);
    await expect(summary()).toContainText('2 rows in the file');
    await expect(summary()).toContainText('0 will be taken');
    await expect(page.getByText('It contains a NUL character')).toBeVisible();
    await expect(page.getByText('One of its fields is longer than Latchkey keeps.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Nothing to import' })).toBeDisabled();
    await expectItems(1);
  });

  test('UTF-16 with its mark is read as what it says', async () => {
    const text = `\ufeff${HEADING}Bäckerei,https://brot.example/,jörg,geheim,\r\n`;
    await choose('Sixteen.csv', Buffer.from(text, 'utf16le'));
    await expect(summary()).toContainText('1 will be taken');
    await expect(page.getByText('Bäckerei')).toBeVisible();
  });

  test('a cancelled preview leaves nothing', async () => {
    await choose('Two.csv', `${HEADING}${row}Shop 2,https://shop.example/,kim,secret,\r\n`);
    await expect(summary()).toContainText('2 will be taken');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('button', { name: 'Choose a file' })).toBeVisible();
    await expectItems(1);
    await openRoom(page, 'All items');
    await expect(rows(page)).toHaveCount(1);
  });

  test('a cancelled dialog does nothing', async () => {
    await chooseFile(null);
    await expect(page.getByRole('button', { name: 'Choose a file' })).toBeEnabled();
    await expect(alert()).toHaveCount(0);
    await expectItems(1);
  });
});

test.describe('export', () => {
  test('a wrong master password is refused before any dialog', async () => {
    const path = inFolder('Refused.latchkey-export');
    await app.chooseNextSavePath(path);
    const before = await app.dialogsShown();
    await startExport('not the master password');
    await expect(alert()).toContainText('That is not the master password of this vault.');
    expect(await app.dialogsShown()).toBe(before);
    expect(existsSync(path)).toBe(false);
  });

  test('a cancelled dialog writes nothing', async () => {
    const before = readdirSync(folder);
    const shown = await app.dialogsShown();
    await app.chooseNextSavePath(null);
    await startExport();
    await expect.poll(() => app.dialogsShown()).toBe(shown + 1);
    await expect(page.getByRole('button', { name: 'Export vault' })).toBeVisible();
    await expect(alert()).toHaveCount(0);
    expect(readdirSync(folder)).toEqual(before);
  });

  test('a place that cannot be written to is said, and nothing half is left there', async () => {
    const taken = inFolder('A folder.latchkey-export');
    mkdirSync(taken);
    await app.chooseNextSavePath(taken);
    await startExport();
    await expect(alert()).toContainText('The file could not be written.');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(readdirSync(taken)).toEqual([]);
  });

  test('an export that is cut off leaves the file of before whole', async () => {
    const path = inFolder('Kept.latchkey-export');
    const old = Buffer.from('the export of last month');
    writeFileSync(path, old);
    await app.chooseNextSavePath(path);
    await startExport();
    // It writes aside first. As soon as it has begun, its process is killed.
    await expect.poll(() => readdirSync(folder).some((name) => name.endsWith('.part'))).toBe(true);
    for (const pid of app.vaultProcesses()) process.kill(pid, 'SIGKILL');
    await app.window('unlock');
    expect(readFileSync(path).equals(old)).toBe(true);
    page = await unlock(app);
    await expectItems(1);
  });

  test('a whole export takes the place of the file of before', async () => {
    const path = inFolder('Kept.latchkey-export');
    await app.chooseNextSavePath(path);
    await startExport();
    await expect(page.getByText('1 item exported')).toBeVisible();
    await expect(page.getByText('Kept.latchkey-export')).toBeVisible();
    expect(readFileSync(path).includes('last month')).toBe(false);
  });

  test('an export with a wrong password, cut in the middle or changed takes nothing in', async () => {
    const whole = readFileSync(inFolder('Kept.latchkey-export'));
    const flipped = Buffer.from(whole);
    const middle = whole.length - 40;
    flipped[middle] = (flipped[middle] ?? 0) ^ 1;
    await lock(app);
    page = await createVault(app, { name: 'Second', password: SECOND_PASSWORD });

    await choose('Cut.latchkey-export', whole.subarray(0, whole.length - 20));
    await openExport(EXPORT_PASSWORD);
    await expect(alert()).toContainText('This export ends in the middle: part of it is missing.');
    await expect(alert()).toContainText(NOTHING_IMPORTED);

    await choose('Flipped.latchkey-export', flipped);
    await openExport(EXPORT_PASSWORD);
    await expect(alert()).toContainText('This export was changed or damaged after it was made.');
    await expectItems(0);
  });

  test('after a wrong password the right one is asked for again, and takes everything in', async () => {
    copyFileSync(inFolder('Kept.latchkey-export'), inFolder('Copy.latchkey-export'));
    await chooseFile(inFolder('Copy.latchkey-export'));
    await openExport('another password than that');
    await expect(alert()).toContainText('That is not the password of this export.');
    await expectItems(0);
    await openExport(EXPORT_PASSWORD);
    await page.getByRole('button', { name: 'Import 1 item' }).click();
    await expect(page.getByText('1 item imported')).toBeVisible();
    await page.getByRole('button', { name: 'Show the items' }).click();
    await openItem(page, 'Nordbank');
    await page.keyboard.press('ControlOrMeta+p');
    await expect.poll(() => app.readClipboard()).toBe('Rote-Ente-7');
  });
});
