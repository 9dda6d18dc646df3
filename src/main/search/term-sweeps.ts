// Which columns a term is looked for in, in which order, and what a hit in each of them is worth.
// A prefix that the person wrote is no weakness: only words without one are ranked by the field they stand in.
// SPDX-License-Identifier: MIT

import { assertNever } from '../../shared/errors.ts';
import { toByteText, type ByteText } from './byte-text.ts';
import {
  RANK,
  rankAnywhere,
  rankExactTag,
  rankInTitle,
  rankInUrls,
  rankWholeHost,
} from './rank-rules.ts';
import type { SiteTerm, TagTerm, TextTerm } from './search-query.ts';
import { NO_RANK, occurs, type RankRule, type Sweep } from './sweep.ts';
import { SEPARATOR, type TextColumn } from './text-column.ts';

/** That of tags holds a separator before, between and after the values; that of URLs is as host-text.ts says. */
export type Columns = Readonly<Record<'title' | 'urls' | 'user' | 'tags', TextColumn>>;

export function textSweeps({ field, text }: TextTerm, columns: Columns): readonly Sweep[] {
  const needle = toByteText(text);
  switch (field) {
    case 'any':
      return [
        { column: columns.title, needle, floor: RANK.exactTitle, rule: rankInTitle(needle) },
        {
          column: columns.urls,
          needle,
          floor: RANK.hostWordStart,
          rule: rankInUrls(needle, RANK.hostWordStart),
        },
        constant(columns.user, needle, RANK.user),
        constant(columns.tags, needle, RANK.tag),
      ];
    case 'title':
      return [{ column: columns.title, needle, floor: RANK.exactTitle, rule: rankInTitle(needle) }];
    case 'user':
      return [constant(columns.user, needle, 0)];
    case 'url':
      return [{ column: columns.urls, needle, floor: 0, rule: rankInUrls(needle, 0) }];
    default:
      return assertNever(field, 'every field is listed');
  }
}

export function siteSweeps({ hosts, parents }: SiteTerm, columns: Columns): readonly Sweep[] {
  const inUrls = hosts.map((host): Sweep => {
    const needle = toByteText(host);
    return { column: columns.urls, needle, floor: 0, rule: rankInUrls(needle, 0) };
  });
  const above = parents.map((parent): Sweep => {
    const needle = toByteText(parent);
    return { column: columns.urls, needle, floor: 1, rule: rankWholeHost(needle, 1) };
  });
  const elsewhere = hosts.map((host) => constant(columns.title, toByteText(host), RANK.url));
  return [...inUrls, ...above, ...elsewhere];
}

/** Exact, segment by segment; for an open term that no tag is named after, whatever begins with it. */
export function tagSweeps(
  { name, open }: TagTerm,
  { tags }: Columns,
  isLive: (record: number) => boolean,
): readonly Sweep[] {
  const needle = toByteText(String.fromCharCode(SEPARATOR) + name);
  const exact: Sweep = { column: tags, needle, floor: 0, rule: rankExactTag(needle) };
  return open && !occurs(exact, isLive) ? [constant(tags, needle, 0)] : [exact];
}

function constant(column: TextColumn, needle: ByteText, rank: number): Sweep {
  const rule: RankRule = rankAnywhere(rank);
  return { column, needle, floor: rank, rule };
}

/** Titles that are `words` one after the other, or begin so. */
export function titleSweep(words: string, columns: Columns): Sweep {
  const needle = toByteText(words);
  const rankTitle = rankInTitle(needle);
  return {
    column: columns.title,
    needle,
    floor: RANK.exactTitle,
    rule: (text, start, at, initial) =>
      at === start ? rankTitle(text, start, at, initial) : NO_RANK,
  };
}
