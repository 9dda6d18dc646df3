// HostText: the column of URLs, in which an entry's host stands where its first URL names it, and not a second time.
// A record begins with a mark that says where in it the host is; the values follow, parted by separators.
// SPDX-License-Identifier: MIT

import type { ByteText } from './byte-text.ts';
import { initialsIn } from './letters.ts';
import { SEPARATOR, type TextColumn } from './text-column.ts';

/** Control characters, which folded text does not hold. */
const MARK = { noHost: 2, wholeValue: 3, atOnce: 4, behindHttp: 5, behindHttps: 6 } as const;

/** What a URL may have before its host. */
const BEFORE_HOST = [
  ['https://', MARK.behindHttps],
  ['http://', MARK.behindHttp],
  ['', MARK.atOnce],
] as const;

/** By mark: how far from the beginning of the record the host begins; 0 for none. */
const HOST_AT = Uint8Array.of(0, 0, 0, 1, 1, 1 + 'http://'.length, 1 + 'https://'.length);

const BEHIND_HOST = Array.from('/?#:', (sign) => sign.charCodeAt(0));

/** Adds both to the record that `endRecord` will close. Nothing at all where there is neither. */
export function putHostAndUrls(column: TextColumn, host: string, urls: readonly string[]): void {
  if (host === '' && urls.length === 0) return;
  const mark = host === '' ? MARK.noHost : markOf(host, urls[0] ?? '');
  column.sign(mark ?? MARK.wholeValue);
  const values = mark === null ? [host, ...urls] : urls;
  for (const [index, value] of values.entries()) {
    if (index > 0) column.sign(SEPARATOR);
    column.put(value);
  }
}

/** Null where the URL does not begin with the host, or not so that it can be seen where the host ends. */
function markOf(host: string, url: string): number | null {
  for (const [before, mark] of BEFORE_HOST) {
    const end = before.length + host.length;
    const isThere = url.startsWith(before) && url.startsWith(host, before.length);
    if (isThere && (url.length === end || BEHIND_HOST.includes(url.charCodeAt(end)))) {
      return BEHIND_HOST.some((sign) => host.includes(String.fromCharCode(sign))) ? null : mark;
    }
  }
  return null;
}

/** The bits of the letters that words of the host begin with: see letters.ts. */
export function initialsOfHost(bytes: Uint8Array, from: number, end: number): number {
  const mark = bytes[from] ?? 0;
  const hostAt = HOST_AT[mark] ?? 0;
  if (hostAt === 0) return 0;
  let hostEnd = from + hostAt;
  while (hostEnd < end && !endsHost(bytes[hostEnd] ?? 0, mark)) hostEnd += 1;
  return initialsIn(bytes, from + hostAt, hostEnd);
}

/** Where the host of the record that begins at `start` begins; -1 where it has none. */
export function hostIn(text: ByteText, start: number): number {
  const hostAt = HOST_AT[text.charCodeAt(start)] ?? 0;
  return hostAt === 0 ? -1 : start + hostAt;
}

/** Whether the host of the record that begins at `start` goes on up to `end`, which lies behind its beginning. */
export function isWithinHost(text: ByteText, start: number, end: number): boolean {
  const mark = text.charCodeAt(start);
  for (let at = hostIn(text, start); at < end; at++) {
    if (endsHost(text.charCodeAt(at), mark)) return false;
  }
  return true;
}

/** Whether the host of the record that begins at `start` ends before `at`, which lies within it or just behind. */
export function hostEndsAt(text: ByteText, start: number, at: number): boolean {
  return endsHost(text.charCodeAt(at), text.charCodeAt(start));
}

/** Whether a byte ends the host of a record with that mark. */
function endsHost(byte: number, mark: number): boolean {
  return byte <= SEPARATOR || (mark !== MARK.wholeValue && BEHIND_HOST.includes(byte));
}
