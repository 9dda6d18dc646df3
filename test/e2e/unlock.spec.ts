// The first window: making a vault, opening it, refusing everything that is not one, and two Latchkeys at once.
// SPDX-License-Identifier: MIT

import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type Page } from '@playwright/test';
import { VAULT_ID_BYTES } from '../../src/main/vault/genesis.ts';
import { expect } from '../support/expect.ts';
import { LatchkeyApp } from '../support/latchkey-app.ts';
import {
  addLogin,
  closing,
  createVault,
  lock,
  MASTER_PASSWORD,
  SECOND_PASSWORD,
  tryPassword,
  unlock,
} from '../support/stories.ts';

test.describe.configure({ mode: 'serial' });

let app: LatchkeyApp;
let folder: string;

const vaultsFolder = (): string => join(folder, 'vaults');
const vaultPath = (name: string): string => join(vaultsFolder(), `${name}.latchkey`);
const newPassword = (page: Page) => page.getByLabel('Master password', { exact: true });
const again = (page: Page) => page.getByLabel('The same password again', { exact: true });

async function restart(): Promise<Page> {
  await app.close();
  app = await LatchkeyApp.launch({ userData: folder });
  return app.window('unlock');
}

async function chooseVault(page: Page, name: string): Promise<void> {
  await page
    .getByRole('region', { name: 'Vaults on this computer' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();
  await expect(page.getByRole('heading', { name: `Unlock ${name}` })).toBeVisible();
}

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-unlock-'));
  app = await LatchkeyApp.launch({ userData: folder });
});

test.afterAll(async () => {
  await app.remove();
});

test('a new vault wants eight characters, typed the same twice, and makes no file before', async () => {
  const page = await app.window('unlock');
  const create = page.getByRole('button', { name: 'Create vault' });
  await expect(page.getByRole('heading', { name: 'Make your vault' })).toBeVisible();
  await newPassword(page).fill('1234567');
  await again(page).fill('1234567');
  await expect(page.getByText('At least 8 characters.')).toBeVisible();
  await expect(create).toBeDisabled();
  await again(page).press('Enter');
  await newPassword(page).fill(MASTER_PASSWORD);
  await again(page).fill(`${MASTER_PASSWORD}.`);
  await expect(page.getByText('The two are not the same yet.')).toBeVisible();
  await expect(create).toBeDisabled();
  await again(page).press('Enter');
  await again(page).fill(MASTER_PASSWORD);
  await expect(page.getByText('The two are not the same yet.')).toBeHidden();
  await expect(create).toBeEnabled();
  expect(readdirSync(vaultsFolder())).toEqual([]);
});

test('the meter says in words how easy a password is to guess', async () => {
  const page = await app.window('unlock');
  const meter = page.getByRole('meter', { name: 'Password strength' });
  const words = [
    ['password', 'Very easy to guess'],
    ['correct horse battery staple 26', 'Very strong'],
  ] as const;
  for (const [password, sentence] of words) {
    await newPassword(page).fill(password);
    await expect(meter).toHaveAttribute('aria-valuetext', sentence);
    await expect(meter).toContainText(sentence);
  }
  await newPassword(page).fill('');
  await expect(meter).toContainText('Use 15 characters or more');
});

test('a wrong password is refused in a sentence, to be typed over, and changes nothing', async () => {
  await createVault(app);
  const page = await lock(app);
  await expect.poll(() => readdirSync(vaultsFolder())).toEqual(['Personal.latchkey']);
  const before = readFileSync(vaultPath('Personal'));
  await tryPassword(page, 'not the password');
  await expect(page.getByRole('alert')).toContainText(
    'That is not the master password of this vault.',
  );
  await expect(newPassword(page)).toBeFocused();
  const selected = await newPassword(page).evaluate((input: HTMLInputElement) =>
    [input.selectionStart, input.selectionEnd].join(),
  );
  expect(selected).toBe('0,16');
  expect(app.hasWindow('main')).toBe(false);
  expect(readFileSync(vaultPath('Personal')).equals(before)).toBe(true);
  expect(readdirSync(vaultsFolder())).toEqual(['Personal.latchkey']);
});

test('the right password opens it; the unlock window goes', async () => {
  const page = await unlock(app);
  await expect(page.getByText('Saved in “Personal”')).toBeVisible();
  await expect.poll(() => app.hasWindow('unlock')).toBe(false);
});

test('the next start lists the vault', async () => {
  const page = await restart();
  await expect(page.getByRole('heading', { name: 'Unlock Personal' })).toBeVisible();
  await expect(newPassword(page)).toBeFocused();
});

test('a vault of a name that exists is not made', async () => {
  const page = await app.window('unlock');
  const before = readFileSync(vaultPath('Personal'));
  await page.getByRole('button', { name: 'New vault' }).click();
  await page.getByLabel('Vault name').fill('Personal');
  await newPassword(page).fill(SECOND_PASSWORD);
  await again(page).fill(SECOND_PASSWORD);
  await page.getByRole('button', { name: 'Create vault' }).click();
  await expect(page.getByRole('alert')).toContainText('A vault with this name exists already.');
  expect(readFileSync(vaultPath('Personal')).equals(before)).toBe(true);
});

test('a second vault is made beside the first, each with its own password', async () => {
  const page = await app.window('unlock');
  await page.getByLabel('Vault name').fill('Second');
  await page.getByRole('button', { name: 'Create vault' }).click();
  await app.window('main');
  const locked = await lock(app);
  await expect(locked.getByRole('heading', { name: 'Unlock Second' })).toBeVisible();
  await chooseVault(locked, 'Personal');
  await tryPassword(locked, SECOND_PASSWORD);
  await expect(locked.getByRole('alert')).toContainText('not the master password');
});

test('what is not a sound vault is refused in a sentence and stays as it is', async () => {
  const whole = readFileSync(vaultPath('Personal'));
  const newer = Buffer.from(whole);
  // The schema's version: SQLite's user_version, at offset 60 of the file.
  newer.writeUInt32BE(newer.readUInt32BE(60) + 1, 60);
  const files = [
    ['Foreign', Buffer.from('a text, and no vault at all\n'.repeat(200)), 'is not a Latchkey'],
    ['Empty', Buffer.alloc(0), 'This file is not a Latchkey vault.'],
    ['Truncated', whole.subarray(0, Math.floor(whole.length / 2)), 'damaged and cannot be opened'],
    ['Newer', newer, 'This vault was made by a newer Latchkey.'],
    ['Flipped', withFlippedHeader(whole), 'changed or damaged'],
  ] as const;
  for (const [name, bytes] of files) writeFileSync(vaultPath(name), bytes);
  const page = await restart();
  for (const [name, bytes, sentence] of files) {
    await chooseVault(page, name);
    const alert = page.getByRole('alert');
    // Most are seen to be none before anybody is asked for a password.
    await expect(alert.or(newPassword(page)).first()).toBeVisible();
    if (await newPassword(page).isVisible()) await tryPassword(page, MASTER_PASSWORD);
    await expect(alert, name).toContainText(sentence);
    await expect(alert, name).toContainText('The file was left exactly as it is.');
    expect(readFileSync(vaultPath(name)).equals(bytes), name).toBe(true);
    expect(app.hasWindow('main')).toBe(false);
  }
  for (const [name] of files) rmSync(vaultPath(name));
  const left = readdirSync(vaultsFolder()).sort();
  expect(left).toEqual(['Personal.latchkey', 'Second.latchkey']);
});

test('an older copy of the vault is said to be one, and opened where that is meant', async () => {
  let page = await app.window('unlock');
  await chooseVault(page, 'Personal');
  const old = readFileSync(vaultPath('Personal'));
  await addLogin(await unlock(app), { title: 'Added later' });
  page = await lock(app);
  await expect.poll(() => existsSync(`${vaultPath('Personal')}-wal`)).toBe(false);
  writeFileSync(vaultPath('Personal'), old);
  await tryPassword(page, MASTER_PASSWORD);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('This file is an older copy of this vault.');
  await expect(alert).toContainText('This computer has seen it further on: today, ');
  await expect(page.getByRole('button', { name: 'Choose another file…' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Unlock', exact: true })).toBeHidden();
  expect(app.hasWindow('main')).toBe(false);
  expect(readFileSync(vaultPath('Personal')).equals(old)).toBe(true);
  const openIt = page.getByRole('button', { name: 'Open this older copy all the same' });
  await closing(page, openIt.click());
  const main = await app.window('main');
  await expect(main.getByText('Saved in “Personal”')).toBeVisible();
  await expect(main.getByText('Added later')).toBeHidden();
  await lock(app);
  await unlock(app);
  await lock(app);
});

test('started twice on one folder, the first comes to the front and the second ends', async () => {
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.minimize();
  });
  const second = await app.startAgain();
  expect(second.exitCode).toBe(0);
  expect(second.output).toContain('Latchkey is running already');
  const state = (): Promise<string> =>
    app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .map((window) => `${window.isMinimized() ? 'minimized' : 'up'},${window.isFocused()}`)
        .join(),
    );
  await expect.poll(state).toBe('up,true');
});

test('a vault that another Latchkey has open is said to be in use', async () => {
  const page = await app.window('unlock');
  await chooseVault(page, 'Personal');
  const main = await unlock(app);
  const other = await LatchkeyApp.launch();
  try {
    const window = await other.window('unlock');
    await other.chooseNextFile(vaultPath('Personal'));
    await window.getByRole('button', { name: 'Other vault file…' }).click();
    await expect(window.getByRole('heading', { name: 'Unlock Personal' })).toBeVisible();
    await expect(window.getByRole('alert')).toContainText('Another Latchkey has this vault open.');
    await expect(newPassword(window)).toBeHidden();
    await expect(main.getByText('Saved in “Personal”')).toBeVisible();
    await lock(app);
    await window.getByRole('button', { name: 'Try again' }).click();
    await unlock(other);
  } finally {
    await other.remove();
  }
});

/** One bit of the header's generation, the low byte of a 32-bit number after magic, version, suite and vault id. */
function withFlippedHeader(whole: Buffer): Buffer {
  const changed = Buffer.from(whole);
  const magic = changed.indexOf('LATCHKEY');
  expect(magic).toBeGreaterThan(0);
  const at = magic + 12 + VAULT_ID_BYTES + 3;
  changed[at] = (changed[at] ?? 0) ^ 2;
  return changed;
}
