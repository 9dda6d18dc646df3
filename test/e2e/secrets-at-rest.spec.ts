// After a whole session nothing that a person would call theirs can be read from what the app has left: its folder with
// the vault, its log and its backups, the export, and all it wrote to standard output and error.
// SPDX-License-Identifier: MIT

import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type Browser, type Page } from '@playwright/test';
import { mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { expect } from '../support/expect.ts';
import { findLeaks, formsOf, readTree } from '../support/leak-scan.ts';
import {
  beginRecoverySheet,
  beginRehearsal,
  rehearse,
  setPin,
  tryPin,
} from '../support/key-stories.ts';
import { LatchkeyApp } from '../support/latchkey-app.ts';
import {
  addCustomFields,
  addLogin,
  approve,
  beginEdit,
  beginItem,
  createVault,
  expectNoApproval,
  fieldRow,
  fillIn,
  lock,
  message,
  openItem,
  openRoom,
  openTestSite,
  saveItem,
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
  cardNumber: '4929 7731 0265 8840',
  wifiPassword: 'canary-wlan-haversack',
  customLabel: 'Canary Label Vortex',
  customHidden: 'canary-custom-zwieback',
  /** What the one-time code's secret says, and how it is typed. */
  codeBytes: 'canary-otp-zigzag-20',
  codeSecret: 'MNQW4YLSPEWW65DQFV5GSZ32MFTS2MRQ',
  fileName: 'canary-file-quagmire.txt',
  fileContent: 'canary content about an ochre jackdaw',
  pin: '730194826517',
  sheetName: 'Canary Sheet Gazebo',
} as const;
/** Those of before, and those that the app makes itself. */
const SECRETS: string[] = Object.values(CANARIES);
/** Kept as bytes and not as text. */
const keyBytes: Buffer[] = [];

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
  await expect(main.getByText('6 items exported')).toBeVisible();
}

function expectClean(files: ReadonlyMap<string, Buffer>): void {
  for (const [name, bytes] of files) {
    expect(findLeaks(bytes, SECRETS), name).toEqual([]);
    for (const key of keyBytes) {
      const forms = [key, Buffer.from(key.toString('hex')), Buffer.from(key.toString('base64'))];
      expect(
        forms.map((form) => bytes.includes(form)),
        name,
      ).toEqual([false, false, false]);
    }
  }
}

/** Secrets of other kinds of item, a field of one's own, a code and a file. */
async function keepOthers(main: Page): Promise<void> {
  const card = await beginItem(main, 'Card');
  await fillIn(card, { Title: 'A card', 'Card number': CANARIES.cardNumber });
  await addCustomFields(card, [[CANARIES.customLabel, 'Hidden', CANARIES.customHidden]]);
  const shown = await saveItem(main, card, 'A card');
  const path = join(folder, CANARIES.fileName);
  writeFileSync(path, `${CANARIES.fileContent}\n`.repeat(3_000));
  await app.chooseNextFile(path);
  await shown.getByRole('button', { name: 'Attach a file…' }).click();
  await shown.getByRole('button', { name: `Look at ${CANARIES.fileName}` }).click();
  await expect(main.getByRole('dialog')).toContainText(CANARIES.fileContent);
  await main.keyboard.press('Escape');

  const wifi = await beginItem(main, 'Wi-Fi network');
  await fillIn(wifi, {
    Title: 'A network',
    'Network name': 'net',
    Password: CANARIES.wifiPassword,
  });
  await saveItem(main, wifi, 'A network');
  const code = await beginItem(main, 'One-time code');
  await fillIn(code, { Title: 'A code', 'One-time code': CANARIES.codeSecret });
  await expect(fieldRow(await saveItem(main, code, 'A code'), 'One-time code')).toContainText(
    /\d{3}/,
  );
  const key = await beginItem(main, 'SSH key');
  await fillIn(key, { Title: 'A key' });
  const sshKey = await saveItem(main, key, 'A key');
  await fieldRow(sshKey, 'Private key').getByRole('button', { name: /^Copy/ }).click();
  await expect.poll(() => app.readClipboard()).toContain('PRIVATE KEY');
  // The lines with the private half: the first two say what kind of key it is.
  SECRETS.push(...(await app.readClipboard()).split('\n').slice(3, 5));
}

/** A recovery key, whose words are shown, and a PIN. */
async function addWaysIn(main: Page): Promise<void> {
  const words = await beginRecoverySheet(main, CANARIES.sheetName, CANARIES.masterPassword);
  await rehearse(await beginRehearsal(main), words);
  await expect(main.getByRole('dialog')).toBeHidden();
  for (const glue of [' ', '\n', ',', '","']) {
    SECRETS.push(words.slice(0, 3).join(glue), words.slice(-3).join(glue));
  }
  keyBytes.push(Buffer.from(mnemonicToEntropy(words.join(' '), wordlist)));
  await app.switchKeystoreOn();
  await setPin(main, CANARIES.pin, CANARIES.masterPassword);
}

/** Locks, and unlocks by the PIN. */
async function unlockByPin(): Promise<Page> {
  await tryPin(await lock(app), CANARIES.pin);
  return app.window('main');
}

/** Whatever was written before may have left the log by now. */
async function changeSomething(main: Page): Promise<void> {
  await openRoom(main, 'All items');
  await openItem(main, CANARIES.title);
  const form = await beginEdit(main, CANARIES.title);
  await fillIn(form, { Password: CANARIES.password, Note: `${CANARIES.note}, written again` });
  await saveItem(main, form, CANARIES.title);
}

async function makeBackup(main: Page): Promise<void> {
  await openRoom(main, 'Backups');
  await main.getByRole('button', { name: 'Make one now' }).click();
  await expect(message(main, 'The backup is made.')).toBeVisible();
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
  await keepOthers(main);
  await registerCanary();
  await addWaysIn(main);
  await exportAll(main);
  const again = await unlockByPin();
  await makeBackup(again);
  await changeSomething(again);
});

test.afterAll(async () => {
  await browser.close();
  await app.remove();
  rmSync(folder, { recursive: true, force: true });
});

test('the scan finds each secret in each form, wherever it lies', () => {
  expect(SECRETS.length).toBeGreaterThan(Object.keys(CANARIES).length);
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
  expect(names.some((name) => /^vaults\/Personal\.backups\/.*\.latchkey$/.test(name))).toBe(true);
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
  await tryPin(window, `${CANARIES.pin}0`);
  await expect(window.getByRole('alert')).toContainText('That is not the PIN.');
  await window.getByRole('button', { name: 'Use master password instead' }).click();
  await tryPassword(window, `${CANARIES.masterPassword}?`);
  await expect(window.getByRole('alert')).toContainText('not the master password');
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
