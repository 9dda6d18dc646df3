// The demo: the stories of the main job, told unattended in the app's real windows, with a real Chromium as the
// browser of the person who visits the test site. Each step says what was seen to hold.
// SPDX-License-Identifier: MIT

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { LatchkeyApp } from '../support/latchkey-app.ts';
import { launchVisitingBrowser } from '../support/visiting-browser.ts';
import { Recorder } from './recorder.ts';
import { keepLogins } from './keep-logins.ts';
import { keepMore } from './keep-more.ts';
import { keepTheSheet } from './keep-the-sheet.ts';
import { openAndUnlock } from './open-and-unlock.ts';
import { refuseThePhisher } from './refuse-the-phisher.ts';
import { signInWithPasskey } from './sign-in-with-passkey.ts';
import { carryTheVault } from './carry-the-vault.ts';
import { lockByItself } from './lock-by-itself.ts';

/** What the stories share. */
export interface Stage {
  readonly recorder: Recorder;
  readonly app: LatchkeyApp;
  readonly browser: Browser;
  /** For files that are carried in and out. */
  readonly folder: string;
}

const STORIES = [
  openAndUnlock,
  keepLogins,
  keepMore,
  keepTheSheet,
  signInWithPasskey,
  refuseThePhisher,
  carryTheVault,
  lockByItself,
] as const;

/** Tells all stories; 0 only if every step held. */
export async function runDemo(): Promise<number> {
  const recorder = new Recorder();
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-demo-'));
  const [app, browser] = await Promise.all([LatchkeyApp.launch(), launchVisitingBrowser()]);
  try {
    for (const story of STORIES) await story({ recorder, app, browser, folder });
  } catch {
    // The step that failed has said so; the stories after it would only repeat it.
  } finally {
    await browser.close();
    await app.remove();
    rmSync(folder, { recursive: true, force: true });
  }
  const ok = recorder.finish();
  console.log(
    ok ? 'All stories hold; see out/demo/.' : 'The demo failed; see out/demo/report.json.',
  );
  return ok ? 0 : 1;
}

if (import.meta.main) process.exitCode = await runDemo();
