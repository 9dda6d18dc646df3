// Drives the built app in its real windows: on Electron where its binary is, on the stand-in elsewhere. Each app has a
// folder of its own, which goes with it.
// SPDX-License-Identifier: MIT

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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
  /** Playwright gives it no more once the app is closed. */
  readonly #process: ChildProcess;
  #output = '';

  private constructor(electron: ElectronApplication, userData: string) {
    this.electron = electron;
    this.userData = userData;
    this.#process = electron.process();
    const { stdout, stderr } = this.#process;
    for (const stream of [stdout, stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString('latin1')));
    }
  }

  static async launch(options: LaunchOptions = {}): Promise<LatchkeyApp> {
    const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'latchkey-app-'));
    const { executablePath, args, env } = startOf(userData);
    const electron = await _electron.launch({
      ...(executablePath === null ? {} : { executablePath }),
      ...{ args, env, cwd: root },
      colorScheme: options.colorScheme ?? 'light',
    });
    const app = new LatchkeyApp(electron, userData);
    await app.#keepUrlsFromTheDesktop();
    return app;
  }

  /** Starts Latchkey once more on the same folder, as a second click on its icon does, until that one has ended. */
  async startAgain(): Promise<{ readonly exitCode: number | null; readonly output: string }> {
    const { executablePath, args, env } = startOf(this.userData);
    const program = executablePath ?? this.#process.spawnfile;
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    }
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { exitCode, output };
  }

  /** Everything that the app and its vault process wrote to standard output and error, as latin1. */
  get output(): string {
    return this.#output;
  }

  /** Process ids of the vault processes that live now, read from the system and not from the app. */
  vaultProcesses(): readonly number[] {
    const parent = this.#process.pid;
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => Number.isInteger(pid) && isVaultProcess(pid, parent));
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

  /** The person closes the window of `kind` by its own close button. */
  async closeWindow(kind: WindowKind): Promise<void> {
    await this.electron.evaluate(({ BrowserWindow }, page) => {
      const all = BrowserWindow.getAllWindows();
      all.find(({ webContents }) => webContents.getURL().endsWith(page))?.close();
    }, `/${kind}.html`);
  }

  /** The next open dialog chooses `path`; null cancels it. */
  async chooseNextFile(path: string | null): Promise<void> {
    await this.electron.evaluate(({ dialog }, chosen) => {
      const counted = globalThis as unknown as { dialogsShown?: number };
      dialog.showOpenDialog = () => {
        counted.dialogsShown = (counted.dialogsShown ?? 0) + 1;
        const filePaths = chosen === null ? [] : [chosen];
        return Promise.resolve({ canceled: chosen === null, filePaths });
      };
    }, path);
  }

  /** The next save dialog chooses `path`; null cancels it. */
  async chooseNextSavePath(path: string | null): Promise<void> {
    await this.electron.evaluate(({ dialog }, chosen) => {
      const counted = globalThis as unknown as { dialogsShown?: number };
      dialog.showSaveDialog = () => {
        counted.dialogsShown = (counted.dialogsShown ?? 0) + 1;
        return Promise.resolve({ canceled: chosen === null, filePath: chosen ?? '' });
      };
    }, path);
  }

  /** The next message box is answered with the button of this number. */
  async answerNextMessage(response: number): Promise<void> {
    await this.electron.evaluate(({ dialog }, chosen) => {
      const seen = globalThis as unknown as { messagesShown?: string[] };
      dialog.showMessageBox = (...args: unknown[]) => {
        const { message } = args.at(-1) as Electron.MessageBoxOptions;
        (seen.messagesShown ??= []).push(message);
        return Promise.resolve({ response: chosen, checkboxChecked: false });
      };
    }, response);
  }

  /** What the message boxes said that were answered for above. */
  messagesShown(): Promise<readonly string[]> {
    return this.electron.evaluate(
      () => (globalThis as unknown as { messagesShown?: string[] }).messagesShown ?? [],
    );
  }

  /** From now on the desktop has a keystore, on the stand-in one that lives as long as the app. */
  async switchKeystoreOn(): Promise<void> {
    await this.electron.evaluate(() => {
      const { electronStandIn } = globalThis as unknown as {
        electronStandIn?: { switchKeystoreOn: () => void };
      };
      electronStandIn?.switchKeystoreOn();
    });
  }

  /** Somebody copies a picture: the bytes of a PNG file. */
  async copyPicture(png: Uint8Array): Promise<void> {
    await this.electron.evaluate(async ({ clipboard, ClipboardItem }, base64) => {
      const picture = new Blob([Buffer.from(base64, 'base64')], { type: 'image/png' });
      await clipboard.write([new ClipboardItem({ 'image/png': picture })]);
    }, Buffer.from(png).toString('base64'));
  }

  /** How many file dialogs have been shown, of those that were chosen for above. */
  dialogsShown(): Promise<number> {
    return this.electron.evaluate(
      () => (globalThis as unknown as { dialogsShown?: number }).dialogsShown ?? 0,
    );
  }

  readClipboard(): Promise<string> {
    return this.electron.evaluate(({ clipboard }) => clipboard.readText());
  }

  /** Somebody else copies `text`. */
  async writeClipboard(text: string): Promise<void> {
    await this.electron.evaluate(({ clipboard }, value) => clipboard.writeText(value), text);
  }

  /** What the desktop says of the time since the last input. */
  async setIdleSeconds(seconds: number): Promise<void> {
    await this.electron.evaluate(({ powerMonitor }, value) => {
      powerMonitor.getSystemIdleTime = () => value;
    }, seconds);
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

  /** Ends the app as a crash or a power cut does: no code of it runs any more. */
  async kill(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }

  /** Closes the app and removes its folder. */
  async remove(): Promise<void> {
    if (this.#isRunning()) await this.close();
    rmSync(this.userData, { recursive: true, force: true });
  }

  #isRunning(): boolean {
    const { exitCode, signalCode } = this.#process;
    return exitCode === null && signalCode === null;
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

/** How the app is started on `userData`; `executablePath` is null where Playwright finds Electron by itself. */
function startOf(userData: string) {
  const isReal = hasElectronBinary();
  const isRoot = process.getuid?.() === 0;
  const standIn = standInEnvironment();
  return {
    executablePath: isReal ? null : join(standIn.ELECTRON_OVERRIDE_DIST_PATH, 'electron'),
    args: ['.', `--user-data-dir=${userData}`, ...(isRoot && isReal ? ['--no-sandbox'] : [])],
    env: { ...cleanEnvironment(), ...(isReal ? {} : standIn) },
  };
}

function isVaultProcess(pid: number, parent: number | undefined): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
    const isOne = /vault-process\.js|node\.mojom\.NodeService/.test(command);
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const isZombie = /^State:\tZ/m.test(status);
    return isOne && !isZombie && new RegExp(`^PPid:\\t${parent ?? 0}$`, 'm').test(status);
  } catch {
    // It ended while it was looked at.
    return false;
  }
}

function cleanEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'NODE_OPTIONS',
  );
  return Object.fromEntries(entries);
}
