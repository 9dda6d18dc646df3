// The one Chromium behind all windows: its start, its browser contexts (one for each session), its page targets, and
// the rule that no page lives in it that is not a window's.
// SPDX-License-Identifier: MIT

import { isRoot, startChromium, type Chromium } from '../devtools/chromium.ts';
import type { DevToolsConnection, DevToolsSession } from '../devtools/connection.ts';
import type { PipeTap } from '../devtools/message-pipe.ts';
import type { Events, WindowBounds } from '../devtools/protocol.ts';

export interface Page {
  readonly targetId: string;
  readonly session: DevToolsSession;
  readonly windowId: number;
}

export interface PageOptions {
  readonly partition: string;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
}

interface BrowserOptions {
  readonly headless: boolean;
  readonly environment: NodeJS.ProcessEnv;
  readonly onExit: (reason: string) => void;
  readonly tap?: PipeTap;
}

interface Owner {
  readonly partition: string;
  readonly onGone: () => void;
  readonly onTitle: (title: string) => void;
}

type Download = Events['Browser.downloadWillBegin'];

/** What no page is ever granted, whatever the application's handlers say. */
const REFUSED_PERMISSIONS = [
  'camera',
  'clipboard-read',
  'geolocation',
  'idle-detection',
  'local-fonts',
  'microphone',
  'midi',
  'notifications',
  'persistent-storage',
  'storage-access',
  'window-management',
];

export class Browser {
  readonly #chromium: Chromium;
  readonly #contexts = new Map<string, Promise<string>>();
  readonly #attached = new Map<string, DevToolsSession>();
  readonly #owned = new Map<string, Owner>();
  readonly #downloadListeners = new Set<(download: Download) => void>();
  readonly connected: Promise<DevToolsConnection>;
  readonly isHeadless: boolean;
  chromeVersion = '';
  #creating = 0;

  constructor(options: BrowserOptions) {
    this.isHeadless = options.headless;
    this.#chromium = startChromium(options);
    if (isRoot()) process.stderr.write("Running as root: Chromium's sandbox is off.\n");
    this.connected = this.#connect();
    // Reported by the exit of the process; whoever waits for it sees it too.
    this.connected.catch(() => undefined);
  }

  /** Ends Chromium now; nothing of its pages remains. */
  end(): void {
    this.#chromium.end();
  }

  onDownload(listener: (download: Download) => void): void {
    this.#downloadListeners.add(listener);
  }

  /** Opens a page of its own window; `onGone` is called once when it is closed, from wherever. */
  async openPage(options: PageOptions, callbacks: Omit<Owner, 'partition'>): Promise<Page> {
    const { root } = await this.connected;
    const browserContextId = await this.context(options.partition);
    this.#creating++;
    const { width, height, left, top } = options;
    const { targetId } = await root
      .send('Target.createTarget', {
        url: 'about:blank',
        newWindow: true,
        background: false,
        browserContextId,
        width,
        height,
        left,
        top,
      })
      .finally(() => this.#creating--);
    this.#owned.set(targetId, { partition: options.partition, ...callbacks });
    const session = this.#attached.get(targetId);
    if (session === undefined) throw new Error('Chromium opened a page and did not attach it');
    this.#closeStrangers();
    const { windowId } = await root.send('Browser.getWindowForTarget', { targetId });
    return { targetId, session, windowId };
  }

  async closePage(page: Page): Promise<void> {
    const { root } = await this.connected;
    await root.send('Target.closeTarget', { targetId: page.targetId });
  }

  /** Sizes the page's content; the window's frame comes on top. */
  async setContentSize(page: Page, width: number, height: number): Promise<void> {
    const { root } = await this.connected;
    await root.send('Browser.setContentsSize', { windowId: page.windowId, width, height });
  }

  async setWindowBounds(page: Page, bounds: WindowBounds): Promise<void> {
    const { root } = await this.connected;
    await root.send('Browser.setWindowBounds', { windowId: page.windowId, bounds });
  }

  /** The browser context of a session, made on first use. */
  context(partition: string): Promise<string> {
    const known = this.#contexts.get(partition);
    if (known !== undefined) return known;
    const created = this.#createContext();
    this.#contexts.set(partition, created);
    return created;
  }

  /** Forgets what pages of a session stored: all of it, or, while a page is open, that of its origin. */
  async clearStorage(partition: string): Promise<void> {
    const { root } = await this.connected;
    const open = [...this.#owned].filter(([, owner]) => owner.partition === partition);
    if (open.length === 0) {
      const context = this.#contexts.get(partition);
      this.#contexts.delete(partition);
      if (context !== undefined) {
        await root.send('Target.disposeBrowserContext', { browserContextId: await context });
      }
      return;
    }
    await Promise.all(
      open.map(async ([targetId]) => {
        const session = this.#attached.get(targetId);
        const evaluated = await session?.send('Runtime.evaluate', {
          expression: 'location.origin',
        });
        const origin = String(evaluated?.result.value);
        await session?.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
      }),
    );
  }

  async #createContext(): Promise<string> {
    const { root } = await this.connected;
    const { browserContextId } = await root.send('Target.createBrowserContext');
    await root.send('Browser.setDownloadBehavior', {
      behavior: 'deny',
      browserContextId,
      eventsEnabled: true,
    });
    // A real window would ask the person instead; one that this Chromium does not know needs no refusal.
    for (const name of REFUSED_PERMISSIONS) {
      const permission = { name };
      root.tell('Browser.setPermission', { permission, setting: 'denied', browserContextId });
    }
    return browserContextId;
  }

  async #connect(): Promise<DevToolsConnection> {
    const { connection } = this.#chromium;
    const { root } = connection;
    root.on('Target.attachedToTarget', (event) => {
      this.#attach(root, event);
    });
    root.on('Target.detachedFromTarget', ({ targetId }) => {
      if (targetId !== undefined) this.#gone(targetId);
    });
    root.on('Target.targetInfoChanged', ({ targetInfo }) => {
      this.#owned.get(targetInfo.targetId)?.onTitle(targetInfo.title);
    });
    root.on('Browser.downloadWillBegin', (download) => {
      for (const listener of this.#downloadListeners) listener(download);
    });
    const { product } = await root.send('Browser.getVersion');
    this.chromeVersion = product.replace(/^.*\//, '');
    await root.send('Target.setDiscoverTargets', { discover: true });
    await root.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
    });
    return connection;
  }

  #attach(root: DevToolsSession, event: Events['Target.attachedToTarget']): void {
    const { targetInfo, sessionId } = event;
    // The browser itself is attached again for the endpoint's client.
    if (targetInfo.type === 'browser') return;
    const session = root.child(sessionId);
    if (targetInfo.type !== 'page') {
      session.tell('Runtime.runIfWaitingForDebugger');
      root.tell('Target.detachFromTarget', { sessionId });
      return;
    }
    this.#attached.set(targetInfo.targetId, session);
    if (targetInfo.openerId !== undefined) {
      root.tell('Target.closeTarget', { targetId: targetInfo.targetId });
    } else {
      this.#closeStrangers();
    }
  }

  /** A page that no window asked for (a browser shortcut, say) is closed before it can load anything. */
  #closeStrangers(): void {
    if (this.#creating > 0) return;
    for (const targetId of this.#attached.keys()) {
      if (this.#owned.has(targetId)) continue;
      this.#chromium.connection.root.tell('Target.closeTarget', { targetId });
    }
  }

  #gone(targetId: string): void {
    this.#attached.delete(targetId);
    const owner = this.#owned.get(targetId);
    this.#owned.delete(targetId);
    owner?.onGone();
  }
}
