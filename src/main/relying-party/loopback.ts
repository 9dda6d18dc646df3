// One free port on both loopback addresses: 127.0.0.1 always, ::1 where the machine has it. Never on any other.
// SPDX-License-Identifier: MIT

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemCode } from '../../shared/system-code.ts';
import { TestSiteError } from './test-site-error.ts';

const ATTEMPTS = 10;

/** Throws `TestSiteError` when no port can be had. Servers that were opened in vain are closed. */
export async function listenOnLoopback(
  create: () => Server,
): Promise<{ servers: readonly Server[]; port: number }> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const four = await listen(create(), '127.0.0.1', 0).catch((cause: unknown) => {
      throw new TestSiteError('test-site/port-unavailable', 'no port on 127.0.0.1', { cause });
    });
    const { port } = four.address() as AddressInfo;
    const six = await listen(create(), '::1', port).catch(systemCode);
    if (typeof six !== 'string') return { servers: [four, six], port };
    // Somebody else has the port on ::1, where a browser may look first: try another one.
    if (six !== 'EADDRINUSE') return { servers: [four], port };
    four.close();
  }
  throw new TestSiteError('test-site/port-unavailable', 'no port that both addresses have free');
}

function listen(server: Server, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true, ipv6Only: host === '::1' }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}
