// The list of the fake vault: sections, words and a few prefixes, orders, and where the words were found.
// SPDX-License-Identifier: MIT

import type {
  ItemPage,
  ItemQuery,
  ItemSection,
  ItemSort,
  ItemSummary,
  TextRange,
} from '../../../src/shared/model/item.ts';
import { toSummary, type StoredItem } from './stored-items.ts';

type Order = (a: StoredItem, b: StoredItem) => number;

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

const ORDERS: Readonly<Record<ItemSort, Order>> = {
  title: (a, b) => collator.compare(a.title, b.title),
  modified: (a, b) => b.modifiedAt - a.modifiedAt,
  created: (a, b) => b.createdAt - a.createdAt,
};

export function search(
  all: readonly StoredItem[],
  { section, text, sort }: Pick<ItemQuery, 'section' | 'text' | 'sort'>,
): readonly StoredItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return all
    .filter((item) => isIn(item, section))
    .filter((item) => words.every((word) => has(item, word)))
    .sort(ORDERS[sort]);
}

export function toPage(all: readonly StoredItem[], query: ItemQuery, revision: number): ItemPage {
  const found = search(all, query);
  const rows = found.slice(query.offset, query.offset + query.limit);
  const items = rows.map((item) => withHighlights(toSummary(item, all), query.text));
  return { revision, total: found.length, items };
}

function isIn(item: StoredItem, section: ItemSection): boolean {
  if (section.in === 'trash') return item.trashedAt !== null;
  if (item.trashedAt !== null) return false;
  if (section.in === 'archive') return item.archivedAt !== null;
  if (item.archivedAt !== null) return false;
  switch (section.in) {
    case 'all':
      return true;
    case 'favourites':
      return item.favourite;
    case 'kind':
      return item.kind === section.kind;
    case 'tag':
      return item.tags.some((tag) => tag === section.tag || tag.startsWith(`${section.tag}/`));
  }
}

function has(item: StoredItem, word: string): boolean {
  const { title, subtitle, host } = toSummary(item, []);
  const [, prefix, value = word] = /^(url|user|title):(.*)$/.exec(word) ?? [];
  const texts = { url: [host], user: [subtitle], title: [title] }[prefix ?? ''];
  return (texts ?? [title, subtitle, host]).some((text) => text.toLowerCase().includes(value));
}

function withHighlights(row: ItemSummary, text: string): ItemSummary {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const rangesIn = (value: string): readonly TextRange[] =>
    words.flatMap((word) => {
      const start = value.toLowerCase().indexOf(word);
      return start < 0 ? [] : [{ start, end: start + word.length }];
    });
  const highlights = {
    title: rangesIn(row.title),
    subtitle: rangesIn(row.subtitle),
    host: rangesIn(row.host),
  };
  return { ...row, highlights };
}
