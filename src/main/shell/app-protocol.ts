// app://latchkey/: serves the files of the built renderer and nothing else. Which files there are is read once, at the
// start; a request names one of them exactly or gets 404, so no path of a request ever reaches the file system.
// SPDX-License-Identifier: MIT

import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { toBase64Url } from '../../shared/bytes.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';

export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://latchkey';

/** Stands in the pages where the nonce of the load goes. */
const NONCE_MARK = '__CSP_NONCE__';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** A handler for Electron's `protocol.handle`; `randomBytes` makes the nonces. */
export function appProtocolHandler(
  rendererFolder: string,
  randomBytes: (length: number) => Uint8Array,
): (request: Request) => Promise<Response> {
  const files = listFiles(rendererFolder);
  return async (request) => {
    const url = new URL(request.url);
    const file = files.get(url.pathname);
    if (url.host !== 'latchkey' || request.method !== 'GET' || file === undefined) {
      return new Response('not found', { status: 404 });
    }
    const bytes = await readFile(file);
    const nonce = toBase64Url(randomBytes(16));
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    const isPage = extname(file) === '.html';
    const body = isPage ? bytes.toString('utf8').replaceAll(NONCE_MARK, nonce) : bytes;
    return new Response(body, { headers: responseHeaders(type, nonce) });
  };
}

function responseHeaders(type: string, nonce: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': contentSecurityPolicy(nonce),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}

/** URL path → file, for every file below `folder`. */
function listFiles(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]),
  );
}
