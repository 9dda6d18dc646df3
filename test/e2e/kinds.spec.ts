// Items of every kind, each as a person keeps it: made by its form, read, changed, and found again after a lock. What only
// one kind can do, and what all can hold besides. Passkeys are made by sites: see passkeys.spec.ts.
// SPDX-License-Identifier: MIT

import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type Locator, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import { LatchkeyApp } from '../support/latchkey-app.ts';
import { fromBase32, hotp, totp } from '../support/one-time-password.ts';
import { readQr, toQrPng } from '../support/pictures.ts';
import {
  addCustomFields,
  beginEdit,
  beginItem,
  createVault,
  fieldRow,
  fillIn,
  lock,
  openItem,
  openRoom,
  saveItem,
  search,
  unlock,
} from '../support/stories.ts';

test.describe.configure({ mode: 'serial' });

let app: LatchkeyApp;
let page: Page;
let folder: string;

interface KindStory {
  /** As the menu of new items has it. */
  readonly kind: string;
  readonly section: string;
  readonly title: string;
  readonly typed: Readonly<Record<string, string>>;
  /** Label → what is read where it is not what was typed. */
  readonly shown?: Readonly<Record<string, string>>;
  readonly secret?: readonly [label: string, value: string];
  /** The field that is changed later, and to what. */
  readonly change: readonly [label: string, value: string];
}

const STORIES: readonly KindStory[] = [
  {
    kind: 'Login',
    section: 'Logins',
    title: 'Stadtwerke',
    typed: { 'User name': 'anna.klein', Website: 'https://stadtwerke.example/konto' },
    secret: ['Password', 'Grüner-Zähler-71'],
    change: ['User name', 'a.klein'],
  },
  {
    kind: 'Note',
    section: 'Notes',
    title: 'Alarm system',
    typed: { Note: 'first line\nsecond line with ünïcödé' },
    change: ['Note', 'only one line now'],
  },
  {
    kind: 'Card',
    section: 'Cards',
    title: 'Household card',
    typed: { 'Name on card': 'ANNA KLEIN', Expires: '04/31', Brand: 'Visa', Bank: 'Nordbank' },
    shown: { Expires: '04/31, April 2031' },
    secret: ['Card number', '4111111111111111'],
    change: ['Bank', 'Südbank'],
  },
  {
    kind: 'Identity',
    section: 'Identities',
    title: 'Anna at home',
    typed: {
      'First name': 'Anna',
      'Last name': 'Klein',
      'Date of birth': '1984-02-29',
      'E-mail': 'anna@klein.example',
      City: 'Lübeck',
    },
    shown: { 'Date of birth': '29 February 1984' },
    secret: ['Passport number', 'C01X00T47'],
    change: ['City', 'Kiel'],
  },
  {
    kind: 'Wi-Fi network',
    section: 'Wi-Fi networks',
    title: 'At home',
    typed: { 'Network name': 'Klein; "Gäste"' },
    shown: { Security: 'WPA2 or WPA3, personal' },
    secret: ['Password', 'so:viel\\Wasser'],
    change: ['Network name', 'Klein; "Gäste" 5G'],
  },
  {
    kind: 'Software licence',
    section: 'Licences',
    title: 'Typesetter',
    typed: { Product: 'Typesetter Pro', Version: '7', 'Purchased on': '2026-03-01' },
    shown: { 'Purchased on': '1 March 2026' },
    secret: ['Licence key', 'AAAA-BBBB\nCCCC-DDDD'],
    change: ['Version', '8'],
  },
];

/** The kind's own fields as they are read, its secret covered and then uncovered. */
async function expectShown(story: KindStory, shown: Locator): Promise<void> {
  const { typed, secret } = story;
  for (const [label, text] of Object.entries({ ...typed, ...story.shown })) {
    const place = label === 'Note' ? shown : fieldRow(shown, label);
    for (const line of text.split('\n')) await expect(place, label).toContainText(line);
  }
  if (!secret) return;
  const [label, value] = secret;
  const row = fieldRow(shown, label);
  await expect(row.getByRole('img', { name: 'Hidden' })).toBeVisible();
  await row.getByRole('button', { name: /^Reveal/ }).click();
  await expect
    .poll(async () => (await row.innerText()).replaceAll(/\s/g, ''))
    .toContain(value.replaceAll(/\s/g, ''));
  await row.getByRole('button', { name: /^Copy/ }).click();
  await expect.poll(() => app.readClipboard()).toBe(value);
  await row.getByRole('button', { name: /^Hide/ }).click();
}

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-kinds-'));
  app = await LatchkeyApp.launch();
  page = await createVault(app);
});

test.afterAll(async () => {
  await app.remove();
  rmSync(folder, { recursive: true, force: true });
});

for (const story of STORIES) {
  test(`${story.kind}: made, read, changed`, async () => {
    const { kind, title, typed, secret, change } = story;
    const form = await beginItem(page, kind);
    await fillIn(form, { Title: title, ...typed });
    if (secret) await fillIn(form, Object.fromEntries([secret]));
    await expectShown(story, await saveItem(page, form, title));
    const edit = await beginEdit(page, title);
    await fillIn(edit, Object.fromEntries([change]));
    const changed = await saveItem(page, edit, title);
    await expectShown({ ...story, typed: { ...typed, ...Object.fromEntries([change]) } }, changed);
  });
}

test('all of them are found again after a lock, each in the part of its kind', async () => {
  await lock(app);
  page = await unlock(app);
  for (const story of STORIES) {
    await openRoom(page, story.section);
    const typed = { ...story.typed, ...Object.fromEntries([story.change]) };
    await expectShown({ ...story, typed }, await openItem(page, story.title));
  }
  await openRoom(page, 'All items');
});

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

/** The code that is in sight is the right one of the moment. */
async function expectLiveCode(shown: Locator, codesAt: (ms: number) => string): Promise<void> {
  const row = fieldRow(shown, 'One-time code');
  // Around the change of the period either neighbour is right.
  await expect
    .poll(async () => {
      const before = Date.now();
      const text = (await row.innerText()).replaceAll(/\s/g, '');
      return [codesAt(before), codesAt(Date.now())].some((code) => text.includes(code));
    })
    .toBe(true);
}

test('a one-time code from an otpauth address counts down and is the one of the standard', async () => {
  const form = await beginItem(page, 'One-time code');
  const uri = `otpauth://totp/Example%20Mail:anna%40klein.example?secret=${SECRET}&issuer=Example%20Mail&algorithm=SHA256&digits=8&period=60`;
  await fillIn(form, { 'One-time code': uri });
  await expect(form.getByRole('status').first()).toContainText('Example Mail');
  await fillIn(form, { Title: 'Mail code' });
  const shown = await saveItem(page, form, 'Mail code');
  const codeAt = (ms: number): string =>
    totp(fromBase32(SECRET), ms, 60, { algorithm: 'sha256', digits: 8 });
  await expectLiveCode(shown, codeAt);
  await expect(fieldRow(shown, 'One-time code')).toContainText(/\d+ s/);
  await page.keyboard.press('ControlOrMeta+Shift+c');
  await expect
    .poll(async () =>
      [codeAt(Date.now()), codeAt(Date.now() - 60_000)].includes(await app.readClipboard()),
    )
    .toBe(true);
});

test('a one-time code for a login from a picture on the clipboard', async () => {
  await openItem(page, 'Stadtwerke');
  const form = await beginEdit(page, 'Stadtwerke');
  const paste = form.getByRole('button', { name: 'QR code from the clipboard' });
  await app.writeClipboard('a text, and no picture');
  await paste.click();
  await expect(form.getByRole('alert')).toContainText('There is no picture on the clipboard.');
  await app.copyPicture(toQrPng(`otpauth://totp/Stadtwerke:anna.klein?secret=${SECRET}`));
  await paste.click();
  await expect(form.getByRole('status').first()).toContainText('Stadtwerke');
  const shown = await saveItem(page, form, 'Stadtwerke');
  await expectLiveCode(shown, (ms) => totp(fromBase32(SECRET), ms));
  await search(page, 'is:code');
  await expect(page.getByRole('option').filter({ hasText: 'Stadtwerke' })).toBeVisible();
  await search(page, '');
});

test('a code by counter from a picture in a file; each press uses up the next', async () => {
  const path = join(folder, 'code.png');
  writeFileSync(path, toQrPng(`otpauth://hotp/Bastion:root?secret=${SECRET}&counter=7`));
  const form = await beginItem(page, 'One-time code');
  await app.chooseNextFile(path);
  await form.getByRole('button', { name: 'From a file' }).click();
  await expect(form.getByRole('status').first()).toContainText('Bastion');
  await fillIn(form, { Title: 'Bastion' });
  const shown = await saveItem(page, form, 'Bastion');
  for (const counter of [7, 8, 9]) {
    await expectLiveCode(shown, () => hotp(fromBase32(SECRET), counter));
    await shown.getByRole('button', { name: 'Next code' }).click();
  }
});

test('what is no code is said to be none, and cannot be saved', async () => {
  const form = await beginItem(page, 'One-time code');
  await fillIn(form, { Title: 'Wrong', 'One-time code': 'otpauth://totp/x?secret=1890' });
  await expect(form).toContainText('letters A to Z and the digits 2 to 7');
  await expect(form.getByRole('button', { name: 'Save' })).toBeDisabled();
  await form.getByRole('button', { name: 'Cancel' }).click();
});

/** RFC 4253, section 6.6: the fingerprint of a public key is the hash of its blob. */
const fingerprintOf = (blob: Buffer): string =>
  `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;

test('an SSH key is generated, and its fingerprint is that of its public key', async () => {
  const form = await beginItem(page, 'SSH key');
  await fillIn(form, { Title: 'Build server', Comment: 'anna@desk' });
  const shown = await saveItem(page, form, 'Build server');
  await fieldRow(shown, 'Public key').getByRole('button', { name: /^Copy/ }).click();
  await expect.poll(() => app.readClipboard()).toMatch(/^ssh-ed25519 \S+ anna@desk$/);
  const [, blob = ''] = (await app.readClipboard()).split(' ');
  await expect(fieldRow(shown, 'Fingerprint')).toContainText(
    fingerprintOf(Buffer.from(blob, 'base64')),
  );
  await fieldRow(shown, 'Private key').getByRole('button', { name: /^Copy/ }).click();
  await expect.poll(() => app.readClipboard()).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----\n/);
});

test('an SSH key is imported; its public half alone is refused in a sentence', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const part = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const blob = Buffer.concat([part(Buffer.from('ssh-ed25519')), part(raw)]);
  const form = await beginItem(page, 'SSH key');
  await form.getByText('Import a key').click();
  await fillIn(form, {
    Title: 'Old laptop',
    'Private key': `ssh-ed25519 ${blob.toString('base64')} old@laptop`,
  });
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByRole('alert')).toContainText('This is the public half.');
  await fillIn(form, {
    'Private key': privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  });
  const shown = await saveItem(page, form, 'Old laptop');
  await expect(fieldRow(shown, 'Fingerprint')).toContainText(fingerprintOf(blob));
  await expect(fieldRow(shown, 'Public key')).toContainText(blob.toString('base64'));
});

test("a Wi-Fi network's QR code says what a phone needs, in its own notation", async () => {
  const shown = await openItem(page, 'At home');
  await shown.getByRole('button', { name: 'Show QR code' }).click();
  const picture = page.getByRole('img', { name: /^QR code to join/ });
  await expect(picture).toBeVisible();
  expect(await readQr(picture)).toBe(
    'WIFI:T:WPA;S:Klein\\; \\"Gäste\\" 5G;P:so\\:viel\\\\Wasser;;',
  );
  await page.keyboard.press('Escape');
  await expect(picture).toBeHidden();
});

test('fields of the person’s own, in sections, on any item', async () => {
  await openItem(page, 'Alarm system');
  const form = await beginEdit(page, 'Alarm system');
  await addCustomFields(form, [
    ['Installed on', 'Date', '2025-11-30'],
    ['Duress code', 'Hidden', '9931'],
    ['Manual', 'Web address', 'https://alarm.example/manual'],
    ['Sensors', 'Number', '12'],
  ]);
  await form.getByRole('button', { name: 'Move Sensors up' }).click();
  await form.getByLabel('Title of section 1').fill('Technical');
  const shown = await saveItem(page, form, 'Alarm system');
  const section = shown.getByRole('region', { name: 'Technical' });
  const labels = section.getByRole('group');
  await expect(labels).toHaveCount(4);
  await expect(labels.nth(2)).toContainText('Sensors');
  for (const [label, words] of [
    ['Installed on', '30 November 2025'],
    ['Manual', 'https://alarm.example/manual'],
    ['Sensors', '12'],
  ] as const) {
    await expect(fieldRow(section, label)).toContainText(words);
  }
  const hidden = fieldRow(section, 'Duress code');
  await expect(hidden.getByRole('img', { name: 'Hidden' })).toBeVisible();
  await hidden.getByRole('button', { name: 'Reveal duress code' }).click();
  await expect(hidden).toContainText('9931');
  // A value that is not shown is not found either.
  await search(page, '9931');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await search(page, '');
  await openItem(page, 'Alarm system');
});
