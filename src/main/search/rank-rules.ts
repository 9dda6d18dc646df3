// How good an occurrence is, from where it stands: an exact title before a word in it, a title before a host,
// a host before a user name, and a tag last.
// SPDX-License-Identifier: MIT

import type { ByteText } from './byte-text.ts';
import { hostEndsAt, hostIn, isWithinHost } from './host-text.ts';
import { isWordByte } from './letters.ts';
import { findInRecord, INITIAL, NO_RANK, type RankRule } from './sweep.ts';
import { SEPARATOR } from './text-column.ts';

/** Ranks of a word without prefix, best first. */
export const RANK = {
  exactTitle: 0,
  titleStart: 1,
  titleWordStart: 2,
  insideTitle: 3,
  hostWordStart: 4,
  user: 5,
  url: 6,
  tag: 7,
} as const;

const SLASH = 0x2f;

export function rankInTitle(needle: ByteText): RankRule {
  return (text, start, at, initial) => {
    if (at === start) {
      return text.charCodeAt(start + needle.length) === 0 ? RANK.exactTitle : RANK.titleStart;
    }
    // Looked for only where the letters leave it open.
    const isAtWordStart =
      initial === INITIAL.perhaps
        ? startsSomeWord(text, start, at, needle)
        : initial === INITIAL.certainly;
    return isAtWordStart ? RANK.titleWordStart : RANK.insideTitle;
  };
}

/** `atWordStart` where the needle begins a label or a word of the host, the rank of a URL elsewhere. */
export function rankInUrls(needle: ByteText, atWordStart: number): RankRule {
  return (text, start, at, initial) => {
    if (initial === INITIAL.never) return RANK.url;
    const isAtWordStart =
      initial === INITIAL.certainly || startsWordOfHost(text, start, at, needle);
    return isAtWordStart ? atWordStart : RANK.url;
  };
}

/** The same rank wherever the needle stands. */
export function rankAnywhere(rank: number): RankRule {
  return () => rank;
}

/** `rank` for the record whose host is the needle and nothing else. */
export function rankWholeHost(needle: ByteText, rank: number): RankRule {
  return (text, start) => {
    const host = hostIn(text, start);
    const isThere = host >= 0 && text.startsWith(needle, host);
    return isThere && hostEndsAt(text, start, host + needle.length) ? rank : NO_RANK;
  };
}

/** For needles that begin with a separator: the tag of that name, or one below it. */
export function rankExactTag(needle: ByteText): RankRule {
  return (text, _start, first) => {
    for (let at = first; at >= 0; at = findInRecord(text, at + 1, needle)) {
      const next = text.charCodeAt(at + needle.length);
      if (next === SEPARATOR || next === SLASH) return 0;
    }
    return NO_RANK;
  };
}

function startsSomeWord(text: ByteText, start: number, first: number, needle: ByteText): boolean {
  for (let at = first; at >= 0; at = findInRecord(text, at + 1, needle)) {
    if (at === start || !isWordByte(text.charCodeAt(at - 1))) return true;
  }
  return false;
}

/** What stands before a host is no part of a word. */
function startsWordOfHost(text: ByteText, start: number, first: number, needle: ByteText): boolean {
  const host = hostIn(text, start);
  if (host < 0) return false;
  let at = first < host ? findInRecord(text, host, needle) : first;
  for (; at >= 0; at = findInRecord(text, at + 1, needle)) {
    if (!isWordByte(text.charCodeAt(at - 1))) return isWithinHost(text, start, at + needle.length);
  }
  return false;
}
