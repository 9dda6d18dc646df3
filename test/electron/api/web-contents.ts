// Electron's WebContents: the page of a window, with its loading, its navigation rules, its messages and its picture.
// SPDX-License-Identifier: MIT

import type { KeyRules } from '../page/keys.ts';
import type { Browser, PageOptions } from './browser.ts';
import { dispatchInvoke } from './ipc-main.ts';
import { NativeImage } from './native-image.ts';
import { notImplemented } from './not-implemented.ts';
import { PageHost, untilDestroyed, type Navigation, type PageEvents } from './page-host.ts';
import { readPreload } from './page-scripts.ts';
import { RendererChannel } from './renderer-channel.ts';
import type { Session } from './session.ts';
import { newEvent, StrictEmitter, strictStatics } from './strict-emitter.ts';
import { originOf, toExternalUrl, toInternalUrl } from './urls.ts';
import { newMainFrame, type WebFrameMain } from './web-frame-main.ts';

const EVENTS = [
  'before-input-event',
  'console-message',
  'destroyed',
  'did-fail-load',
  'did-finish-load',
  'did-navigate',
  'did-start-loading',
  'did-stop-loading',
  'dom-ready',
  'page-title-updated',
  'preload-error',
  'render-process-gone',
  'will-attach-webview',
  'will-frame-navigate',
  'will-navigate',
  'will-redirect',
];

const CONSOLE_LEVELS: Readonly<Record<string, string>> = {
  debug: 'debug',
  verbose: 'debug',
  warning: 'warning',
  error: 'error',
  assert: 'error',
};

type WindowOpenHandler = (details: never) => { readonly action: 'allow' | 'deny' };

/** What the window does for its page. */
export interface WebContentsOwner {
  readonly close: () => void;
  readonly gone: () => void;
  readonly focus: () => void;
  readonly isFocused: () => boolean;
  readonly readyToShow: () => void;
  readonly titled: (title: string) => void;
  readonly accelerator: (accelerator: string) => void;
}

interface WebContentsOptions {
  readonly browser: Browser;
  readonly session: Session;
  readonly preload: string | null;
  readonly bounds: Omit<PageOptions, 'partition'>;
  readonly owner: WebContentsOwner;
}

const all = new Map<number, WebContents>();
let lastId = 0;

export class WebContents extends StrictEmitter {
  readonly id = ++lastId;
  readonly session: Session;
  readonly mainFrame: WebFrameMain;
  readonly #owner: WebContentsOwner;
  readonly #host: PageHost;
  readonly #channel: RendererChannel;
  #openHandler: WindowOpenHandler | null = null;
  #keyRules: KeyRules = { accelerators: [], inputEvents: false };
  #title = '';
  #zoomFactor = 1;
  #isDestroyed = false;
  #isShowable = false;

  constructor(options: WebContentsOptions) {
    super('webContents', EVENTS);
    this.session = options.session;
    this.#owner = options.owner;
    this.mainFrame = newMainFrame({
      id: this.id,
      url: () => this.getURL(),
      isDestroyed: () => this.#isDestroyed,
      send: (channel, args) => {
        this.send(channel, ...args);
      },
    });
    this.#channel = new RendererChannel({
      invoke: (channel, args) => {
        this.#assertAlive();
        return dispatchInvoke(this, this.mainFrame, channel, args);
      },
      host: (name, args) => this.#fromFacade(name, args),
      key: (input) => this.#beforeInput(input),
    });
    this.#host = this.#openPage(options);
    all.set(this.id, this);
    this.on('newListener', (event) => {
      if (event === 'before-input-event')
        this.setKeyRules({ ...this.#keyRules, inputEvents: true });
    });
  }

  static fromId(id: number): WebContents | undefined {
    return all.get(id);
  }

  static getAllWebContents(): WebContents[] {
    return [...all.values()];
  }

  static getFocusedWebContents(): WebContents | null {
    return [...all.values()].find((contents) => contents.isFocused()) ?? null;
  }

  static fromDevToolsTargetId(targetId: string): WebContents | undefined {
    return [...all.values()].find((contents) => contents.#host.targetId === targetId);
  }

  loadURL(url: string): Promise<void> {
    this.#assertAlive();
    this.emit('did-start-loading');
    return this.#host.load(url).catch((error: unknown) => {
      const { code, errno } = error as { readonly code?: string; readonly errno?: number };
      this.emit('did-fail-load', newEvent({}), errno ?? -2, code ?? '', url, true, this.id, 1);
      throw error;
    });
  }

  reload(): void {
    this.#assertAlive();
    this.#host.reload().catch(() => undefined);
  }

  send(channel: string, ...args: unknown[]): void {
    this.#assertAlive();
    this.#channel.push(channel, args);
  }

  getURL(): string {
    return this.#host.url;
  }

  getTitle(): string {
    return this.#title;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  isLoading(): boolean {
    return this.#host.isLoading;
  }

  isFocused(): boolean {
    return !this.#isDestroyed && this.#owner.isFocused();
  }

  focus(): void {
    this.#assertAlive();
    this.#owner.focus();
  }

  close(): void {
    if (!this.#isDestroyed) this.#owner.close();
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#assertAlive();
    this.#openHandler = handler;
  }

  /** By the document's own zoom, so `vw` and media queries keep the window's size. */
  setZoomFactor(factor: number): void {
    this.#assertAlive();
    if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0");
    this.#zoomFactor = factor;
    this.#applyZoom();
  }

  getZoomFactor(): number {
    return this.#zoomFactor;
  }

  async capturePage(rect?: Electron.Rectangle): Promise<NativeImage> {
    this.#assertAlive();
    const { session } = await this.#host.opened;
    const { data } = await session.send('Page.captureScreenshot', {
      format: 'png',
      ...(rect === undefined ? {} : { clip: { ...rect, scale: 1 } }),
    });
    return new NativeImage(data);
  }

  executeJavaScript(): Promise<never> {
    return Promise.reject(notImplemented('webContents.executeJavaScript'));
  }

  /** Internal: the page behind, for the window's bounds and colours. */
  get host(): PageHost {
    return this.#host;
  }

  /** Internal: which keys the page must tell of. */
  setKeyRules(rules: KeyRules): void {
    this.#keyRules = { ...rules, inputEvents: this.#keyRules.inputEvents || rules.inputEvents };
    this.#channel.setKeyRules(this.#keyRules);
  }

  /** Internal: the window is gone. */
  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    all.delete(this.id);
    this.#host.close().catch(() => undefined);
    this.emit('destroyed');
  }

  #assertAlive(): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed');
  }

  #openPage({ browser, session, preload, bounds }: WebContentsOptions): PageHost {
    return new PageHost({
      browser,
      session,
      bounds,
      channel: this.#channel,
      webContentsId: this.id,
      preload: this.#readPreload(preload),
      processInfo: processInfo(),
      events: untilDestroyed(() => this.#isDestroyed, this.#pageEvents()),
    });
  }

  #pageEvents(): PageEvents {
    return {
      onNavigate: (navigation) => this.#navigate(navigation),
      onCommit: (url) => {
        this.#applyZoom();
        this.emit('did-navigate', newEvent({}), url, 200, 'OK');
      },
      onDomReady: () => this.emit('dom-ready', newEvent({})),
      onLoad: () => {
        this.#loaded();
      },
      onTitle: (title) => {
        this.#titled(title);
      },
      onConsole: (level, message, lineNumber, sourceId) => {
        this.#console(level, message, lineNumber, sourceId);
      },
      onWindowOpen: (url, name, features) => {
        this.#windowOpen(url, name, features);
      },
      onCrash: () => {
        this.emit('render-process-gone', newEvent({}), { reason: 'crashed', exitCode: 1 });
        this.#owner.gone();
      },
      onGone: () => {
        this.#owner.gone();
      },
    };
  }

  #readPreload(path: string | null): { path: string; source: string } | null {
    if (path === null) return null;
    const read = readPreload(path);
    if ('source' in read) return { path, source: read.source };
    setImmediate(() => {
      this.#preloadFailed(path, read.error);
    });
    return null;
  }

  #preloadFailed(path: string, error: Error): void {
    console.error(`Unable to load preload script: ${path}\n${error.stack ?? error.message}`);
    this.emit('preload-error', newEvent({}), path, error);
  }

  #applyZoom(): void {
    if (this.#zoomFactor === 1 && this.getURL() === '') return;
    const expression = `document.documentElement.style.zoom = ${String(this.#zoomFactor)}`;
    this.#host.opened.then(
      ({ session }) => {
        session.tell('Runtime.evaluate', { expression });
      },
      () => undefined,
    );
  }

  #loaded(): void {
    this.emit('did-finish-load');
    this.emit('did-stop-loading');
    if (this.#isShowable) return;
    this.#isShowable = true;
    this.#owner.readyToShow();
  }

  #titled(title: string): void {
    // Until a page has a title Chromium makes one of its address, which the application must not see.
    if (title === this.#title || title === '' || isMadeOfUrl(title, this.getURL())) return;
    this.#title = title;
    const event = newEvent({});
    this.emit('page-title-updated', event, title, true);
    if (!event.defaultPrevented) this.#owner.titled(title);
  }

  #console(type: string, message: string, lineNumber: number, sourceId: string): void {
    const level = CONSOLE_LEVELS[type] ?? 'info';
    const levelNumber = ['debug', 'info', 'warning', 'error'].indexOf(level);
    const details = { message, level, lineNumber, sourceId, frame: this.mainFrame };
    this.emit('console-message', newEvent(details), levelNumber, message, lineNumber, sourceId);
  }

  /** True when no listener prevented it. */
  #navigate({ url, isMainFrame, isRedirect }: Navigation): boolean {
    const frame = isMainFrame ? this.mainFrame : null;
    const event = newEvent({ url, isMainFrame, isSameDocument: false, frame, initiator: frame });
    if (isRedirect) {
      this.emit('will-redirect', event, url, false, isMainFrame, this.id, 1);
      return !event.defaultPrevented;
    }
    this.emit('will-frame-navigate', event);
    if (isMainFrame && !event.defaultPrevented) {
      this.emit('will-navigate', event, url, false, true, this.id, 1);
    }
    return !event.defaultPrevented;
  }

  #windowOpen(url: string, frameName: string, features: string): void {
    const details = {
      url,
      frameName,
      features,
      disposition: features === '' ? 'foreground-tab' : 'new-window',
      referrer: { url: this.getURL(), policy: 'strict-origin-when-cross-origin' },
    };
    const action = this.#openHandler?.(details as never).action ?? 'allow';
    if (action !== 'deny') {
      throw notImplemented(
        'a window opened by a page (deny it in webContents.setWindowOpenHandler)',
      );
    }
  }

  #beforeInput(input: unknown): boolean {
    const event = newEvent({});
    this.emit('before-input-event', event, input);
    return event.defaultPrevented;
  }

  /** What the page's facade asks for on the page's behalf. */
  async #fromFacade(name: string, args: readonly unknown[]): Promise<unknown> {
    switch (name) {
      case 'open-window':
        this.#windowOpen(toExternalUrl(String(args[0])), String(args[1]), String(args[2]));
        return undefined;
      case 'close-window':
        this.close();
        return undefined;
      case 'accelerator':
        this.#owner.accelerator(String(args[0]));
        return undefined;
      case 'preload-error':
        this.emit('preload-error', newEvent({}), '', args[0]);
        return undefined;
      case 'may-use':
        return this.#mayUse(String(args[0]), args[1] === true);
      default:
        throw notImplemented(name);
    }
  }

  #mayUse(permission: string, isCheck: boolean): Promise<boolean> {
    const url = this.getURL();
    const question = { webContents: this, permission, url, origin: originOf(url) };
    return this.session.mayUse(question, isCheck);
  }
}

strictStatics('webContents', WebContents);

function isMadeOfUrl(title: string, url: string): boolean {
  return title === 'about:blank' || toInternalUrl(url).endsWith(title);
}

/** What a sandboxed preload may know of the process. */
function processInfo(): Readonly<Record<string, unknown>> {
  return {
    type: 'renderer',
    platform: process.platform,
    arch: process.arch,
    sandboxed: true,
    contextIsolated: true,
    versions: { ...process.versions },
    env: {},
    argv: [],
  };
}
