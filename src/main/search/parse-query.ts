// The query language: words, "phrases", -negation and the prefixes title: user: url: tag: kind: is:
// Never throws, and reads half-typed text as leniently as it can: a list must not flash empty between two key strokes.
// SPDX-License-Identifier: MIT

import { fold } from './fold.ts';
import type { SearchQuery, SearchTerm } from './search-query.ts';

/** More than anyone types; what was pasted beyond it is left out. */
const MOST_CHARACTERS = 512;
const MOST_TERMS = 32;
/** Domains above a pasted host that are looked for, the nearest to the top. */
const MOST_PARENTS = 4;

const NEXT_TOKEN =
  /(?<minus>-)?(?:(?<prefix>title|user|url|tag|kind|is):)?(?:["“”„](?<phrase>[^"“”„]*)(?<closed>["“”„])?|(?<word>\S*))/iuy;

const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?|www\.)(?<host>\[[^\]]*\]?|[^/?#:]+)/iu;

export interface Token {
  /** Where in the text it stands. */
  readonly start: number;
  readonly end: number;
  readonly negated: boolean;
  /** Folded; undefined where there is none. */
  readonly prefix: string | undefined;
  readonly value: string;
  readonly quoted: boolean;
  /** The text ends here: the next key stroke may well belong to this token. */
  readonly unfinished: boolean;
}

export function parseQuery(text: string): SearchQuery {
  const terms: SearchTerm[] = [];
  for (const token of tokensOf(text.slice(0, MOST_CHARACTERS))) {
    const term = toTerm(token);
    if (term !== null) terms.push(term);
    if (terms.length === MOST_TERMS) break;
  }
  return { terms };
}

/** What a query is made of, in its order; the text is taken whole, however long it is. */
export function* tokensOf(text: string): Generator<Token> {
  let at = skipSpace(text, 0);
  while (at < text.length) {
    NEXT_TOKEN.lastIndex = at;
    const groups = NEXT_TOKEN.exec(text)?.groups ?? {};
    const end = NEXT_TOKEN.lastIndex;
    yield {
      ...{ start: at, end },
      negated: groups.minus !== undefined,
      prefix: groups.prefix === undefined ? undefined : fold(groups.prefix),
      value: groups.phrase ?? groups.word ?? '',
      quoted: groups.phrase !== undefined,
      unfinished: end === text.length && groups.closed === undefined,
    };
    at = skipSpace(text, end);
  }
}

function skipSpace(text: string, from: number): number {
  const space = /\s*/uy;
  space.lastIndex = from;
  space.exec(text);
  return space.lastIndex;
}

function toTerm(token: Token): SearchTerm | null {
  const { negated, prefix, unfinished } = token;
  const text = fold(token.value).trim();
  if (text === '') return null;
  if (prefix === 'tag') {
    const name = text.replace(/^\/+|\/+$/g, '');
    return name === '' ? null : { by: 'tag', negated, name, open: unfinished && !negated };
  }
  if (prefix === 'kind' || prefix === 'is') {
    const by = prefix === 'is' ? 'state' : 'kind';
    return { by, negated, name: text, open: !(unfinished && negated) };
  }
  const hosts = prefix === undefined || prefix === 'url' ? hostsOf(token) : [];
  if (isHeldBack(token, hosts[0] ?? text)) return null;
  if (hosts.length > 0) return { by: 'site', negated, hosts, parents: parentsOf(hosts) };
  const isField = prefix === 'title' || prefix === 'user' || prefix === 'url';
  return { by: 'text', negated, field: isField ? prefix : 'any', text };
}

/** "-a" on the way to "-apple", or "-https:" on the way to an address, would leave nearly nothing of the list. */
function isHeldBack({ negated, unfinished }: Token, text: string): boolean {
  return negated && unfinished && (Array.from(text).length < 2 || /^[a-z]+:\/{0,2}$/.test(text));
}

/** The spellings of the host of a pasted address: as written, and as URLs have it. */
function hostsOf(token: Token): readonly string[] {
  const written = token.quoted ? undefined : ADDRESS.exec(token.value)?.groups?.host;
  if (written === undefined) return [];
  const parsed = URL.parse(`https://${written}`)?.hostname ?? written;
  return [...new Set([written, parsed].map(bareHost))].filter((host) => host !== '');
}

function bareHost(host: string): string {
  const folded = fold(host).trim();
  return folded.replace(/^www\.(?=.)/, '');
}

function parentsOf(hosts: readonly string[]): readonly string[] {
  const labels = hosts.at(-1)?.split('.') ?? [];
  if (labels.includes('') || /^\d+$/.test(labels.at(-1) ?? '')) return [];
  const above = labels.slice(1, -1).map((_, index) => labels.slice(index + 1).join('.'));
  return above.slice(-MOST_PARENTS);
}
