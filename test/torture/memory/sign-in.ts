// Signing in on the test site with a passkey of the vault: once denied, with a secret typed already, and once approved by
// another. The browser of the visitor is none of the app's processes.
// SPDX-License-Identifier: MIT

import type { Browser, Locator, Page } from '@playwright/test';
import { expect } from '../../support/expect.ts';
import type { LatchkeyApp } from '../../support/latchkey-app.ts';
import {
  chooseVerification,
  closing,
  deny,
  expectNoApproval,
  openTestSite,
  signIn,
  siteStatus,
} from '../../support/stories.ts';
import { launchVisitingBrowser } from '../../support/visiting-browser.ts';

/** What the approval window takes once a PIN is set. */
export interface TypedSecrets {
  readonly password: string;
  readonly pin: string;
}

/** The one that signs belongs to it. */
export const TEST_SITE_RP_ID = 'localhost';

export class Visitor implements AsyncDisposable {
  readonly #app: LatchkeyApp;
  readonly #browser: Browser;
  readonly #site: Page;

  private constructor(app: LatchkeyApp, browser: Browser, site: Page) {
    this.#app = app;
    this.#browser = browser;
    this.#site = site;
  }

  /** Starts the test site from the open main window. */
  static async open(app: LatchkeyApp): Promise<Visitor> {
    const address = await openTestSite(app, 'Open test site');
    const browser = await launchVisitingBrowser();
    const site = await browser.newPage();
    await site.goto(address);
    await chooseVerification(site, 'required');
    return new Visitor(app, browser, site);
  }

  /** Denied over the other of the two. */
  async signInTwice(secrets: TypedSecrets, approvedBy: keyof TypedSecrets): Promise<void> {
    await this.#ask(secrets, approvedBy === 'pin' ? 'password' : 'pin');
    await deny(this.#app);
    await expect(siteStatus(this.#site)).toContainText('NotAllowedError');
    await expectNoApproval(this.#app);
    const approval = await this.#ask(secrets, approvedBy);
    const approve = approval.getByRole('button', { name: /^Sign in as/ });
    await expect(approve).not.toHaveAttribute('aria-disabled', 'true');
    await closing(approval, approve.click());
    // The key has signed: the site got an answer, of a passkey that it never saw being made.
    await expect(siteStatus(this.#site)).toContainText('does not know that passkey');
    await expectNoApproval(this.#app);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
  }

  async #ask(secrets: TypedSecrets, by: keyof TypedSecrets): Promise<Page> {
    await signIn(this.#site, null);
    const approval = await this.#app.window('approval');
    if (by === 'password') {
      await approval.getByRole('button', { name: 'Use master password instead' }).click();
    }
    const field = approval.getByLabel(by === 'pin' ? /^PIN/ : /^Master password/);
    await typeInto(approval, field, secrets[by]);
    return approval;
  }
}

/** Key by key: a driver that filled in a whole secret would put it into the very memory that is searched. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await field.click();
  await page.keyboard.type(text);
}
