// Ceremonies from the page of a relying party through the approval window and back, verified by SimpleWebAuthn: what
// is approved, what is refused, and that nothing is approved by accident.
// SPDX-License-Identifier: MIT

import { test, type Browser, type Page } from '@playwright/test';
import type { ShownPrompt } from '../../src/shared/model/approval.ts';
import { expect } from '../support/expect.ts';
import { LatchkeyApp } from '../support/latchkey-app.ts';
import {
  approve,
  chooseVerification,
  closing,
  createVault,
  deny,
  expectNoApproval,
  lock,
  MASTER_PASSWORD,
  openItem,
  openRoom,
  openTestSite,
  register,
  signIn,
  siteStatus,
} from '../support/stories.ts';
import { launchVisitingBrowser } from '../support/visiting-browser.ts';

test.describe.configure({ mode: 'serial' });

const WISHES = ['required', 'preferred', 'discouraged'] as const;
const BUTTON = /^(Create passkey|Sign in as)/;

let app: LatchkeyApp;
let browser: Browser;
let main: Page;
let site: Page;
const addresses = { site: '', bank: '', phisher: '' };

const answer = (approval: Page) => approval.getByRole('button', { name: BUTTON });
const passwordField = (approval: Page) => approval.getByLabel(/^Master password/);

/** What the test site room says of the ceremony that ended last. */
async function expectLastCeremony(...words: readonly string[]): Promise<void> {
  await openRoom(main, 'Test site');
  const last = main.getByRole('list', { name: 'Recent ceremonies' }).getByRole('listitem').first();
  for (const word of words) await expect(last).toContainText(word);
}

/** A browser that has not been here: its own session with the site. */
async function visit(address: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** The prompt has waited long enough that only what is wrong with a gesture keeps it from approving. */
async function armed(approval: Page): Promise<void> {
  await expect(answer(approval)).toHaveAttribute('aria-disabled', 'false');
}

test.beforeAll(async () => {
  [app, browser] = await Promise.all([LatchkeyApp.launch(), launchVisitingBrowser()]);
  main = await createVault(app);
  addresses.site = await openTestSite(app, 'Open test site');
  for (const [name, button] of [
    ['bank', /Open bank\.localhost/],
    ['phisher', /phishing copy/],
  ] as const) {
    const before = await app.lastOpenedUrl();
    await openTestSite(app, button);
    await expect.poll(() => app.lastOpenedUrl()).not.toBe(before);
    addresses[name] = await app.lastOpenedUrl();
  }
  site = await visit(addresses.site);
});

test.afterEach(async () => {
  await expectNoApproval(app);
});

test.afterAll(async () => {
  await browser.close();
  await app.remove();
});

for (const wish of WISHES) {
  const asksPassword = wish !== 'discouraged';
  test(`user verification ${wish}: a passkey is made and signs in`, async () => {
    await chooseVerification(site, wish);
    await register(site, `kim-${wish}`);
    const approval = await app.window('approval');
    await expect(approval.getByRole('heading', { level: 1 })).toContainText('localhost');
    await expect(approval.getByRole('button', { name: 'Deny' })).toBeFocused();
    await expect(passwordField(approval)).toHaveCount(asksPassword ? 1 : 0);
    await approve(app, /^Create passkey/, asksPassword ? MASTER_PASSWORD : null);
    await expect(siteStatus(site)).toHaveText('registered');
    const facts = site.getByRole('list', { name: 'Passkeys of this account' });
    await expect(facts).toContainText(asksPassword ? '· user verified' : 'user not verified');
    await site.getByRole('button', { name: 'Sign out' }).click();
    await expectNoApproval(app);

    await signIn(site, `kim-${wish}`);
    const second = await app.window('approval');
    await expect(answer(second)).toBeVisible();
    await expect(passwordField(second)).toHaveCount(asksPassword ? 1 : 0);
    await approve(app, /^Sign in as/, asksPassword ? MASTER_PASSWORD : null);
    await expect(siteStatus(site)).toHaveText(`signed in as kim-${wish}`);
    await expect(facts).toContainText(asksPassword ? '· user verified' : 'user not verified');
    await site.getByRole('button', { name: 'Sign out' }).click();
  });
}

test('of several accounts the one that was chosen signs in', async () => {
  await signIn(site, null);
  const approval = await app.window('approval');
  const accounts = approval.getByRole('radiogroup', { name: 'Account' }).getByRole('radio');
  await expect(accounts).toHaveCount(3);
  await approval.getByText('kim-preferred', { exact: true }).click();
  await approve(app, /^Sign in as kim-preferred/, null);
  await expect(siteStatus(site)).toHaveText('signed in as kim-preferred');
  await site.getByRole('button', { name: 'Sign out' }).click();
});

test('a denied request is NotAllowedError for the page, and said in the app', async () => {
  await register(site, 'nobody');
  await deny(app);
  await expect(siteStatus(site)).toContainText('NotAllowedError');
  await expectLastCeremony('Denied', 'NotAllowedError');
});

test('closing the approval window denies', async () => {
  await signIn(site, null);
  await expect(answer(await app.window('approval'))).toBeVisible();
  await app.closeWindow('approval');
  await expect(siteStatus(site)).toContainText('NotAllowedError');
  await expectLastCeremony('Denied');
});

test('Escape denies', async () => {
  await signIn(site, null);
  const approval = await app.window('approval');
  await expect(answer(approval)).toBeVisible();
  await closing(approval, approval.keyboard.press('Escape'));
  await expect(siteStatus(site)).toContainText('NotAllowedError');
});

test('a page that takes its request back takes the approval window away', async () => {
  await signIn(site, null);
  await expect(answer(await app.window('approval'))).toBeVisible();
  await site.getByRole('button', { name: 'Cancel' }).click();
  await expect(siteStatus(site)).toContainText('AbortError');
  await expectNoApproval(app);
  await expectLastCeremony('Taken back');
});

test('nothing can be approved for 700 ms after the window changed', async () => {
  await signIn(site, null);
  const approval = await app.window('approval');
  await armed(approval);
  const reopenedAfter = await answer(approval).evaluate(
    (button) =>
      new Promise<number>((resolve) => {
        const began = performance.now();
        let wasClosed = false;
        new MutationObserver(() => {
          const isClosed = button.getAttribute('aria-disabled') === 'true';
          if (wasClosed && !isClosed) resolve(performance.now() - began);
          wasClosed ||= isClosed;
        }).observe(button, { attributeFilter: ['aria-disabled'] });
        window.dispatchEvent(new Event('resize'));
      }),
  );
  expect(reopenedAfter).toBeGreaterThan(690);
  await deny(app);
  await expect(siteStatus(site)).toContainText('NotAllowedError');
});

test('a press that began before the button was armed does not approve', async () => {
  await signIn(site, null);
  const approval = await app.window('approval');
  await armed(approval);
  const box = await answer(approval).boundingBox();
  if (box === null) throw new Error('the button is not there');
  await approval.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  // In one step with the change, so that no slow machine can make the press late enough to count.
  await approval.evaluate(() => {
    document.querySelector('main')?.addEventListener(
      'pointerdown',
      () => {
        window.dispatchEvent(new Event('resize'));
      },
      { capture: true, once: true },
    );
  });
  await approval.mouse.down();
  await armed(approval);
  await approval.mouse.up();
  await expect(answer(approval)).toBeVisible();
  await expect(siteStatus(site)).toBeEmpty();
  await deny(app);
  await expect(siteStatus(site)).toContainText('NotAllowedError');
});

test('Enter and Space meant for another window never approve', async () => {
  await signIn(site, null);
  const approval = await app.window('approval');
  for (const key of ['Enter', 'Space', 'Enter', 'Space', 'Enter', 'Space']) {
    // Once the keys come late enough to be meant they press Deny, and the window is gone.
    if (!approval.isClosed()) await closing(approval, approval.keyboard.press(key));
  }
  if (app.hasWindow('approval')) await deny(app);
  await expect(siteStatus(site)).toContainText('NotAllowedError');
  await expectLastCeremony('Denied');
});

test('on the armed button a key has to be held; a stroke is not enough', async () => {
  await signIn(site, null);
  const approval = await app.window('approval');
  await armed(approval);
  await answer(approval).focus();
  for (const key of ['Enter', 'Space']) await approval.keyboard.press(key);
  await expect(answer(approval)).toBeVisible();
  await expect(siteStatus(site)).toBeEmpty();
  await approval.keyboard.down('Space');
  const heldSince = await approval.evaluate(() => performance.now());
  const held = (): Promise<number> => approval.evaluate(() => performance.now());
  await expect.poll(async () => (await held()) - heldSince).toBeGreaterThan(800);
  await closing(approval, approval.keyboard.up('Space'));
  await expect(siteStatus(site)).toContainText('signed in as');
  await site.getByRole('button', { name: 'Sign out' }).click();
});

test('a wrong password is said, an answer from the page itself comes too early, the right one signs in', async () => {
  await chooseVerification(site, 'required');
  await signIn(site, null);
  const approval = await app.window('approval');
  await expect(passwordField(approval)).toBeVisible();
  // As a page taken over would: it approves the next stage by itself, the moment it hears of it.
  await approval.evaluate(() => {
    const page = window as unknown as {
      vault: Record<string, (input: unknown) => Promise<{ error?: { code: string } }>>;
      vaultEvents: Record<string, (listener: (shown: ShownPrompt) => void) => void>;
      early?: string;
    };
    page.vaultEvents['approval:prompt-changed']?.(({ prompt, promptHash }) => {
      const { sessionId, stage } = prompt;
      const [account] = prompt.kind === 'get' ? prompt.accounts : [];
      const credentialId = account?.credentialId ?? null;
      // Of the right form: that it opens nothing would be found out later than that it comes too early.
      const sealed = {
        keyId: '0'.repeat(32),
        enc: new Uint8Array(32).fill(1),
        ciphertext: new Uint8Array(80),
      };
      const given = { sessionId, stage, promptHash, decision: 'approve', credentialId };
      const secret = { type: 'password', password: sealed };
      void page.vault['approval:answer']?.({ ...given, secret }).then((result) => {
        page.early = result.error?.code ?? 'approved';
      });
    });
  });
  await approve(app, /^Sign in as/, 'not the password');
  await expect(approval.getByRole('alert')).toContainText('That was not the master password.');
  await expect(approval.getByRole('alert')).toContainText('4 tries are left');
  await expect(passwordField(approval)).toBeFocused();
  const early = (): Promise<string | undefined> =>
    approval.evaluate(() => (window as { early?: string }).early);
  await expect.poll(early).toBe('approvals/not-armed');
  await expect(siteStatus(site)).toBeEmpty();
  await approve(app, /^Sign in as/);
  await expect(siteStatus(site)).toContainText('signed in as');
  await site.getByRole('button', { name: 'Sign out' }).click();
});

test('five wrong passwords end the request', async () => {
  await signIn(site, null);
  const approval = await app.window('approval');
  for (const left of ['4 tries are left', '3 tries', '2 tries', 'One try is left']) {
    await passwordField(approval).fill('not the password');
    await armed(approval);
    await passwordField(approval).press('Enter');
    await expect(approval.getByRole('alert')).toContainText(left);
  }
  await approve(app, /^Sign in as/, 'not the password');
  await expect(siteStatus(site)).toContainText('NotAllowedError');
  await expectLastCeremony('Wrong passwords', 'wrong five times');
});

test('a phishing page gets SecurityError, nobody is asked, and the app says why', async () => {
  const bank = await visit(addresses.bank);
  await register(bank, 'anna.klein');
  await approve(app, /^Create passkey/);
  await expect(siteStatus(bank)).toHaveText('registered');
  await expectNoApproval(app);

  const phisher = await visit(addresses.phisher);
  for (const attempt of [() => signIn(phisher, null), () => register(phisher, 'anna.klein')]) {
    await attempt();
    await expect(siteStatus(phisher)).toContainText('SecurityError');
    expect(app.hasWindow('approval')).toBe(false);
    await expectLastCeremony(
      'bank-secure.localhost asked for the passkey of bank.localhost',
      'A passkey answers only to its own site.',
      'SecurityError',
    );
  }
  await phisher.context().close();
  await bank.context().close();
});

test('a passkey in the trash is not offered, and is again when restored', async () => {
  await openRoom(main, 'Passkeys');
  await openItem(main, 'Test bank');
  await main.getByRole('button', { name: 'Move to trash' }).click();
  await expect(main.getByRole('navigation')).toContainText(/Trash\s*1/);
  const bank = await visit(addresses.bank);
  await signIn(bank, 'anna.klein');
  const approval = await app.window('approval');
  await expect(approval.getByText('holds no passkey that this site accepts')).toBeVisible();
  await expect(answer(approval)).toHaveCount(0);
  await deny(app);
  await expect(siteStatus(bank)).toContainText('NotAllowedError');
  await expectNoApproval(app);

  await openRoom(main, 'Trash');
  await openItem(main, 'Test bank');
  await main.getByRole('button', { name: 'Restore' }).click();
  await expect(main.getByText('The trash is empty')).toBeVisible();
  await signIn(bank, 'anna.klein');
  await approve(app, /^Sign in as/);
  await expect(siteStatus(bank)).toHaveText('signed in as anna.klein');
  await bank.context().close();
});

test('two pages that ask at once get one window, one after the other', async () => {
  const bank = await visit(addresses.bank);
  await signIn(site, null);
  const first = await app.window('approval');
  const title = first.getByRole('heading', { level: 1 });
  await expect(title).toHaveText(new URL(addresses.site).host);
  const asked = bank.waitForRequest(/\/bridge\/get$/);
  await signIn(bank, null);
  await asked;
  await expect(bank.getByText('Waiting for your answer')).toBeVisible();
  await expect(title).toHaveText(new URL(addresses.site).host);
  expect(app.electron.windows().filter((page) => page.url().includes('approval'))).toHaveLength(1);
  await deny(app);
  await expect(siteStatus(site)).toContainText('NotAllowedError');
  await expect.poll(() => first.isClosed()).toBe(true);
  const second = await app.window('approval');
  await expect(second.getByRole('heading', { level: 1 })).toHaveText(new URL(addresses.bank).host);
  await expect(siteStatus(bank)).toBeEmpty();
  await deny(app);
  await expect(siteStatus(bank)).toContainText('NotAllowedError');
  await bank.context().close();
});

test('a locked vault asks to be unlocked, tells nothing before, and goes on', async () => {
  await lock(app);
  await signIn(site, null);
  const approval = await app.window('approval');
  await expect(approval.getByText('Your vault is locked.')).toBeVisible();
  const told = await approval.evaluate(() => document.documentElement.outerHTML);
  expect(told).not.toContain('kim-');
  expect(told).not.toContain('anna');
  await expect(approval.getByRole('button', { name: 'Deny' })).toBeFocused();
  await approve(app, /^Unlock$/, 'not the password');
  await expect(approval.getByRole('alert')).toContainText('That was not the master password.');
  expect(app.hasWindow('main')).toBe(false);
  await approve(app, /^Unlock$/);
  await expect(answer(approval)).toBeVisible();
  // That password verified the person for this very request: it is not asked for again.
  await expect(passwordField(approval)).toHaveCount(0);
  await approve(app, /^Sign in as/, null);
  await expect(siteStatus(site)).toContainText('signed in as kim-');
  main = await app.window('main');
  await expect(main.getByText('Saved in “Personal”')).toBeVisible();
  await expect.poll(() => app.hasWindow('unlock')).toBe(false);
  await site.getByRole('button', { name: 'Sign out' }).click();
});

test('a locked vault that is not unlocked stays locked, and the page learns nothing of it', async () => {
  await lock(app);
  await signIn(site, null);
  await expect((await app.window('approval')).getByText('Your vault is locked.')).toBeVisible();
  await deny(app);
  await expect(siteStatus(site)).toContainText('NotAllowedError');
  expect(app.hasWindow('main')).toBe(false);
  const unlockWindow = await app.window('unlock');
  await unlockWindow.getByLabel('Master password', { exact: true }).fill(MASTER_PASSWORD);
  await unlockWindow.getByRole('button', { name: 'Unlock', exact: true }).click();
  main = await app.window('main');
});

test('an account without a passkey here is noticed, then NotAllowedError and the reason in the app', async () => {
  await openRoom(main, 'Passkeys');
  await openItem(main, 'Test bank');
  await main.getByRole('button', { name: 'Move to trash' }).click();
  await expect(main.getByRole('navigation')).toContainText(/Trash\s*1/);
  const bank = await visit(addresses.bank);
  await signIn(bank, null);
  await deny(app);
  await expect(siteStatus(bank)).toContainText('NotAllowedError');
  await expectLastCeremony('No passkey', 'NotAllowedError');
  await bank.context().close();
});

test('a second passkey for an account that has one here is noticed, then InvalidStateError', async () => {
  await signIn(site, 'kim-required');
  await approve(app, /^Sign in as/);
  await expect(siteStatus(site)).toHaveText('signed in as kim-required');
  await expectNoApproval(app);
  await site.getByRole('button', { name: 'Add another passkey' }).click();
  const approval = await app.window('approval');
  await expect(approval.getByText('already holds a passkey for this account')).toBeVisible();
  await expect(answer(approval)).toHaveCount(0);
  await deny(app);
  await expect(siteStatus(site)).toContainText('InvalidStateError');
  await expectLastCeremony('Already registered', 'InvalidStateError');
});
