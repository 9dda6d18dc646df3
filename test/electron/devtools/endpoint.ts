// A DevTools endpoint for the test driver, and only in test mode: a WebSocket on loopback with a token in its path,
// passed through to the pipe. Chromium itself opens no port. What belongs to the stand-in's IPC stays hidden from it.
// SPDX-License-Identifier: MIT

import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DevToolsConnection, PassThrough } from './connection.ts';
import type { PipeMessage } from './message-pipe.ts';
import { WebSocketPeer } from './websocket-server.ts';

interface EndpointOptions {
  /** Requests to this address are not reported: they are the stand-in's own, and may carry secrets. */
  readonly hiddenUrlPrefix: string;
  readonly onTraffic?: (text: string) => void;
}

/** Listens and gives the address to print. `connected` is awaited before a client's first message is passed on. */
export async function serveDevTools(
  connected: Promise<DevToolsConnection>,
  options: EndpointOptions,
): Promise<string> {
  const path = `/devtools/browser/${randomBytes(16).toString('hex')}`;
  const server = createServer((_request, response) => {
    response.writeHead(404).end();
  });
  server.on('upgrade', (request, socket) => {
    // A page of some browser could guess the port, not the token; it also cannot hide its Origin.
    if (request.url !== path || request.headers.origin !== undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    new EndpointClient(connected, new WebSocketPeer(request, socket), options);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}${path}`;
}

class EndpointClient implements PassThrough {
  readonly #peer: WebSocketPeer;
  readonly #options: EndpointOptions;
  readonly #sessions = new Set<string>();
  readonly #hiddenRequests = new Set<string>();
  readonly #ready: Promise<{ connection: DevToolsConnection; root: string }>;
  #root = '';

  constructor(
    connected: Promise<DevToolsConnection>,
    peer: WebSocketPeer,
    options: EndpointOptions,
  ) {
    this.#peer = peer;
    this.#options = options;
    this.#ready = connected.then(async (connection) => {
      const { sessionId } = await connection.root.send('Target.attachToBrowserTarget');
      this.#root = sessionId;
      this.#sessions.add(sessionId);
      return { connection, root: sessionId };
    });
    this.#ready.catch(() => {
      peer.close();
    });
    peer.onMessage = (text) => {
      void this.#forward(JSON.parse(text) as PipeMessage).catch(() => {
        peer.close();
      });
    };
    peer.onClose = () => {
      void this.#ready
        .then(({ connection, root }) =>
          connection.root.send('Target.detachFromTarget', { sessionId: root }),
        )
        .catch(() => undefined);
    };
  }

  owns(sessionId: string): boolean {
    return this.#sessions.has(sessionId);
  }

  deliver(message: PipeMessage): void {
    this.#follow(message);
    if (this.#isHidden(message)) return;
    const { sessionId, ...rest } = message;
    const text = JSON.stringify(sessionId === this.#root ? rest : message, bytesAsBase64);
    this.#options.onTraffic?.(text);
    this.#peer.send(text);
  }

  async #forward(message: PipeMessage): Promise<void> {
    const { connection, root } = await this.#ready;
    connection.pass(this, { ...message, sessionId: message.sessionId ?? root });
  }

  /** Sessions that open below the client's own are the client's. */
  #follow(message: PipeMessage): void {
    const { method } = message;
    const params = message.params as Readonly<Record<string, unknown>> | undefined;
    const result = message.result as Readonly<Record<string, unknown>> | undefined;
    const attached = method === 'Target.attachedToTarget' ? params : result;
    if (typeof attached?.sessionId === 'string') this.#sessions.add(attached.sessionId);
  }

  #isHidden(message: PipeMessage): boolean {
    const { method } = message;
    if (typeof method !== 'string' || !method.startsWith('Network.')) return false;
    const params = message.params as Readonly<Record<string, unknown>>;
    const id = params.requestId;
    if (typeof id !== 'string') return false;
    const request = params.request as { readonly url?: string } | undefined;
    if (request?.url?.startsWith(this.#options.hiddenUrlPrefix) === true) {
      this.#hiddenRequests.add(id);
    }
    return this.#hiddenRequests.has(id);
  }
}

function bytesAsBase64(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}
