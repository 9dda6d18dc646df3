// SPDX-License-Identifier: MIT

import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { listenOnLoopback } from '../../../src/main/relying-party/loopback.ts';
import { TestSiteError } from '../../../src/main/relying-party/test-site-error.ts';

/** A server whose `listen` fails with the code that `failureFor` gives for the host, and works otherwise. */
function fakeServer(failureFor: (host: string) => string | null, made: Server[]): Server {
  const server = createServer();
  const listen = server.listen.bind(server) as (...args: readonly unknown[]) => Server;
  Object.assign(server, {
    listen: (options: { host: string }, ready: () => void) => {
      const code = failureFor(options.host);
      if (code === null) return listen(options, ready);
      queueMicrotask(() => server.emit('error', Object.assign(new Error(code), { code })));
      return server;
    },
  });
  made.push(server);
  return server;
}

const made: Server[] = [];
afterEach(() => {
  for (const server of made.splice(0)) server.close();
});

describe('listenOnLoopback', () => {
  it('does with 127.0.0.1 alone where there is no ::1', async () => {
    for (const code of ['EADDRNOTAVAIL', 'EAFNOSUPPORT']) {
      const failureFor = (host: string): string | null => (host === '::1' ? code : null);
      const { servers, port } = await listenOnLoopback(() => fakeServer(failureFor, made));
      expect(servers.map((server) => server.address())).toEqual([
        { address: '127.0.0.1', family: 'IPv4', port },
      ]);
    }
  });

  it('takes another port when somebody else has it on ::1', async () => {
    let refusals = 2;
    const failureFor = (host: string): string | null =>
      host === '::1' ? (refusals-- > 0 ? 'EADDRINUSE' : 'EADDRNOTAVAIL') : null;
    const { servers } = await listenOnLoopback(() => fakeServer(failureFor, made));
    expect(servers.length).toBe(1);
    await expect.poll(() => made.filter((server) => server.listening).length).toBe(1);
    expect(made.length).toBe(6);
  });

  it.each<[string, (host: string) => string | null]>([
    ['127.0.0.1 gives none', () => 'EACCES'],
    ['::1 is always taken', (host) => (host === '::1' ? 'EADDRINUSE' : null)],
  ])('says that there is no port when %s, and leaves none open', async (_, failureFor) => {
    await expect(listenOnLoopback(() => fakeServer(failureFor, made))).rejects.toThrow(
      TestSiteError,
    );
    await expect.poll(() => made.filter((server) => server.listening).length).toBe(0);
  });
});
