// What keeps a vault in order over the years: versions and files of an item, archive and trash, tags, searches that are kept,
// duplicates, many items at once. And that each of it can be taken back.
// SPDX-License-Identifier: MIT

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type Locator, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import type { LatchkeyApp } from '../support/latchkey-app.ts';
import { toPng } from '../support/pictures.ts';
import { setStage } from '../support/stage.ts';
import {
  addLogin,
  beginEdit,
  createVault,
  fieldRow,
  fillIn,
  lock,
  MASTER_PASSWORD,
  message,
  openItem,
  openRoom,
  rows,
  saveItem,
  search,
  undo,
  unlock,
} from '../support/stories.ts';

test.describe.configure({ mode: 'serial' });

let app: LatchkeyApp;
let page: Page;
let strike: () => Promise<void>;
let folder: string;

const navigation = (name: string | RegExp): Locator =>
  page.getByRole('navigation').getByRole('button', { name });

/** Title by title, in any order. */
async function expectRows(...titles: readonly string[]): Promise<void> {
  await expect(rows(page)).toHaveCount(titles.length);
  for (const title of titles) {
    await expect(rows(page).filter({ hasText: title }).first()).toBeVisible();
  }
}

test.beforeAll(async () => {
  ({ app, folder, strike } = await setStage());
  page = await createVault(app);
  await addLogin(page, {
    title: 'Nordbank',
    userName: 'anna.klein',
    password: 'Erste-Ente-1',
    website: 'https://nordbank.example/',
    tags: 'money/bank',
  });
  await addLogin(page, {
    title: 'Bahn',
    userName: 'anna@klein.example',
    website: 'https://bahn.example/',
    note: 'seat by the window',
  });
  await addLogin(page, { title: 'Kino am Park', userName: 'klein', tags: 'leisure' });
});

test.afterAll(() => strike());

test('an earlier version is compared and brought back, and that is taken back too', async () => {
  await openItem(page, 'Nordbank');
  const form = await beginEdit(page, 'Nordbank');
  await fillIn(form, { 'User name': 'a.klein', Password: 'Zweite-Ente-2' });
  const shown = await saveItem(page, form, 'Nordbank');
  await expect(fieldRow(shown, 'User name')).toContainText('a.klein');
  await page.keyboard.press('ControlOrMeta+y');
  const dialog = page.getByRole('dialog', { name: 'History of “Nordbank”' });
  const versions = dialog.getByRole('listbox', { name: 'Versions' }).getByRole('option');
  await expect(versions).toHaveCount(2);
  await versions.last().click();
  const table = dialog.getByRole('table', { name: 'Differences' });
  await expect(table.getByRole('row', { name: /^User name/ })).toContainText('anna.klein');
  await expect(table).not.toContainText('Ente');
  await dialog.getByRole('button', { name: 'Reveal Password, then' }).click();
  await expect(table).toContainText('Erste-Ente-1');
  await expect(table).not.toContainText('Zweite-Ente-2');
  await dialog.getByRole('button', { name: 'Restore this one' }).click();
  await expect(dialog).toBeHidden();
  await expect(fieldRow(shown, 'User name')).toContainText('anna.klein');
  await page.keyboard.press('ControlOrMeta+p');
  await expect.poll(() => app.readClipboard()).toBe('Erste-Ente-1');
  await undo(page, 'is as it was');
  await expect(fieldRow(shown, 'User name')).toContainText('a.klein');
  await page.keyboard.press('ControlOrMeta+p');
  await expect.poll(() => app.readClipboard()).toBe('Zweite-Ente-2');
});

test('a file is attached, looked at, saved, removed and brought back, byte for byte', async () => {
  const files = [
    ['letter.txt', Buffer.from('Dear Anna,\nthe contract is in here. Grüße\n')],
    ['plan.png', toPng(64, (x, y) => (x * y) % 256)],
    ['empty.bin', Buffer.alloc(0)],
    ['large.bin', Buffer.from(Uint8Array.from({ length: 300_001 }, (_, at) => (at * 31) & 255))],
  ] as const;
  const shown = await openItem(page, 'Bahn');
  const list = shown.getByRole('list', { name: 'Files' });
  for (const [name, bytes] of files) {
    writeFileSync(join(folder, name), bytes);
    await app.chooseNextFile(join(folder, name));
    await shown.getByRole('button', { name: 'Attach a file…' }).click();
    await expect(list.getByRole('listitem', { name })).toBeVisible();
  }
  await lock(app);
  page = await unlock(app);
  await openItem(page, 'Bahn');
  for (const [name, bytes] of files) {
    const target = join(folder, `saved ${name}`);
    await app.chooseNextSavePath(target);
    await page.getByRole('button', { name: `Save ${name} as…` }).click();
    await expect(message(page, `Saved as “saved ${name}”`)).toBeVisible();
    expect(readFileSync(target).equals(bytes), name).toBe(true);
  }
  const looks = [
    ['letter.txt', (dialog: Locator) => dialog.getByText('the contract is in here. Grüße')],
    ['plan.png', (dialog: Locator) => dialog.getByRole('img', { name: 'plan.png' })],
    ['large.bin', (dialog: Locator) => dialog.getByText('Latchkey shows text and pictures')],
  ] as const;
  for (const [name, seen] of looks) {
    await page.getByRole('button', { name: `Look at ${name}` }).click();
    await expect(seen(page.getByRole('dialog', { name })), name).toBeVisible();
    await page.keyboard.press('Escape');
  }
  await page.getByRole('button', { name: 'More for letter.txt' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  const letter = page.getByRole('listitem', { name: 'letter.txt' });
  await expect(letter).toHaveCount(0);
  await undo(page, 'is removed');
  await expect(letter).toBeVisible();
  await letter.getByRole('button', { name: 'Look at letter.txt' }).click();
  await expect(page.getByRole('dialog', { name: 'letter.txt' })).toContainText('Dear Anna');
  await page.keyboard.press('Escape');
});

test('the archive takes an item out of the way of lists and searches', async () => {
  await openItem(page, 'Kino am Park');
  await page.getByRole('button', { name: 'Move to archive' }).click();
  await expectRows('Nordbank', 'Bahn');
  await search(page, 'kino');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await search(page, '');
  await openRoom(page, 'Archive');
  await openItem(page, 'Kino am Park');
  await page.getByRole('button', { name: 'Take out of the archive' }).click();
  await expect(page.getByText('The archive is empty')).toBeVisible();
  await openRoom(page, 'All items');
  await expectRows('Nordbank', 'Bahn', 'Kino am Park');
});

test('a tag for many at once, below another one, and taken back at a stroke', async () => {
  for (const title of ['Bahn', 'Kino am Park']) {
    await rows(page)
      .filter({ hasText: title })
      .click({ modifiers: ['ControlOrMeta'] });
  }
  if (await page.getByRole('heading', { name: /^3 items chosen/ }).isVisible()) {
    await rows(page)
      .filter({ hasText: 'Nordbank' })
      .click({ modifiers: ['ControlOrMeta'] });
  }
  await expect(page.getByRole('heading', { name: '2 items chosen' })).toBeVisible();
  await page.getByRole('button', { name: 'Add a tag…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a tag to 2 items' });
  await dialog.getByLabel('Tags to add').fill('money/travel');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(message(page, '2 items have the tag “money/travel” now.')).toBeVisible();
  await expect(navigation('money/travel 2')).toBeVisible();
  await expect(navigation('money/bank 1')).toBeVisible();
  await navigation(/^money 3/).click();
  await expectRows('Nordbank', 'Bahn', 'Kino am Park');
  await navigation('money/bank 1').click();
  await expectRows('Nordbank');
  await undo(page, 'have the tag “money/travel” now');
  await expect(navigation('money/travel 2')).toHaveCount(0);
  await openRoom(page, 'All items');
});

test('the search has a language of its own, and shows what it has found', async () => {
  const queries: readonly (readonly [string, readonly string[]])[] = [
    ['klein', ['Nordbank', 'Bahn', 'Kino am Park']],
    ['klein -bahn', ['Nordbank', 'Kino am Park']],
    ['"am park"', ['Kino am Park']],
    ['user:anna@', ['Bahn']],
    ['url:nordbank', ['Nordbank']],
    ['tag:money', ['Nordbank']],
    ['tag:money/bank', ['Nordbank']],
    ['is:attachment', ['Bahn']],
    ['-is:attachment kind:login', ['Nordbank', 'Kino am Park']],
    ['https://www.bahn.example/fahrkarten?id=1', ['Bahn']],
  ];
  for (const [text, titles] of queries) {
    await test.step(text, async () => {
      await search(page, text);
      await expectRows(...titles);
    });
  }
  await search(page, 'nord');
  await expect(rows(page).first().locator('mark').first()).toHaveText(/^nord$/i);
  await search(page, '');
});

test('a search is kept under a name, over a lock, and given up again', async () => {
  await search(page, 'tag:money -bahn');
  await page.getByRole('button', { name: 'Save this search' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save this search' });
  await dialog.getByLabel('Name', { exact: true }).fill('Money matters');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(navigation(/^Money matters/)).toBeVisible();
  await lock(app);
  page = await unlock(app);
  await navigation(/^Money matters/).click();
  await expect(page.getByRole('searchbox')).toHaveValue('tag:money -bahn');
  await expectRows('Nordbank');
  await page.getByRole('button', { name: 'More for Money matters' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(navigation(/^Money matters/)).toHaveCount(0);
  await search(page, '');
});

test('of two logins for one account one is kept, and the other lies in the trash', async () => {
  await openRoom(page, 'All items');
  await addLogin(page, {
    title: 'Nordbank (imported)',
    userName: 'a.klein',
    password: 'Zweite-Ente-2',
    website: 'https://nordbank.example/login',
  });
  await openRoom(page, 'Duplicates');
  const same = page.getByRole('region', { name: 'Same password' });
  await expect(same).toContainText('Nordbank (imported)');
  await same.getByRole('button', { name: /^Keep this one: Nordbank, changed/ }).click();
  await expect(page.getByText('No duplicates')).toBeVisible();
  await openRoom(page, 'Trash');
  await expectRows('Nordbank (imported)');
});

test('the trash is erased for good with the password, and with nothing less', async () => {
  await page.getByRole('button', { name: 'Erase all…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(
    'Nordbank (imported) will be gone for good, with every earlier version of it.',
  );
  const erase = dialog.getByRole('button', { name: 'Erase for good' });
  await expect(erase).toBeDisabled();
  await fillIn(dialog, { 'Master password': 'not the password' });
  await erase.click();
  await expect(dialog.getByRole('alert')).toContainText('not the master password');
  await fillIn(dialog, { 'Master password': MASTER_PASSWORD });
  await erase.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('The trash is empty')).toBeVisible();
  await openRoom(page, 'All items');
  await expectRows('Nordbank', 'Bahn', 'Kino am Park');
});

test('a revealed password is not shown any longer once it was changed', async () => {
  const shown = await addLogin(page, { title: 'Changing', password: 'as it was' });
  await fieldRow(shown, 'Password').getByRole('button', { name: 'Reveal password' }).click();
  await expect(shown).toContainText('as it was');
  const form = await beginEdit(page, 'Changing');
  await fillIn(form, { Password: 'as it is' });
  await expect(await saveItem(page, form, 'Changing')).not.toContainText('as it was', {
    timeout: 5_000,
  });
});
