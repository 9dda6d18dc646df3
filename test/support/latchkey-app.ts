// Drives the built app in its real windows: on Electron where its binary is, on the stand-in elsewhere. Each app has a
// folder of its own, which goes with it.
// SPDX-License-Identifier: MIT

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import type { WindowKind } from '../../src/shared/ipc/requests.ts';
import { hasElectronBinary, standInEnvironment } from '../electron/launch.ts';

const root = resolve(import.meta.dirname, '../..');

export interface LaunchOptions {
  /** Keeps what an earlier app left there; a fresh folder where absent. */
  readonly userData?: string;
  readonly colorScheme?: 'light' | 'dark';
}

export class LatchkeyApp {
  readonly electron: ElectronApplication;
  readonly userData: string;

  private constructor(electron: ElectronApplication, userData: string) {
    this.electron = electron;
    this.userData = userData;
  }

  static async launch(options: LaunchOptions = {}): Promise<LatchkeyApp> {
    const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'latchkey-app-'));
    const isReal = hasElectronBinary();
    const isRoot = process.getuid?.() === 0;
    const standIn = standInEnvironment();
    const electron = await _electron.launch({
      ...(isReal ? {} : { executablePath: join(standIn.ELECTRON_OVERRIDE_DIST_PATH, 'electron') }),
      args: ['.', `--user-data-dir=${userData}`, ...(isRoot && isReal ? ['--no-sandbox'] : [])],
      cwd: root,
      env: { ...cleanEnvironment(), ...(isReal ? {} : standIn) },
      colorScheme: options.colorScheme ?? 'light',
    });
    const app = new LatchkeyApp(electron, userData);
    await app.#keepUrlsFromTheDesktop();
    return app;
  }

  /** The window of `kind`, as soon as there is one. */
  async window(kind: WindowKind): Promise<Page> {
    const find = (): Page | undefined => this.#pages(kind).at(-1);
    await expect.poll(() => find() !== undefined, { timeout: 30_000 }).toBe(true);
    const page = find();
    if (page === undefined) throw new Error(`the ${kind} window is gone again`);
    await page.waitForLoadState('load');
    return page;
  }

  hasWindow(kind: WindowKind): boolean {
    return this.#pages(kind).length > 0;
  }

  /** The next open dialog chooses `path`; null cancels it. */
  async chooseNextFile(path: string | null): Promise<void> {
    await this.electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () =>
        Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] });
    }, path);
  }

  /** The next save dialog chooses `path`; null cancels it. */
  async chooseNextSavePath(path: string | null): Promise<void> {
    await this.electron.evaluate(({ dialog }, chosen) => {
      dialog.showSaveDialog = () =>
        Promise.resolve({ canceled: chosen === null, filePath: chosen ?? '' });
    }, path);
  }

  readClipboard(): Promise<string> {
    return this.electron.evaluate(({ clipboard }) => clipboard.readText());
  }

  /** As if the desktop's power monitor had said so. */
  async emitPower(event: 'suspend' | 'lock-screen'): Promise<void> {
    await this.electron.evaluate(({ powerMonitor }, name) => {
      powerMonitor.emit(name);
    }, event);
  }

  /** The URL that the app asked the desktop to open last. */
  async lastOpenedUrl(): Promise<string> {
    const urls = await this.electron.evaluate(
      () => (globalThis as unknown as { openedUrls: string[] }).openedUrls,
    );
    return urls.at(-1) ?? '';
  }

  async close(): Promise<void> {
    await this.electron.close();
  }

  /** Closes the app and removes its folder. */
  async remove(): Promise<void> {
    await this.close();
    rmSync(this.userData, { recursive: true, force: true });
  }

  #pages(kind: WindowKind): readonly Page[] {
    const isIt = (page: Page): boolean =>
      !page.isClosed() && new URL(page.url()).pathname === `/${kind}.html`;
    return this.electron.windows().filter(isIt);
  }

  async #keepUrlsFromTheDesktop(): Promise<void> {
    await this.electron.evaluate(({ shell }) => {
      const urls: string[] = [];
      (globalThis as unknown as { openedUrls: string[] }).openedUrls = urls;
      shell.openExternal = (url) => {
        urls.push(url);
        return Promise.resolve();
      };
    });
  }
}

function cleanEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'NODE_OPTIONS',
  );
  return Object.fromEntries(entries);
}
