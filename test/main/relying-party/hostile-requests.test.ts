// Requests that no page of the test site makes: all refused, and nothing has changed afterwards.
// SPDX-License-Identifier: MIT

import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchange, SiteWorld, type Sent, type Visitor } from '../../support/site-world.ts';

let world: SiteWorld;
let page: Visitor;
let before: unknown;

beforeAll(async () => {
  world = new SiteWorld();
  await world.start();
  page = await world.visitor();
  await page.register('anna');
  world.bridged.length = 0;
  before = (await page.post('/api/account', {})).json;
});
afterAll(() => world.site.stop());

/** Nothing reached the bridge, nobody was signed out, no passkey was made, no session was given. */
async function expectNothingChanged(): Promise<void> {
  expect(world.bridged).toEqual([]);
  expect((await page.post('/api/account', {})).json).toEqual(before);
  expect(world.ceremonies.store.sources.length).toBe(1);
}

type Change = (honest: Record<string, string>) => Sent['headers'];
const without =
  (name: string): Change =>
  (honest) =>
    Object.fromEntries(Object.entries(honest).filter(([key]) => key !== name));
const withHeader =
  (name: string, value: (port: number) => string | string[]): Change =>
  (honest) => ({ ...honest, [name]: value(world.port) });
const asOrigin = (value: (port: number) => string): Change => withHeader('origin', value);
const asHost = (value: (port: number) => string): Change => withHeader('host', value);
/** A page that reached us under another name: Host and Origin agree with each other. */
const asBoth =
  (value: (port: number) => string): Change =>
  (honest) => ({ ...honest, host: value(world.port), origin: `http://${value(world.port)}` });

const HEADERS: readonly (readonly [string, number, Change])[] = [
  ['a rebinding Host', 403, asBoth((port) => `rebind.evil.site:${port}`)],
  ['a rebinding Host with our Origin', 403, asHost((port) => `evil.site:${port}`)],
  ['Host 127.0.0.1', 403, asBoth((port) => `127.0.0.1:${port}`)],
  ['Host 0.0.0.0', 403, asBoth((port) => `0.0.0.0:${port}`)],
  ['Host [::1]', 403, asBoth((port) => `[::1]:${port}`)],
  ['Host [::ffff:127.0.0.1]', 403, asBoth((port) => `[::ffff:127.0.0.1]:${port}`)],
  ['a name under localhost that is not ours', 403, asBoth((port) => `evil.localhost:${port}`)],
  ['a name under one of ours', 403, asBoth((port) => `x.bank.localhost:${port}`)],
  ['our name without the port', 403, asBoth(() => 'localhost')],
  ['our name with another port', 403, asBoth((port) => `localhost:${port + 1}`)],
  ['our name in capitals', 403, asBoth((port) => `LOCALHOST:${port}`)],
  ['our name with a trailing dot', 403, asBoth((port) => `localhost.:${port}`)],
  ['a Host with user information', 403, asHost((port) => `localhost@localhost:${port}`)],
  ['a Host with a suffix', 403, asHost((port) => `localhost:${port}.evil.site`)],
  ['an empty Host', 403, asHost(() => '')],
  ['two Hosts in one', 403, asHost((port) => `localhost:${port}, evil.site`)],
  ['no Origin', 403, without('origin')],
  ['Origin null', 403, asOrigin(() => 'null')],
  ['an empty Origin', 403, asOrigin(() => '')],
  ['another site’s Origin', 403, asOrigin(() => 'https://evil.site')],
  ['another port’s Origin', 403, asOrigin((port) => `http://localhost:${port + 1}`)],
  ['our Origin over https', 403, asOrigin((port) => `https://localhost:${port}`)],
  ['another of our names as Origin', 403, asOrigin((port) => `http://bank.localhost:${port}`)],
  ['the phisher as Origin', 403, asOrigin((port) => `http://bank-secure.localhost:${port}`)],
  ['our Origin with a slash', 403, asOrigin((port) => `http://localhost:${port}/`)],
  ['our Origin and another', 403, asOrigin((port) => `http://localhost:${port} https://evil.site`)],
  ['an extension’s Origin', 403, asOrigin(() => 'chrome-extension://abcdefghijklmnop')],
  ['Sec-Fetch-Site cross-site', 403, withHeader('sec-fetch-site', () => 'cross-site')],
  ['Sec-Fetch-Site same-site', 403, withHeader('sec-fetch-site', () => 'same-site')],
  ['Sec-Fetch-Site none', 403, withHeader('sec-fetch-site', () => 'none')],
  ['no token', 403, without('x-site-token')],
  ['an empty token', 403, withHeader('x-site-token', () => '')],
  ['a wrong token', 403, withHeader('x-site-token', () => 'A'.repeat(43))],
  ['a token cut short', 403, withHeader('x-site-token', () => page.token.slice(0, -1))],
  ['the token twice', 403, withHeader('x-site-token', () => [page.token, page.token])],
  ['text/plain, as a simple request', 415, withHeader('content-type', () => 'text/plain')],
  ['a form', 415, withHeader('content-type', () => 'application/x-www-form-urlencoded')],
  ['no content type', 415, without('content-type')],
  ['JSON inside text/plain', 415, withHeader('content-type', () => 'text/plain; application/json')],
  ['another charset', 415, withHeader('content-type', () => 'application/json; charset=utf-16')],
  ['a compressed body', 415, withHeader('content-encoding', () => 'gzip')],
];

describe('hostile headers', () => {
  it.each(HEADERS)('%s: %i', async (_, status, change) => {
    for (const path of ['/bridge/create', '/bridge/get', '/api/sign-out']) {
      const reply = await exchange(world.port, {
        method: 'POST',
        path,
        headers: change(page.headers()) ?? {},
        body: '{}',
      });
      expect([path, reply.status, reply.text]).toEqual([path, status, '']);
      expect(reply.headers['set-cookie']).toBeUndefined();
      expect(
        Object.keys(reply.headers).filter((name) => name.startsWith('access-control')),
      ).toEqual([]);
    }
    await expectNothingChanged();
  });

  it('a page of another host with the right token but a foreign cookie stays a stranger', async () => {
    const bank = await world.visitor('bank.localhost');
    bank.cookie = page.cookie;
    expect((await bank.post('/api/account', {})).json.account).toBeNull();
  });
});

describe('hostile methods and paths', () => {
  it.each(['OPTIONS', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'])(
    '%s',
    async (method) => {
      const reply = await exchange(world.port, {
        method,
        path: '/bridge/create',
        headers: {
          ...page.headers(),
          'access-control-request-method': 'POST',
          'access-control-request-private-network': 'true',
        },
      });
      expect(reply.status).toBe(405);
      expect(
        Object.keys(reply.headers).filter((name) => name.startsWith('access-control')),
      ).toEqual([]);
      await expectNothingChanged();
    },
  );

  it.each([
    ['GET', '/bridge/create', 405],
    ['GET', '/api/sign-out', 405],
    ['POST', '/', 405],
    ['POST', '/site.js', 405],
    ['POST', '/bridge/create?x=1', 404],
    ['POST', '/bridge/create/', 404],
    ['POST', '//bridge/create', 404],
    ['POST', '/bridge/../bridge/create', 404],
    ['POST', '/bridge/%63reate', 404],
    ['POST', '/BRIDGE/create', 404],
    ['POST', '/bridge/create%00', 404],
    ['POST', '/bridge', 404],
    ['POST', '/__proto__', 404],
    ['POST', '/constructor', 404],
    ['GET', '/../../etc/passwd', 404],
    ['GET', '/..%2f..%2fetc%2fpasswd', 404],
    ['GET', '/index.html', 404],
    ['GET', '/site.ts', 404],
    ['GET', '/?x', 404],
    ['GET', '/favicon.ico', 404],
    ['GET', 'http://evil.site/', 404],
  ])('%s %s: %i', async (method, path, status) => {
    const body = method === 'POST' ? { body: '{}' } : {};
    const reply = await exchange(world.port, { method, path, headers: page.headers(), ...body });
    expect(reply.status).toBe(status);
    await expectNothingChanged();
  });

  it.each([
    ['a rebinding Host', { host: 'evil.site' }],
    ['another site’s Origin', { origin: 'https://evil.site' }],
    ['Origin null', { origin: 'null' }],
  ])('does not give its page, and so its token, to %s', async (_, headers) => {
    const reply = await exchange(world.port, { headers: { host: page.host, ...headers } });
    expect([reply.status, reply.text]).toEqual([403, '']);
  });
});

describe('hostile bodies', () => {
  it.each<[string, number, string | Uint8Array]>([
    ['nothing', 400, ''],
    ['no JSON', 400, 'x'],
    ['JSON cut short', 400, '{"userName":"anna"'],
    ['JSON twice', 400, '{}{}'],
    ['a list', 400, '[]'],
    ['null', 400, 'null'],
    ['a number', 400, '7'],
    ['text', 400, '"{}"'],
    ['bytes that are not UTF-8', 400, Uint8Array.of(0x7b, 0xff, 0x7d)],
    ['a byte order mark', 400, '\ufeff{}'],
    ['NUL bytes', 400, '\0{}'],
  ])('%s: %i', async (_, status, body) => {
    for (const path of ['/bridge/create', '/api/sign-out']) {
      const reply = await exchange(world.port, {
        method: 'POST',
        path,
        headers: page.headers(),
        body,
      });
      expect(reply.status).toBe(status);
    }
    await expectNothingChanged();
  });

  it('more than a megabyte, announced', async () => {
    const headers = { ...page.headers(), 'content-length': '1048577' };
    const answer = await speak(`${head('POST', '/bridge/create', headers)}{`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    await expectNothingChanged();
  });

  it('more than a megabyte, in chunks that announce nothing', async () => {
    const headers = { ...page.headers(), 'transfer-encoding': 'chunked' };
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    const answer = await speak(head('POST', '/bridge/create', headers) + chunk.repeat(17));
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    await expectNothingChanged();
  });
});

describe('hostile connections', () => {
  it('a WebSocket', async () => {
    const headers = {
      host: page.host,
      origin: `http://${page.host}`,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    };
    expect(await speak(head('GET', '/', headers))).toMatch(/^HTTP\/1\.1 403 /);
    await expectNothingChanged();
  });

  it('a tunnel', async () => {
    const answer = await speak(`CONNECT evil.site:443 HTTP/1.1\r\nHost: evil.site:443\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  });

  it.each([
    ['no Host at all', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['HTTP/1.0 without a Host', 'GET / HTTP/1.0\r\n\r\n', 403],
    [
      'two Hosts',
      'GET / HTTP/1.1\r\nHost: PAGE\r\nHost: evil.site\r\nConnection: close\r\n\r\n',
      403,
    ],
    [
      'two Origins',
      'GET / HTTP/1.1\r\nHost: PAGE\r\nOrigin: http://PAGE\r\nOrigin: null\r\nConnection: close\r\n\r\n',
      403,
    ],
    ['something other than HTTP', '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n', 400],
    [
      'two lengths',
      'POST /api/sign-out HTTP/1.1\r\nHost: PAGE\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
      400,
    ],
    [
      'a length and chunks',
      'POST /api/sign-out HTTP/1.1\r\nHost: PAGE\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    [
      'an unknown expectation',
      'POST /api/sign-out HTTP/1.1\r\nHost: PAGE\r\nExpect: magic\r\nConnection: close\r\n\r\n',
      403,
    ],
    ['headers of 64 KiB', `GET / HTTP/1.1\r\nHost: PAGE\r\nX: ${'x'.repeat(65_536)}\r\n\r\n`, 431],
  ])('%s', async (_, text, status) => {
    const answer = await speak(text.replaceAll('PAGE', page.host));
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).not.toContain(page.token);
    await expectNothingChanged();
  });
});

it('is tried with more than forty hostile requests', () => {
  expect(HEADERS.length).toBeGreaterThanOrEqual(40);
});

function head(method: string, path: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

/** Sends bytes as they are and returns what comes back until the site closes the connection. */
function speak(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(world.port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1');
    socket.on('data', (part: string) => {
      answer += part;
    });
    // The site may close while we still write: what it said before is the answer.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      resolve(answer);
    });
    socket.write(text, 'latin1');
  });
}

describe('a client that keeps its half open', () => {
  it.each(['GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket', 'CONNECT x:1 HTTP/1.1'])(
    'does not keep the site from stopping after %j',
    async (start) => {
      const own = new SiteWorld();
      await own.start();
      const socket = connect({ port: own.port, host: '127.0.0.1', allowHalfOpen: true });
      const answered = new Promise<string>((resolve) => {
        socket.once('data', (data) => resolve(data.toString()));
      });
      socket.write(`${start}\r\nHost: localhost:${own.port}\r\n\r\n`);
      await expect(answered).resolves.toMatch(/^HTTP\/1\.1 403/);
      await expect(own.site.stop()).resolves.toBeUndefined();
      socket.destroy();
    },
  );
});
