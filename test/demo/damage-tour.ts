// Pictures of a vault file that is not as it was left: an older copy put back, and content taken out of it.
// SPDX-License-Identifier: MIT

import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import type { LatchkeyApp } from '../support/latchkey-app.ts';
import {
  addLogin,
  closing,
  lock,
  MASTER_PASSWORD,
  message,
  openRoom,
  rows,
  tryPassword,
  unlock,
} from '../support/stories.ts';
import { copyVaultFile, putBackVaultFile, tamper } from '../support/vault-file.ts';
import type { Take } from './kinds-tour.ts';

/** Begins at the locked vault, and ends in the open one. */
export async function damageTour(app: LatchkeyApp, locked: Page, take: Take): Promise<void> {
  await olderCopy(app, locked, take);
  await damage(app, take);
}

/** Ends in the open vault, of the newer file. */
async function olderCopy(app: LatchkeyApp, locked: Page, take: Take): Promise<void> {
  const [older, newer] = [join(app.userData, 'older'), join(app.userData, 'newer')];
  await copyVaultFile(app, locked, older);
  const page = await unlock(app);
  await openRoom(page, 'All items');
  await addLogin(page, { title: 'Chess club', userName: 'anna', password: 'made since' });
  await openRoom(page, 'Backups');
  await page.getByRole('button', { name: 'Make one now' }).click();
  await expect(message(page, 'The backup is made.')).toBeVisible();
  const window = await lockToPassword(app);
  await copyVaultFile(app, window, newer);
  await putBackVaultFile(app, window, older);
  await tryPassword(window, MASTER_PASSWORD);
  const goOn = window.getByRole('button', { name: 'Open this older copy all the same' });
  await expect(goOn).toBeVisible();
  await take(window, 'unlock-older-copy');
  await putBackVaultFile(app, window, newer);
  await closing(window, goOn.click());
  await app.window('main');
}

/** Three of the oldest items, which all came with the import: which of them is left to their random ids. */
async function damage(app: LatchkeyApp, take: Take): Promise<void> {
  const taken = await tamper(
    app,
    await lockToPassword(app),
    `DELETE FROM items WHERE item_id IN
      (SELECT item_id FROM items GROUP BY item_id ORDER BY min(lamport), item_id LIMIT 3)`,
  );
  expect(taken).toBeGreaterThan(2);
  const page = await unlock(app);
  await openRoom(page, 'All items');
  await expect(page.getByText('vault file was changed outside Latchkey')).toBeVisible();
  await page.getByRole('button', { name: 'Show them' }).click();
  await expect(rows(page)).toHaveCount(3);
  await rows(page).first().click();
  await expect(page.getByRole('article').getByRole('alert')).toBeVisible();
  await take(page, 'damaged-item');
  await page.getByRole('button', { name: 'What happened, and what to do…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('list', { name: 'Damaged items' })).toBeVisible();
  await take(page, 'damage');
  await dialog.getByRole('button', { name: 'Accept the vault as it is…' }).click();
  await expect(dialog.getByLabel('Master password', { exact: true })).toBeVisible();
  await take(page, 'damage-accept');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await restore(page, take);
}

/** From the backup, what cannot be read any more. */
async function restore(page: Page, take: Take): Promise<void> {
  await openRoom(page, 'Backups');
  await page.getByRole('list', { name: 'Backups' }).getByRole('button').first().click();
  const wanted = page.getByRole('region', { name: /^Damaged in the vault/ });
  await expect(wanted.first()).toBeVisible();
  await take(page, 'damage-backup');
}

/** A PIN may be set: pictures of the password's form are wanted here. */
async function lockToPassword(app: LatchkeyApp): Promise<Page> {
  const window = await lock(app);
  const password = window.getByLabel('Master password', { exact: true });
  const other = window.getByRole('button', { name: 'Use master password instead' });
  await expect(password.or(other).first()).toBeVisible();
  if (await other.isVisible()) await other.click();
  return window;
}
