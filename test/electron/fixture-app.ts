// Starts the fixture application on the stand-in through Playwright, as the end-to-end specs start Latchkey.
// SPDX-License-Identifier: MIT

import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { standInEnvironment } from './launch.ts';

export const FIXTURE_FOLDER = fileURLToPath(new URL('fixture', import.meta.url));

/** What the fixture noted; see `fixture/main.mjs`. */
export interface Seen {
  readonly what: string;
  readonly [detail: string]: unknown;
}

export interface FixtureApp extends AsyncDisposable {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  seen(what: string): Promise<readonly Seen[]>;
}

export async function startFixture(environment: NodeJS.ProcessEnv = {}): Promise<FixtureApp> {
  // Playwright asks the electron package in this process where the executable is.
  Object.assign(process.env, standInEnvironment());
  const userData = await mkdtemp(join(tmpdir(), 'fixture-user-data-'));
  const app = await _electron.launch({
    args: ['.', `--user-data-dir=${userData}`],
    cwd: FIXTURE_FOLDER,
    env: { ...definedOf(process.env), LATCHKEY_HEADLESS: '1', ...definedOf(environment) },
    colorScheme: null,
  });
  const page = await app.firstWindow();
  await page.waitForSelector('html[data-ready]');
  return {
    app,
    page,
    userData,
    seen: (what) =>
      app.evaluate((_electron, wanted) => {
        const { fixture } = globalThis as unknown as { fixture: { seen: Seen[] } };
        return fixture.seen.filter((entry) => entry.what === wanted);
      }, what),
    async [Symbol.asyncDispose]() {
      await app.close();
      await rm(userData, { recursive: true, force: true });
    },
  };
}

function definedOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}
