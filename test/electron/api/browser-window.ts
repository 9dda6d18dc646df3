// Electron's BrowserWindow over a Chromium window: shown, hidden, focused and closed as the application says. Which
// window has the focus is kept here, since without a window manager nobody else would say it truly.
// SPDX-License-Identifier: MIT

import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import type { WindowBounds } from '../devtools/protocol.ts';
import type { Page } from './browser.ts';
import { applicationAccelerators, onApplicationMenuChange, pressAccelerator } from './menu.ts';
import { nativeTheme } from './native-theme.ts';
import { sessionOf, type Session } from './session.ts';
import { standIn } from './stand-in.ts';
import { newEvent, strictStatics } from './strict-emitter.ts';
import { WebContents } from './web-contents.ts';
import { checkWindowOptions } from './window-options.ts';
import { WindowState } from './window-state.ts';

const EVENTS = [
  'blur',
  'close',
  'closed',
  'enter-full-screen',
  'focus',
  'hide',
  'leave-full-screen',
  'maximize',
  'minimize',
  'move',
  'moved',
  'page-title-updated',
  'ready-to-show',
  'resize',
  'resized',
  'restore',
  'show',
  'unmaximize',
];

/** What the application object wants to hear of windows. */
export interface WindowWatcher {
  readonly created: (window: BrowserWindow) => void;
  readonly closed: (window: BrowserWindow) => void;
  readonly focused: (window: BrowserWindow) => void;
  readonly blurred: (window: BrowserWindow) => void;
}

const windows = new Map<number, BrowserWindow>();
let focused: BrowserWindow | null = null;
let watcher: WindowWatcher | null = null;
let isReady: () => boolean = () => false;
let lastId = 0;

/** The application says once who hears of windows, and whether there may be any yet. */
export function watchWindows(by: WindowWatcher, ready: () => boolean): void {
  watcher = by;
  isReady = ready;
}

export class BrowserWindow extends WindowState {
  readonly id: number;
  readonly webContents: WebContents;
  readonly #parent: BrowserWindow | null;
  #isVisible = false;
  #isMinimized = false;
  #isMaximized = false;
  #isFullScreen = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    if (!isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const preferences = checkWindowOptions(options);
    super(EVENTS, options);
    this.id = ++lastId;
    this.#parent = (options.parent as unknown as BrowserWindow | undefined) ?? null;
    const { x: left, y: top, width, height } = this.getBounds();
    const given = preferences.session as unknown as Session | undefined;
    this.webContents = new WebContents({
      browser: standIn().browser,
      session: given ?? sessionOf(preferences.partition ?? ''),
      preload: preferences.preload ?? null,
      bounds: { left, top, width, height },
      owner: this.#ownPage(),
    });
    windows.set(this.id, this);
    this.webContents.setKeyRules({ accelerators: applicationAccelerators(), inputEvents: false });
    this.applyTheme();
    watcher?.created(this);
    if (options.show ?? true) this.show();
    else this.#apply({ windowState: 'minimized' });
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focused;
  }

  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null;
  }

  static fromWebContents(webContents: object): BrowserWindow | null {
    return [...windows.values()].find((window) => window.webContents === webContents) ?? null;
  }

  loadURL(url: string): Promise<void> {
    this.assertAlive();
    return this.webContents.loadURL(url);
  }

  reload(): void {
    this.assertAlive();
    this.webContents.reload();
  }

  capturePage(rect?: Rectangle): ReturnType<WebContents['capturePage']> {
    this.assertAlive();
    return this.webContents.capturePage(rect);
  }

  show(): void {
    this.showInactive();
    this.focus();
  }

  showInactive(): void {
    this.assertAlive();
    if (this.#isVisible) return;
    this.#isVisible = true;
    this.#apply({ windowState: 'normal' });
    this.emit('show');
  }

  hide(): void {
    this.assertAlive();
    if (!this.#isVisible) return;
    this.#isVisible = false;
    this.#apply({ windowState: 'minimized' });
    this.emit('hide');
    this.blur();
  }

  focus(): void {
    this.assertAlive();
    if (!this.#isVisible || this.#isMinimized || focused === this) return;
    const before = focused;
    takeFocus(this);
    before?.lostFocus();
    this.#emulateFocus(true);
    this.moveTop();
    this.emit('focus', newEvent({}));
    watcher?.focused(this);
  }

  blur(): void {
    if (focused !== this) return;
    focused = null;
    this.lostFocus();
  }

  /** Internal: another window, or none, has the focus now. */
  lostFocus(): void {
    if (!this.isDestroyed()) this.#emulateFocus(false);
    this.emit('blur', newEvent({}));
    watcher?.blurred(this);
  }

  close(): void {
    this.assertAlive();
    const event = newEvent({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.isDestroyed()) return;
    for (const child of windows.values()) if (child.#parent === this) child.destroy();
    this.blur();
    this.markDestroyed();
    windows.delete(this.id);
    this.webContents.destroy();
    this.emit('closed');
    watcher?.closed(this);
  }

  isVisible(): boolean {
    this.assertAlive();
    return this.#isVisible;
  }

  isFocused(): boolean {
    this.assertAlive();
    return focused === this;
  }

  minimize(): void {
    this.assertAlive();
    if (this.#isMinimized) return;
    this.#isMinimized = true;
    this.#apply({ windowState: 'minimized' });
    this.emit('minimize');
    this.blur();
  }

  isMinimized(): boolean {
    this.assertAlive();
    return this.#isMinimized;
  }

  restore(): void {
    this.assertAlive();
    if (!this.#isMinimized) return;
    this.#isMinimized = false;
    this.#apply({ windowState: 'normal' });
    this.emit('restore');
    this.focus();
  }

  maximize(): void {
    this.assertAlive();
    this.#isMaximized = true;
    this.#apply({ windowState: 'maximized' });
    this.emit('maximize');
  }

  unmaximize(): void {
    this.assertAlive();
    this.#isMaximized = false;
    this.#apply({ windowState: 'normal' });
    this.emit('unmaximize');
  }

  isMaximized(): boolean {
    this.assertAlive();
    return this.#isMaximized;
  }

  setFullScreen(flag: boolean): void {
    this.assertAlive();
    if (flag === this.#isFullScreen) return;
    this.#isFullScreen = flag;
    this.#apply({ windowState: flag ? 'fullscreen' : 'normal' });
    this.emit(flag ? 'enter-full-screen' : 'leave-full-screen');
  }

  isFullScreen(): boolean {
    this.assertAlive();
    return this.#isFullScreen;
  }

  getParentWindow(): BrowserWindow | null {
    this.assertAlive();
    return this.#parent;
  }

  moveTop(): void {
    this.assertAlive();
    if (standIn().browser.isHeadless) return;
    this.#whenOpen(({ session }) => {
      session.tell('Page.bringToFront');
    });
  }

  /** Internal: the colour scheme that the application chose. */
  applyTheme(): void {
    const value = nativeTheme.themeSource === 'system' ? '' : nativeTheme.themeSource;
    const features = [{ name: 'prefers-color-scheme', value }];
    this.#whenOpen(({ session }) => {
      session.tell('Emulation.setEmulatedMedia', { features });
    });
  }

  protected override movedTo({ x, y }: Rectangle): void {
    this.#apply({ left: x, top: y });
  }

  protected override resizedTo({ width, height }: Rectangle): void {
    this.#whenOpen((page) => {
      standIn()
        .browser.setContentSize(page, width, height)
        .catch(() => undefined);
    });
  }

  #ownPage() {
    return {
      close: () => {
        this.close();
      },
      gone: () => {
        this.destroy();
      },
      focus: () => {
        this.focus();
      },
      isFocused: () => focused === this,
      readyToShow: () => {
        this.emit('ready-to-show');
      },
      titled: (title: string) => {
        const event = newEvent({});
        this.emit('page-title-updated', event, title, true);
        if (!event.defaultPrevented) this.setTitle(title);
      },
      accelerator: (accelerator: string) => {
        pressAccelerator(accelerator, this);
      },
    };
  }

  /** Headless windows are neither shown nor hidden; only real ones follow. */
  #apply(bounds: WindowBounds): void {
    const { browser } = standIn();
    if (browser.isHeadless) return;
    this.#whenOpen((page) => {
      browser.setWindowBounds(page, bounds).catch(() => undefined);
    });
  }

  #emulateFocus(enabled: boolean): void {
    this.#whenOpen(({ session }) => {
      session.tell('Emulation.setFocusEmulationEnabled', { enabled });
    });
  }

  /** A window that could not be opened has been destroyed, and needs nothing. */
  #whenOpen(action: (page: Page) => void): void {
    this.webContents.host.opened.then(action, () => undefined);
  }
}

strictStatics('BrowserWindow', BrowserWindow);

function takeFocus(window: BrowserWindow): void {
  focused = window;
}

onApplicationMenuChange((accelerators) => {
  for (const { webContents } of windows.values()) {
    webContents.setKeyRules({ accelerators, inputEvents: false });
  }
});

nativeTheme.onSourceChange(() => {
  for (const window of windows.values()) window.applyTheme();
});
