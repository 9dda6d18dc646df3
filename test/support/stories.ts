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

/** Opens the form of a new item by the menu; `kind` as the menu has it. */
export async function beginItem(page: Page, kind: string): Promise<Locator> {
  await page.getByRole('button', { name: 'New item' }).click();
  await page
    .getByRole('menu', { name: 'New item' })
    .getByRole('menuitem', { name: new RegExp(`^${kind}`) })
    .click();
  const form = page.getByRole('form', { name: /^New / });
  await expect(form).toBeVisible();
  return form;
}

/** Types each text into the field of that label; undefined is left out. */
export async function fillIn(
  form: Locator,
  fields: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  for (const [name, text] of Object.entries(fields)) {
    if (text !== undefined) await form.getByLabel(name, { exact: true }).fill(text);
  }
}

/** Saves a form and waits for what it became. */
export async function saveItem(page: Page, form: Locator, title: string): Promise<Locator> {
  await form.getByRole('button', { name: 'Save' }).click();
  const article = page.getByRole('article', { name: title, exact: true });
  await expect(article).toBeVisible();
  return article;
}

/** Adds a login by hand; it is in the vault when this returns. */
export async function addLogin(page: Page, login: NewLogin): Promise<Locator> {
  const form = await beginItem(page, 'Login');
  await fillIn(form, {
    Title: login.title,
    'User name': login.userName,
    Password: login.password,
    Website: login.website,
    Note: login.note,
    Tags: login.tags,
  });
  return saveItem(page, form, login.title);
}

/** Opens the edit form of the item that is shown. */
export async function beginEdit(page: Page, title: string): Promise<Locator> {
  await page
    .getByRole('article', { name: title, exact: true })
    .getByRole('button', { name: 'Edit' })
    .click();
  const form = page.getByRole('form', { name: `Edit ${title}`, exact: true });
  await expect(form).toBeVisible();
  return form;
}

/** The row of a field in an item that is shown, by its label. */
export function fieldRow(article: Locator, label: string | RegExp): Locator {
  return article.getByRole('group', { name: label, exact: true });
}

/** Chooses an option of the select of that label. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`${label}$`) }).click();
  await page.getByRole('option', { name: new RegExp(`^${option}`) }).click();
}

/** A field of one's own: its label, its type as the menu has it, its value. */
export type CustomField = readonly [label: string, type: string, value: string];

/** Begins a first section in a form that has none, with these fields in it. */
export async function addCustomFields(
  form: Locator,
  fields: readonly CustomField[],
): Promise<void> {
  await form.getByRole('button', { name: 'Add custom field' }).click();
  for (const [index, [label, type, value]] of fields.entries()) {
    if (index > 0) await form.getByRole('button', { name: 'Add field' }).click();
    await fillIn(form, { [`Label of field ${index + 1}`]: label });
    await choose(form.page(), `Type of ${label}`, type);
    await fillIn(form, { [`Value of ${label}`]: value });
  }
}

/** Opens the item of this title by a click on its row. */
export async function openItem(page: Page, title: string): Promise<Locator> {
  const whole = new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
  const heading = page.locator('b').filter({ hasText: whole });
  await rows(page).filter({ has: heading }).first().click();
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

/** The message that says `text`, in the corner of the window. */
export function message(page: Page, text: string | RegExp): Locator {
  const stack = page.getByRole('region', { name: 'Messages' }).getByRole('status');
  return stack.locator('> div').filter({ hasText: text });
}

/** Takes back what that message says. */
export async function undo(page: Page, text: string | RegExp): Promise<void> {
  await message(page, text).getByRole('button', { name: 'Undo' }).click();
}

/** The rows of the item list. */
export function rows(page: Page) {
  return page.getByRole('listbox').getByRole('option');
}
