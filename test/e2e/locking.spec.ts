// Locking, by hand and by itself: the window and the process that held the vault are gone, the clipboard is ours no
// more. And the same where it did not go by itself: a killed vault process, a killed app.
// SPDX-License-Identifier: MIT

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import { LatchkeyApp } from '../support/latchkey-app.ts';
import { addLogin, closing, createVault, openItem, openRoom, unlock } from '../support/stories.ts';

test.describe.configure({ mode: 'serial' });

const PASSWORD = 'Rote-Ente-7';
const SOMEBODY_ELSES = 'copied in another program';

let app: LatchkeyApp;
let main: Page;

async function copyPassword(): Promise<void> {
  await openItem(main, 'Nordbank');
  await main.keyboard.press('ControlOrMeta+p');
  await expect.poll(() => app.readClipboard()).toBe(PASSWORD);
}

/** Ends a test in which something locked: what has to be gone is gone, and the vault opens again with all it had. */
async function expectLocked(before: readonly number[], clipboard: string): Promise<void> {
  await expect.poll(() => main.isClosed()).toBe(true);
  expect(app.hasWindow('main')).toBe(false);
  const living = (): readonly number[] =>
    app.vaultProcesses().filter((pid) => before.includes(pid));
  await expect.poll(living).toEqual([]);
  await expect.poll(() => app.readClipboard()).toBe(clipboard);
  const window = await app.window('unlock');
  await expect(window.getByRole('heading', { name: 'Unlock Personal' })).toBeVisible();
}

/** The process that holds the vault, by the system's own account. */
function vaultProcess(): readonly number[] {
  const pids = app.vaultProcesses();
  expect(pids).toHaveLength(1);
  return pids;
}

/** Writes a file once the clipboard is cleared: the one thing that is left to look at when the app has gone. */
async function recordClearing(path: string): Promise<void> {
  await app.electron.evaluate(({ clipboard }, file) => {
    clipboard.clear = () => {
      process.getBuiltinModule('node:fs').writeFileSync(file, 'cleared');
    };
  }, path);
}

test.beforeAll(async () => {
  app = await LatchkeyApp.launch();
  main = await createVault(app);
  await addLogin(main, { title: 'Nordbank', userName: '4711', password: PASSWORD });
});

test.afterAll(async () => {
  await app.remove();
});

const ways = [
  {
    name: 'its key',
    lock: () => closing(main, main.keyboard.press('ControlOrMeta+l')),
    isOurs: true,
  },
  { name: 'suspend', lock: () => app.emitPower('suspend'), isOurs: false },
  { name: 'the lock screen', lock: () => app.emitPower('lock-screen'), isOurs: true },
  { name: 'idle time', lock: () => app.setIdleSeconds(10 * 60), isOurs: false },
] as const;

for (const { name, lock, isOurs } of ways) {
  const rest = isOurs ? 'clears the clipboard' : 'leaves alone what somebody else copied';
  test(`${name} destroys the window, ends the vault process and ${rest}`, async () => {
    await copyPassword();
    if (!isOurs) await app.writeClipboard(SOMEBODY_ELSES);
    const before = vaultProcess();
    await lock();
    await expectLocked(before, isOurs ? '' : SOMEBODY_ELSES);
    await app.setIdleSeconds(0);
    main = await unlock(app);
    expect(vaultProcess()).not.toEqual(before);
  });
}

test('just short of the idle limit nothing locks', async () => {
  await openRoom(main, 'Settings');
  await app.electron.evaluate(({ powerMonitor }) => {
    const counted = globalThis as unknown as { looks: number };
    counted.looks = 0;
    powerMonitor.getSystemIdleTime = () => {
      counted.looks += 1;
      return 10 * 60 - 1;
    };
  });
  const looks = (): Promise<number> =>
    app.electron.evaluate(() => (globalThis as unknown as { looks: number }).looks);
  await expect.poll(looks).toBeGreaterThan(0);
  expect(app.hasWindow('main')).toBe(true);
  await app.setIdleSeconds(0);
});

test('a killed vault process means a locked vault, and nothing is lost', async () => {
  await openRoom(main, 'All items');
  await addLogin(main, { title: 'Saved before the crash', password: 'kept' });
  const before = vaultProcess();
  for (const pid of before) process.kill(pid, 'SIGKILL');
  await expectLocked(before, await app.readClipboard());
  main = await unlock(app);
  await openItem(main, 'Saved before the crash');
});

test('the app killed right after a save was told has the login at the next start', async () => {
  await addLogin(main, { title: 'Saved before the power cut', password: 'kept as well' });
  await app.kill();
  app = await LatchkeyApp.launch({ userData: app.userData });
  main = await unlock(app);
  await openItem(main, 'Saved before the power cut');
  await main.keyboard.press('ControlOrMeta+p');
  await expect.poll(() => app.readClipboard()).toBe('kept as well');
  await openItem(main, 'Saved before the crash');
});

for (const isOurs of [false, true]) {
  const rest = isOurs ? 'clears the clipboard' : 'leaves alone what somebody else copied';
  test(`quitting ${rest} and leaves no process behind`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-quit-'));
    const marker = join(folder, 'cleared');
    await copyPassword();
    if (!isOurs) await app.writeClipboard(SOMEBODY_ELSES);
    await recordClearing(marker);
    const [pid = 0] = vaultProcess();
    await app.close();
    expect(existsSync(marker)).toBe(isOurs);
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    rmSync(folder, { recursive: true });
    if (isOurs) return;
    app = await LatchkeyApp.launch({ userData: app.userData });
    main = await unlock(app);
  });
}
