// Electron's app: its life from ready to quit, its paths, its switches, and the lock on its user data.
// SPDX-License-Identifier: MIT

import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from 'node:net';
import { strictObject } from '../page/strict-object.ts';
import { BrowserWindow, watchWindows } from './browser-window.ts';
import { setFocusedWindowSource, setQuitRole } from './menu.ts';
import { notImplemented } from './not-implemented.ts';
import { takeInstanceLock, type SecondInstance } from './single-instance.ts';
import { standIn } from './stand-in.ts';
import { newEvent, StrictEmitter } from './strict-emitter.ts';
import { toExternalUrl } from './urls.ts';
import { WebContents } from './web-contents.ts';

const EVENTS = [
  'activate',
  'before-quit',
  'browser-window-blur',
  'browser-window-created',
  'browser-window-focus',
  'quit',
  'ready',
  'second-instance',
  'web-contents-created',
  'will-finish-launching',
  'will-quit',
  'window-all-closed',
];

const PATH_NAMES = [
  'home',
  'appData',
  'userData',
  'temp',
  'documents',
  'downloads',
  'desktop',
] as const;
type PathName = (typeof PATH_NAMES)[number];

export class App extends StrictEmitter {
  readonly isPackaged = false;
  readonly commandLine;
  readonly #switches = new Map(standIn().options.switches);
  readonly #paths = new Map<string, string>();
  readonly #ready = Promise.withResolvers<undefined>();
  #name = standIn().options.appName;
  #isReady = false;
  #isQuitting = false;
  #lock: Server | null = null;

  constructor() {
    super('app', EVENTS);
    this.commandLine = this.#newCommandLine();
    watchWindows(
      {
        created: (window) => {
          this.emit('web-contents-created', newEvent({}), window.webContents);
          this.emit('browser-window-created', newEvent({}), window);
        },
        closed: () => {
          this.#windowClosed();
        },
        focused: (window) => this.emit('browser-window-focus', newEvent({}), window),
        blurred: (window) => this.emit('browser-window-blur', newEvent({}), window),
      },
      () => this.#isReady,
    );
    standIn().browser.onDownload(({ frameId, url, suggestedFilename }) => {
      // Refused by then; the application is told all the same, under the id that frame and target share.
      const contents = WebContents.fromDevToolsTargetId(frameId);
      contents?.session.announceDownload(contents, toExternalUrl(url), suggestedFilename);
    });
    setQuitRole(() => {
      this.quit();
    });
    setFocusedWindowSource(() => BrowserWindow.getFocusedWindow());
  }

  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = name;
  }

  getName(): string {
    return this.#name;
  }

  setName(name: string): void {
    this.#name = name;
  }

  getVersion(): string {
    return standIn().options.appVersion;
  }

  getAppPath(): string {
    return standIn().options.appPath;
  }

  getLocale(): string {
    return 'en-US';
  }

  getPath(name: PathName): string {
    return this.#paths.get(name) ?? this.#defaultPath(name);
  }

  setPath(name: string, path: string): void {
    if (!PATH_NAMES.some((known) => known === name)) throw notImplemented(`app.setPath('${name}')`);
    this.#paths.set(name, path);
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  /** Every window is in Chromium's sandbox anyway, as far as root and the machine let it. */
  enableSandbox(): void {
    if (this.#isReady)
      throw new Error('app.enableSandbox() can only be called before app is ready');
  }

  setAppUserModelId(_id: string): void {
    // Windows alone has such an id.
  }

  focus(): void {
    BrowserWindow.getAllWindows()[0]?.focus();
  }

  requestSingleInstanceLock(additionalData: Readonly<Record<string, unknown>> = {}): boolean {
    if (this.#lock !== null) return true;
    const argv = standIn().options.argv;
    const mine = { argv, workingDirectory: process.cwd(), additionalData };
    this.#lock = takeInstanceLock(this.getPath('userData'), mine, (second) => {
      this.#secondInstance(second);
    });
    return this.#lock !== null;
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock !== null;
  }

  releaseSingleInstanceLock(): void {
    this.#lock?.close();
    this.#lock = null;
  }

  /** Asks, in Electron's order: before-quit, each window's close, will-quit; any of them may say no. */
  quit(): void {
    if (this.#isQuitting) return;
    const before = newEvent({});
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.#isQuitting = true;
    for (const window of BrowserWindow.getAllWindows()) if (!window.isDestroyed()) window.close();
    if (BrowserWindow.getAllWindows().length > 0) {
      this.#isQuitting = false;
      return;
    }
    const will = newEvent({});
    this.emit('will-quit', will);
    if (will.defaultPrevented) this.#isQuitting = false;
    else this.exit(0);
  }

  /** Ends at once: no window is asked. */
  exit(exitCode = 0): void {
    this.#isQuitting = true;
    for (const window of BrowserWindow.getAllWindows()) window.destroy();
    this.emit('quit', newEvent({}), exitCode);
    process.exit(exitCode);
  }

  /** Internal: Chromium is up and the application's modules have had their turn. */
  becomeReady(): void {
    if (this.#isReady) return;
    this.#isReady = true;
    this.emit('will-finish-launching');
    this.emit('ready', newEvent({}), {});
    this.#ready.resolve(undefined);
  }

  #windowClosed(): void {
    if (this.#isQuitting || BrowserWindow.getAllWindows().length > 0) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  #secondInstance({ argv, workingDirectory, additionalData }: SecondInstance): void {
    this.emit('second-instance', newEvent({}), [...argv], workingDirectory, additionalData);
  }

  #defaultPath(name: PathName): string {
    switch (name) {
      case 'home':
        return homedir();
      case 'temp':
        return tmpdir();
      case 'appData':
        return process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
      case 'userData': {
        const given = this.#switches.get('user-data-dir');
        return given === undefined || given === ''
          ? join(this.getPath('appData'), this.#name)
          : given;
      }
      case 'documents':
      case 'downloads':
      case 'desktop':
        return join(
          homedir(),
          name.replace(/^./, (letter) => letter.toUpperCase()),
        );
      default:
        throw new Error(`Failed to get '${String(name)}' path`);
    }
  }

  #newCommandLine() {
    return strictObject('app.commandLine', {
      hasSwitch: (name: string) => this.#switches.has(name.toLowerCase()),
      getSwitchValue: (name: string) => this.#switches.get(name.toLowerCase()) ?? '',
      /** Chromium has started by now with switches of its own; the application may still ask. */
      appendSwitch: (name: string, value = '') => {
        this.#switches.set(name.toLowerCase(), value);
      },
      removeSwitch: (name: string) => {
        this.#switches.delete(name.toLowerCase());
      },
    });
  }
}
