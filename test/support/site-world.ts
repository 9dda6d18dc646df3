// The test site running on loopback, with our own client behind its bridge and a visitor that speaks plain HTTP to
// it: names under `localhost` are reached at 127.0.0.1 with a Host header.
// SPDX-License-Identifier: MIT

import { request, type IncomingHttpHeaders } from 'node:http';
import type {
  BridgeRequest,
  BridgeResult,
  CeremonyBridge,
} from '../../src/main/relying-party/bridge.ts';
import { TestSite } from '../../src/main/relying-party/server.ts';
import type { SiteAssets } from '../../src/main/relying-party/site-assets.ts';
import { WebAuthnError } from '../../src/main/webauthn/webauthn-error.ts';
import { toUtf8 } from '../../src/shared/bytes.ts';
import { CeremonyWorld } from './ceremony-world.ts';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array;
  readonly address?: string;
  readonly signal?: AbortSignal;
}

/** One HTTP exchange, with exactly these headers. */
export function exchange(port: number, sent: Sent): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: sent.address ?? '127.0.0.1',
      port,
      method: sent.method ?? 'GET',
      path: sent.path ?? '/',
      headers: sent.headers ?? {},
      setHost: false,
      agent: false,
      ...(sent.signal === undefined ? {} : { signal: sent.signal }),
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const parts: Uint8Array[] = [];
      response.on('data', (part: Uint8Array) => parts.push(part));
      // A refusal closes the connection while the rest of a large body is still on its way.
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(parts).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    outgoing.end(sent.body);
  });
}

const PAGE =
  '<meta name="site-token" content="%TOKEN%"><h1>%HOSTNAME%:%PORT%</h1><body data-x="%PRETENDS_TO_BE%">';
const ASSETS: SiteAssets = new Map([
  ['/', { bytes: toUtf8(PAGE), type: 'text/html; charset=utf-8' }],
  ['/site.css', { bytes: toUtf8('body{}'), type: 'text/css; charset=utf-8' }],
  ['/site.js', { bytes: toUtf8('export {};'), type: 'text/javascript; charset=utf-8' }],
]);

export class SiteWorld implements CeremonyBridge {
  readonly ceremonies = new CeremonyWorld('site');
  readonly site: TestSite;
  /** Every request that reached the bridge. */
  readonly bridged: BridgeRequest[] = [];
  /** Why the client refused, in the order of the bridged requests that failed. */
  readonly reasons: string[] = [];
  port = 0;

  constructor() {
    const { random, clock } = this.ceremonies;
    this.site = new TestSite({ bridge: this, assets: ASSETS, random, clock });
  }

  async start(): Promise<void> {
    ({ port: this.port } = await this.site.start());
  }

  create(asked: BridgeRequest): Promise<BridgeResult> {
    return this.#run(asked, () =>
      this.ceremonies.create(asked.options, asked.origin, asked.signal),
    );
  }

  get(asked: BridgeRequest): Promise<BridgeResult> {
    return this.#run(asked, () => this.ceremonies.get(asked.options, asked.origin, asked.signal));
  }

  async #run(asked: BridgeRequest, ceremony: () => Promise<unknown>): Promise<BridgeResult> {
    this.bridged.push(asked);
    try {
      return { ok: true, credential: await ceremony() };
    } catch (error) {
      if (!(error instanceof WebAuthnError)) throw error;
      this.reasons.push(error.reason);
      return { ok: false, name: error.domExceptionName };
    }
  }

  visitor(hostname = 'localhost'): Promise<Visitor> {
    return Visitor.open(this.port, hostname);
  }
}

/** A browser's page on one of the site's names: its token, its cookie, its headers. */
export class Visitor {
  readonly port: number;
  readonly host: string;
  readonly token: string;
  cookie: string | null = null;

  private constructor(port: number, host: string, token: string) {
    this.port = port;
    this.host = host;
    this.token = token;
  }

  static async open(port: number, hostname: string): Promise<Visitor> {
    const host = `${hostname}:${port}`;
    const { text } = await exchange(port, { headers: { host } });
    return new Visitor(port, host, /content="([^"]+)"/.exec(text)?.[1] ?? '');
  }

  /** The headers of an honest request of this page. */
  headers(): Record<string, string> {
    return {
      host: this.host,
      origin: `http://${this.host}`,
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      'x-site-token': this.token,
      ...(this.cookie === null ? {} : { cookie: this.cookie }),
    };
  }

  async post(
    path: string,
    body: unknown,
    signal?: AbortSignal,
  ): Promise<{ status: number; json: Json }> {
    const reply = await exchange(this.port, {
      method: 'POST',
      path,
      headers: this.headers(),
      body: JSON.stringify(body),
      ...(signal === undefined ? {} : { signal }),
    });
    this.cookie = reply.headers['set-cookie']?.[0]?.split(';')[0] ?? this.cookie;
    return {
      status: reply.status,
      json: (reply.text === '' ? {} : JSON.parse(reply.text)) as Json,
    };
  }

  /** The whole registration as the page's script does it. */
  async register(userName: string, wish: object = {}): Promise<{ status: number; json: Json }> {
    const options = await this.post('/api/register/options', { userName, ...wish });
    if (options.status !== 200) return options;
    const bridged = await this.post('/bridge/create', options.json);
    if (bridged.json.ok !== true) return bridged;
    return this.post('/api/register/verify', bridged.json.credential);
  }

  /** The whole sign-in as the page's script does it; an empty name lets the person choose. */
  async signIn(userName = '', wish: object = {}): Promise<{ status: number; json: Json }> {
    const options = await this.post('/api/sign-in/options', { userName, ...wish });
    if (options.status !== 200) return options;
    const bridged = await this.post('/bridge/get', options.json);
    if (bridged.json.ok !== true) return bridged;
    return this.post('/api/sign-in/verify', bridged.json.credential);
  }
}

export type Json = Readonly<Record<string, unknown>>;
