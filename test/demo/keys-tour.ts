// Pictures of the ways into a vault, from inside and from before its door.
// SPDX-License-Identifier: MIT

import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import {
  beginRecoverySheet,
  beginRehearsal,
  rehearse,
  setPin,
  tryPin,
} from '../support/key-stories.ts';
import type { LatchkeyApp } from '../support/latchkey-app.ts';
import { fillIn, lock, MASTER_PASSWORD, message, openRoom, unlock } from '../support/stories.ts';
import type { Take } from './kinds-tour.ts';

/** Ends in the open vault, whose window it gives: it locked meanwhile. */
export async function keysTour(app: LatchkeyApp, page: Page, take: Take): Promise<Page> {
  await openRoom(page, 'Ways in');
  await expect(page.getByRole('list', { name: 'Ways in' })).toBeVisible();
  await page.getByRole('button', { name: 'Change password' }).click();
  await take(page, 'keys-change-password');
  await page.getByRole('button', { name: 'Cancel' }).click();
  const words = await beginRecoverySheet(page, 'Desk drawer', MASTER_PASSWORD);
  await take(page, 'recovery-sheet');
  const rehearsal = await beginRehearsal(page);
  await take(page, 'recovery-rehearsal');
  await rehearse(rehearsal, words);
  await expect(page.getByRole('table', { name: /^What if I lose/ })).toContainText('Desk drawer');
  await requireKeyFile(app, page, take);
  await take(page, 'keys');
  await page.getByRole('heading', { name: 'A new vault key' }).scrollIntoViewIfNeeded();
  await take(page, 'what-if');
  await page.getByRole('button', { name: 'Make a new vault key…' }).click();
  await take(page, 'rekey');
  return unlockVariants(app, take);
}

async function requireKeyFile(app: LatchkeyApp, page: Page, take: Take): Promise<void> {
  await page.getByRole('button', { name: 'Require a key file' }).click();
  const form = page.getByRole('form', { name: 'Require a key file' });
  await app.chooseNextSavePath(keyFileOf(app));
  await form.getByRole('button', { name: 'Make one…' }).click();
  await fillIn(form, { 'Master password': MASTER_PASSWORD });
  await take(page, 'keys-require-file');
  await form.getByRole('button', { name: 'Require key file' }).click();
  await expect(message(page, 'now needs its key file')).toBeVisible();
}

const keyFileOf = (app: LatchkeyApp): string => join(app.userData, 'Anna.latchkey-key');

async function unlockVariants(app: LatchkeyApp, take: Take): Promise<Page> {
  let window = await lock(app);
  await expect(window.getByRole('group', { name: 'Key file' })).toBeVisible();
  await take(window, 'unlock-key-file');
  await window.getByRole('button', { name: 'Use recovery key' }).click();
  await take(window, 'unlock-recovery');
  await window.getByRole('button', { name: 'Use master password and key file' }).click();
  await app.chooseNextFile(keyFileOf(app));
  await window.getByRole('button', { name: 'Choose key file…' }).click();
  await expect(window.getByRole('group', { name: 'Key file' })).toContainText('Anna');
  const open = await unlock(app);
  await dropKeyFile(app, open);
  await app.switchKeystoreOn();
  await setPin(open, '730194', MASTER_PASSWORD);
  await take(open, 'quick-unlock-set');
  window = await lock(app);
  await tryPin(window, '000000');
  await expect(window.getByRole('alert')).toBeVisible();
  await take(window, 'unlock-pin');
  await window.getByRole('button', { name: 'Use master password instead' }).click();
  return unlock(app);
}

async function dropKeyFile(app: LatchkeyApp, page: Page): Promise<void> {
  await openRoom(page, 'Ways in');
  await page.getByRole('button', { name: 'Stop requiring the key file' }).click();
  const form = page.getByRole('form', { name: 'Stop requiring the key file' });
  await app.chooseNextFile(keyFileOf(app));
  await form.getByRole('button', { name: 'Choose key file…' }).click();
  await fillIn(form, { 'Master password': MASTER_PASSWORD });
  await form.getByRole('button', { name: 'Stop requiring it' }).click();
  await expect(message(page, 'opens the vault alone again')).toBeVisible();
}
