// Story 6: a page on bank-secure.localhost asks for the passkey of bank.localhost and gets a SecurityError.
// SPDX-License-Identifier: MIT

import { expect } from '../support/expect.ts';
import { approve, openTestSite, register, signIn, siteStatus } from '../support/stories.ts';
import type { Stage } from './demo.ts';

export async function refuseThePhisher({ recorder, app, browser }: Stage): Promise<void> {
  const page = await app.window('main');
  const site = await browser.newPage();
  await recorder.step('The bank has a passkey', async () => {
    await site.goto(await openTestSite(app, /Open bank\.localhost/));
    await register(site, 'anna.klein');
    await approve(app, /^Create passkey/);
    await expect(siteStatus(site)).toContainText(/registered/i);
    return { picture: site, detail: 'registered at bank.localhost' };
  });
  await recorder.step('The phishing copy is refused', async () => {
    await site.goto(await openTestSite(app, /bank-secure\.localhost/));
    await signIn(site, null);
    await expect(siteStatus(site)).toContainText('SecurityError');
    expect(app.hasWindow('approval')).toBe(false);
    return { picture: site, detail: 'SecurityError, and nobody was asked anything' };
  });
  await recorder.step('Latchkey says why', async () => {
    const ceremonies = page.getByRole('list', { name: 'Recent ceremonies' });
    await expect(ceremonies.getByRole('listitem').first()).toContainText('bank-secure.localhost');
    await expect(ceremonies.getByRole('listitem').first()).toContainText('bank.localhost');
    return { picture: page, detail: 'the RP ID is not a suffix of the origin: said in words' };
  });
  await site.close();
}
