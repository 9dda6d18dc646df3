// The list: sections, search and order over the overviews that the open vault keeps in memory.
// Search strings are prepared once per revision; a query is one pass over them.
// SPDX-License-Identifier: MIT

import type {
  ItemCounts,
  ItemPage,
  ItemQuery,
  ItemSection,
  ItemSort,
  ItemSummary,
} from '../../shared/model/item.ts';
import { assertNever } from '../../shared/errors.ts';
import type { ItemOverview, UnlockedVault } from '../vault/unlocked-vault.ts';

interface Entry {
  readonly overview: ItemOverview;
  /** Everything that can be searched, folded; fields stand on lines of their own, and words hold no line break. */
  readonly haystack: string;
}

type Order = (a: Entry, b: Entry) => number;

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

const ORDERS: Record<ItemSort, Order> = {
  title: (a, b) => collator.compare(a.overview.title, b.overview.title),
  modified: (a, b) => b.overview.modifiedAt - a.overview.modifiedAt,
  created: (a, b) => b.overview.createdAt - a.overview.createdAt,
};

export class ItemIndex {
  #vault: UnlockedVault | null = null;
  #revision = -1;
  #entries: readonly Entry[] = [];
  readonly #sorted = new Map<ItemSort, readonly Entry[]>();

  query(vault: UnlockedVault, query: ItemQuery): ItemPage {
    this.#refresh(vault);
    const words = fold(query.text).split(/\s+/).filter(Boolean);
    const found = this.#inOrder(query.sort).filter(
      ({ overview, haystack }) =>
        isIn(overview, query.section) && words.every((word) => haystack.includes(word)),
    );
    return {
      revision: vault.revision,
      total: found.length,
      items: found
        .slice(query.offset, query.offset + query.limit)
        .map(({ overview }) => toSummary(overview)),
    };
  }

  count(vault: UnlockedVault): ItemCounts {
    this.#refresh(vault);
    const all = this.#entries.map(({ overview }) => overview);
    const kept = all.filter((overview) => overview.trashedAt === null);
    return {
      all: kept.length,
      favourites: kept.filter((overview) => overview.favourite).length,
      trash: all.length - kept.length,
      logins: kept.filter((overview) => overview.kind === 'login').length,
      passkeys: kept.filter((overview) => overview.kind === 'passkey').length,
      tags: countTags(kept),
      damaged: vault.damaged.length,
      isIntact: vault.integrity.isIntact,
    };
  }

  #refresh(vault: UnlockedVault): void {
    if (this.#vault === vault && this.#revision === vault.revision) return;
    this.#vault = vault;
    this.#revision = vault.revision;
    this.#entries = vault
      .overviews()
      .map((overview) => ({ overview, haystack: haystack(overview) }));
    this.#sorted.clear();
  }

  #inOrder(sort: ItemSort): readonly Entry[] {
    const known = this.#sorted.get(sort);
    if (known) return known;
    const made = [...this.#entries].sort(ORDERS[sort]);
    this.#sorted.set(sort, made);
    return made;
  }
}

function haystack({ title, subtitle, host, urls, tags }: ItemOverview): string {
  return fold([title, subtitle, host, ...urls, ...tags].join('\n'));
}

/** Lower case without marks, so that "Müller" is found by "muller". */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function isIn(overview: ItemOverview, section: ItemSection): boolean {
  if (section.in === 'trash') return overview.trashedAt !== null;
  if (overview.trashedAt !== null) return false;
  switch (section.in) {
    case 'all':
      return true;
    case 'favourites':
      return overview.favourite;
    case 'kind':
      return overview.kind === section.kind;
    case 'tag':
      return overview.tags.includes(section.tag);
    default:
      return assertNever(section, 'every section is listed');
  }
}

function toSummary(overview: ItemOverview): ItemSummary {
  const { id, kind, title, subtitle, host, favourite, modifiedAt, trashedAt } = overview;
  return { id, kind, title, subtitle, host, favourite, modifiedAt, trashedAt };
}

function countTags(overviews: readonly ItemOverview[]): ItemCounts['tags'] {
  const counts = new Map<string, number>();
  for (const tag of overviews.flatMap((overview) => overview.tags)) {
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .sort((a, b) => collator.compare(a.tag, b.tag));
}
