// The windows as the least trusted part: no violation of their policy and no error on a tour through every screen,
// nothing in them but the functions of the table, and no way out.
// SPDX-License-Identifier: MIT

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type Browser, type Page } from '@playwright/test';
import { eventsFor } from '../../src/shared/ipc/events.ts';
import { channelsFor, requests, WINDOW_KINDS } from '../../src/shared/ipc/requests.ts';
import { appUrl } from '../electron/page-url.ts';
import { expect } from '../support/expect.ts';
import { beginRecoverySheet } from '../support/key-stories.ts';
import type { LatchkeyApp } from '../support/latchkey-app.ts';
import { toPng, toQrPng } from '../support/pictures.ts';
import { setStageWithBrowser } from '../support/stage.ts';
import {
  addLogin,
  approve,
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
  saveItem,
  search,
  signIn,
  siteStatus,
  tryPassword,
  unlock,
} from '../support/stories.ts';

test.describe.configure({ mode: 'serial' });

interface BridgedWindow {
  readonly vault: Record<string, unknown>;
  readonly vaultEvents: Record<string, unknown>;
}

let app: LatchkeyApp;
let browser: Browser;
let site: Page;
let folder: string;
let strike: () => Promise<void>;
/** What went wrong in any window of ours since the start. */
const complaints: string[] = [];

/** Chromium tells violations of the policy as errors of the console, from the first byte of a page on. */
function collectComplaints(): void {
  const context = app.electron.context();
  context.on('console', (message) => {
    if (['error', 'warning', 'assert'].includes(message.type())) complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
}

/** A page with an approval window before it. */
async function openApproval(): Promise<Page> {
  await signIn(site, null);
  const approval = await app.window('approval');
  await expect(approval.getByRole('button', { name: 'Deny' })).toBeVisible();
  return approval;
}

test.beforeAll(async () => {
  ({ app, browser, folder, strike } = await setStageWithBrowser());
  collectComplaints();
});

test.afterAll(() => strike());

/** Pictures, codes and dialogs: where a page could be tempted to load something. */
async function keepingTour(main: Page): Promise<void> {
  await openRoom(main, 'All items');
  const wifi = await beginItem(main, 'Wi-Fi network');
  await fillIn(wifi, { Title: 'At home', 'Network name': 'net', Password: 'wasser' });
  const article = await saveItem(main, wifi, 'At home');
  await article.getByRole('button', { name: 'Show QR code' }).click();
  await expect(main.getByRole('img', { name: /^QR code/ })).toBeVisible();
  await main.keyboard.press('Escape');
  const path = join(folder, 'plan.png');
  writeFileSync(
    path,
    toPng(32, (x, y) => (x + y) * 4),
  );
  await app.chooseNextFile(path);
  await article.getByRole('button', { name: 'Attach a file…' }).click();
  await article.getByRole('button', { name: 'Look at plan.png' }).click();
  const picture = main.getByRole('dialog').getByRole('img', { name: 'plan.png' });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(32);
  await main.keyboard.press('Escape');
  const code = await beginItem(main, 'One-time code');
  await app.copyPicture(toQrPng('otpauth://totp/x?secret=JBSWY3DPEHPK3PXP'));
  await code.getByRole('button', { name: 'QR code from the clipboard' }).click();
  await fillIn(code, { Title: 'A code' });
  await saveItem(main, code, 'A code');
  await beginRecoverySheet(main, 'Drawer', MASTER_PASSWORD);
  await main.getByRole('button', { name: 'Give up this key' }).click();
  for (const room of ['Duplicates', 'Backups']) await openRoom(main, room);
  await main.getByRole('button', { name: 'Make one now' }).click();
  await expect(main.getByRole('list', { name: 'Backups' })).toBeVisible();
}

test('a tour through every screen breaks no rule of the policy and leaves no error', async () => {
  const main = await createVault(app);
  await addLogin(main, {
    title: 'Nordbank',
    userName: '4711',
    password: 'Rote-Ente-7',
    tags: 'geld',
  });
  await openItem(main, 'Nordbank');
  await main.keyboard.press('ControlOrMeta+r');
  await expect(main.getByText('Rote-Ente-7')).toBeVisible();
  await main.keyboard.press('ControlOrMeta+e');
  await main.getByRole('button', { name: 'Generate password' }).click();
  await expect(main.getByRole('status', { name: 'Generated password' })).not.toBeEmpty();
  await main.keyboard.press('Escape');
  await main.keyboard.press('Escape');
  await main.keyboard.press('ControlOrMeta+k');
  await main.keyboard.type('nord');
  await main.keyboard.press('Escape');
  await search(main, 'nothing is called this');
  await search(main, '');
  for (const room of ['Favourites', 'Logins', 'geld', 'Archive', 'Trash', 'Settings']) {
    await openRoom(main, room);
  }
  await main.getByRole('button', { name: /Lock after$/ }).click();
  await expect(main.getByRole('option').first()).toBeVisible();
  await main.keyboard.press('Escape');
  await keepingTour(main);
  const csv = join(folder, 'one.csv');
  writeFileSync(csv, 'name,url,username,password\nShop,https://shop.example/,kim,secret\n');
  await app.chooseNextFile(csv);
  await openRoom(main, 'Import');
  await main.getByRole('button', { name: 'Choose a file' }).click();
  await main.getByRole('button', { name: 'Import 1 item' }).click();
  await expect(main.getByText('1 item imported')).toBeVisible();
  await openRoom(main, 'Export');
  await main.getByLabel('Password for the file', { exact: true }).fill('long enough a password');
  await expect(main.getByRole('meter')).not.toContainText('Measuring');

  const context = await browser.newContext();
  site = await context.newPage();
  await site.goto(await openTestSite(app, 'Open test site'));
  await register(site, 'kim');
  await approve(app, /^Create passkey/);
  await expect(siteStatus(site)).toHaveText('registered');
  await expectNoApproval(app);
  await site.getByRole('button', { name: 'Sign out' }).click();
  await openApproval();
  await approve(app, /^Sign in as/, 'not the password');
  await expect((await app.window('approval')).getByRole('alert')).toBeVisible();
  await deny(app);
  await openRoom(main, 'Passkeys');
  await openItem(main, 'Latchkey test site');

  const window = await lock(app);
  await tryPassword(window, 'not the password');
  await expect(window.getByRole('alert')).toBeVisible();
  await unlock(app);
  expect(complaints).toEqual([]);
});

test('the page may not reach the network, other pages, or what its policy forbids', async () => {
  const main = await app.window('main');
  const address = appUrl(main);
  expect(address).toBe('app://latchkey/main.html');
  const attempt = (code: string): Promise<unknown> => main.evaluate(code);
  expect(await attempt(`fetch('http://127.0.0.1:1/').then(() => 'got', () => 'refused')`)).toBe(
    'refused',
  );
  expect(await attempt(`fetch('https://example.org/').then(() => 'got', () => 'refused')`)).toBe(
    'refused',
  );
  expect(
    await attempt(`new Promise((done) => {
      const socket = new WebSocket('wss://example.org/');
      socket.onopen = () => done('got');
      socket.onerror = () => done('refused');
    })`),
  ).toBe('refused');
  expect(
    await attempt(`new Promise((done) => {
      const image = new Image();
      image.onload = () => done('got');
      image.onerror = () => done('refused');
      image.src = 'https://example.org/pixel.png';
    })`),
  ).toBe('refused');
  expect(await attempt(`String(window.open('https://example.org/'))`)).toBe('null');
  for (const there of ['https://example.org/', 'file:///etc/passwd', 'data:text/html,gone']) {
    await main.evaluate((url) => {
      location.href = url;
    }, there);
  }
  await attempt(`document.body.appendChild(Object.assign(document.createElement('a'), {
    href: 'https://example.org/', target: '_blank' })).click()`);
  // It was the policy that refused, before anything else had to.
  for (const directive of ['connect-src', 'img-src']) {
    expect(complaints.join('\n')).toContain(`Content Security Policy directive: "${directive} `);
  }
  // Still the same page, and alive.
  await expect(main.getByText('Saved in “Personal”')).toBeVisible();
  expect(appUrl(main)).toBe(address);
  expect(app.electron.windows()).toHaveLength(1);
});

test('script and markup cannot be put into the page as text', async () => {
  const main = await app.window('main');
  const attempts = {
    eval: `eval('1 + 1')`,
    Function: `new Function('return 1')()`,
    innerHTML: `document.body.innerHTML = '<b>x</b>'`,
    script: `document.head.appendChild(document.createElement('script')).text = 'window.ran = 1'`,
    timer: `setTimeout('window.ran = 1')`,
  };
  for (const [name, code] of Object.entries(attempts)) {
    // Outside of the driver's own call, which is allowed to evaluate text.
    const outcome = await main.evaluate(`new Promise((resolve) => setTimeout(() => {
      try { ${code}; resolve('done'); } catch (error) { resolve(error.name); }
    }))`);
    expect(outcome, name).toMatch(/^(EvalError|TypeError)$/);
  }
  await main.evaluate(`(() => {
    const style = document.head.appendChild(document.createElement('style'));
    style.textContent = 'body { outline: 7px solid }';
  })()`);
  expect(await main.evaluate(`getComputedStyle(document.body).outlineWidth`)).not.toBe('7px');
  expect(await main.evaluate(`'ran' in window`)).toBe(false);
  // The measure of the tour itself: what was just refused has been complained about.
  expect(complaints.join('\n')).toContain('Content Security Policy');
});

for (const kind of WINDOW_KINDS) {
  test(`the ${kind} window has the functions of the table, frozen, and nothing else`, async () => {
    if (kind === 'unlock') await lock(app);
    if (kind === 'approval') await openApproval();
    const page = await app.window(kind);
    const found = await page.evaluate(() => {
      const { vault, vaultEvents } = window as unknown as BridgedWindow;
      const before = [Object.keys(vault), Object.keys(vaultEvents)];
      const outcomes = [
        () => Object.assign(vault, { 'vault:other': () => 1 }),
        () => Object.assign(window, { vault: {} }),
        () => Reflect.deleteProperty(vault, 'vault:status') || null,
      ].map((change) => {
        try {
          return change() === null ? 'refused' : 'done';
        } catch {
          return 'refused';
        }
      });
      const now = window as unknown as BridgedWindow;
      return {
        channels: before[0]?.sort(),
        events: before[1]?.sort(),
        outcomes,
        isSame: now.vault === vault && Object.keys(vault).length === before[0]?.length,
        isFrozen: Object.isFrozen(vault) && Object.isFrozen(vaultEvents),
        kinds: [...new Set(Object.values({ ...vault, ...vaultEvents }).map((one) => typeof one))],
        powers: [
          'require',
          'process',
          'module',
          'Buffer',
          'global',
          'ipcRenderer',
          'electron',
        ].filter((name) => name in window),
      };
    });
    expect(found).toEqual({
      channels: [...channelsFor(kind)].sort(),
      events: [...eventsFor(kind)].sort(),
      outcomes: ['refused', 'refused', 'refused'],
      isSame: true,
      isFrozen: true,
      kinds: ['function'],
      powers: [],
    });
    if (kind === 'unlock') await unlock(app);
    if (kind === 'approval') await deny(app);
  });
}

test('no window can name a channel of another kind, nor call its own with more than the table says', async () => {
  await openApproval();
  for (const kind of ['main', 'approval'] as const) {
    const page = await app.window(kind);
    const own: readonly string[] = channelsFor(kind);
    const foreign = Object.keys(requests).filter((channel) => !own.includes(channel));
    expect(foreign.length).toBeGreaterThan(0);
    const reachable = await page.evaluate((names) => {
      const { vault } = window as unknown as BridgedWindow;
      return names.filter((name) => name in vault);
    }, foreign);
    expect(reachable).toEqual([]);
    const answered = await page.evaluate(() => {
      const { vault } = window as unknown as BridgedWindow;
      const ask = vault['vault:status'] as (input: unknown) => Promise<unknown>;
      return ask({ more: 'than the table says' });
    });
    expect(answered).toMatchObject({ ok: false, error: { code: 'ipc/invalid-input' } });
  }
  await deny(app);
});
