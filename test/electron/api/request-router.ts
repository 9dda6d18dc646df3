// Every request of a window's page ends here, intercepted before the network: the IPC channel, the application's
// protocol handlers, or a refusal. Nothing leaves the machine.
// SPDX-License-Identifier: MIT

import type { DevToolsSession } from '../devtools/connection.ts';
import type { HeaderEntry, RequestPaused } from '../devtools/protocol.ts';
import { withIpcAllowed, withIpcAllowedInHtml } from './content-security-policy.ts';
import type { ChannelAnswer } from './renderer-channel.ts';
import type { Session } from './session.ts';
import { IPC_ORIGIN, schemeOf, toExternalUrl, toInternalUrl } from './urls.ts';
import type { RequestDetails } from './web-request.ts';

interface RouterOptions {
  readonly session: Session;
  readonly webContentsId: number;
  /** The exact address of this window's channel, its token included. */
  readonly ipcUrl: string;
  readonly onIpc: (frame: Uint8Array) => Promise<ChannelAnswer>;
  /** False when the application refuses the navigation. */
  readonly mayNavigate: (request: RequestPaused, url: string) => boolean;
  readonly onMainDocument: (url: string, frameId: string) => void;
}

let lastRequestId = 0;

export class RequestRouter {
  readonly #options: RouterOptions;

  constructor(options: RouterOptions) {
    this.#options = options;
  }

  /** Intercepts everything that `target` requests. */
  async attach(target: DevToolsSession): Promise<void> {
    target.on('Fetch.requestPaused', (request) => {
      this.#route(target, request);
    });
    await target.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  }

  #route(target: DevToolsSession, request: RequestPaused): void {
    const { url } = request.request;
    // The body must be taken now: the message that carries it is zeroed when this returns.
    const body = joinBody(request);
    const served = url.startsWith(`${IPC_ORIGIN}/`)
      ? this.#serveIpc(target, request, body)
      : ['blob', 'data', 'about'].includes(schemeOf(url))
        ? target.send('Fetch.continueRequest', { requestId: request.requestId })
        : this.#serve(target, request, body);
    served.catch((error: unknown) => {
      if (!target.isEnded && !String(error).includes('Invalid InterceptionId')) {
        console.error(`stand-in: ${toExternalUrl(url)}: ${String(error)}`);
        fail(target, request, 'Failed');
      }
    });
  }

  async #serveIpc(
    target: DevToolsSession,
    request: RequestPaused,
    body: Uint8Array,
  ): Promise<unknown> {
    if (request.request.url !== this.#options.ipcUrl || request.request.method !== 'POST') {
      fail(target, request, 'AccessDenied');
      return;
    }
    const answer = await this.#options.onIpc(body).finally(() => body.fill(0));
    const sent = target.send('Fetch.fulfillRequest', {
      requestId: request.requestId,
      responseCode: answer.status,
      responseHeaders: [
        { name: 'Access-Control-Allow-Origin', value: request.request.headers.Origin ?? '*' },
        { name: 'Cache-Control', value: 'no-store' },
      ],
      body: answer.body,
    });
    // Encoded by now; the pipe zeroes its own copy.
    answer.body.fill(0);
    return sent;
  }

  async #serve(
    target: DevToolsSession,
    request: RequestPaused,
    body: Uint8Array<ArrayBuffer>,
  ): Promise<unknown> {
    const { session } = this.#options;
    const isDocument = request.resourceType === 'Document';
    const url = toExternalUrl(request.request.url);
    if (isDocument && !this.#options.mayNavigate(request, url)) {
      fail(target, request, 'Aborted');
      return;
    }
    if (request.resourceType === 'Other' && /^[^?#]*\/favicon\.ico$/.test(url)) {
      // Chromium asks for it because it thinks the page https; nobody asks it of app://.
      return fulfill(target, request, { status: 204, headers: [] }, new Uint8Array(0));
    }
    const details = this.#details(request, url);
    const before = await session.hooks.beforeRequest.ask(details);
    if (before?.redirectURL !== undefined) {
      return fulfill(target, request, redirectTo(before.redirectURL), new Uint8Array(0));
    }
    const handler = session.registry.handlerOf(schemeOf(url));
    if (before?.cancel === true || handler === undefined) {
      // An aborted navigation leaves the page where it is, as a refused one does.
      fail(target, request, isDocument ? 'Aborted' : 'BlockedByClient');
      return;
    }
    const response = await handler(toRequest(request, url, body));
    const received = await this.#received(details, response);
    if (received === null) {
      fail(target, request, 'BlockedByClient');
      return;
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (isDocument) this.#options.onMainDocument(url, request.frameId);
    return fulfill(target, request, received, allowIpc(received.headers, bytes));
  }

  async #received(details: RequestDetails, response: Response): Promise<ResponseHead | null> {
    const head = headOf(response);
    const answer = await this.#options.session.hooks.headersReceived.ask({
      ...details,
      responseHeaders: grouped(head.headers),
      statusCode: head.status,
      statusLine: `HTTP/1.1 ${String(head.status)} ${response.statusText}`,
    });
    if (answer?.cancel === true) return null;
    if (answer?.responseHeaders === undefined) return head;
    const headers = Object.entries(answer.responseHeaders).flatMap(([name, values]) =>
      [values].flat().map((value) => ({ name, value })),
    );
    return { ...head, headers };
  }

  #details(request: RequestPaused, url: string): RequestDetails {
    return {
      id: ++lastRequestId,
      url,
      method: request.request.method,
      resourceType: RESOURCE_TYPES[request.resourceType] ?? 'other',
      referrer: toExternalUrl(request.request.headers.Referer ?? ''),
      timestamp: Date.now(),
      webContentsId: this.#options.webContentsId,
    };
  }
}

const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  XHR: 'xhr',
  Fetch: 'xhr',
  Media: 'media',
  WebSocket: 'webSocket',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
};

interface ResponseHead {
  readonly status: number;
  readonly headers: readonly HeaderEntry[];
}

function headOf(response: Response): ResponseHead {
  const headers = [...response.headers].map(([name, value]) => ({ name, value }));
  return { status: response.status, headers };
}

function grouped(headers: readonly HeaderEntry[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const { name, value } of headers) (groups[name] ??= []).push(value);
  return groups;
}

function redirectTo(url: string): ResponseHead {
  return { status: 307, headers: [{ name: 'location', value: url }] };
}

function joinBody(request: RequestPaused): Uint8Array<ArrayBuffer> {
  const parts = (request.request.postDataEntries ?? []).map(
    ({ bytes }) => bytes ?? new Uint8Array(),
  );
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function toRequest(paused: RequestPaused, url: string, body: Uint8Array<ArrayBuffer>): Request {
  const { method, headers, urlFragment } = paused.request;
  const external = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    /^(origin|referer)$/i.test(name) ? toExternalUrl(value) : value,
  ]);
  const hasBody = body.length > 0 && method !== 'GET' && method !== 'HEAD';
  return new Request(url + (urlFragment ?? ''), {
    method,
    headers: external,
    ...(hasBody ? { body } : {}),
  });
}

function fulfill(
  target: DevToolsSession,
  request: RequestPaused,
  head: ResponseHead,
  body: Uint8Array,
): Promise<unknown> {
  return target.send('Fetch.fulfillRequest', {
    requestId: request.requestId,
    responseCode: head.status,
    responseHeaders: head.headers.flatMap(internalHeader),
    body,
  });
}

function internalHeader({ name, value }: HeaderEntry): HeaderEntry[] {
  switch (name.toLowerCase()) {
    case 'content-security-policy':
      return [{ name, value: withIpcAllowed(value) }];
    case 'location':
      return [{ name, value: toInternalUrl(value) }];
    case 'access-control-allow-origin':
      return [
        {
          name,
          value:
            value === '*' || value === 'null'
              ? value
              : toInternalUrl(`${value}/`).replace(/\/$/, ''),
        },
      ];
    default:
      return [{ name, value }];
  }
}

/** A page may carry its policy in its markup as well. */
function allowIpc(headers: readonly HeaderEntry[], bytes: Uint8Array): Uint8Array {
  const isHtml = headers.some(
    ({ name, value }) => name.toLowerCase() === 'content-type' && /^text\/html\b/i.test(value),
  );
  if (!isHtml) return bytes;
  return new TextEncoder().encode(withIpcAllowedInHtml(new TextDecoder().decode(bytes)));
}

function fail(target: DevToolsSession, request: RequestPaused, errorReason: string): void {
  target.tell('Fetch.failRequest', { requestId: request.requestId, errorReason });
}
