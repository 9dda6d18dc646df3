// The DevTools side of one window's page: opens it, puts the scripts in, intercepts its requests, follows its frame,
// and reports what happens in it. WebContents gives it Electron's shape.
// SPDX-License-Identifier: MIT

import { randomBytes } from 'node:crypto';
import type { DevToolsSession } from '../devtools/connection.ts';
import type { Events, Frame, RemoteObject, RequestPaused } from '../devtools/protocol.ts';
import type { Browser, Page, PageOptions } from './browser.ts';
import { isolatedWorldScript, mainWorldScript, PRELOAD_WORLD } from './page-scripts.ts';
import type { RendererChannel } from './renderer-channel.ts';
import { RequestRouter } from './request-router.ts';
import type { Session } from './session.ts';
import { IPC_ORIGIN, schemeOf, toExternalUrl, toInternalUrl } from './urls.ts';

export interface PageEvents {
  readonly onNavigate: (navigation: Navigation) => boolean;
  readonly onCommit: (url: string) => void;
  readonly onDomReady: () => void;
  readonly onLoad: () => void;
  readonly onTitle: (title: string) => void;
  readonly onConsole: (level: string, message: string, line: number, source: string) => void;
  readonly onWindowOpen: (url: string, name: string, features: string) => void;
  readonly onCrash: () => void;
  readonly onGone: () => void;
}

/** Events of a page may still be under way when its window is gone; nobody wants them then. */
export function untilDestroyed(isDestroyed: () => boolean, events: PageEvents): PageEvents {
  const guarded = Object.entries(events).map(
    ([name, listener]: [string, (...args: never[]) => unknown]) => [
      name,
      (...args: never[]) => (isDestroyed() ? false : listener(...args)),
    ],
  );
  return Object.fromEntries(guarded) as PageEvents;
}

/** A navigation that the page, not the application, began. */
export interface Navigation {
  readonly url: string;
  readonly isMainFrame: boolean;
  readonly isRedirect: boolean;
}

interface PageHostOptions {
  readonly browser: Browser;
  readonly session: Session;
  readonly channel: RendererChannel;
  readonly webContentsId: number;
  readonly preload: { readonly path: string; readonly source: string } | null;
  readonly processInfo: Readonly<Record<string, unknown>>;
  readonly bounds: Omit<PageOptions, 'partition'>;
  readonly events: PageEvents;
}

interface PendingLoad {
  readonly url: string;
  isCommitted: boolean;
  readonly finish: (error: Error | null) => void;
}

export class PageHost {
  readonly opened: Promise<Page>;
  readonly #options: PageHostOptions;
  readonly #router: RequestRouter;
  readonly #ipcUrl = `${IPC_ORIGIN}/${randomBytes(16).toString('hex')}`;
  #mainFrameId = '';
  #pending: PendingLoad | null = null;
  /** The address that the application itself asked for: loading it is no `will-navigate`. */
  #expectedUrl: string | null = null;
  #url = '';
  #isLoading = false;
  targetId: string | null = null;

  constructor(options: PageHostOptions) {
    this.#options = options;
    this.#router = new RequestRouter({
      session: options.session,
      webContentsId: options.webContentsId,
      ipcUrl: this.#ipcUrl,
      onIpc: (frame) => options.channel.receive(frame),
      mayNavigate: (request, url) => this.#mayNavigate(request, url),
      onMainDocument: (url, frameId) => {
        // The document's first messages may come before the news that it was committed.
        if (frameId === this.#mainFrameId) this.#url = url;
      },
    });
    this.opened = this.#open();
    this.opened.catch((error: unknown) => {
      console.error(`stand-in: a window could not be opened: ${String(error)}`);
      options.events.onGone();
    });
  }

  get url(): string {
    return this.#url;
  }

  get isLoading(): boolean {
    return this.#isLoading;
  }

  /** Loads and resolves when the page has loaded, or rejects as Electron does. */
  async load(url: string): Promise<void> {
    const { session } = await this.opened;
    const internal = toInternalUrl(url);
    await new Promise<void>((resolve, reject) => {
      this.#pending?.finish(loadError('ERR_ABORTED', -3, this.#pending.url));
      const finish = (error: Error | null): void => {
        this.#pending = null;
        if (error === null) resolve();
        else reject(error);
      };
      this.#pending = { url, isCommitted: false, finish };
      this.#expectedUrl = withoutFragment(internal);
      this.#isLoading = true;
      session.send('Page.navigate', { url: internal }).then(({ errorText }) => {
        if (errorText !== undefined) this.#fail(errorText);
      }, reject);
    });
  }

  async reload(): Promise<void> {
    const { session } = await this.opened;
    this.#expectedUrl = withoutFragment(toInternalUrl(this.#url));
    this.#isLoading = true;
    await session.send('Page.reload');
  }

  async close(): Promise<void> {
    const page = await this.opened;
    await this.#options.browser.closePage(page);
  }

  #fail(errorText: string): void {
    this.#isLoading = false;
    const pending = this.#pending;
    pending?.finish(loadError(errorText.replace(/^net::/, ''), -2, pending.url));
  }

  async #open(): Promise<Page> {
    const { browser, session, bounds, events } = this.#options;
    const page = await browser.openPage(
      { partition: session.partition, ...bounds },
      { onGone: events.onGone, onTitle: events.onTitle },
    );
    this.targetId = page.targetId;
    // In Chromium a page's main frame has the id of its target.
    this.#mainFrameId = page.targetId;
    this.#listen(page.session);
    await this.#setUp(page.session);
    await browser.setContentSize(page, bounds.width, bounds.height);
    return page;
  }

  async #setUp(session: DevToolsSession): Promise<void> {
    const meeting = randomBytes(16).toString('hex');
    const { preload, processInfo } = this.#options;
    const settings = {
      meeting,
      ipcUrl: this.#ipcUrl,
      preloadPath: preload?.path ?? null,
      process: processInfo,
    };
    const isolated = isolatedWorldScript(settings, preload?.source ?? null);
    await Promise.all([
      this.#router.attach(session),
      session.send('Page.enable'),
      session.send('Inspector.enable'),
      session.send('Runtime.enable'),
      session.send('Log.enable'),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(meeting) }),
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        source: isolated,
        worldName: PRELOAD_WORLD,
      }),
      session.send('Target.setAutoAttach', {
        autoAttach: true,
        waitForDebuggerOnStart: true,
        flatten: true,
      }),
      session.send('Runtime.runIfWaitingForDebugger'),
    ]);
  }

  #listen(session: DevToolsSession): void {
    const { events } = this.#options;
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.#committed(frame);
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === this.#mainFrameId) this.#url = toExternalUrl(url);
    });
    session.on('Page.domContentEventFired', events.onDomReady);
    session.on('Page.loadEventFired', () => {
      this.#loaded();
    });
    session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      events.onWindowOpen(toExternalUrl(url), windowName, windowFeatures.join(','));
    });
    session.on('Page.frameRequestedNavigation', ({ frameId, url }) => {
      if (['http', 'https', 'about', 'blob', 'data', 'javascript'].includes(schemeOf(url))) return;
      // Chromium follows no such address; the application hears of the attempt all the same.
      events.onNavigate({ url, isMainFrame: frameId === this.#mainFrameId, isRedirect: false });
    });
    session.on('Page.javascriptDialogOpening', ({ type }) => {
      session.tell('Page.handleJavaScriptDialog', { accept: type === 'beforeunload' });
    });
    session.on('Inspector.targetCrashed', events.onCrash);
    session.on('Target.attachedToTarget', (event) => void this.#attachChild(session, event));
    this.#listenToConsole(session);
  }

  #listenToConsole(session: DevToolsSession): void {
    const { onConsole } = this.#options.events;
    session.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
      const text = args.map(printed).join(' ');
      const frame = stackTrace?.callFrames[0];
      onConsole(type, text, (frame?.lineNumber ?? 0) + 1, toExternalUrl(frame?.url ?? ''));
    });
    session.on('Runtime.exceptionThrown', ({ exceptionDetails: details }) => {
      const text = `${details.text} ${details.exception?.description ?? ''}`.trim();
      onConsole('error', text, details.lineNumber + 1, toExternalUrl(details.url ?? ''));
    });
    session.on('Log.entryAdded', ({ entry }) => {
      onConsole(
        entry.level,
        entry.text,
        (entry.lineNumber ?? 0) + 1,
        toExternalUrl(entry.url ?? ''),
      );
    });
  }

  #committed(frame: Frame): void {
    const isOurs = schemeOf(frame.url) === 'https';
    this.#url = toExternalUrl(frame.url);
    if (this.#pending !== null) this.#pending.isCommitted = true;
    this.#options.channel.commit(isOurs);
    this.#options.events.onCommit(this.#url);
  }

  #loaded(): void {
    if (this.#url === '' || this.#url === 'about:blank') return;
    this.#isLoading = false;
    if (this.#pending?.isCommitted === true) this.#pending.finish(null);
    this.#options.events.onLoad();
  }

  #mayNavigate(request: RequestPaused, url: string): boolean {
    const isMainFrame = request.frameId === this.#mainFrameId;
    const isRedirect = request.redirectedRequestId !== undefined;
    if (isMainFrame && !isRedirect && this.#expectedUrl === withoutFragment(request.request.url)) {
      this.#expectedUrl = null;
      return true;
    }
    return this.#options.events.onNavigate({ url, isMainFrame, isRedirect });
  }

  /** Workers and frames of other origins have sessions, and requests, of their own. */
  async #attachChild(
    parent: DevToolsSession,
    event: Events['Target.attachedToTarget'],
  ): Promise<void> {
    const child = parent.child(event.sessionId);
    child.on('Target.attachedToTarget', (grandchild) => void this.#attachChild(child, grandchild));
    await Promise.allSettled([
      this.#router.attach(child),
      child.send('Target.setAutoAttach', {
        autoAttach: true,
        waitForDebuggerOnStart: true,
        flatten: true,
      }),
      child.send('Runtime.runIfWaitingForDebugger'),
    ]);
  }
}

/** As the console would show a value that was logged. */
function printed({ value, description, type }: RemoteObject): string {
  if (typeof value === 'string') return value;
  return description ?? (value === undefined ? type : JSON.stringify(value));
}

function withoutFragment(url: string): string {
  return url.replace(/#.*$/s, '');
}

function loadError(code: string, errno: number, url: string): Error {
  return Object.assign(new Error(`${code} (${String(errno)}) loading '${url}'`), {
    code,
    errno,
    url,
  });
}
