// Pictures of what keeps a vault in order: files, versions, many items at once, searches, duplicates, trash and backups.
// SPDX-License-Identifier: MIT

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import type { LatchkeyApp } from '../support/latchkey-app.ts';
import { toPng } from '../support/pictures.ts';
import {
  addLogin,
  beginEdit,
  fillIn,
  openRoom,
  rows,
  saveItem,
  search,
} from '../support/stories.ts';
import { find, type Take } from './kinds-tour.ts';

export async function keepingTour(app: LatchkeyApp, page: Page, take: Take): Promise<void> {
  await backups(page, take, async () => {
    await versions(page, take);
    await files(app, page, take);
  });
  await many(page, take);
  await searches(page, take);
  await duplicates(page, take);
  await trash(page, take);
}

async function versions(page: Page, take: Take): Promise<void> {
  await find(page, 'Nordbank');
  for (const typed of [
    { Password: 'hXw7#pT2-uMv;q', Tags: 'money/bank' },
    { 'User name': '4711-0816', Note: 'The old user name still works on the phone.' },
  ]) {
    const form = await beginEdit(page, 'Nordbank');
    await fillIn(form, typed);
    await saveItem(page, form, 'Nordbank');
  }
  await page.keyboard.press('ControlOrMeta+y');
  const listed = page.getByRole('listbox', { name: 'Versions' }).getByRole('option');
  await listed.last().click();
  await expect(page.getByRole('table', { name: 'Differences' })).toBeVisible();
  await take(page, 'history');
  await page.keyboard.press('Escape');
}

async function files(app: LatchkeyApp, page: Page, take: Take): Promise<void> {
  const wave = (x: number, y: number): number =>
    Math.round(128 + 60 * Math.sin(x / 23) + 60 * Math.cos(y / 31));
  const contents = [
    ['contract 2019.txt', 'Joint account, opened on 3 May 2019.\nBoth may sign alone.\n'],
    ['card front.png', toPng(420, wave)],
    ['statements.pdf', Buffer.alloc(182_411, 7)],
    ['statements since 2019.csv', statements()],
  ] as const;
  const article = await find(page, 'Nordbank');
  for (const [name, content] of contents) {
    const path = join(app.userData, name);
    writeFileSync(path, content);
    await app.chooseNextFile(path);
    await article.getByRole('button', { name: 'Attach a file…' }).click();
    await expect(article.getByRole('listitem', { name })).toBeVisible();
  }
  await take(page, 'attachments');
  await article.getByRole('button', { name: 'Look at card front.png' }).click();
  await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
  await take(page, 'attachment-picture');
  await page.keyboard.press('Escape');
  await article.getByRole('button', { name: 'Look at statements since 2019.csv' }).click();
  await expect(page.getByRole('dialog').getByLabel('The beginning of the text')).toBeVisible();
  await take(page, 'attachment-text-cut');
  await page.keyboard.press('Escape');
}

/** More than is shown of a text. */
function statements(): string {
  const lines = Array.from({ length: 9_000 }, (_, index) => {
    const day = new Date(Date.UTC(2019, 4, 3) + Math.floor(index / 4) * 86_400_000);
    return `${day.toISOString().slice(0, 10)};transfer ${index + 1};${((index * 7919) % 9000) / 100}`;
  });
  return ['date;text;amount', ...lines, ''].join('\n');
}

/** The comparison is with a vault in which `meanwhile` has happened. */
async function backups(page: Page, take: Take, meanwhile: () => Promise<void>): Promise<void> {
  await openRoom(page, 'Backups');
  await page.getByRole('button', { name: 'Make one now' }).click();
  const list = page.getByRole('list', { name: 'Backups' }).getByRole('button');
  await expect(list.first()).toBeVisible();
  await take(page, 'backups');
  await openRoom(page, 'All items');
  await meanwhile();
  await addLogin(page, { title: 'Rowing club', userName: 'anna', password: 'made since' });
  await openRoom(page, 'Backups');
  await list.first().click();
  await expect(page.getByRole('region', { name: /^Different/ })).toBeVisible();
  await page
    .getByRole('region', { name: /^Different/ })
    .getByText('Nordbank')
    .click();
  await take(page, 'backup-comparison');
  await openRoom(page, 'All items');
}

async function many(page: Page, take: Take): Promise<void> {
  await find(page, 'Bakery orders');
  for (const title of ['Cinema club', 'Electricity']) {
    await rows(page)
      .filter({ hasText: title })
      .click({ modifiers: ['ControlOrMeta'] });
  }
  await expect(page.getByRole('heading', { name: '3 items chosen' })).toBeVisible();
  await take(page, 'bulk');
  await page.getByRole('button', { name: 'Add a tag…' }).click();
  await page.getByLabel('Tags to add').fill('home/bills');
  await take(page, 'bulk-tag');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.keyboard.press('Escape');
}

async function searches(page: Page, take: Take): Promise<void> {
  await search(page, 'klein -kind:note');
  await page.getByRole('button', { name: 'Save this search' }).click();
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('All of Anna');
  await take(page, 'save-search');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await rows(page).first().click();
  await take(page, 'search');
  await search(page, '');
}

async function duplicates(page: Page, take: Take): Promise<void> {
  await openRoom(page, 'All items');
  const login = { userName: 'annaklein', website: 'https://www.npmjs.com/login' };
  await addLogin(page, { title: 'npm registry', ...login, password: 'another one' });
  await addLogin(page, { title: 'npmjs.com', ...login, password: 'another one' });
  await openRoom(page, 'Duplicates');
  await expect(page.getByRole('group', { name: /npmjs/ }).first()).toBeVisible();
  await take(page, 'duplicates');
}

async function trash(page: Page, take: Take): Promise<void> {
  await openRoom(page, 'All items');
  await find(page, 'npmjs.com');
  await page.getByRole('button', { name: 'Move to trash' }).click();
  await openRoom(page, 'Trash');
  await find(page, 'npmjs.com');
  await take(page, 'trash');
  await page.getByRole('button', { name: 'Erase all…' }).click();
  await expect(page.getByRole('dialog')).toContainText('gone for good');
  await take(page, 'erase');
  await page.keyboard.press('Escape');
  await openRoom(page, 'All items');
}
