// axe over every screen, in light and in dark: it finds nothing.
// SPDX-License-Identifier: MIT

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test, type Browser, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { expect } from '../support/expect.ts';
import { LatchkeyApp } from '../support/latchkey-app.ts';
import {
  addLogin,
  approve,
  createVault,
  deny,
  expectNoApproval,
  lock,
  openItem,
  openRoom,
  openTestSite,
  register,
  search,
  signIn,
  siteStatus,
  tryPassword,
  unlock,
} from '../support/stories.ts';
import { launchVisitingBrowser } from '../support/visiting-browser.ts';

test.describe.configure({ mode: 'serial' });

const axeSource = readFileSync(
  resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'),
  'utf8',
);

let app: LatchkeyApp;
let browser: Browser;
let main: Page;
let site: Page;
let folder: string;

interface Finding {
  readonly rule: string;
  readonly impact: string;
  readonly where: readonly string[];
}

/** What axe finds on the page as it stands now, by all of its rules. */
async function findings(page: Page): Promise<readonly Finding[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: () => Promise<AxeResults> } };
    const { violations, passes } = await axe.run();
    const measured = passes.find(({ id }) => id === 'color-contrast')?.nodes.length ?? 0;
    const nothing = { rule: 'nothing was measured', impact: 'none', where: [] };
    const found = violations.map(({ id, impact, nodes }) => ({
      rule: id,
      impact: impact ?? 'none',
      where: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
    }));
    return measured === 0 && found.length === 0 ? [nothing] : found;
  });
}

/** Colours are not looked at while they still change from one scheme to the other. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined))),
  );
}

const ground = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.body).backgroundColor);

async function expectAccessible(page: Page, screen: string): Promise<void> {
  const grounds = new Set<string>();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await settled(page);
    grounds.add(await ground(page));
    expect.soft(await findings(page), `${screen}, ${colorScheme}`).toEqual([]);
  }
  // Both were really looked at.
  expect.soft(grounds.size, screen).toBe(2);
}

/** Begins a ceremony and waits for its prompt. */
async function openApproval(): Promise<Page> {
  const approval = await app.window('approval');
  await expect(approval.getByRole('button', { name: /^(Deny|Close)$/ })).toBeVisible();
  return approval;
}

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-axe-'));
  [app, browser] = await Promise.all([LatchkeyApp.launch(), launchVisitingBrowser()]);
});

test.afterAll(async () => {
  await browser.close();
  await app.remove();
  rmSync(folder, { recursive: true, force: true });
});

test('axe sees what is wrong', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.setContent('<html><body><img src="x"><p style="color:#ccc">pale</p></body></html>');
  const rules = (await findings(page)).map(({ rule }) => rule);
  expect(rules).toEqual(expect.arrayContaining(['image-alt', 'color-contrast', 'html-has-lang']));
  await context.close();
});

test('making a vault', async () => {
  const page = await app.window('unlock');
  await expect(page.getByRole('heading', { name: 'Make your vault' })).toBeVisible();
  await expectAccessible(page, 'make a vault');
  await page.getByLabel('Master password', { exact: true }).fill('short');
  await page.getByLabel('The same password again', { exact: true }).fill('other');
  await expect(page.getByText('The two are not the same yet.')).toBeVisible();
  await expectAccessible(page, 'make a vault, with faults');
});

test('the main window: empty, list and detail, form, search, palette, trash', async () => {
  main = await createVault(app);
  await expect(main.getByText('This vault is empty')).toBeVisible();
  await expectAccessible(main, 'empty vault');
  await addLogin(main, {
    title: 'Nordbank',
    userName: '4711',
    password: 'Rote-Ente-7',
    website: 'https://nordbank.example/',
    note: 'a note',
    tags: 'geld, bank',
  });
  await addLogin(main, { title: 'Shop', userName: 'kim' });
  await openItem(main, 'Nordbank');
  await main.getByRole('button', { name: 'Favourite', exact: true }).click();
  await main.getByRole('button', { name: 'Reveal password' }).click();
  await expect(main.getByText('Rote-Ente-7')).toBeVisible();
  await expectAccessible(main, 'list and detail');
  await main.keyboard.press('ControlOrMeta+e');
  await expect(main.getByRole('form', { name: 'Edit Nordbank' })).toBeVisible();
  await expectAccessible(main, 'edit form');
  await main.getByRole('button', { name: 'Generate password' }).click();
  await expect(main.getByRole('dialog', { name: 'Password generator' })).toBeVisible();
  await expectAccessible(main, 'generator');
  await main.keyboard.press('Escape');
  await main.getByRole('button', { name: 'Cancel' }).click();
  await search(main, 'nothing is called this');
  await expect(main.getByText('Nothing found')).toBeVisible();
  await expectAccessible(main, 'nothing found');
  await search(main, '');
  await main.keyboard.press('ControlOrMeta+k');
  await expect(main.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  await expectAccessible(main, 'palette');
  await main.keyboard.press('Escape');
  await openItem(main, 'Shop');
  await main.keyboard.press('Delete');
  await openRoom(main, 'Trash');
  await openItem(main, 'Shop');
  await expectAccessible(main, 'trash');
});

test('the rooms: import and its preview, export, settings, test site', async () => {
  await openRoom(main, 'Import');
  await expectAccessible(main, 'import');
  const csv = join(folder, 'some.csv');
  const good = 'Shop,https://shop.example/,kim,secret\n';
  writeFileSync(csv, `name,url,username,password\n${good}${good},,,\nshort\n`);
  await app.chooseNextFile(csv);
  await main.getByRole('button', { name: 'Choose a file' }).click();
  await expect(main.getByRole('list', { name: 'Summary' })).toContainText('3 will be skipped');
  await expectAccessible(main, 'import preview');
  await main.getByRole('button', { name: 'Import 1 item' }).click();
  await expect(main.getByText('1 item imported')).toBeVisible();
  await expectAccessible(main, 'import done');
  await app.chooseNextFile(join(folder, 'not there.csv'));
  await main.getByRole('button', { name: 'Import another file' }).click();
  await main.getByRole('button', { name: 'Choose a file' }).click();
  await expect(main.getByRole('alert')).toBeVisible();
  await expectAccessible(main, 'import refused');
  await openRoom(main, 'Export');
  await main.getByLabel('Password for the file', { exact: true }).fill('long enough a password');
  await expect(main.getByRole('meter')).not.toContainText('Measuring');
  await expectAccessible(main, 'export');
  await openRoom(main, 'Settings');
  await expectAccessible(main, 'settings');
  await main.getByRole('button', { name: /Appearance$/ }).click();
  await expect(main.getByRole('option').first()).toBeVisible();
  await expectAccessible(main, 'settings with an open choice');
  await main.keyboard.press('Escape');
  await openRoom(main, 'Test site');
  await expectAccessible(main, 'test site');
});

test('the approval window: create, sign in, wrong password, no passkey, unlock', async () => {
  site = await browser.newPage();
  await site.goto(await openTestSite(app, 'Open test site'));
  await signIn(site, null);
  await expectAccessible(await openApproval(), 'approval, no passkey');
  await deny(app);
  await expectNoApproval(app);
  await register(site, 'kim');
  await expectAccessible(await openApproval(), 'approval, create');
  await approve(app, /^Create passkey/);
  await expect(siteStatus(site)).toHaveText('registered');
  await expectNoApproval(app);
  await site.getByRole('button', { name: 'Sign out' }).click();
  await signIn(site, null);
  const approval = await openApproval();
  await expectAccessible(approval, 'approval, sign in');
  await approve(app, /^Sign in as/, 'not the password');
  await expect(approval.getByRole('alert')).toBeVisible();
  await expectAccessible(approval, 'approval, wrong password');
  await deny(app);
  await expectNoApproval(app);
  await expect(main.getByRole('list', { name: 'Recent ceremonies' })).toBeVisible();
  await expectAccessible(main, 'test site with ceremonies');
  await openRoom(main, 'Passkeys');
  await openItem(main, 'Latchkey test site');
  await expectAccessible(main, 'passkey');
  await main.keyboard.press('ControlOrMeta+e');
  await expect(main.getByRole('form')).toBeVisible();
  await expectAccessible(main, 'passkey form');
});

test('unlocking, and a site that asks while it is locked', async () => {
  const window = await lock(app);
  await expect(window.getByRole('heading', { name: 'Unlock Personal' })).toBeVisible();
  await expectAccessible(window, 'unlock');
  await tryPassword(window, 'not the password');
  await expect(window.getByRole('alert')).toBeVisible();
  await expectAccessible(window, 'unlock, wrong password');
  await signIn(site, null);
  await expectAccessible(await openApproval(), 'approval, unlock');
  await deny(app);
  await unlock(app);
});

test('the test site itself', async () => {
  await expectAccessible(site, 'page of the test site');
});
