// The stand-in's windows, pages, sessions and processes, with the fixture application in a real Chromium.
// SPDX-License-Identifier: MIT

import type { ConsoleMessage } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { FIXTURE_FOLDER, startFixture, type FixtureApp } from './fixture-app.ts';
import { standInEnvironment } from './launch.ts';
import { mainError as errorIn } from './main-error.ts';
import { appUrl } from './page-url.ts';

interface FixtureGlobal {
  readonly fixture: {
    readonly openWindow: (options?: object) => Electron.BrowserWindow;
    readonly child: Electron.UtilityProcess;
  };
}

let fixture: FixtureApp;

beforeAll(async () => {
  fixture = await startFixture();
});

afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
});

const mainError = (
  action: (electron: typeof Electron.CrossProcessExports) => unknown,
): Promise<string> => errorIn(fixture.app, action);

describe('a page', () => {
  it('runs under its strict policy, over app://, in a secure context', async () => {
    const { page } = fixture;
    expect(appUrl(page)).toBe('app://latchkey/page.html?kind=main');
    expect(await page.title()).toBe('Fixture');
    expect(
      await page.evaluate(() => [
        isSecureContext,
        getComputedStyle(document.body).backgroundColor,
        innerWidth,
        innerHeight,
      ]),
    ).toEqual([true, 'rgb(1, 2, 3)', 640, 480]);
    expect((await fixture.seen('request')).map(({ url }) => url)).toContain(
      'app://latchkey/page.html?kind=main',
    );
  });

  it('has its policy enforced', async () => {
    const { page } = fixture;
    const messages: string[] = [];
    page.on('console', (message: ConsoleMessage) => messages.push(message.text()));
    const result = await page.evaluate(async () => {
      const script = document.createElement('script');
      let isTrustedTypesRefused = false;
      try {
        script.text = 'window.injected = true';
      } catch {
        isTrustedTypesRefused = true;
      }
      const fetched = await fetch('https://example.com/').then(
        () => 'fetched',
        () => 'refused',
      );
      return { isTrustedTypesRefused, fetched, injected: 'injected' in window };
    });
    expect(result).toEqual({ isTrustedTypesRefused: true, fetched: 'refused', injected: false });
    expect(messages.join('\n')).toContain('Content Security Policy');
  });

  it('cannot navigate away', async () => {
    await fixture.page.click('a:text("Away")');
    await expect
      .poll(() => fixture.seen('will-navigate'))
      .toEqual([
        {
          what: 'will-navigate',
          url: 'https://example.com/away',
          same: 'https://example.com/away',
        },
      ]);
    expect(appUrl(fixture.page)).toBe('app://latchkey/page.html?kind=main');
    expect(await fixture.page.evaluate(() => window.fixture.invoke('echo', 1))).toEqual([1]);
  });

  it('cannot open windows, by script or by link', async () => {
    expect(
      await fixture.page.evaluate(() => window.open('https://example.com/popup') === null),
    ).toBe(true);
    await fixture.page.click('a:text("New")');
    await expect
      .poll(async () => (await fixture.seen('window-open')).map(({ url }) => url))
      .toEqual(['https://example.com/popup', 'https://example.com/new']);
    expect(fixture.app.windows()).toHaveLength(1);
  });

  it('is denied permissions, through the handler', async () => {
    const result = await fixture.page.evaluate(async () => ({
      notifications: await Notification.requestPermission(),
      clipboard: await navigator.clipboard.readText().then(
        () => 'read',
        (error: unknown) => (error as Error).name,
      ),
    }));
    expect(result).toEqual({ notifications: 'denied', clipboard: 'NotAllowedError' });
    expect((await fixture.seen('permission')).map(({ permission }) => permission)).toEqual([
      'notifications',
      'clipboard-read',
    ]);
  });

  it('cannot download, and the application hears of the attempt', async () => {
    await fixture.page.evaluate(() => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(['secret']));
      link.download = 'secret.txt';
      link.click();
    });
    await expect
      .poll(() => fixture.seen('download'))
      .toEqual([{ what: 'download', name: 'secret.txt' }]);
  });

  it('follows the colour scheme that the application sets', async () => {
    const isDark = () =>
      fixture.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
    await fixture.app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'dark';
    });
    await expect.poll(isDark).toBe(true);
    await fixture.app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'light';
    });
    await expect.poll(isDark).toBe(false);
  });

  it('gives menu accelerators to the application', async () => {
    await fixture.app.evaluate(({ Menu }) => {
      const pressed: string[] = [];
      Object.assign(globalThis, { pressed });
      const click = (item: Electron.MenuItem): void => void pressed.push(item.label);
      Menu.setApplicationMenu(
        Menu.buildFromTemplate([
          {
            label: 'File',
            submenu: [
              { label: 'Find', accelerator: 'CmdOrCtrl+Shift+K', click },
              { label: 'Off', accelerator: 'CmdOrCtrl+E', enabled: false, click },
            ],
          },
        ]),
      );
    });
    // The page knows its new rules when an answer has come after them.
    await fixture.page.evaluate(() => window.fixture.invoke('echo'));
    await fixture.page.keyboard.press('Control+k');
    await fixture.page.keyboard.press('Control+e');
    await fixture.page.keyboard.press('Control+Shift+K');
    await expect
      .poll(() =>
        fixture.app.evaluate(() => (globalThis as unknown as { pressed: string[] }).pressed),
      )
      .toEqual(['Find']);
  });

  it('has keys prevented by before-input-event', async () => {
    await fixture.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.on('before-input-event', (event, input) => {
        if (input.key === 'x' && input.type === 'keyDown') event.preventDefault();
      });
    });
    await fixture.page.evaluate(() => window.fixture.invoke('echo'));
    await fixture.page.locator('input').pressSequentially('axb');
    expect(await fixture.page.locator('input').inputValue()).toBe('ab');
  });

  it('may be reloaded with a request under way, and works after', async () => {
    const { page, app } = fixture;
    // Nobody waits for this one: its document is going away.
    await page.evaluate(() => void window.fixture.invoke('echo', 'lost').catch(() => undefined));
    await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.webContents.reload();
      return new Promise<void>((resolve) => window?.webContents.once('did-finish-load', resolve));
    });
    await page.waitForSelector('html[data-ready]');
    expect(await page.evaluate(() => window.fixture.invoke('echo', 'again'))).toEqual(['again']);
    expect(await fixture.seen('will-navigate')).toHaveLength(1);
  });

  it('is pictured by capturePage', async () => {
    const picture = await fixture.app.evaluate(async ({ BrowserWindow }) => {
      const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
      return { size: image?.getSize(), start: image?.toPNG().subarray(1, 4).toString() };
    });
    expect(picture).toEqual({ size: { width: 640, height: 480 }, start: 'PNG' });
  });
});

describe('windows', () => {
  it('open, have the focus one at a time, and close', async () => {
    const opened = fixture.app.waitForEvent('window');
    const events = await fixture.app.evaluate(({ BrowserWindow }) => {
      const { fixture: app } = globalThis as unknown as FixtureGlobal;
      const [first] = BrowserWindow.getAllWindows();
      const second = app.openWindow({ title: 'Second', show: false });
      const seen = [second.isVisible(), first?.isFocused()];
      second.show();
      return [...seen, second.isVisible(), second.isFocused(), first?.isFocused()];
    });
    expect(events).toEqual([false, true, true, true, false]);
    const page = await opened;
    await page.waitForSelector('html[data-ready]');
    expect(await page.evaluate(() => window.fixture.invoke('who'))).toMatchObject({ window: 2 });

    const closed = page.waitForEvent('close');
    await fixture.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.fromId(2)?.destroy();
    });
    await closed;
    expect(await fixture.seen('closed')).toHaveLength(1);
    expect(fixture.app.windows()).toHaveLength(1);
  });

  it('are destroyed when their page crashes or is closed from outside', async () => {
    const opened = fixture.app.waitForEvent('window');
    const before = (await fixture.seen('closed')).length;
    await fixture.app.evaluate(() => {
      (globalThis as unknown as FixtureGlobal).fixture.openWindow();
    });
    const page = await opened;
    await page.waitForSelector('html[data-ready]');
    await page.goto('chrome://crash').catch(() => undefined);
    await expect.poll(async () => (await fixture.seen('closed')).length).toBe(before + 1);
    expect(await fixture.seen('render-process-gone')).toHaveLength(1);
  });

  it('say no to an unsafe page', async () => {
    const message = await mainError(
      ({ BrowserWindow }) => new BrowserWindow({ webPreferences: { sandbox: false } }),
    );
    expect(message).toContain('only with webPreferences.sandbox: true');
  });

  it('throw once they are destroyed', async () => {
    const message = await fixture.app.evaluate(({ BrowserWindow }) => {
      const { fixture: app } = globalThis as unknown as FixtureGlobal;
      const window = app.openWindow();
      window.destroy();
      try {
        window.show();
        return 'no error';
      } catch (error) {
        return [(error as Error).message, BrowserWindow.fromId(window.id)];
      }
    });
    expect(message).toEqual(['Object has been destroyed', null]);
  });

  it('may refuse to close', async () => {
    const isThere = await fixture.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.once('close', (event) => {
        event.preventDefault();
      });
      window?.close();
      return window?.isDestroyed();
    });
    expect(isThere).toBe(false);
  });
});

describe('what the stand-in lacks', () => {
  it.each([
    ['app.dock', (e: typeof Electron.CrossProcessExports) => e.app.dock],
    ['app.on', (e: typeof Electron.CrossProcessExports) => e.app.on('login', () => undefined)],
    ['ipcMain.on', (e: typeof Electron.CrossProcessExports) => e.ipcMain.on('x', () => undefined)],
    [
      'autoUpdater',
      (e: typeof Electron.CrossProcessExports) => {
        e.autoUpdater.checkForUpdates();
      },
    ],
    ['session.fromPath', (e: typeof Electron.CrossProcessExports) => e.session.fromPath('/tmp')],
    [
      'Menu.sendActionToFirstResponder',
      (e: typeof Electron.CrossProcessExports) => {
        e.Menu.sendActionToFirstResponder('x');
      },
    ],
    [
      'webContents.executeJavaScript',
      (e: typeof Electron.CrossProcessExports) =>
        e.webContents.getAllWebContents()[0]?.executeJavaScript('1'),
    ],
    [
      'webContents.openDevTools',
      (e: typeof Electron.CrossProcessExports) => {
        e.webContents.getAllWebContents()[0]?.openDevTools();
      },
    ],
  ])('throws on %s', async (name, action) => {
    expect(await mainError(action)).toContain(`not implemented in the stand-in: ${name}`);
  });
});

describe('a second instance', () => {
  it('is told to go, and the first hears of it', async () => {
    const child = spawn(
      `${standInEnvironment().ELECTRON_OVERRIDE_DIST_PATH}/electron`,
      ['.', `--user-data-dir=${fixture.userData}`, '--flag=second'],
      { cwd: FIXTURE_FOLDER, stdio: 'ignore', env: { ...process.env, LATCHKEY_HEADLESS: '1' } },
    );
    onTestFinished(() => void child.kill());
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(3);
    await expect
      .poll(() => fixture.seen('second-instance'))
      .toMatchObject([
        { argv: expect.arrayContaining(['--flag=second']) as unknown, data: { from: 'fixture' } },
      ]);
  });
});

describe('utilityProcess', () => {
  it('carries bytes there and back', async () => {
    const answer = await fixture.page.evaluate(async () => {
      const { bytes, ...rest } = (await window.fixture.invoke(
        'ask-child',
        Uint8Array.of(1, 2, 255),
      )) as { bytes: Uint8Array };
      return { ...rest, bytes: [...bytes] };
    });
    expect(answer).toMatchObject({
      bytes: [254, 253, 0],
      isBytes: true,
      type: 'utility',
      args: ['--one'],
      hasSend: false,
    });
  });

  it('has none of the main process in its electron', async () => {
    const answer = (await fixture.page.evaluate(() =>
      window.fixture.invoke('ask-child', Uint8Array.of(1)),
    )) as { exports: string[]; message: string };
    expect(answer.exports).not.toContain('app');
    expect(answer.message).toContain("'app'");
  });

  it('has threads with a port of their own, and without that of the process', async () => {
    const answer = await fixture.page.evaluate(async () => {
      const { bytes, ...rest } = (await window.fixture.invoke(
        'ask-child',
        Uint8Array.of(1, 2),
        true,
      )) as { bytes: Uint8Array };
      return { ...rest, bytes: [...bytes] };
    });
    expect(answer).toMatchObject({ bytes: [2, 3], hasParentPort: false });
    expect((answer as unknown as { exports: string[] }).exports).not.toContain('app');
  });

  it('refuses a message that cannot be cloned', async () => {
    const message = await fixture.app.evaluate(() => {
      try {
        (globalThis as unknown as FixtureGlobal).fixture.child.postMessage(() => 1);
        return 'no error';
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(message).toBe('An object could not be cloned.');
  });

  it('ends when killed, and says so', async () => {
    const isKilled = await fixture.app.evaluate(() =>
      (globalThis as unknown as FixtureGlobal).fixture.child.kill(),
    );
    expect(isKilled).toBe(true);
    await expect.poll(() => fixture.seen('child-exit')).toEqual([{ what: 'child-exit', code: 15 }]);
  });
});
