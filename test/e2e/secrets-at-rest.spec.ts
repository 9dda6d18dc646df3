// After a whole session nothing that a person would call theirs can be read from what the app has left: its folder with
// the vault and its log, the export, and all it wrote to standard output and error.
// SPDX-License-Identifier: MIT

import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type Browser, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import { findLeaks, formsOf, readTree } from '../support/leak-scan.ts';
import { LatchkeyApp } from '../support/latchkey-app.ts';
import {
  addLogin,
  approve,
  createVault,
  expectNoApproval,
  lock,
  openItem,
  openRoom,
  openTestSite,
  search,
  signIn,
  siteStatus,
  tryPassword,
  unlock,
} from '../support/stories.ts';
import { launchVisitingBrowser } from '../support/visiting-browser.ts';

test.describe.configure({ mode: 'serial' });

/** Long and odd enough that none of them turns up by chance. */
const CANARIES = {
  masterPassword: 'kanarienvogel-master-7319',
  exportPassword: 'kanarienvogel-export-4402',
  title: 'Canary Title Quixotry',
  url: 'https://canary-host-zephyr.example/path-jukebox',
  userName: 'canary-user-wyvern',
  password: 'Canary-Passw0rd-Klaxon',
  note: 'canary note about a yellow oxbow',
  tag: 'canary-tag-fjord',
  search: 'zephyr.example',
  rpUserName: 'canary-rp-user-gazpacho',
  rpDisplayName: 'Canary Display Buckaroo',
  rpId: 'bank.localhost',
  rpName: 'Test bank',
} as const;
const SECRETS = Object.values(CANARIES);

const OUTPUT_MARK = 'written by the main process';

let app: LatchkeyApp;
let browser: Browser;
let folder: string;
let exportPath: string;

async function registerCanary(): Promise<void> {
  const site = await browser.newPage();
  await site.goto(await openTestSite(app, /Open bank\.localhost/));
  const form = site.getByRole('form', { name: 'New account' });
  await form.getByRole('textbox', { name: 'User name' }).fill(CANARIES.rpUserName);
  await form.getByRole('textbox', { name: /^Display name/ }).fill(CANARIES.rpDisplayName);
  await form.getByRole('button', { name: 'Register a passkey' }).click();
  await approve(app, /^Create passkey/, CANARIES.masterPassword);
  await expect(siteStatus(site)).toHaveText('registered');
  await expectNoApproval(app);
  await site.getByRole('button', { name: 'Sign out' }).click();
  await signIn(site, null);
  await approve(app, /^Sign in as/, CANARIES.masterPassword);
  await expect(siteStatus(site)).toContainText('signed in as');
}

async function exportAll(main: Page): Promise<void> {
  await app.chooseNextSavePath(exportPath);
  await openRoom(main, 'Export');
  await main.getByLabel('Password for the file', { exact: true }).fill(CANARIES.exportPassword);
  await main.getByLabel('The same password again', { exact: true }).fill(CANARIES.exportPassword);
  await main.getByLabel('Master password', { exact: true }).fill(CANARIES.masterPassword);
  await main.getByRole('button', { name: 'Export vault' }).click();
  await expect(main.getByText('2 items exported')).toBeVisible();
}

function expectClean(files: ReadonlyMap<string, Buffer>): void {
  for (const [name, bytes] of files) expect(findLeaks(bytes, SECRETS), name).toEqual([]);
}

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-canary-'));
  exportPath = join(folder, 'Out.latchkey-export');
  [app, browser] = await Promise.all([LatchkeyApp.launch(), launchVisitingBrowser()]);
  const main = await createVault(app, { password: CANARIES.masterPassword });
  await addLogin(main, {
    title: CANARIES.title,
    userName: CANARIES.userName,
    password: CANARIES.password,
    website: CANARIES.url,
    note: CANARIES.note,
    tags: CANARIES.tag,
  });
  await search(main, CANARIES.search);
  await openItem(main, CANARIES.title);
  await main.getByRole('button', { name: 'Reveal password' }).click();
  await main.getByRole('button', { name: 'Copy password' }).click();
  await expect.poll(() => app.readClipboard()).toBe(CANARIES.password);
  await registerCanary();
  await exportAll(main);
});

test.afterAll(async () => {
  await browser.close();
  await app.remove();
  rmSync(folder, { recursive: true, force: true });
});

test('the scan finds each secret in each form, wherever it lies', () => {
  for (const secret of SECRETS) {
    for (const [form, bytes] of formsOf(secret)) {
      const before = randomBytes(997);
      const planted = Buffer.concat([before, bytes, randomBytes(1_003)]);
      expect(findLeaks(planted, [secret])).toContainEqual({ secret, form });
    }
    for (const shift of [0, 1, 2, 3, 4]) {
      const inside = Buffer.concat([randomBytes(shift), Buffer.from(secret), randomBytes(5)]);
      for (const text of [inside.toString('base64'), inside.toString('base64url')]) {
        expect(findLeaks(Buffer.from(text), [secret]), `shift ${shift}`).not.toEqual([]);
      }
    }
  }
  expect(findLeaks(randomBytes(1 << 20), SECRETS)).toEqual([]);
});

test('while the vault is open nothing is readable in its folder, the write-ahead log included', () => {
  const files = readTree(app.userData);
  const names = [...files.keys()];
  expect(names).toEqual(
    expect.arrayContaining([
      'settings.json',
      'vaults/Personal.latchkey',
      'vaults/Personal.latchkey-wal',
    ]),
  );
  expect(files.get('vaults/Personal.latchkey-wal')?.length).toBeGreaterThan(4096);
  expectClean(files);
});

test('nothing is readable in the export', () => {
  const bytes = readFileSync(exportPath);
  expect(bytes.length).toBeGreaterThan(1_000);
  expectClean(new Map([['export', bytes]]));
});

test('nothing is readable after a wrong password, a lock, another opening and the end', async () => {
  const window = await lock(app);
  await tryPassword(window, `${CANARIES.masterPassword}?`);
  await expect(window.getByRole('alert')).toBeVisible();
  expectClean(readTree(app.userData));
  const main = await unlock(app, CANARIES.masterPassword);
  const article = await openItem(main, CANARIES.title);
  // The secrets were there to be found: the vault still says them to who opens it.
  await expect(article).toContainText(CANARIES.note);
  await app.electron.evaluate((_electron, mark) => process.stderr.write(mark), OUTPUT_MARK);
  await app.close();
  expectClean(readTree(app.userData));
});

test('nothing was written to standard output or error', () => {
  // What the app writes does arrive here.
  expect(app.output).toContain(OUTPUT_MARK);
  expectClean(new Map([['output', Buffer.from(app.output, 'latin1')]]));
});
