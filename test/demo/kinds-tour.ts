// Pictures of items of every kind, and of their forms, with made-up content.
// SPDX-License-Identifier: MIT

import type { Locator, Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import type { LatchkeyApp } from '../support/latchkey-app.ts';
import { toQrPng } from '../support/pictures.ts';
import {
  addCustomFields,
  beginItem,
  fieldRow,
  fillIn,
  openItem,
  openRoom,
  saveItem,
  search,
} from '../support/stories.ts';

/** Takes the picture of that name. */
export type Take = (page: Page, name: string) => Promise<void>;

/** Opens an item wherever in the list it stands. */
export async function find(page: Page, title: string): Promise<Locator> {
  await search(page, `title:"${title}"`);
  const article = await openItem(page, title);
  await search(page, '');
  return article;
}

interface Shown {
  readonly kind: string;
  /** Of its pictures. */
  readonly name: string;
  readonly title: string;
  readonly typed: Readonly<Record<string, string>>;
  /** The hidden field that is uncovered for the picture. */
  readonly reveal?: string;
}

const ITEMS: readonly Shown[] = [
  {
    kind: 'Note',
    name: 'note',
    title: 'Alarm system',
    typed: {
      Note: 'Panel is behind the coats.\n\n1. Enter the code within 30 seconds.\n2. Press OFF.\n3. Call the control room if it rings: 0451 555 0140.\n\nService every March; the contract is in the blue folder.',
      Tags: 'home',
    },
  },
  {
    kind: 'Card',
    name: 'card',
    title: 'Nordbank Visa',
    typed: {
      'Name on card': 'ANNA KLEIN',
      'Card number': '4929773102658840',
      Expires: '04/29',
      'Valid from': '05/24',
      'Security code': '417',
      PIN: '8802',
      Brand: 'Visa',
      Bank: 'Nordbank',
      Tags: 'money/cards',
    },
    reveal: 'Card number',
  },
  {
    kind: 'Identity',
    name: 'identity',
    title: 'Anna Klein',
    typed: {
      'Form of address': 'Dr',
      'First name': 'Anna',
      'Last name': 'Klein',
      'Date of birth': '1984-02-29',
      'E-mail': 'anna@klein.example',
      Phone: '+49 451 555 0199',
      Street: 'Hafenstraße 12',
      'Postal code': '23552',
      City: 'Lübeck',
      Country: 'Germany',
      Company: 'Workshop for Measuring Instruments',
      'Job title': 'Head of laboratory',
      'Passport number': 'C01X00T47',
    },
  },
  {
    kind: 'SSH key',
    name: 'ssh-key',
    title: 'Build server',
    typed: { Comment: 'anna@desk', Tags: 'work/servers' },
  },
  {
    kind: 'Wi-Fi network',
    name: 'wifi',
    title: 'At home',
    typed: { 'Network name': 'Hafen 12', Password: 'viel-Wasser-wenig-Wind', Tags: 'home' },
    reveal: 'Password',
  },
  {
    kind: 'Software licence',
    name: 'licence',
    title: 'Typesetter Pro',
    typed: {
      Product: 'Typesetter Pro',
      Version: '7.2',
      'Licence key': 'TSP7-99F2-A41C-7B10\n0D3E-5520-CC81-9A77',
      'Licensed to': 'Anna Klein',
      'Registered e-mail': 'anna@klein.example',
      'Order number': '2026-118843',
      'Purchased on': '2024-03-01',
      'Expires on': '2026-03-01',
    },
  },
];

/** Makes one of each kind; takes its form, full and while it is new, and what it became. */
export async function kindsTour(app: LatchkeyApp, page: Page, take: Take): Promise<void> {
  await openRoom(page, 'All items');
  await page.getByRole('button', { name: 'New item' }).click();
  await expect(page.getByRole('menu', { name: 'New item' })).toBeVisible();
  await take(page, 'new-item-menu');
  await page.keyboard.press('Escape');
  for (const { kind, name, title, typed, reveal } of ITEMS) {
    const form = await beginItem(page, kind);
    await fillIn(form, { Title: title, ...typed });
    await form.getByLabel('Title', { exact: true }).focus();
    await take(page, `form-${name}`);
    const article = await saveItem(page, form, title);
    if (reveal !== undefined) {
      await fieldRow(article, reveal)
        .getByRole('button', { name: /^Reveal/ })
        .click();
      await expect(fieldRow(article, reveal).getByRole('img', { name: 'Hidden' })).toBeHidden();
    }
    await take(page, `item-${name}`);
  }
  await wifiCode(page, take);
  await oneTimeCode(app, page, take);
  await customFields(page, take);
}

async function wifiCode(page: Page, take: Take): Promise<void> {
  await find(page, 'At home');
  await page.getByRole('button', { name: 'Show QR code' }).click();
  await expect(page.getByRole('img', { name: /^QR code to join/ })).toBeVisible();
  await take(page, 'wifi-qr');
  await page.keyboard.press('Escape');
}

async function oneTimeCode(app: LatchkeyApp, page: Page, take: Take): Promise<void> {
  const form = await beginItem(page, 'One-time code');
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  await app.copyPicture(
    toQrPng(`otpauth://totp/Tax%20office:AK-1979-0412?secret=${secret}&issuer=Tax%20office`),
  );
  await form.getByRole('button', { name: 'QR code from the clipboard' }).click();
  await expect(form).toContainText('AK-1979-0412');
  await fillIn(form, { Title: 'Tax office, code' });
  await take(page, 'form-one-time-code');
  const article = await saveItem(page, form, 'Tax office, code');
  await expect(fieldRow(article, 'One-time code')).toContainText(/\d{3}/);
  await take(page, 'item-one-time-code');
}

async function customFields(page: Page, take: Take): Promise<void> {
  const form = await beginItem(page, 'Login');
  await fillIn(form, {
    Title: 'Harbour Hosting, second account',
    'User name': 'K0193344557',
    Password: 'kT2#vqL65-mzPw;eR2',
    Website: 'https://console.harbour.example/login',
  });
  await addCustomFields(form, [
    ['Customer since', 'Date', '2019-05-03'],
    ['Telephone password', 'Hidden', 'seven herons'],
    ['Status page', 'Web address', 'https://status.harbour.example'],
  ]);
  await fillIn(form, { 'Title of section 1': 'Contract' });
  await form.getByLabel('Title of section 1').scrollIntoViewIfNeeded();
  await take(page, 'form-login');
  await saveItem(page, form, 'Harbour Hosting, second account');
  await take(page, 'item-login');
}
