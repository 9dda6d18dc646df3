// How good an occurrence is, from where it stands: an exact title before a word in it, a title before a host,
// a host before a user name, and a tag last.
// SPDX-License-Identifier: MIT

import type { ByteText } from './byte-text.ts';
import { findInRecord, NO_RANK, type RankRule } from './sweep.ts';
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

export const rankInTitle: RankRule = (text, start, at, needle) => {
  if (at === start) {
    return text.charCodeAt(start + needle.length) === 0 ? RANK.exactTitle : RANK.titleStart;
  }
  return startsSomeWord(text, start, at, needle) ? RANK.titleWordStart : RANK.insideTitle;
};

/** `wordStart` where the needle begins a label or a word of the host, the rank of a URL elsewhere. */
export function rankInHost(wordStart: number): RankRule {
  return (text, start, at, needle) =>
    startsSomeWord(text, start, at, needle) ? wordStart : RANK.url;
}

/** The same rank wherever the needle stands. */
export function rankAnywhere(rank: number): RankRule {
  return () => rank;
}

/** `rank` for the record that is the needle and nothing else. */
export function rankWhole(rank: number): RankRule {
  return (text, start, at, needle) =>
    at === start && text.charCodeAt(start + needle.length) === 0 ? rank : NO_RANK;
}

/** For needles that begin with a separator: the tag of that name, or one below it. */
export const rankExactTag: RankRule = (text, _start, first, needle) => {
  for (let at = first; at >= 0; at = findInRecord(text, at + 1, needle)) {
    const next = text.charCodeAt(at + needle.length);
    if (next === SEPARATOR || next === SLASH) return 0;
  }
  return NO_RANK;
};

function startsSomeWord(text: ByteText, start: number, first: number, needle: ByteText): boolean {
  for (let at = first; at >= 0; at = findInRecord(text, at + 1, needle)) {
    if (at === start || !isWordByte(text.charCodeAt(at - 1))) return true;
  }
  return false;
}

/** Letters and digits of ASCII; every byte of any other character counts as a letter. */
function isWordByte(byte: number): boolean {
  return byte >= 0x80 || (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39);
}
