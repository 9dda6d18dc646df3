// The ways into a vault, each taken by hand: another password, a recovery sheet from paper, a key file beside the password,
// a PIN for this session, and a new vault key under all of them.
// SPDX-License-Identifier: MIT

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type Locator, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import {
  beginRecoverySheet,
  beginRehearsal,
  rehearse,
  setPin,
  tryPin,
  tryWords,
} from '../support/key-stories.ts';
import { LatchkeyApp } from '../support/latchkey-app.ts';
import { readQr } from '../support/pictures.ts';
import {
  addLogin,
  createVault,
  fillIn,
  lock,
  MASTER_PASSWORD,
  message,
  openItem,
  openRoom,
  SECOND_PASSWORD,
  tryPassword,
  unlock,
} from '../support/stories.ts';

test.describe.configure({ mode: 'serial' });

const PIN = '739216';

let app: LatchkeyApp;
let page: Page;
let folder: string;
let words: readonly string[] = [];
let sheetCode = '';

const slots = (): Locator => page.getByRole('list', { name: 'Ways in' }).getByRole('listitem');
const slot = (name: string): Locator => slots().filter({ hasText: name });

/** Opens an act on the way in of that name. */
async function begin(way: string, act: string, form: string | RegExp): Promise<Locator> {
  await openRoom(page, 'Ways in');
  await slot(way).getByRole('button', { name: act, exact: true }).click();
  return page.getByRole('form', { name: form });
}

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-keys-'));
  app = await LatchkeyApp.launch();
  page = await createVault(app);
  await addLogin(page, { title: 'Nordbank', userName: '4711', password: 'Rote-Ente-7' });
});

test.afterAll(async () => {
  await app.remove();
  rmSync(folder, { recursive: true, force: true });
});

test('another master password: the old one first, and then it opens nothing', async () => {
  const form = await begin('Master password', 'Change password', 'Change master password');
  await fillIn(form, {
    'New master password': SECOND_PASSWORD,
    'The same password again': SECOND_PASSWORD,
    'Current master password': 'not the password',
  });
  const submit = form.getByRole('button', { name: 'Change password' });
  await submit.click();
  await expect(form.getByRole('alert')).toContainText('not the master password');
  await fillIn(form, { 'Current master password': MASTER_PASSWORD });
  await submit.click();
  await expect(message(page, 'The master password is changed.')).toBeVisible();
  const window = await lock(app);
  await tryPassword(window, MASTER_PASSWORD);
  await expect(window.getByRole('alert')).toContainText('not the master password');
  page = await unlock(app, SECOND_PASSWORD);
});

test('a recovery sheet counts once it was rehearsed', async () => {
  words = await beginRecoverySheet(page, 'Desk drawer', SECOND_PASSWORD);
  const dialog = page.getByRole('dialog');
  sheetCode = await readQr(dialog.getByRole('img', { name: 'The same key as a QR code' }));
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  const rehearsal = await beginRehearsal(page);
  const asked = await rehearsal.getByRole('textbox').all();
  expect(asked.length).toBeGreaterThan(1);
  for (const field of asked) await field.fill('zebra');
  await rehearsal.getByRole('button', { name: 'Add recovery key' }).click();
  await expect(rehearsal.getByRole('alert')).toBeVisible();
  await rehearse(rehearsal, words);
  await expect(slot('Recovery key “Desk drawer”')).toBeVisible();
  await expect(page.getByRole('table', { name: /^What if I lose/ })).toContainText(
    'The recovery key “Desk drawer”.',
  );
});

test('its words open the vault; a wrong one is named by its place', async () => {
  const window = await lock(app);
  await tryWords(window, words.with(4, 'latchkey').join(' '));
  await expect(window.getByText('Word 5, “latchkey”, is not in the list.')).toBeVisible();
  await tryWords(window, words.toReversed().join(' '));
  await expect(window.getByRole('alert')).toContainText('These words do not belong together');
  await expect(window.getByText('is not in the list')).toHaveCount(0);
  await tryWords(window, words.map((word, at) => `${at + 1}. ${word.toUpperCase()}`).join('\n'));
  page = await app.window('main');
  await openItem(page, 'Nordbank');
});

test('the QR code of the sheet opens it as well', async () => {
  await tryWords(await lock(app), sheetCode);
  page = await app.window('main');
  await openItem(page, 'Nordbank');
});

test('with a key file the password opens nothing alone, nor with another file', async () => {
  const path = join(folder, 'Mine.latchkey-key');
  const form = await begin('Master password', 'Require a key file', 'Require a key file');
  await app.chooseNextSavePath(path);
  await form.getByRole('button', { name: 'Make one…' }).click();
  await expect(form).toContainText('Mine.latchkey-key');
  await fillIn(form, { 'Master password': SECOND_PASSWORD });
  await form.getByRole('button', { name: 'Require key file' }).click();
  await expect(message(page, 'now needs its key file')).toBeVisible();
  expect(existsSync(path)).toBe(true);

  const window = await lock(app);
  const wrong = join(folder, 'another file');
  writeFileSync(wrong, readFileSync(path).reverse());
  await app.chooseNextFile(wrong);
  await window.getByRole('button', { name: 'Choose key file…' }).click();
  await expect(window.getByRole('group', { name: 'Key file' })).toContainText('another file');
  await tryPassword(window, SECOND_PASSWORD);
  await expect(window.getByRole('alert')).toContainText('do not open the vault together');
  await app.chooseNextFile(path);
  await window.getByRole('button', { name: 'Choose another…' }).click();
  await expect(window.getByRole('group', { name: 'Key file' })).toContainText('Mine.latchkey-key');
  page = await unlock(app, SECOND_PASSWORD);
  await openItem(page, 'Nordbank');
});

test('the key file is given up again, with it and the password', async () => {
  const form = await begin(
    'Master password and key file',
    'Stop requiring the key file',
    'Stop requiring the key file',
  );
  await app.chooseNextFile(join(folder, 'Mine.latchkey-key'));
  await form.getByRole('button', { name: 'Choose key file…' }).click();
  await fillIn(form, { 'Master password': SECOND_PASSWORD });
  await form.getByRole('button', { name: 'Stop requiring it' }).click();
  await expect(message(page, 'opens the vault alone again')).toBeVisible();
  await lock(app);
  page = await unlock(app, SECOND_PASSWORD);
});

test('without a real keystore there is no quick unlock', async () => {
  await openRoom(page, 'Settings');
  const section = page.getByRole('region', { name: 'Quick unlock' });
  await expect(section).toContainText('its system has no real keystore');
  await expect(section.getByRole('button')).toHaveCount(0);
});

test('a PIN opens the vault again in this session; five wrong ones, and it is gone', async () => {
  await app.switchKeystoreOn();
  await openRoom(page, 'All items');
  await openRoom(page, 'Settings');
  await page.getByRole('button', { name: 'Set a PIN' }).click();
  const form = page.getByRole('form', { name: 'Set a PIN' });
  await fillIn(form, { PIN: '123456', 'The same PIN again': '123456' });
  await expect(form.getByRole('button', { name: 'Set PIN' })).toBeDisabled();
  await form.getByRole('button', { name: 'Cancel' }).click();
  await setPin(page, PIN, SECOND_PASSWORD);

  let window = await lock(app);
  await tryPin(window, PIN);
  page = await app.window('main');
  await openItem(page, 'Nordbank');

  window = await lock(app);
  for (const left of [4, 3, 2]) {
    await tryPin(window, '918273');
    await expect(window.getByRole('alert')).toContainText('That is not the PIN.');
    await expect(window.getByText(`${left} tries left`)).toBeVisible();
  }
  await tryPin(window, '918273');
  await expect(window.getByText(/^Last try/)).toBeVisible();
  await tryPin(window, '918273');
  await expect(window.getByLabel('Master password', { exact: true })).toBeVisible();
  await expect(window.getByLabel('PIN', { exact: true })).toHaveCount(0);
  page = await unlock(app, SECOND_PASSWORD);
});

test('a new vault key: what is not presented is named, removed, and opens nothing any more', async () => {
  await openRoom(page, 'Ways in');
  await page.getByRole('button', { name: 'Make a new vault key…' }).click();
  for (let number = 1; number <= 2; number += 1) {
    const form = page.getByRole('form', { name: `Way in ${number} of 2` });
    await expect(form).toBeVisible();
    if (await form.getByRole('heading', { name: /^Recovery key/ }).isVisible()) {
      await form.getByRole('button', { name: 'I do not have it' }).click();
    } else {
      await fillIn(form, { 'Master password': SECOND_PASSWORD });
      await form.getByRole('button', { name: 'Next' }).click();
    }
  }
  await expect(page.getByText('These will be removed')).toBeVisible();
  await page.getByRole('button', { name: 'Make new key and remove 1 way in' }).click();
  await expect(page.getByText('The vault has a new key.')).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(slots()).toHaveCount(1);
  const window = await lock(app);
  await expect(window.getByLabel('Master password', { exact: true })).toBeVisible();
  await expect(window.getByRole('button', { name: 'Use recovery key' })).toHaveCount(0);
  page = await unlock(app, SECOND_PASSWORD);
  await openItem(page, 'Nordbank');
  await page.keyboard.press('ControlOrMeta+p');
  await expect.poll(() => app.readClipboard()).toBe('Rote-Ente-7');
});
