// Nothing lost: backups that say what differs and bring it back, and a vault file that was tampered with while it was
// locked, which says so.
// SPDX-License-Identifier: MIT

import { test, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import type { LatchkeyApp } from '../support/latchkey-app.ts';
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
  unlock,
} from '../support/stories.ts';
import { tamper } from '../support/vault-file.ts';

test.describe.configure({ mode: 'serial' });

let app: LatchkeyApp;
let page: Page;
let strike: () => Promise<void>;

test.beforeAll(async () => {
  ({ app, strike } = await setStage());
  page = await createVault(app);
  for (const title of ['Nordbank', 'Bahn', 'Kino', 'Zoo']) {
    await addLogin(page, { title, userName: `user of ${title}`, password: `password of ${title}` });
  }
});

test.afterAll(() => strike());

async function eraseForGood(title: string): Promise<void> {
  await openItem(page, title);
  await page.keyboard.press('Delete');
  await openRoom(page, 'Trash');
  await page.getByRole('button', { name: 'Erase all…' }).click();
  const dialog = page.getByRole('dialog');
  await fillIn(dialog, { 'Master password': MASTER_PASSWORD });
  await dialog.getByRole('button', { name: 'Erase for good' }).click();
  await expect(page.getByText('The trash is empty')).toBeVisible();
  await openRoom(page, 'All items');
}

test('a backup shows what differs, and brings back what is chosen', async () => {
  await openRoom(page, 'Backups');
  await page.getByRole('button', { name: 'Make one now' }).click();
  await expect(message(page, 'The backup is made.')).toBeVisible();
  const list = page.getByRole('list', { name: 'Backups' }).getByRole('listitem');
  await expect(list.first()).toBeVisible();

  await openRoom(page, 'All items');
  await openItem(page, 'Bahn');
  const form = await beginEdit(page, 'Bahn');
  await fillIn(form, { 'User name': 'somebody else', Password: 'another password' });
  await saveItem(page, form, 'Bahn');
  await addLogin(page, { title: 'Made since' });
  await eraseForGood('Kino');

  await openRoom(page, 'Backups');
  await list.first().getByRole('button').click();
  const gone = page.getByRole('region', { name: /^Only in the backup/ });
  const other = page.getByRole('region', { name: /^Different/ });
  await expect(gone).toContainText('Kino');
  await expect(other).toContainText('Bahn');
  await expect(other).toContainText(/user name/i);
  await expect(page.getByRole('region', { name: /^Only in the vault/ })).toContainText(
    'Made since',
  );
  await expect(page.getByText('another password')).toHaveCount(0);
  await gone.getByText('Kino', { exact: true }).click();
  await other.getByText('Bahn', { exact: true }).click();
  await page.getByRole('button', { name: 'Bring back 2 items' }).click();
  await expect(page.getByRole('region', { name: /^Different/ })).toHaveCount(0);

  await openRoom(page, 'All items');
  await expect(rows(page)).toHaveCount(5);
  const shown = await openItem(page, 'Bahn');
  await expect(fieldRow(shown, 'User name')).toContainText('user of Bahn');
  await page.keyboard.press('ControlOrMeta+p');
  await expect.poll(() => app.readClipboard()).toBe('password of Bahn');
  await openItem(page, 'Kino');
  await page.keyboard.press('ControlOrMeta+p');
  await expect.poll(() => app.readClipboard()).toBe('password of Kino');
});

test('a sound vault says nothing of damage', async () => {
  await lock(app);
  page = await unlock(app);
  await expect(rows(page)).toHaveCount(5);
  await expect(page.getByText('was changed outside Latchkey')).toHaveCount(0);
});

/** Locks the vault, takes rows out of its file, opens it again; says how many they were. */
async function tamperWhileLocked(sql: string): Promise<number> {
  const changes = await tamper(app, await lock(app), sql);
  page = await unlock(app);
  return changes;
}

test('a row that somebody took out of the file while it was locked is missed', async () => {
  // An older version of an item: nothing in sight would tell.
  const changes = await tamperWhileLocked(
    `DELETE FROM items WHERE (item_id, lamport) IN
      (SELECT item_id, min(lamport) FROM items GROUP BY item_id HAVING count(*) > 1 LIMIT 1)`,
  );
  expect(changes).toBe(1);
  await expect(page.getByText('This vault file was changed outside Latchkey.')).toBeVisible();
  await expect(rows(page)).toHaveCount(5);
  await page.getByRole('button', { name: 'Compare with a backup' }).click();
  await expect(page.getByRole('heading', { name: 'Backups', level: 1 })).toBeVisible();
});

test('items whose content was taken out are named, and say what still helps', async () => {
  expect(await tamperWhileLocked('DELETE FROM items')).toBeGreaterThan(4);
  await openRoom(page, 'All items');
  await expect(page.getByRole('status').filter({ hasText: /(is|are) damaged/ })).toBeVisible();
  await page.getByRole('button', { name: /^Show (it|them)$/ }).click();
  await expect(page.getByRole('searchbox')).toHaveValue('is:damaged');
  await rows(page).first().click();
  await expect(page.getByRole('article').getByRole('alert')).toBeVisible();
  await page.getByRole('article').getByRole('button', { name: 'Compare with a backup' }).click();
  await page.getByRole('list', { name: 'Backups' }).getByRole('button').first().click();
  const unreadable = page.getByRole('region', { name: /^Damaged in the vault/ });
  await expect(unreadable.getByRole('checkbox').first()).toBeEnabled();
  await expect(unreadable.getByRole('listitem').first()).toBeVisible();
});
