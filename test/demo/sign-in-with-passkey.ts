// Story 5: a passkey is registered on the test site through the approval window and verified by SimpleWebAuthn's server;
// then it signs in, with and without a user name typed first, and lies in the vault beside the logins.
// SPDX-License-Identifier: MIT

import { expect } from '../support/expect.ts';
import {
  approve,
  openRoom,
  openTestSite,
  register,
  rows,
  search,
  signIn,
  siteStatus,
} from '../support/stories.ts';
import type { Stage } from './demo.ts';

export async function signInWithPasskey({ recorder, app, browser }: Stage): Promise<void> {
  const page = await app.window('main');
  const site = await browser.newPage();
  await recorder.step('The test site opens', async () => {
    await site.goto(await openTestSite(app, 'Open test site'));
    await expect(site.getByRole('heading', { level: 1 })).toContainText('localhost');
    return { picture: site, detail: `a relying party on ${new URL(site.url()).origin}` };
  });
  await recorder.step('The approval window says who asks', async () => {
    await register(site, 'anna.klein');
    const approval = await app.window('approval');
    await expect(approval.getByRole('heading', { level: 1 })).toContainText('localhost');
    await expect(approval.getByRole('button', { name: 'Deny' })).toBeFocused();
    return { picture: approval, detail: 'localhost asks, Deny has the focus' };
  });
  await recorder.step('The passkey is registered', async () => {
    await approve(app, /^Create passkey/);
    await expect(siteStatus(site)).toContainText(/registered/i);
    return { picture: site, detail: "verified by SimpleWebAuthn's server" };
  });
  await recorder.step('Signing in with a user name', async () => {
    await site.getByRole('button', { name: 'Sign out' }).click();
    await signIn(site, 'anna.klein');
    await approve(app, /^Sign in as/);
    await expect(siteStatus(site)).toContainText('signed in as anna.klein');
    return { picture: site, detail: 'the assertion is verified' };
  });
  await recorder.step('Signing in without a user name', async () => {
    await site.getByRole('button', { name: 'Sign out' }).click();
    await signIn(site, null);
    await approve(app, /^Sign in as/);
    await expect(siteStatus(site)).toContainText('signed in as anna.klein');
    return { picture: site, detail: 'the passkey itself says who it is for' };
  });
  await recorder.step('The passkey lies beside the logins', async () => {
    await openRoom(page, 'All items');
    await search(page, 'anna.klein');
    await rows(page).first().click();
    await expect(page.getByRole('article')).toContainText('localhost');
    return { picture: page, detail: 'one more item, of the kind passkey' };
  });
  await site.close();
}
