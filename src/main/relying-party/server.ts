// The test site: a real relying party on the loopback addresses of this machine, for its own names alone.
// Every request passes `request-guard.ts` before anything else looks at it; answers carry no CORS headers.
// SPDX-License-Identifier: MIT

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { fromUtf8, toBase64Url, toUtf8 } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import type { RandomSource } from '../crypto/random.ts';
import { Accounts } from './accounts.ts';
import type { CeremonyBridge } from './bridge.ts';
import { Ceremonies, type Visit } from './ceremonies.ts';
import { readJsonBody } from './json-body.ts';
import { listenOnLoopback } from './loopback.ts';
import { admitRequest, type Admitted, type GuardTerms, type Refusal } from './request-guard.ts';
import { createRoutes, type Route, type RouteAnswer } from './routes.ts';
import { Sessions } from './sessions.ts';
import type { SiteAssets } from './site-assets.ts';
import { SITE_NAMES } from './site-names.ts';
import { TestSiteError } from './test-site-error.ts';

export interface TestSitePorts {
  readonly bridge: CeremonyBridge;
  readonly assets: SiteAssets;
  readonly random: RandomSource;
  readonly clock: Clock;
}

export interface TestSiteAddress {
  readonly port: number;
  /** The site's own addresses, the plain one first. */
  readonly urls: readonly string[];
}

const COMMON_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; " +
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Of headers and body; the answer may take as long as a person does. */
const REQUEST_TIMEOUT_MS = 30_000;

export class TestSite {
  readonly #ports: TestSitePorts;
  readonly #routes: ReadonlyMap<string, Route>;
  readonly #sessions: Sessions;
  #servers: readonly Server[] = [];
  #address: TestSiteAddress | null = null;
  #terms: GuardTerms | null = null;
  #stopping = new AbortController();

  constructor(ports: TestSitePorts) {
    const accounts = new Accounts();
    this.#ports = ports;
    this.#sessions = new Sessions(ports);
    const ceremonies = new Ceremonies({ ...ports, accounts });
    this.#routes = createRoutes({ accounts, ceremonies, bridge: ports.bridge });
  }

  /** Where it runs. Throws `TestSiteError` when it does not. */
  get address(): TestSiteAddress {
    if (this.#address === null) throw new TestSiteError('test-site/not-running', 'not started');
    return this.#address;
  }

  /** Listens on a free port of 127.0.0.1, and on the same of ::1 where there is one. Throws `TestSiteError`. */
  async start(): Promise<TestSiteAddress> {
    if (this.#address !== null) return this.#address;
    const { servers, port } = await listenOnLoopback(() => this.#createServer());
    this.#servers = servers;
    this.#stopping = new AbortController();
    this.#terms = {
      hosts: new Map(SITE_NAMES.map((site) => [`${site.hostname}:${port}`, site])),
      getPaths: new Set(this.#ports.assets.keys()),
      postPaths: new Set(this.#routes.keys()),
      token: toBase64Url(this.#ports.random.bytes(32)),
    };
    const urls = SITE_NAMES.map(({ hostname }) => `http://${hostname}:${port}`);
    this.#address = { port, urls };
    return this.#address;
  }

  /** Ends every ceremony under way and closes every connection. Accounts live as long as this object. */
  async stop(): Promise<void> {
    const servers = this.#servers;
    this.#servers = [];
    this.#address = null;
    this.#terms = null;
    this.#stopping.abort();
    await Promise.all(servers.map((server) => closeServer(server)));
  }

  #createServer(): Server {
    const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
      void this.#serve(request, response);
    });
    // WebSockets, tunnels and `Expect` have no business here.
    const refuse = (_request: IncomingMessage, socket: Duplex): void => {
      const answer = 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';
      // Such a socket is no longer the server's: left half open, it would outlive the site.
      socket.end(answer, () => socket.destroy());
    };
    server.on('upgrade', refuse).on('connect', refuse);
    server.on('checkExpectation', (_request, response) => {
      sendRefusal(response, 403);
    });
    return server;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const admitted = this.#terms === null ? 403 : admitRequest(request, this.#terms);
      if (typeof admitted === 'number') sendRefusal(response, admitted);
      else if (request.method === 'GET') this.#sendAsset(request, response, admitted);
      else await this.#answerPost(request, response, admitted);
    } catch {
      // Recovers: the connection broke, or a route failed. No word of it leaves, and nothing was half done:
      // routes change what they keep in one step, at their end.
      if (!response.headersSent) sendRefusal(response, 400);
    }
  }

  #sendAsset(request: IncomingMessage, response: ServerResponse, { site, origin }: Admitted): void {
    const asset = this.#ports.assets.get(request.url ?? '');
    if (asset === undefined) {
      sendRefusal(response, 404);
      return;
    }
    const bytes =
      request.url === '/'
        ? fillPage(asset.bytes, {
            TOKEN: this.#terms?.token ?? '',
            HOSTNAME: site.hostname,
            PORT: new URL(origin).port,
            PRETENDS_TO_BE: site.pretendsToBe ?? '',
          })
        : asset.bytes;
    response.writeHead(200, { ...COMMON_HEADERS, 'content-type': asset.type });
    response.end(bytes);
  }

  async #answerPost(
    request: IncomingMessage,
    response: ServerResponse,
    admitted: Admitted,
  ): Promise<void> {
    const body = await readJsonBody(request);
    const route = this.#routes.get(request.url ?? '');
    if (typeof body === 'number' || route === undefined) {
      sendRefusal(response, typeof body === 'number' ? body : 404);
      return;
    }
    const { site, origin } = admitted;
    const cookieName = `site_${new URL(origin).port}`;
    const known = this.#sessions.find(readCookie(request, cookieName), site.hostname);
    const session = known ?? this.#sessions.create(site.hostname);
    const visit: Visit = { site, origin, session };
    const answer = await route(visit, body, this.#untilGone(response));
    if (typeof answer === 'number') {
      sendRefusal(response, answer);
      return;
    }
    const isRenewed = known === null || answer.renewsSession === true;
    const id = isRenewed ? this.#sessions.renewId(session) : null;
    sendJson(response, answer, id === null ? null : `${cookieName}=${id}`);
  }

  /** Aborted when the page goes away before it has its answer, or the site stops. */
  #untilGone(response: ServerResponse): AbortSignal {
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    return AbortSignal.any([gone.signal, this.#stopping.signal]);
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

function fillPage(page: Uint8Array, values: Readonly<Record<string, string>>): Uint8Array {
  // The values are the site's own: a token in base64url and names of the table. Nothing in them needs escaping.
  return toUtf8(fromUtf8(page).replaceAll(/%([A-Z_]+)%/g, (_, name: string) => values[name] ?? ''));
}

function readCookie(request: IncomingMessage, name: string): string | null {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const pair = pairs.find((each) => each.startsWith(`${name}=`));
  return pair === undefined ? null : pair.slice(name.length + 1);
}

function sendJson(response: ServerResponse, answer: RouteAnswer, cookie: string | null): void {
  const session =
    cookie === null ? {} : { 'set-cookie': `${cookie}; Path=/; HttpOnly; SameSite=Strict` };
  response.writeHead(answer.status, {
    ...COMMON_HEADERS,
    ...session,
    'content-type': 'application/json; charset=utf-8',
  });
  response.end(JSON.stringify(answer.body));
}

/** Closes the connection: what else came on it is not read. */
function sendRefusal(response: ServerResponse, status: Refusal): void {
  response.writeHead(status, { ...COMMON_HEADERS, connection: 'close', 'content-length': 0 });
  response.end();
}
