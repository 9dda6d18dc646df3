// Electron's Session: one browser context of Chromium, with its protocol handlers, its request hooks, and handlers
// for permissions. Everything in it is in memory; what the application does not grant is denied.
// SPDX-License-Identifier: MIT

import type { Browser } from './browser.ts';
import { notImplemented } from './not-implemented.ts';
import { ProtocolRegistry } from './protocol.ts';
import { newEvent, StrictEmitter } from './strict-emitter.ts';
import { newWebRequest, type WebRequestHooks } from './web-request.ts';

type PermissionRequestHandler = (
  webContents: never,
  permission: never,
  callback: (granted: boolean) => void,
  details: never,
) => void;
type PermissionCheckHandler = (
  webContents: never,
  permission: never,
  requestingOrigin: string,
  details: never,
) => boolean;

export interface PermissionQuestion {
  readonly webContents: unknown;
  readonly permission: string;
  readonly url: string;
  readonly origin: string;
}

export class Session extends StrictEmitter {
  readonly partition: string;
  readonly registry = new ProtocolRegistry();
  readonly protocol = this.registry.api;
  readonly webRequest;
  readonly hooks: WebRequestHooks;
  #onRequest: PermissionRequestHandler | null = null;
  #onCheck: PermissionCheckHandler | null = null;

  constructor(partition: string) {
    super('session', ['will-download']);
    this.partition = partition;
    const { api, hooks } = newWebRequest();
    this.webRequest = api;
    this.hooks = hooks;
  }

  setPermissionRequestHandler(handler: PermissionRequestHandler | null): void {
    this.#onRequest = handler;
  }

  setPermissionCheckHandler(handler: PermissionCheckHandler | null): void {
    this.#onCheck = handler;
  }

  /** Devices are never offered to pages here, so the handler has nothing to decide. */
  setDevicePermissionHandler(_handler: ((details: never) => boolean) | null): void {
    // Nothing asks it.
  }

  /** Screens are never offered to pages here, so the handler has nothing to decide. */
  setDisplayMediaRequestHandler(
    _handler: Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0],
  ): void {
    // Nothing asks it.
  }

  /** Chromium's spell checker stays off: it would fetch dictionaries. */
  setSpellCheckerEnabled(enable: boolean): void {
    if (enable) throw notImplemented('session.setSpellCheckerEnabled(true)');
  }

  async clearStorageData(): Promise<void> {
    await browserOf().clearStorage(this.partition);
  }

  /** Answers of protocol handlers are never cached, so there is nothing to clear. */
  clearCache(): Promise<void> {
    return Promise.resolve();
  }

  /** What the application's handlers say to a page that wants `permission`; without a handler: no. */
  async mayUse(question: PermissionQuestion, isCheck: boolean): Promise<boolean> {
    const { webContents, permission, url, origin } = question;
    if (isCheck) {
      const details = { isMainFrame: true, requestingUrl: url };
      return (
        this.#onCheck?.(webContents as never, permission as never, origin, details as never) ===
        true
      );
    }
    const handler = this.#onRequest;
    if (handler === null) return false;
    const details = { requestingUrl: url, isMainFrame: true };
    return new Promise((resolve) => {
      handler(webContents as never, permission as never, resolve, details as never);
    });
  }

  announceDownload(webContents: unknown, url: string, filename: string): void {
    const item = {
      getURL: () => url,
      getFilename: () => filename,
      cancel: () => undefined,
    };
    this.emit('will-download', newEvent({}), item, webContents);
  }
}

const sessions = new Map<string, Session>();
let browserOf: () => Browser = () => {
  throw new Error('session: the application is not ready');
};

/** Told once where the browser is, when there is one. */
export function connectSessions(browser: () => Browser): void {
  browserOf = browser;
}

/** The session of a partition; an empty name is the default session. */
export function sessionOf(partition: string): Session {
  if (partition.startsWith('persist:')) {
    throw notImplemented(`session.fromPartition('${partition}'): nothing is kept on disk`);
  }
  const known = sessions.get(partition);
  if (known !== undefined) return known;
  const session = new Session(partition);
  sessions.set(partition, session);
  return session;
}
