// Sign-ins to a vault that the master password alone does not open: with its key file, by the PIN of this session, by the
// recovery key, and what is said when one of them does not do. The request waits meanwhile.
// SPDX-License-Identifier: MIT

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type Browser, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import { beginRecoverySheet, beginRehearsal, rehearse, setPin } from '../support/key-stories.ts';
import { LatchkeyApp } from '../support/latchkey-app.ts';
import {
  approve,
  chooseVerification,
  createVault,
  expectNoApproval,
  fillIn,
  lock,
  MASTER_PASSWORD,
  message,
  openTestSite,
  register,
  signIn,
  siteStatus,
} from '../support/stories.ts';
import { launchVisitingBrowser } from '../support/visiting-browser.ts';

test.describe.configure({ mode: 'serial' });

const PIN = '739216';
const PASSWORD = 'Master password, to unlock the vault';

let app: LatchkeyApp;
let browser: Browser;
let main: Page;
let site: Page;
let folder: string;
let keyFile: string;
let words: readonly string[];

async function signOut(): Promise<void> {
  await site.getByRole('button', { name: 'Sign out' }).click();
  await expectNoApproval(app);
}

async function chooseFile(approval: Page, path: string, name: string): Promise<void> {
  await app.chooseNextFile(path);
  await approval.getByRole('button', { name: /^Choose (key file|another)…$/ }).click();
  await expect(approval.getByRole('group', { name: 'Key file' })).toContainText(name);
}

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-approval-'));
  keyFile = join(folder, 'Mine.latchkey-key');
  [app, browser] = await Promise.all([LatchkeyApp.launch(), launchVisitingBrowser()]);
  main = await createVault(app);
  site = await browser.newPage();
  await site.goto(await openTestSite(app, 'Open test site'));
  await chooseVerification(site, 'required');
  await register(site, 'kim');
  await approve(app, /^Create passkey/);
  await expect(siteStatus(site)).toHaveText('registered');
  await signOut();
  words = await beginRecoverySheet(main, 'Safe', MASTER_PASSWORD);
  await rehearse(await beginRehearsal(main), words);
  await expect(message(main, 'The recovery key counts')).toBeVisible();
  await main
    .getByRole('listitem')
    .filter({ hasText: 'Master password' })
    .getByRole('button', { name: 'Require a key file' })
    .click();
  const form = main.getByRole('form', { name: 'Require a key file' });
  await app.chooseNextSavePath(keyFile);
  await form.getByRole('button', { name: 'Make one…' }).click();
  await expect(form).toContainText('Mine.latchkey-key');
  await fillIn(form, { 'Master password': MASTER_PASSWORD });
  await form.getByRole('button', { name: 'Require key file' }).click();
  await expect(message(main, 'now needs its key file')).toBeVisible();
});

test.afterAll(async () => {
  await browser.close();
  await app.remove();
  rmSync(folder, { recursive: true, force: true });
});

test('password and key file unlock from the approval; another file is said, and nothing is lost', async () => {
  await lock(app);
  await signIn(site, null);
  const approval = await app.window('approval');
  await expect(approval.getByRole('button', { name: 'Deny' })).toBeFocused();
  const unlock = approval.getByRole('button', { name: 'Unlock', exact: true });
  await approval.getByLabel(PASSWORD).fill(MASTER_PASSWORD);
  await expect(approval.getByText('Choose the key file too')).toBeVisible();
  await expect(unlock).toHaveAttribute('aria-disabled', 'true');

  const other = join(folder, 'another file');
  writeFileSync(other, readFileSync(keyFile).reverse());
  await chooseFile(approval, other, 'another file');
  await approve(app, /^Unlock$/, MASTER_PASSWORD);
  const refusal = approval.getByRole('alert');
  await expect(refusal).toContainText('do not open the vault together');
  await expect(refusal).toContainText('4 tries are left');
  await expect(approval.getByLabel(PASSWORD)).toBeFocused();
  await expect(approval.getByRole('group', { name: 'Key file' })).toContainText('another file');
  expect(app.hasWindow('main')).toBe(false);

  await chooseFile(approval, keyFile, 'Mine.latchkey-key');
  await approve(app, /^Unlock$/, MASTER_PASSWORD);
  await expect(approval.getByRole('button', { name: /^Sign in as kim/ })).toBeVisible();
  await approve(app, /^Sign in as kim/, null);
  await expect(siteStatus(site)).toHaveText('signed in as kim');
  main = await app.window('main');
  await signOut();
});

test('beside the open vault, which knows its file, the password verifies the person', async () => {
  await signIn(site, null);
  const approval = await app.window('approval');
  await expect(approval.getByLabel(/^Master password/)).toBeVisible();
  await expect(approval.getByRole('group', { name: 'Key file' })).toHaveCount(0);
  await approve(app, /^Sign in as kim/);
  await expect(siteStatus(site)).toHaveText('signed in as kim');
  await signOut();
});

test('the PIN is set with password and key file together; it verifies, and the flags say so', async () => {
  await app.switchKeystoreOn();
  await setPin(main, PIN, MASTER_PASSWORD, async (form) => {
    await app.chooseNextFile(keyFile);
    await form.getByRole('button', { name: 'Choose key file…' }).click();
    await expect(form).toContainText('Mine.latchkey-key');
  });
  await signIn(site, null);
  const approval = await app.window('approval');
  await approval.getByLabel(/^PIN/).fill(PIN);
  await expect(approval.getByText('you are verified by your PIN')).toBeVisible();
  await approve(app, /^Sign in as kim/, null);
  await expect(siteStatus(site)).toHaveText('signed in as kim');
  await signOut();
});

test('the PIN unlocks, and then the password is asked with the file that the PIN had sealed in', async () => {
  await lock(app);
  await signIn(site, null);
  let approval = await app.window('approval');
  await approval.getByLabel('PIN, to unlock the vault').fill(PIN);
  await approve(app, /^Unlock$/, null);
  await approve(app, /^Sign in as kim/, null);
  await expect(siteStatus(site)).toHaveText('signed in as kim');
  main = await app.window('main');
  await signOut();

  await signIn(site, null);
  approval = await app.window('approval');
  await approval.getByRole('button', { name: 'Use master password instead' }).click();
  await expect(approval.getByRole('group', { name: 'Key file' })).toHaveCount(0);
  await approve(app, /^Sign in as kim/);
  await expect(siteStatus(site)).toHaveText('signed in as kim');
  await signOut();
});

test('five wrong PINs, and the request still waits for password and key file', async () => {
  await lock(app);
  await signIn(site, null);
  const approval = await app.window('approval');
  for (const left of ['4 tries are left', '3 tries', '2 tries', 'One try is left', 'used up']) {
    await approval.getByLabel(/^PIN/).fill('918273');
    await approve(app, /^Unlock$/, null);
    await expect(approval.getByRole('alert')).toContainText(left);
    await expect(approval.getByRole('alert')).toContainText('This request still waits.');
  }
  await expect(approval.getByLabel(/^PIN/)).toHaveCount(0);
  await chooseFile(approval, keyFile, 'Mine.latchkey-key');
  await approve(app, /^Unlock$/, MASTER_PASSWORD);
  await approve(app, /^Sign in as kim/, null);
  await expect(siteStatus(site)).toHaveText('signed in as kim');
  await signOut();
});

test('the recovery key unlocks; a slip in its words is named and corrected in place', async () => {
  main = await app.window('main');
  await lock(app);
  await signIn(site, null);
  const approval = await app.window('approval');
  await approval.getByRole('button', { name: 'Use recovery key' }).click();
  const field = approval.getByLabel('Recovery key, to unlock the vault');
  await field.fill(words.with(4, 'latchkeys').join(' '));
  await approve(app, /^Unlock$/, null);
  await expect(approval.getByText('Word 5, “latchkeys”, is not in the list.')).toBeVisible();
  await expect(approval.getByRole('alert')).toContainText('This request still waits.');
  await expect(field).toBeFocused();

  await field.fill(words.join(' '));
  await approve(app, /^Unlock$/, null);
  await expect(approval.getByText('you are verified by your recovery key')).toBeVisible();
  await approve(app, /^Sign in as kim/, null);
  await expect(siteStatus(site)).toHaveText('signed in as kim');
});
