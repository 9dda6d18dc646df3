// Text that a site chose, made safe to show: no control, bidirectional or invisible characters, no stacked marks, one
// line, bounded length with the ellipsis in the middle. Follows the dangers listed in UTS #39 and UAX #9; show the
// result inside <bdi>. Joiners go too, at a small cost to emoji and Persian, so that what looks equal is equal.
// SPDX-License-Identifier: MIT

/** Line and paragraph separators and white space other than the plain space. */
const WHITE_SPACE = /[\s\u0085\u2028\u2029\u3000]+/gu;

/** Controls, formats (bidi, joiners, tags, soft hyphen), lone surrogates, private use, unassigned, fillers. */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800\u115F\u1160\u3164\uFFA0\uFFF9-\uFFFB]/gu;

/** More than two marks on one letter are drawn over the lines around it. */
const STACKED_MARKS = /(\p{M}{2})\p{M}+/gu;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const ELLIPSIS = '…';

export interface DisplayOptions {
  /** Longest result, in characters as people count them. */
  readonly max?: number;
  /** Shown when nothing visible is left. */
  readonly fallback?: string;
}

/** `text` of a site in a form that cannot deceive the person about anything but its own words. */
export function toDisplayText(text: string, options: DisplayOptions = {}): string {
  const { max = 64, fallback = '(no name)' } = options;
  const visible = text
    // A bound before any work, so that a megabyte of name costs nothing.
    .slice(0, 4096)
    .replace(WHITE_SPACE, ' ')
    .replace(UNSEEN, '')
    .normalize('NFC')
    .replace(STACKED_MARKS, '$1')
    .replace(/^\p{M}+/u, '')
    .replace(/ {2,}/g, ' ')
    .trim();
  return visible === '' ? fallback : shortenMiddle(visible, max);
}

/** Keeps both ends: the end of a name or host tells as much as its beginning. */
export function shortenMiddle(text: string, max: number): string {
  const parts = Array.from(graphemes.segment(text), ({ segment }) => segment);
  if (parts.length <= max) return text;
  const kept = max - 1;
  const head = Math.ceil(kept / 2);
  const tail = kept - head;
  return parts.slice(0, head).join('') + ELLIPSIS + (tail > 0 ? parts.slice(-tail).join('') : '');
}

export interface OriginParts {
  readonly scheme: string;
  /** What stands before the registrable domain, with its dot. */
  readonly before: string;
  /** The part to emphasise. */
  readonly domain: string;
  /** `:PORT` or nothing. */
  readonly port: string;
}

/**
 * The pieces of an origin for display. The host is in its ASCII form, so letters of other scripts appear as `xn--…`
 * and cannot pass for Latin ones. Where `registrableDomain` is not the end of the host, all of the host counts.
 */
export function splitOrigin(origin: string, registrableDomain: string): OriginParts {
  const clean = origin.replace(/[^\x21-\x7e]/g, '');
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/:]*)(:\d{1,5})?$/.exec(clean);
  if (!match) return { scheme: '', before: '', domain: toDisplayText(clean), port: '' };
  const [, scheme = '', host = '', port = ''] = match;
  const isInside = host === registrableDomain || host.endsWith(`.${registrableDomain}`);
  const domain = isInside && registrableDomain !== '' ? registrableDomain : host;
  return { scheme, before: host.slice(0, host.length - domain.length), domain, port };
}
