// Who may speak to the test site: the checks that come before any handler, in order. They keep out every other web
// page (rebinding, simple requests, preflights, foreign frames) and whoever has not read the token from the page.
// SPDX-License-Identifier: MIT

import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { SiteName } from './site-names.ts';

export const TOKEN_HEADER = 'x-site-token';
export const MAX_BODY_BYTES = 1024 * 1024;

/** The HTTP status that a request is refused with. */
export type Refusal = 400 | 403 | 404 | 405 | 413 | 415;

export interface GuardTerms {
  /** `Host` header → the site that it names. Anything else is refused. */
  readonly hosts: ReadonlyMap<string, SiteName>;
  /** Paths that take POST, and those that take GET. */
  readonly postPaths: ReadonlySet<string>;
  readonly getPaths: ReadonlySet<string>;
  readonly token: string;
}

export interface Admitted {
  readonly site: SiteName;
  /** The site's own origin under the name that was asked. */
  readonly origin: string;
}

export function admitRequest(request: IncomingMessage, terms: GuardTerms): Admitted | Refusal {
  const { method, url = '' } = request;
  if (method !== 'GET' && method !== 'POST') return 405;
  const host = onlyHeader(request, 'host');
  const site = host === null ? undefined : terms.hosts.get(host);
  if (host === null || site === undefined) return 403;
  // Compared as it came: no decoding, no dots resolved, no query, no absolute form.
  if (!terms.getPaths.has(url) && !terms.postPaths.has(url)) return 404;
  if (!(method === 'GET' ? terms.getPaths : terms.postPaths).has(url)) return 405;
  const origin = `http://${host}`;
  return (
    checkOrigin(request, origin) ??
    (method === 'POST' ? checkPost(request, terms) : null) ?? { site, origin }
  );
}

/** A page of another origin cannot change these headers; a browser sends `Origin` with every POST. */
function checkOrigin(request: IncomingMessage, own: string): Refusal | null {
  const origin = onlyHeader(request, 'origin');
  const isPost = request.method === 'POST';
  if (origin === null ? isPost || hasHeader(request, 'origin') : origin !== own) return 403;
  const site = request.headers['sec-fetch-site'];
  if (isPost && site !== undefined && site !== 'same-origin') return 403;
  return null;
}

function checkPost(request: IncomingMessage, terms: GuardTerms): Refusal | null {
  if (!isSameText(onlyHeader(request, TOKEN_HEADER) ?? '', terms.token)) return 403;
  const type = request.headers['content-type']?.toLowerCase().replaceAll(' ', '');
  if (type !== 'application/json' && type !== 'application/json;charset=utf-8') return 415;
  if (hasHeader(request, 'content-encoding')) return 415;
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return 413;
  return null;
}

/** The value of a header that came exactly once; `null` otherwise. */
function onlyHeader(request: IncomingMessage, name: string): string | null {
  const values = request.headersDistinct[name] ?? [];
  return values.length === 1 ? (values[0] ?? null) : null;
}

function hasHeader(request: IncomingMessage, name: string): boolean {
  return request.headersDistinct[name] !== undefined;
}

function isSameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
