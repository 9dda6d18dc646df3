// The search as its rules say it, one entry after the other, with no thought of speed: what the real one must agree with.
// SPDX-License-Identifier: MIT

import { fold } from '../../../src/main/search/fold.ts';
import { SEARCH_FLAGS, type SearchEntry } from '../../../src/main/search/search-entry.ts';
import { assertNever } from '../../../src/shared/errors.ts';
import type {
  NameTerm,
  SearchQuery,
  SearchTerm,
  SiteTerm,
  TagTerm,
  TextTerm,
} from '../../../src/main/search/search-query.ts';

type Entries = ReadonlyMap<number, SearchEntry>;

/** Slots of `order` that match, best first. */
export function referenceSearch(
  entries: Entries,
  query: SearchQuery,
  order: readonly number[],
): number[] {
  const scored = order.flatMap((slot) => {
    const entry = entries.get(slot);
    const score = entry === undefined ? null : scoreOf(entry, query, entries);
    return score === null ? [] : [{ slot, score }];
  });
  return scored.sort((a, b) => a.score - b.score).map(({ slot }) => slot);
}

function scoreOf(entry: SearchEntry, { terms }: SearchQuery, entries: Entries): number | null {
  let sum = 0;
  for (const term of terms) {
    const rank = rankOf(entry, term, entries);
    if ((rank === null) !== term.negated) return null;
    if (!term.negated) sum += rank ?? 0;
  }
  const words = terms
    .filter((term) => term.by === 'text')
    .filter(({ negated, field }) => !negated && (field === 'any' || field === 'title'))
    .map(({ text }) => text);
  const title = fold(entry.title);
  const whole = words.join(' ');
  if (words.length > 1 && title === whole) return 0;
  if (words.length > 1 && title.startsWith(whole)) return Math.min(sum, 1);
  return sum;
}

/** Null where the entry does not match, whether or not the term is negated. */
function rankOf(entry: SearchEntry, term: SearchTerm, entries: Entries): number | null {
  switch (term.by) {
    case 'text':
      return textRank(entry, term);
    case 'site':
      return siteRank(entry, term);
    case 'tag':
      return hasTag(entry, term, entries) ? 0 : null;
    case 'kind':
    case 'state':
      return hasName(entry, term) ? 0 : null;
    default:
      return assertNever(term, 'every term is listed');
  }
}

function textRank(entry: SearchEntry, { field, text }: TextTerm): number | null {
  const title = fold(entry.title);
  const host = fold(entry.host);
  const isIn = (value: string): boolean => fold(value).includes(text);
  const inTitle = field === 'any' || field === 'title';
  const inUrl = field === 'any' || field === 'url';
  if (inTitle && title === text) return 0;
  if (inTitle && title.startsWith(text)) return 1;
  if (inTitle && startsWord(title, text)) return 2;
  if (inTitle && title.includes(text)) return 3;
  if (inUrl && startsWord(host, text)) return field === 'any' ? 4 : 0;
  if (field === 'any' && isIn(entry.subtitle)) return 5;
  if (field === 'user' && isIn(entry.subtitle)) return 0;
  if (inUrl && [entry.host, ...entry.urls].some(isIn)) return 6;
  return field === 'any' && entry.tags.some(isIn) ? 7 : null;
}

function siteRank(entry: SearchEntry, { hosts, parents }: SiteTerm): number | null {
  const host = fold(entry.host);
  if (hosts.some((site) => startsWord(host, site))) return 0;
  if (parents.includes(host)) return 1;
  const elsewhere = [host, ...entry.urls.map(fold), fold(entry.title)];
  return hosts.some((site) => elsewhere.some((text) => text.includes(site))) ? 6 : null;
}

function startsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || /[^a-z0-9\u0080-\uffff]/.test(text.charAt(at - 1))) return true;
  }
  return false;
}

function hasTag({ tags }: SearchEntry, { name, open }: TagTerm, entries: Entries): boolean {
  const isNamed = (tag: string): boolean => fold(tag) === name || fold(tag).startsWith(`${name}/`);
  if (tags.some(isNamed)) return true;
  const someTagIs = Array.from(entries.values()).some((entry) => entry.tags.some(isNamed));
  return open && !someTagIs && tags.some((tag) => fold(tag).startsWith(name));
}

const FLAG_NAMES: readonly (readonly [string, number])[] = [
  ['favourite', SEARCH_FLAGS.favourite],
  ['favorite', SEARCH_FLAGS.favourite],
  ['archived', SEARCH_FLAGS.archived],
  ['trashed', SEARCH_FLAGS.trashed],
  ['code', SEARCH_FLAGS.hasOneTimeCode],
  ['passkey', SEARCH_FLAGS.hasPasskey],
  ['attachment', SEARCH_FLAGS.hasAttachment],
  ['damaged', SEARCH_FLAGS.isDamaged],
];

/** The kinds that the random entries have, so that a name means the same for both searches. */
export const KINDS = ['login', 'passkey', 'card', 'note', 'Código'] as const;

function hasName(entry: SearchEntry, { by, name, open }: NameTerm): boolean {
  const flagNames = by === 'state' ? FLAG_NAMES.map(([flag]) => flag) : [];
  const isExact = [...flagNames, ...KINDS.map(fold)].includes(name);
  const isMeant = (candidate: string): boolean =>
    candidate === name || (open && !isExact && candidate.startsWith(name));
  if (isMeant(fold(entry.kind))) return true;
  return (
    by === 'state' && FLAG_NAMES.some(([flag, bit]) => isMeant(flag) && (entry.flags & bit) !== 0)
  );
}
