// What a person does in Latchkey's windows and on the test site, as functions: the demo tells them as stories, the
// end-to-end specs ask them questions.
// SPDX-License-Identifier: MIT

import type { Locator, Page } from '@playwright/test';
import { expect } from './expect.ts';
import type { LatchkeyApp } from './latchkey-app.ts';

export const MASTER_PASSWORD = 'correct horse battery staple 26';
export const SECOND_PASSWORD = 'another long master password';

/** Waits for an action on `page` that may take its window away before the driver has ended it. */
export async function closing(page: Page, action: Promise<void>): Promise<void> {
  try {
    await action;
  } catch (error) {
    if (page.isClosed()) return;
    await page.waitForEvent('close', { timeout: 2_000 }).catch(() => {
      throw error;
    });
  }
}

/** First start, or "New vault": a vault that is then open. */
export async function createVault(
  app: LatchkeyApp,
  { name = 'Personal', password = MASTER_PASSWORD } = {},
): Promise<Page> {
  const page = await app.window('unlock');
  const newVault = page.getByRole('button', { name: 'New vault' });
  const create = page.getByRole('button', { name: 'Create vault' });
  await expect(create.or(newVault).first()).toBeVisible();
  if (await newVault.isVisible()) await newVault.click();
  await page.getByLabel('Vault name').fill(name);
  await page.getByLabel('Master password', { exact: true }).fill(password);
  await page.getByLabel('The same password again', { exact: true }).fill(password);
  await create.click();
  return app.window('main');
}

export async function unlock(app: LatchkeyApp, password = MASTER_PASSWORD): Promise<Page> {
  const page = await app.window('unlock');
  await tryPassword(page, password);
  return app.window('main');
}

/** Types a password into the unlock window and presses Unlock, whatever comes of it. */
export async function tryPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('Master password', { exact: true }).fill(password);
  await closing(page, page.getByRole('button', { name: 'Unlock', exact: true }).click());
}

export async function lock(app: LatchkeyApp): Promise<Page> {
  const page = await app.window('main');
  await closing(page, page.getByRole('button', { name: /^Lock/ }).click());
  return app.window('unlock');
}

/** Opens a room by its entry in the left pane. */
export async function openRoom(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();
}

export async function search(page: Page, text: string): Promise<void> {
  await page.getByRole('searchbox').fill(text);
}

/** What is typed into the form of a new login; what is left out stays empty. */
export interface NewLogin {
  readonly title: string;
  readonly userName?: string;
  readonly password?: string;
  readonly website?: string;
  readonly note?: string;
  readonly tags?: string;
}

/** Adds a login by hand; it is in the vault when this returns. */
export async function addLogin(page: Page, login: NewLogin): Promise<void> {
  await page.getByRole('button', { name: 'New item' }).click();
  const form = page.getByRole('form', { name: 'New login' });
  const fields = {
    Title: login.title,
    'User name': login.userName,
    Password: login.password,
    Website: login.website,
    Note: login.note,
    Tags: login.tags,
  };
  for (const [name, text] of Object.entries(fields)) {
    if (text !== undefined) await form.getByRole('textbox', { name, exact: true }).fill(text);
  }
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('article', { name: login.title, exact: true })).toBeVisible();
}

/** Opens the item of this title by a click on its row. */
export async function openItem(page: Page, title: string): Promise<Locator> {
  await rows(page).filter({ hasText: title }).first().click();
  const article = page.getByRole('article', { name: title, exact: true });
  await expect(article).toBeVisible();
  return article;
}

/** Opens one of the test site's addresses; gives its URL, which the desktop would have opened. */
export async function openTestSite(app: LatchkeyApp, button: string | RegExp): Promise<string> {
  const page = await app.window('main');
  await openRoom(page, 'Test site');
  await page.getByRole('button', { name: button }).click();
  await expect.poll(() => app.lastOpenedUrl()).not.toBe('');
  return app.lastOpenedUrl();
}

/** Waits for the approval window, gives the password where it asks for one, and approves. */
export async function approve(
  app: LatchkeyApp,
  button: RegExp,
  password: string | null = MASTER_PASSWORD,
): Promise<Page> {
  const page = await app.window('approval');
  if (password !== null) await page.getByLabel(/master password/i).fill(password);
  const go = page.getByRole('button', { name: button });
  await expect(go).not.toHaveAttribute('aria-disabled', 'true');
  await closing(page, go.click());
  return page;
}

/** Presses Deny, or Close where there is nothing to approve. */
export async function deny(app: LatchkeyApp): Promise<void> {
  const page = await app.window('approval');
  await closing(page, page.getByRole('button', { name: /^(Deny|Close)$/ }).click());
}

/** The window of the ceremony before is gone: the next one is another. */
export async function expectNoApproval(app: LatchkeyApp): Promise<void> {
  await expect.poll(() => app.hasWindow('approval')).toBe(false);
}

/** How the page of the test site asks from now on. */
export async function chooseVerification(
  site: Page,
  wish: 'required' | 'preferred' | 'discouraged',
): Promise<void> {
  await site.getByLabel('User verification').selectOption(wish);
}

/** Presses Register on an open page of the test site; the approval window is next. */
export async function register(site: Page, userName: string): Promise<void> {
  const form = site.getByRole('form', { name: 'New account' });
  await form.getByRole('textbox', { name: 'User name' }).fill(userName);
  await form.getByRole('button', { name: 'Register a passkey' }).click();
}

/** Presses Sign in for `userName`, or without one where it is null. */
export async function signIn(site: Page, userName: string | null): Promise<void> {
  const form = site.getByRole('form', { name: 'Sign in' });
  if (userName === null) {
    await form.getByRole('button', { name: 'Sign in without a user name' }).click();
    return;
  }
  await form.getByRole('textbox', { name: 'User name' }).fill(userName);
  await form.getByRole('button', { name: 'Sign in', exact: true }).click();
}

export function siteStatus(site: Page) {
  return site.getByRole('status');
}

/** The rows of the item list. */
export function rows(page: Page) {
  return page.getByRole('listbox').getByRole('option');
}
