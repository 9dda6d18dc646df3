// Pictures of the main screens in light and dark, with believable content, taken of the real windows.
// SPDX-License-Identifier: MIT

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import { LatchkeyApp } from '../support/latchkey-app.ts';
import {
  approve,
  createVault,
  lock,
  openRoom,
  openTestSite,
  register,
  rows,
  signIn,
  siteStatus,
  tryPassword,
} from '../support/stories.ts';
import { launchVisitingBrowser } from '../support/visiting-browser.ts';
import { believableExport } from './believable-export.ts';
import { damageTour } from './damage-tour.ts';
import { keepingTour } from './keeping-tour.ts';
import { keysTour } from './keys-tour.ts';
import { find, kindsTour, type Take } from './kinds-tour.ts';
import { toolsTour } from './tools-tour.ts';

type Scheme = 'light' | 'dark';

const folder = resolve(import.meta.dirname, '../../docs/screenshots');

/** Takes them all; `docs/screenshots` holds nothing else. */
export async function takeScreenshots(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const browser = await launchVisitingBrowser();
  for (const scheme of ['light', 'dark'] as const) {
    const app = await LatchkeyApp.launch({ colorScheme: scheme });
    await tour(app, browser, scheme);
    await app.remove();
  }
  await browser.close();
  console.log(`Pictures are in docs/screenshots/.`);
}

async function tour(app: LatchkeyApp, browser: Browser, scheme: Scheme): Promise<void> {
  const take: Take = async (page, name) => {
    await page.emulateMedia({ colorScheme: scheme });
    await clearTheView(page);
    await page.screenshot({ path: join(folder, `${name}-${scheme}.png`), animations: 'disabled' });
  };
  await take(await app.window('unlock'), 'create');
  let page = await createVault(app);
  await take(page, 'empty');
  await importLogins(app, page, (name) => take(page, name));
  await kindsTour(app, page, take);
  await keepingTour(app, page, take);
  await toolsTour(app, page, take);
  await passkeys(app, await browser.newPage({ colorScheme: scheme }), take);
  await rooms(page, (name) => take(page, name));
  page = await keysTour(app, page, take);
  const locked = await lock(app);
  await locked.getByRole('button', { name: 'Use master password instead' }).click();
  await tryPassword(locked, 'not this one');
  await expect(locked.getByRole('alert')).toBeVisible();
  await take(locked, 'unlock-refused');
  await damageTour(app, locked, take);
}

/** A picture is of the screen, not of what passed over it: messages, the tooltip under the pointer. */
async function clearTheView(page: Page): Promise<void> {
  const close = page.getByRole('button', { name: 'Close message' });
  // Behind a dialog nothing can be clicked with the mouse.
  while ((await close.count()) > 0) await close.first().dispatchEvent('click');
  await page.mouse.move(0, 0);
}

async function importLogins(
  app: LatchkeyApp,
  page: Page,
  take: (name: string) => Promise<void>,
): Promise<void> {
  const path = join(app.userData, 'Chrome Passwords.csv');
  writeFileSync(path, believableExport());
  await app.chooseNextFile(path);
  await openRoom(page, 'Import');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await expect(page.getByRole('list', { name: 'Summary' })).toBeVisible();
  await take('import');
  await page.getByRole('button', { name: /^Import \d/ }).click();
  await expect(page.getByText(/items imported/)).toBeVisible();
}

async function passkeys(
  app: LatchkeyApp,
  site: Page,
  take: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  await site.goto(await openTestSite(app, /bank\.localhost$/));
  await take(site, 'test-site');
  for (const name of ['anna.klein', 'household']) {
    await register(site, name);
    const approval = await app.window('approval');
    await expect(approval.getByRole('button', { name: 'Deny' })).toBeVisible();
    if (name === 'anna.klein') await take(approval, 'approval-create');
    await approve(app, /^Create passkey/);
    await expect(siteStatus(site)).toContainText(/registered/i);
    await site.getByRole('button', { name: 'Sign out' }).click();
  }
  await signIn(site, null);
  const approval = await app.window('approval');
  await expect(approval.getByRole('radio')).toHaveCount(2);
  await take(approval, 'approval-sign-in');
  await approve(app, /^Sign in as/);
  await expect(siteStatus(site)).toContainText('signed in as');
  await take(site, 'test-site-signed-in');
  await site.goto(await openTestSite(app, /bank-secure\.localhost/));
  await signIn(site, null);
  await expect(siteStatus(site)).toContainText('SecurityError');
  await take(site, 'test-site-phisher');
  await site.close();
}

async function rooms(page: Page, take: (name: string) => Promise<void>): Promise<void> {
  await openRoom(page, 'Test site');
  await take('test-site-room');
  for (const room of ['Export', 'Settings']) {
    await openRoom(page, room);
    await take(room.toLowerCase());
  }
  await openRoom(page, 'All items');
  await find(page, 'GitHub');
  await page.getByRole('button', { name: 'Reveal password' }).click();
  await expect(page.getByRole('button', { name: 'Hide password' })).toBeVisible();
  await take('main');
  await page.getByRole('article').getByRole('button', { name: 'Edit' }).click();
  await take('edit');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await take('palette');
  await page.keyboard.press('Escape');
  await openRoom(page, 'Passkeys');
  await rows(page).first().click();
  await expect(page.getByRole('article')).toContainText('bank.localhost');
  await take('passkey');
}
