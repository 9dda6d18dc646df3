// Logins as a person keeps them: added, found, opened, edited, revealed, copied, thrown away and brought back, by mouse
// and by keyboard alone; and what the window must never hold.
// SPDX-License-Identifier: MIT

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import { LatchkeyApp } from '../support/latchkey-app.ts';
import {
  addLogin,
  createVault,
  openItem,
  openRoom,
  rows,
  search,
  undo,
} from '../support/stories.ts';

test.describe.configure({ mode: 'serial' });

const MANY = 300;
/** Every imported password begins with it. */
const PASSWORD_MARK = 'pw-mark-';

let app: LatchkeyApp;
let page: Page;

const article = (title: string) => page.getByRole('article', { name: title, exact: true });
const messages = () => page.getByRole('region', { name: 'Messages' });
const navigation = (name: string) =>
  page.getByRole('navigation').getByRole('button', { name: new RegExp(`^${name}`) });

/** All that the document holds, as markup and as text, what stands in fields included. */
function documentText(): Promise<string> {
  return page.evaluate(() => {
    const fields = [...document.querySelectorAll('input, textarea')] as HTMLInputElement[];
    const values = fields.map(({ value }) => value);
    const { outerHTML, textContent } = document.documentElement;
    return [outerHTML, textContent, ...values].join('\n');
  });
}

/** The place of the list in its scroll range, and the chosen row. */
async function listPlace(): Promise<{ top: number; chosen: string | null }> {
  return page.getByRole('listbox').evaluate((list) => ({
    top: list.parentElement?.scrollTop ?? -1,
    chosen: list.querySelector('[aria-selected=true]')?.textContent ?? null,
  }));
}

async function importMany(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-items-'));
  const path = join(folder, 'many.csv');
  const lines = Array.from({ length: MANY }, (_, index) => {
    const number = String(index).padStart(3, '0');
    return `Site ${number},https://site-${number}.example/,user-${number},${PASSWORD_MARK}${number}`;
  });
  writeFileSync(path, ['name,url,username,password', ...lines].join('\n'));
  await app.chooseNextFile(path);
  await openRoom(page, 'Import');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await page.getByRole('button', { name: `Import ${MANY} items` }).click();
  await page.getByRole('button', { name: 'Show the items' }).click();
  await expect(rows(page).first()).toBeVisible();
  rmSync(folder, { recursive: true });
}

test.beforeAll(async () => {
  app = await LatchkeyApp.launch();
  page = await createVault(app);
});

test.afterAll(async () => {
  await app.remove();
});

test('a login is added and shown with its password covered', async () => {
  await addLogin(page, {
    title: 'Café Zürich',
    userName: 'amélie@example.ch',
    password: 'Blaue-Möwe-42',
    website: 'https://cafe.example/login',
    note: 'table by the window',
    tags: 'reisen, essen',
  });
  const shown = article('Café Zürich');
  await expect(shown).toContainText('amélie@example.ch');
  await expect(shown).toContainText('https://cafe.example/login');
  await expect(shown).toContainText('table by the window');
  await expect(shown.getByRole('img', { name: 'Hidden' })).toBeVisible();
  expect(await documentText()).not.toContain('Blaue-Möwe-42');
});

test('search finds letters with and without their accents, and says when there is nothing', async () => {
  await addLogin(page, { title: 'Nordbank', userName: '4711', password: 'Rote-Ente-7' });
  for (const text of ['cafe zurich', 'CAFÉ', 'amelie', 'zürich café', 'essen']) {
    await search(page, text);
    await expect(rows(page), text).toHaveCount(1);
    await expect(rows(page).first(), text).toContainText('Café Zürich');
  }
  await search(page, 'Blaue-Möwe-42');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await page.getByRole('button', { name: 'Clear search' }).click();
  await expect(rows(page)).toHaveCount(2);
});

test('the password is revealed on request and covered again on request', async () => {
  const shown = await openItem(page, 'Café Zürich');
  await shown.getByRole('button', { name: 'Reveal password' }).click();
  await expect(shown).toContainText('Blaue-Möwe-42');
  await shown.getByRole('button', { name: 'Hide password' }).click();
  await expect(shown.getByRole('img', { name: 'Hidden' })).toBeVisible();
  expect(await documentText()).not.toContain('Blaue-Möwe-42');
});

test('a revealed password goes when another item is opened', async () => {
  const shown = await openItem(page, 'Café Zürich');
  await shown.getByRole('button', { name: 'Reveal password' }).click();
  await expect(shown).toContainText('Blaue-Möwe-42');
  await openItem(page, 'Nordbank');
  expect(await documentText()).not.toContain('Blaue-Möwe-42');
});

test('user name, password and website are copied on one chord each', async () => {
  await openItem(page, 'Café Zürich');
  const chords = [
    ['ControlOrMeta+u', 'amélie@example.ch'],
    ['ControlOrMeta+p', 'Blaue-Möwe-42'],
    ['ControlOrMeta+Shift+u', 'https://cafe.example/login'],
  ] as const;
  for (const [chord, expected] of chords) {
    await page.keyboard.press(chord);
    await expect.poll(() => app.readClipboard(), { message: chord }).toBe(expected);
  }
  await expect(messages()).toContainText('it leaves the clipboard in 30 s');
  expect(await documentText()).not.toContain('Blaue-Möwe-42');
});

test('an edit keeps the stored password where the field is left alone', async () => {
  await openItem(page, 'Nordbank');
  await page.getByRole('button', { name: 'Edit' }).click();
  const form = page.getByRole('form', { name: 'Edit Nordbank' });
  await expect(form.getByRole('textbox', { name: 'Password' })).toHaveValue('');
  await form.getByRole('textbox', { name: 'Title' }).fill('Nordbank, joint account');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(article('Nordbank, joint account')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+p');
  await expect.poll(() => app.readClipboard()).toBe('Rote-Ente-7');
});

test('a form without a title is not saved, and Escape leaves the item as it was', async () => {
  await page.keyboard.press('ControlOrMeta+e');
  const form = page.getByRole('form', { name: 'Edit Nordbank, joint account' });
  const title = form.getByRole('textbox', { name: 'Title' });
  await title.fill('   ');
  await expect(form.getByRole('button', { name: 'Save' })).toBeDisabled();
  await title.press('ControlOrMeta+Enter');
  await expect(form).toBeVisible();
  await title.press('Escape');
  await expect(article('Nordbank, joint account')).toBeVisible();
});

test('favourites and tags are parts of the vault of their own', async () => {
  await openItem(page, 'Café Zürich');
  await page.getByRole('button', { name: 'Favourite', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Favourite', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  for (const part of ['Favourites', 'reisen', 'essen']) {
    await openRoom(page, part);
    await expect(rows(page), part).toHaveCount(1);
    await expect(rows(page).first(), part).toContainText('Café Zürich');
  }
  await openItem(page, 'Café Zürich');
  await page.keyboard.press('ControlOrMeta+d');
  await openRoom(page, 'Favourites');
  await expect(page.getByText('No favourites yet')).toBeVisible();
});

test('the trash is undone from its message', async () => {
  await openRoom(page, 'All items');
  await openItem(page, 'Café Zürich');
  await page.getByRole('button', { name: 'Move to trash' }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(navigation('Trash')).toContainText('1');
  await undo(page, 'is in the trash');
  await expect(rows(page)).toHaveCount(2);
  await expect(article('Café Zürich')).toBeVisible();
  await expect(navigation('Trash')).toContainText('0');
});

test('what lies in the trash is not found, not edited, and comes back whole', async () => {
  await page.keyboard.press('Delete');
  await expect(rows(page)).toHaveCount(1);
  await search(page, 'zurich');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await search(page, '');
  await openRoom(page, 'Trash');
  const shown = await openItem(page, 'Café Zürich');
  await expect(shown.getByRole('button', { name: 'Edit' })).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+e');
  await expect(shown).toBeVisible();
  await shown.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText('The trash is empty')).toBeVisible();
  await openRoom(page, 'All items');
  await openItem(page, 'Café Zürich');
  await page.keyboard.press('ControlOrMeta+p');
  await expect.poll(() => app.readClipboard()).toBe('Blaue-Möwe-42');
});

test('the palette opens items and runs commands by the keyboard alone', async () => {
  await openRoom(page, 'Settings');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await page.keyboard.press('ControlOrMeta+k');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('nordb');
  await expect(palette.getByRole('option', { selected: true })).toContainText('Nordbank');
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(article('Nordbank, joint account')).toBeVisible();

  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('copy');
  await expect(palette.getByRole('option', { selected: true })).toContainText('Copy user name');
  await page.keyboard.press('ArrowDown');
  await expect(palette.getByRole('option', { selected: true })).toContainText('Copy password');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect.poll(() => app.readClipboard()).toBe('Rote-Ente-7');

  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('no command is called this');
  await expect(palette).toContainText('Nothing is called that.');
  await page.keyboard.press('Enter');
  await expect(palette).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
});

test('a login lives its whole life by keyboard', async () => {
  await page.keyboard.press('ControlOrMeta+n');
  const form = page.getByRole('form', { name: 'New login' });
  await expect(form.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await page.keyboard.type('Keys only');
  await page.keyboard.press('Tab');
  await page.keyboard.type('kim');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Grüne-Gans-9');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(article('Keys only')).toBeVisible();

  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('keys');
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('listbox')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(rows(page).first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+r');
  await expect(article('Keys only')).toContainText('Grüne-Gans-9');
  await page.keyboard.press('ControlOrMeta+r');
  await expect(article('Keys only')).not.toContainText('Grüne-Gans-9');

  await page.keyboard.press('ControlOrMeta+d');
  await expect(page.getByRole('button', { name: 'Favourite', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await page.keyboard.press('ControlOrMeta+e');
  await expect(page.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.type(', edited');
  await page.keyboard.press('Enter');
  await expect(article('Keys only, edited')).toBeVisible();

  await page.keyboard.press('Delete');
  await expect(article('Keys only, edited')).toBeHidden();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(article('Keys only, edited')).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(article('Keys only, edited')).toBeHidden();
  await page.keyboard.press('ControlOrMeta+5');
  await expect(page.getByRole('heading', { name: 'Trash', level: 1 })).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(article('Keys only, edited')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Shift+r');
  await expect(page.getByText('The trash is empty')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+1');
  await expect(rows(page)).toHaveCount(3);
});

test('every room and every part has its key', async () => {
  const places = [
    ['ControlOrMeta+i', 'Import'],
    ['ControlOrMeta+Shift+e', 'Export'],
    ['ControlOrMeta+j', 'Duplicates'],
    ['ControlOrMeta+b', 'Health'],
    ['ControlOrMeta+t', 'Generator'],
    ['ControlOrMeta+Shift+k', 'Ways in'],
    ['ControlOrMeta+Shift+b', 'Backups'],
    ['ControlOrMeta+,', 'Settings'],
    ['ControlOrMeta+Shift+t', 'Test site'],
    ['ControlOrMeta+2', 'Favourites'],
    ['ControlOrMeta+3', 'Logins'],
    ['ControlOrMeta+4', 'Passkeys'],
    ['ControlOrMeta+5', 'Trash'],
    ['ControlOrMeta+1', 'All items'],
  ] as const;
  for (const [chord, title] of places) {
    await page.keyboard.press(chord);
    const heading = page.getByRole('heading', { name: title, level: 1, exact: true });
    await expect(heading, chord).toBeVisible();
  }
});

test('passwords of items that are not opened are nowhere in the document', async () => {
  await importMany();
  const list = page.getByRole('listbox');
  await list.focus();
  for (const key of ['Home', 'PageDown', 'PageDown', 'End', 'PageUp', 'Home']) {
    await page.keyboard.press(key);
    await expect(page.getByRole('article').getByRole('img', { name: 'Hidden' })).toBeVisible();
    expect(await documentText()).not.toContain(PASSWORD_MARK);
  }
  await search(page, 'Site 150');
  const shown = await openItem(page, 'Site 150');
  expect(await documentText()).not.toContain(PASSWORD_MARK);
  // The measure itself: a revealed password is seen by it, and no other one.
  await shown.getByRole('button', { name: 'Reveal password' }).click();
  await expect(shown).toContainText(`${PASSWORD_MARK}150`);
  const found = new Set((await documentText()).match(new RegExp(`${PASSWORD_MARK}\\d{3}`, 'g')));
  expect([...found]).toEqual([`${PASSWORD_MARK}150`]);
  await search(page, '');
});

test('the list keeps its place when an item is saved and when a room was open', async () => {
  await page.getByRole('button', { name: /Sort$/ }).click();
  await page.getByRole('option', { name: 'By title' }).click();
  await page.getByRole('listbox').focus();
  await page.keyboard.press('End');
  for (let step = 0; step < 10; step += 1) await page.keyboard.press('PageUp');
  const title = 'Site 199';
  await expect(article(title)).toBeVisible();
  await expect.poll(async () => (await listPlace()).chosen).toContain(title);
  const before = await listPlace();
  expect(before.top).toBeGreaterThan(1_000);
  await page.keyboard.press('ControlOrMeta+e');
  await page.getByRole('textbox', { name: 'Note' }).fill('a note');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(article(title)).toContainText('a note');
  expect(await listPlace()).toEqual(before);
  await openRoom(page, 'Settings');
  await openRoom(page, 'All items');
  await expect(article(title)).toBeVisible();
  expect(await listPlace()).toEqual(before);
});

test('the title of the window says nothing, whatever is open', async () => {
  await search(page, 'zurich');
  await openItem(page, 'Café Zürich');
  expect(await page.title()).toBe('Latchkey');
  const titles = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.getTitle()),
  );
  expect(titles).toEqual(['Latchkey']);
});

test('a message does not lie over the buttons of a form', async () => {
  await search(page, '');
  await addLogin(page, { title: 'One more' });
  await expect(messages()).toContainText('“One more” was added.');
  await page.keyboard.press('ControlOrMeta+n');
  const save = page.getByRole('form', { name: 'New login' }).getByRole('button', { name: 'Save' });
  await page.getByRole('textbox', { name: 'Title' }).fill('And another');
  const isOnTop = await save.evaluate((button) => {
    const { left, top, width, height } = button.getBoundingClientRect();
    return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
  expect(isOnTop).toBe(true);
});
