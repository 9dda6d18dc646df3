// Session.webRequest, as far as it is used: looking at a request before it is served and at the headers of its answer.
// SPDX-License-Identifier: MIT

import { strictObject } from '../page/strict-object.ts';

export interface RequestDetails {
  readonly id: number;
  readonly url: string;
  readonly method: string;
  readonly resourceType: string;
  readonly referrer: string;
  readonly timestamp: number;
  readonly webContentsId: number;
}

type ResponseHeaders = Readonly<Record<string, readonly string[]>>;

interface BeforeResponse {
  readonly cancel?: boolean;
  readonly redirectURL?: string;
}

interface HeadersResponse {
  readonly cancel?: boolean;
  readonly responseHeaders?: Readonly<Record<string, string | readonly string[]>>;
  readonly statusLine?: string;
}

type HeadersDetails = RequestDetails & {
  readonly responseHeaders: ResponseHeaders;
  readonly statusCode: number;
  readonly statusLine: string;
};

type Hook<Details, Answer> = (details: Details, callback: (answer: Answer) => void) => void;

interface Filter {
  readonly urls: readonly string[];
}

interface Registered<Details, Answer> {
  readonly filter: Filter | null;
  readonly listener: Hook<Details, Answer>;
}

/** One hook: Electron keeps only the last listener. */
class HookSlot<Details extends RequestDetails, Answer extends object> {
  #registered: Registered<Details, Answer> | null = null;

  set(first: Filter | Hook<Details, Answer> | null, second?: Hook<Details, Answer> | null): void {
    const listener = typeof first === 'function' || first === null ? first : (second ?? null);
    const filter = typeof first === 'function' || first === null ? null : first;
    this.#registered = listener === null ? null : { filter, listener };
  }

  ask(details: Details): Promise<Answer | null> {
    const registered = this.#registered;
    if (registered === null || !matches(registered.filter, details.url)) {
      return Promise.resolve(null);
    }
    return new Promise((resolve) => {
      registered.listener(details, resolve);
    });
  }
}

function matches(filter: Filter | null, url: string): boolean {
  if (filter === null) return true;
  return filter.urls.some((pattern) => {
    if (pattern === '<all_urls>') return true;
    const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
    return new RegExp(`^${escaped.replaceAll('*', '.*')}$`).test(url);
  });
}

export interface WebRequestHooks {
  readonly beforeRequest: HookSlot<RequestDetails, BeforeResponse>;
  readonly headersReceived: HookSlot<HeadersDetails, HeadersResponse>;
}

type Offered = Pick<Electron.WebRequest, 'onBeforeRequest' | 'onHeadersReceived'>;

export function newWebRequest(): { readonly hooks: WebRequestHooks; readonly api: Offered } {
  const hooks: WebRequestHooks = { beforeRequest: new HookSlot(), headersReceived: new HookSlot() };
  const api: Offered = strictObject('session.webRequest', {
    onBeforeRequest: (...args: unknown[]) => {
      hooks.beforeRequest.set(...(args as Parameters<typeof hooks.beforeRequest.set>));
    },
    onHeadersReceived: (...args: unknown[]) => {
      hooks.headersReceived.set(...(args as Parameters<typeof hooks.headersReceived.set>));
    },
  });
  return { hooks, api };
}
