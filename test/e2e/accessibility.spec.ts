// axe over every screen, in light and in dark: it finds nothing.
// SPDX-License-Identifier: MIT

import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test, type Browser, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { expect } from '../support/expect.ts';
import { beginRecoverySheet, beginRehearsal, rehearse } from '../support/key-stories.ts';
import type { LatchkeyApp } from '../support/latchkey-app.ts';
import { setStageWithBrowser } from '../support/stage.ts';
import {
  addLogin,
  approve,
  beginEdit,
  beginItem,
  createVault,
  deny,
  expectNoApproval,
  fillIn,
  lock,
  MASTER_PASSWORD,
  openItem,
  openRoom,
  openTestSite,
  register,
  rows,
  saveItem,
  search,
  signIn,
  siteStatus,
  tryPassword,
  unlock,
} from '../support/stories.ts';

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
let strike: () => Promise<void>;

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
  ({ app, browser, folder, strike } = await setStageWithBrowser());
});

test.afterAll(() => strike());

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

test('items of every kind, as they are read and as they are typed', async () => {
  const kinds = [
    ['Note', { Note: 'three\nlines\nof text' }],
    ['Card', { 'Card number': '4929773102658840', Expires: '04/21', 'Security code': '417' }],
    ['Identity', { 'First name': 'Anna', 'E-mail': 'no address', City: 'Lübeck' }],
    ['SSH key', {}],
    ['Wi-Fi network', { 'Network name': 'net', Password: 'wasser' }],
    ['Software licence', { 'Licence key': 'AAAA\nBBBB', 'Expires on': '2020-01-01' }],
    ['One-time code', { 'One-time code': 'JBSWY3DPEHPK3PXP' }],
  ] as const;
  await openRoom(main, 'All items');
  for (const [kind, typed] of kinds) {
    const form = await beginItem(main, kind);
    await fillIn(form, { Title: `A ${kind}`, ...typed });
    await form.getByRole('button', { name: 'Add custom field' }).click();
    await fillIn(form, { 'Label of field 1': 'Mine', 'Value of Mine': 'text' });
    await expectAccessible(main, `form: ${kind}`);
    const article = await saveItem(main, form, `A ${kind}`);
    for (const reveal of await article.getByRole('button', { name: /^Reveal/ }).all()) {
      if (await reveal.isVisible()) await reveal.click();
    }
    await expectAccessible(main, `item: ${kind}`);
  }
  await openItem(main, 'A Wi-Fi network');
  await main.getByRole('button', { name: 'Show QR code' }).click();
  await expect(main.getByRole('img', { name: /^QR code/ })).toBeVisible();
  await expectAccessible(main, 'QR code of a network');
  await main.keyboard.press('Escape');
});

test('versions, files, many items, searches', async () => {
  await openItem(main, 'Nordbank');
  const form = await beginEdit(main, 'Nordbank');
  await fillIn(form, { 'User name': '4712', Password: 'another one' });
  const article = await saveItem(main, form, 'Nordbank');
  const path = join(folder, 'letter.txt');
  writeFileSync(path, 'Dear Anna\n');
  await app.chooseNextFile(path);
  await article.getByRole('button', { name: 'Attach a file…' }).click();
  await expect(article.getByRole('listitem', { name: 'letter.txt' })).toBeVisible();
  await expectAccessible(main, 'item with a file and a history');
  await article.getByRole('button', { name: 'Look at letter.txt' }).click();
  await expect(main.getByRole('dialog')).toContainText('Dear Anna');
  await expectAccessible(main, 'preview');
  await main.keyboard.press('Escape');
  await main.keyboard.press('ControlOrMeta+y');
  await main.getByRole('listbox', { name: 'Versions' }).getByRole('option').last().click();
  await expect(main.getByRole('table', { name: 'Differences' })).toBeVisible();
  await expectAccessible(main, 'history');
  await main.keyboard.press('Escape');
  await rows(main).first().click();
  await rows(main)
    .last()
    .click({ modifiers: ['Shift'] });
  await expect(main.getByRole('heading', { name: /items chosen$/ })).toBeVisible();
  await expectAccessible(main, 'many items');
  await main.getByRole('button', { name: 'Add a tag…' }).click();
  await expectAccessible(main, 'tag dialog');
  await main.keyboard.press('Escape');
  await main.keyboard.press('Escape');
  await search(main, 'nord');
  await expect(rows(main)).toHaveCount(1);
  await expectAccessible(main, 'highlights');
  await main.getByRole('button', { name: 'Save this search' }).click();
  await main.getByRole('dialog').getByLabel('Name', { exact: true }).fill('The bank');
  await expectAccessible(main, 'saving a search');
  await main.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await search(main, '');
  await openRoom(main, 'Trash');
  await main.getByRole('button', { name: 'Erase all…' }).click();
  await expect(main.getByRole('dialog')).toContainText('gone for good');
  await expectAccessible(main, 'erasing');
  await main.keyboard.press('Escape');
});

test('ways in, duplicates and backups', async () => {
  await openRoom(main, 'Ways in');
  await main.getByRole('button', { name: 'Change password' }).click();
  await expectAccessible(main, 'changing the password');
  await main.getByRole('button', { name: 'Cancel' }).click();
  const words = await beginRecoverySheet(main, 'Desk drawer', MASTER_PASSWORD);
  await expectAccessible(main, 'recovery sheet');
  const rehearsal = await beginRehearsal(main);
  await expectAccessible(main, 'rehearsal');
  await rehearse(rehearsal, words);
  await expect(main.getByRole('table', { name: /^What if I lose/ })).toContainText('Desk drawer');
  await expectAccessible(main, 'ways in');
  await main.getByRole('button', { name: 'Make a new vault key…' }).click();
  await expectAccessible(main, 'new vault key');
  await openRoom(main, 'Backups');
  await main.getByRole('button', { name: 'Make one now' }).click();
  const list = main.getByRole('list', { name: 'Backups' }).getByRole('button');
  await expect(list.first()).toBeVisible();
  await openRoom(main, 'All items');
  const again = { userName: '4712', password: 'another one', website: 'https://nordbank.example/' };
  await addLogin(main, { title: 'Nordbank again', ...again });
  await openRoom(main, 'Backups');
  await expectAccessible(main, 'backups');
  await list.first().click();
  await expect(main.getByRole('region', { name: /^Only in the vault/ })).toBeVisible();
  await expectAccessible(main, 'backup comparison');
  await openRoom(main, 'Duplicates');
  await expect(main.getByRole('region', { name: 'Same password' })).toBeVisible();
  await expectAccessible(main, 'duplicates');
});

test('generator and health', async () => {
  await openRoom(main, 'Generator');
  for (const tab of ['Passphrase', 'PIN', 'Site rules', 'Characters']) {
    await main.getByRole('tab', { name: tab }).click();
    await expect(main.getByRole('status', { name: 'Generated password' })).not.toBeEmpty();
    await expectAccessible(main, `generator, ${tab}`);
  }
  await main.getByRole('button', { name: 'Copy generated password' }).click();
  await main.getByRole('button', { name: 'Clear history…' }).click();
  await expectAccessible(main, 'generator with a history');
  await openRoom(main, 'Health');
  await expectAccessible(main, 'health, before');
  await main.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(main.getByRole('img', { name: /^Score \d+ of 100/ })).toBeVisible();
  await expectAccessible(main, 'health');
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
