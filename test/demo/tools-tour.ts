// Pictures of the generator and of the health of the passwords.
// SPDX-License-Identifier: MIT

import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import type { LatchkeyApp } from '../support/latchkey-app.ts';
import { addLogin, openRoom } from '../support/stories.ts';
import type { Take } from './kinds-tour.ts';

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex').toUpperCase();

export async function toolsTour(app: LatchkeyApp, page: Page, take: Take): Promise<void> {
  await generator(page, take);
  await health(app, page, take);
}

async function generator(page: Page, take: Take): Promise<void> {
  await openRoom(page, 'Generator');
  await expect(page.getByRole('status', { name: 'Generated password' })).not.toBeEmpty();
  await page.getByRole('button', { name: 'Copy generated password' }).click();
  await take(page, 'generator');
  await page.getByRole('tab', { name: 'Passphrase' }).click();
  await take(page, 'generator-passphrase');
  await page.getByRole('tab', { name: 'Site rules' }).click();
  await page
    .getByLabel('Rules of the site')
    .fill('minlength: 8; maxlength: 16; required: lower; required: upper; required: [-_.];');
  await expect(page.getByRole('group', { name: 'What the rules ask for' })).toContainText('16');
  await take(page, 'generator-site-rules');
}

async function health(app: LatchkeyApp, page: Page, take: Take): Promise<void> {
  await openRoom(page, 'All items');
  for (const [title, password] of [
    ['Old forum', 'password1'],
    ['Pizza service', 'anna1984'],
    ['Flower shop', 'anna1984'],
  ] as const) {
    await addLogin(page, {
      title,
      userName: 'anna',
      password,
      website: `http://${title.toLowerCase().replace(' ', '-')}.example/`,
    });
  }
  const path = join(app.userData, 'pwned.txt');
  const others = Array.from(
    { length: 3_000 },
    (_, index) => `${sha1(`other ${index}`)}:${index + 1}`,
  );
  writeFileSync(path, `${[...others, `${sha1('password1')}:2427158`].sort().join('\r\n')}\r\n`);
  await openRoom(page, 'Health');
  await take(page, 'health-before');
  await app.chooseNextFile(path);
  await page.getByRole('button', { name: 'Against a file on this computer…' }).click();
  await expect(page.getByRole('list', { name: 'Breached' })).toContainText('Old forum');
  await take(page, 'health');
  await page.getByRole('list', { name: 'Breached' }).scrollIntoViewIfNeeded();
  await page.getByRole('list', { name: 'Weak' }).scrollIntoViewIfNeeded();
  await take(page, 'health-findings');
}
