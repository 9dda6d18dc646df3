// What another program can do to the file of a locked vault: take rows out of it, or put a copy of it in its place.
// SPDX-License-Identifier: MIT

import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { expect } from './expect.ts';
import type { LatchkeyApp } from './latchkey-app.ts';

/** Changes rows of the file; says how many they were. `locked` is the unlock window that asks for the password. */
export async function tamper(app: LatchkeyApp, locked: Page, sql: string): Promise<number> {
  await untilClosed(locked);
  const database = new Database(vaultFile(app));
  const { changes } = database.prepare(sql).run();
  database.close();
  return changes;
}

/** Copies the file to `path`, whole. */
export async function copyVaultFile(app: LatchkeyApp, locked: Page, path: string): Promise<void> {
  await untilClosed(locked);
  // Whatever still lies in a log beside it comes into the file first.
  const database = new Database(vaultFile(app));
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  copyFileSync(vaultFile(app), path);
}

/** Puts the copy at `path` in the place of the file. */
export async function putBackVaultFile(
  app: LatchkeyApp,
  locked: Page,
  path: string,
): Promise<void> {
  await untilClosed(locked);
  copyFileSync(path, vaultFile(app));
}

/** The window has looked at the file by the time it asks, and nobody has it open. */
async function untilClosed(locked: Page): Promise<void> {
  await expect(locked.getByLabel('Master password', { exact: true })).toBeVisible();
}

const vaultFile = (app: LatchkeyApp): string => join(app.userData, 'vaults', 'Personal.latchkey');
