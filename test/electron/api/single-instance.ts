// The lock that lets one process use one user data folder: a socket in the abstract namespace, which the kernel frees
// when its process ends, however it ends. A second process hands its arguments over and gets to know that it is one.
// SPDX-License-Identifier: MIT

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { createServer, type Server } from 'node:net';

export interface SecondInstance {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

/** Blocks until the first process has acknowledged: the caller is about to quit. */
const NOTIFY = `
const socket = require('node:net').connect(String.fromCharCode(0) + process.argv[1]);
socket.on('connect', () => socket.end(process.argv[2]));
socket.on('data', () => process.exit(0));
socket.on('error', () => process.exit(1));
setTimeout(() => process.exit(1), 5000);
`;

function addressOf(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const digest = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32);
  return `\0electron-stand-in-${digest}`;
}

/** The lock, or null when another process holds it; that process has then been told. */
export function takeInstanceLock(
  folder: string,
  mine: SecondInstance,
  onSecond: (second: SecondInstance) => void,
): Server | null {
  const address = addressOf(folder);
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (text += chunk));
    socket.on('end', () => {
      socket.end('ok');
      onSecond(JSON.parse(text) as SecondInstance);
    });
    socket.on('error', () => socket.destroy());
  });
  server.on('error', () => undefined);
  // Binding a local socket is done when this returns.
  server.listen(address);
  if (server.listening) {
    server.unref();
    return server;
  }
  spawnSync(process.execPath, ['-e', NOTIFY, address.slice(1), JSON.stringify(mine)], {
    stdio: 'ignore',
  });
  return null;
}
