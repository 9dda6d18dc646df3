// Highlights: where a query's words stand in a text as it is shown, though they were found in its fold.
// The text is folded cluster by cluster, so that no highlight begins or ends within what reads as one character.
// SPDX-License-Identifier: MIT

import { fold } from './fold.ts';
import type { SearchQuery, SearchTerm, TextField } from './search-query.ts';

/** What a row shows. */
export type ShownField = 'title' | 'subtitle' | 'host';

/** UTF-16 offsets; `end` is the first behind it. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Ranges in `text`, ascending, that neither overlap nor touch. */
export function highlights(
  query: SearchQuery,
  text: string,
  field: ShownField,
): readonly TextRange[] {
  const folded = foldWithOffsets(text);
  const found = query.terms
    .flatMap((term) => needlesOf(term, field, folded.text))
    .flatMap((needle) => occurrences(folded.text, needle))
    .map(({ start, end }) => ({ start: folded.startOf(start), end: folded.endOf(end - 1) }));
  return merged(found);
}

function needlesOf(term: SearchTerm, field: ShownField, folded: string): readonly string[] {
  if (term.negated) return [];
  if (term.by === 'text') return isShownIn(term.field, field) ? [term.text] : [];
  if (term.by !== 'site' || field === 'subtitle') return [];
  return field === 'host' && term.parents.includes(folded) ? [folded] : term.hosts;
}

function isShownIn(wanted: TextField, field: ShownField): boolean {
  const shown = { title: 'title', subtitle: 'user', host: 'url' } as const;
  return wanted === 'any' || wanted === shown[field];
}

function occurrences(text: string, needle: string): readonly TextRange[] {
  const found: TextRange[] = [];
  let start = text.indexOf(needle);
  while (start >= 0) {
    const end = start + needle.length;
    found.push({ start, end });
    start = text.indexOf(needle, end);
  }
  return found;
}

interface FoldedText {
  readonly text: string;
  /** Where the cluster begins or ends in the original from which this unit of the fold comes. */
  startOf(unit: number): number;
  endOf(unit: number): number;
}

function foldWithOffsets(text: string): FoldedText {
  if (/^[\x20-\x7e]*$/.test(text)) {
    return { text: fold(text), startOf: (unit) => unit, endOf: (unit) => unit + 1 };
  }
  let folded = '';
  const sources: TextRange[] = [];
  for (const { segment, index } of clusters.segment(text)) {
    const piece = fold(segment);
    folded += piece;
    const source = { start: index, end: index + segment.length };
    while (sources.length < folded.length) sources.push(source);
  }
  return {
    text: folded,
    startOf: (unit) => sources[unit]?.start ?? text.length,
    endOf: (unit) => sources[unit]?.end ?? text.length,
  };
}

function merged(ranges: readonly TextRange[]): readonly TextRange[] {
  const result: TextRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && range.start <= last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else {
      result.push(range);
    }
  }
  return result;
}
