// How good an occurrence is, from where it stands: an exact title before a word in it, a title before a host,
// a host before a user name, and a tag last.
// SPDX-License-Identifier: MIT

import type { ByteText } from './byte-text.ts';
import { isWordByte } from './letters.ts';
import { findInRecord, INITIAL, type Initial, NO_RANK, type RankRule } from './sweep.ts';
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
  const startsWord = wordStart(needle);
  return (text, start, at, initial) => {
    if (at === start) {
      return text.charCodeAt(start + needle.length) === 0 ? RANK.exactTitle : RANK.titleStart;
    }
    return startsWord(text, start, at, initial) ? RANK.titleWordStart : RANK.insideTitle;
  };
}

/** `atWordStart` where the needle begins a label or a word of the host, the rank of a URL elsewhere. */
export function rankInHost(needle: ByteText, atWordStart: number): RankRule {
  const startsWord = wordStart(needle);
  return (text, start, at, initial) =>
    startsWord(text, start, at, initial) ? atWordStart : RANK.url;
}

/** The same rank wherever the needle stands. */
export function rankAnywhere(rank: number): RankRule {
  return () => rank;
}

/** `rank` for the record that is the needle and nothing else. */
export function rankWhole(needle: ByteText, rank: number): RankRule {
  return (text, start, at) =>
    at === start && text.charCodeAt(start + needle.length) === 0 ? rank : NO_RANK;
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

/** Whether the needle begins some word of a record that holds it at `at`: looked for only where its letters leave it open. */
function wordStart(
  needle: ByteText,
): (text: ByteText, start: number, at: number, initial: Initial) => boolean {
  return (text, start, at, initial) =>
    initial === INITIAL.perhaps
      ? startsSomeWord(text, start, at, needle)
      : initial === INITIAL.certainly;
}

function startsSomeWord(text: ByteText, start: number, first: number, needle: ByteText): boolean {
  for (let at = first; at >= 0; at = findInRecord(text, at + 1, needle)) {
    if (at === start || !isWordByte(text.charCodeAt(at - 1))) return true;
  }
  return false;
}
