// What a suite of stories is played on: the app on fresh data, a folder for the files that come up in it, a browser for
// the sites where they need one. All of it goes when the suite ends.
// SPDX-License-Identifier: MIT

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { LatchkeyApp } from './latchkey-app.ts';
import { launchVisitingBrowser } from './visiting-browser.ts';

export interface Stage {
  readonly app: LatchkeyApp;
  readonly folder: string;
  readonly strike: () => Promise<void>;
}

export async function setStage(): Promise<Stage> {
  const app = await LatchkeyApp.launch();
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-stage-'));
  const strike = async (): Promise<void> => {
    await app.remove();
    rmSync(folder, { recursive: true, force: true });
  };
  return { app, folder, strike };
}

/** With a browser beside it, for pages of the test site. */
export async function setStageWithBrowser(): Promise<Stage & { readonly browser: Browser }> {
  const [stage, browser] = await Promise.all([setStage(), launchVisitingBrowser()]);
  const strike = async (): Promise<void> => {
    await browser.close();
    await stage.strike();
  };
  return { ...stage, browser, strike };
}
