// The list: sections, search and order over the overviews of the open vault. Prepared once after unlocking, in small steps
// unless someone waits for it, and kept up item by item, so that a save costs the same in a vault of any size; a query is
// one pass over prepared text.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { assertNever } from '../../shared/errors.ts';
import { ITEM_KINDS, type ItemKind } from '../../shared/model/item-kinds.ts';
import type {
  ItemCounts,
  ItemDamage,
  ItemPage,
  ItemQuery,
  ItemSection,
  ItemSort,
  ItemSummary,
  ListQuery,
} from '../../shared/model/item.ts';
import { highlights } from '../search/highlights.ts';
import { parseQuery } from '../search/parse-query.ts';
import { PreparedText } from '../search/prepared-text.ts';
import { SEARCH_FLAGS, type SearchEntry } from '../search/search-entry.ts';
import type { SearchQuery } from '../search/search-query.ts';
import { TitleSorter } from '../search/sort-titles.ts';
import { TitleOrder } from '../search/title-order.ts';
import { hostOf, placeOf } from '../vault/item-overview.ts';
import type { ItemOverview, UnlockedVault } from '../vault/unlocked-vault.ts';
import { damageOf } from './damage-of.ts';
import { PasskeyTable } from './passkey-table.ts';
import { SlotTable } from './slot-table.ts';
import { isWithinTag, TagCounts } from './tag-counts.ts';

const { favourite, archived, trashed, hasOneTimeCode, hasPasskey, hasAttachment, isDamaged } =
  SEARCH_FLAGS;
/** A section of 100,000 items takes 400 KB. */
const REMEMBERED_SECTIONS = 8;
const ITEMS_A_STEP = 32;
const NOTHING: SearchQuery = { terms: [] };

export class ItemIndex {
  readonly #vault: UnlockedVault;
  readonly #slots: SlotTable;
  readonly passkeys = new PasskeyTable();
  readonly #text = new PreparedText();
  #titles: TitleOrder;
  /** What is left to do; null once all is done. */
  #preparing: Generator<undefined, undefined> | null;
  /**
   * Sections in their order, until the next change. The very same array each time: a query that extends the last one over
   * it looks only at what that one has found.
   */
  readonly #sections = new Map<string, Uint32Array>();

  constructor(vault: UnlockedVault) {
    this.#vault = vault;
    this.#slots = new SlotTable(vault.size);
    for (const one of vault.overviews('passkey')) this.passkeys.put(one);
    this.#titles = this.#orderOf(new Uint32Array(0));
    this.#preparing = this.#prepare();
  }

  /**
   * Goes a step further in preparing; true when nothing is left. Whoever asks for something before gets it all the same,
   * once everything has been prepared.
   */
  prepareStep(): boolean {
    if (this.#preparing?.next().done === true) this.#preparing = null;
    return this.#preparing === null;
  }

  query(query: ItemQuery): ItemPage {
    this.#finish();
    const { found, search } = this.#find(query);
    const page = found.subarray(query.offset, query.offset + query.limit);
    return {
      revision: this.#vault.revision,
      total: found.length,
      items: Array.from(page).flatMap((slot) => this.#summaryOf(slot, search)),
    };
  }

  /** Where in the list of `query` an item stands; null where it is not in it. */
  placeOf(id: ItemId, query: ListQuery): number | null {
    this.#finish();
    const slot = this.#slots.slotOf(id);
    const index = slot === undefined ? -1 : this.#find(query).found.indexOf(slot);
    return index < 0 ? null : index;
  }

  count(): ItemCounts {
    this.#finish();
    const kinds = Object.fromEntries(ITEM_KINDS.map((kind) => [kind, 0])) as Record<
      ItemKind,
      number
    >;
    const totals = { all: 0, favourites: 0, archive: 0, trash: 0 };
    const tags = new TagCounts();
    for (let slot = 0; slot < this.#slots.length; slot += 1) {
      if (!this.#slots.hasItem(slot)) continue;
      const flags = this.#slots.flagsOf(slot);
      if (flags & trashed) totals.trash += 1;
      else if (flags & archived) totals.archive += 1;
      else {
        totals.all += 1;
        if (flags & favourite) totals.favourites += 1;
        kinds[this.#slots.kindOf(slot)] += 1;
        tags.add(this.#slots.tagsOf(slot));
      }
    }
    const { damaged, integrity } = this.#vault;
    return { ...totals, kinds, tags: tags.list(), damaged: damaged.size, integrity };
  }

  /** What lies in the trash, in no order. */
  trashed(): readonly ItemId[] {
    this.#finish();
    const found: ItemId[] = [];
    for (let slot = 0; slot < this.#slots.length; slot += 1) {
      const id = this.#slots.flagsOf(slot) & trashed ? this.#slots.idOf(slot) : null;
      if (id !== null) found.push(id);
    }
    return found;
  }

  /** Those with tags that pass, wherever they lie, in no order. */
  tagged(passes: (tags: readonly string[]) => boolean): readonly ItemId[] {
    this.#finish();
    const found: ItemId[] = [];
    for (let slot = 0; slot < this.#slots.length; slot += 1) {
      const id = this.#slots.hasItem(slot) ? this.#slots.idOf(slot) : null;
      if (id !== null && passes(this.#slots.tagsOf(slot))) found.push(id);
    }
    return found;
  }

  /** Items came, went or changed. */
  update(ids: Iterable<ItemId>): void {
    this.#finish();
    const affected = this.#withLogins(ids);
    // Titles are compared as the vault has them now: while one finds its place, none may stand where it was before.
    for (const id of affected) this.#leaveOrder(id);
    const placed = [...affected].flatMap((id) => this.#put(id) ?? []);
    for (const slot of placed) this.#titles.insert(slot);
    this.#sections.clear();
  }

  /** Of items that are shown outside the list; null for one that is not there. */
  summary(id: ItemId): ItemSummary | null {
    const overview = this.#vault.overview(id);
    return overview === null ? null : this.#toSummary(overview, NOTHING);
  }

  #find(query: ListQuery): { readonly found: Uint32Array; readonly search: SearchQuery } {
    const order = this.#section(query);
    if (query.text.trim() === '') return { found: order, search: NOTHING };
    const search = parseQuery(query.text);
    return { found: this.#text.search(search, order), search };
  }

  #finish(): void {
    while (!this.prepareStep());
  }

  #orderOf(sorted: Uint32Array<ArrayBuffer>): TitleOrder {
    return new TitleOrder(sorted, (slot) => this.#titleOf(slot));
  }

  /** Goes through all overviews once and keeps none of them. */
  *#prepare(): Generator<undefined, undefined> {
    const titles = new TitleSorter();
    titles.reserve(this.#vault.size);
    this.#text.reserve(this.#vault.size);
    for (const overview of this.#vault.overviews()) {
      const entry = this.#entryOf(overview);
      const slot = this.#text.load(entry);
      this.#slots.put(slot, overview, entry.flags);
      titles.add(overview.title);
      if (slot % ITEMS_A_STEP === 0) yield;
    }
    this.#text.seal();
    yield;
    this.#titles = this.#orderOf(yield* titles.sort());
  }

  /** Whether a login has a passkey can be searched for: with its passkey it changes too. */
  #withLogins(ids: Iterable<ItemId>): ReadonlySet<ItemId> {
    const affected = new Set<ItemId>();
    for (const id of ids) {
      const overview = this.#vault.overview(id);
      const former = this.passkeys.loginOf(id);
      if (overview === null) this.passkeys.remove(id);
      else this.passkeys.put(overview);
      for (const one of [id, former, this.passkeys.loginOf(id)])
        if (one !== null) affected.add(one);
    }
    return affected;
  }

  #leaveOrder(id: ItemId): void {
    const slot = this.#slots.slotOf(id);
    if (slot !== undefined) this.#titles.remove(slot);
  }

  /** Takes an item over as it is now, but for its place in the order. Its slot; null where it is gone. */
  #put(id: ItemId): number | null {
    const overview = this.#vault.overview(id);
    const slot = this.#slots.slotOf(id);
    if (overview === null) {
      if (slot === undefined) return null;
      this.#text.remove(slot);
      this.#slots.remove(slot);
      return null;
    }
    if (slot === undefined) {
      const added = this.#text.append(this.#entryOf(overview));
      this.#hold(added, overview);
      return added;
    }
    this.#text.replace(slot, this.#hold(slot, overview));
    return slot;
  }

  #hold(slot: number, overview: ItemOverview): SearchEntry {
    const entry = this.#entryOf(overview);
    this.#slots.put(slot, overview, entry.flags);
    return entry;
  }

  #entryOf(overview: ItemOverview): SearchEntry {
    const { title, subtitle, urls, tags, kind } = overview;
    return {
      ...{ title, subtitle, host: placeOf(overview), tags, kind },
      urls: urls.map(({ url }) => url),
      flags: this.#flagsOf(overview),
    };
  }

  #flagsOf(overview: ItemOverview): number {
    const { id, passkey } = overview;
    return (
      (overview.favourite ? favourite : 0) |
      (overview.archivedAt === null ? 0 : archived) |
      (overview.trashedAt === null ? 0 : trashed) |
      (overview.hasOneTimeCode ? hasOneTimeCode : 0) |
      (passkey !== null || this.passkeys.of(id).length > 0 ? hasPasskey : 0) |
      (overview.attachments > 0 ? hasAttachment : 0) |
      (this.#vault.damaged.has(id) ? isDamaged : 0)
    );
  }

  #section({ section, sort }: ListQuery): Uint32Array {
    const key = JSON.stringify([section, sort]);
    const known = this.#sections.get(key);
    if (known) return known;
    if (this.#sections.size >= REMEMBERED_SECTIONS) this.#sections.clear();
    const made = this.#orderFor(sort).filter((slot) => this.#isIn(slot, section));
    this.#sections.set(key, made);
    return made;
  }

  #orderFor(sort: ItemSort): Uint32Array {
    if (sort === 'title') return this.#titles.slots;
    const slots = this.#slots;
    const time = (slot: number): number =>
      sort === 'modified' ? slots.modifiedAt(slot) : slots.createdAt(slot);
    return Uint32Array.from(this.#titles.slots).sort((a, b) => time(b) - time(a));
  }

  #isIn(slot: number, section: ItemSection): boolean {
    const flags = this.#slots.flagsOf(slot);
    if (section.in === 'trash') return (flags & trashed) !== 0;
    if (flags & trashed) return false;
    if (section.in === 'archive') return (flags & archived) !== 0;
    if (flags & archived) return false;
    switch (section.in) {
      case 'all':
        return true;
      case 'favourites':
        return (flags & favourite) !== 0;
      case 'kind':
        return this.#slots.kindOf(slot) === section.kind;
      case 'tag':
        return this.#slots.tagsOf(slot).some((tag) => isWithinTag(tag, section.tag));
      default:
        return assertNever(section, 'every section is listed');
    }
  }

  #titleOf(slot: number): string {
    const id = this.#slots.idOf(slot);
    return id === null ? '' : (this.#vault.overview(id)?.title ?? '');
  }

  #summaryOf(slot: number, search: SearchQuery): readonly ItemSummary[] {
    const id = this.#slots.idOf(slot);
    const overview = id === null ? null : this.#vault.overview(id);
    return overview === null ? [] : [this.#toSummary(overview, search)];
  }

  #toSummary(overview: ItemOverview, search: SearchQuery): ItemSummary {
    const host = placeOf(overview);
    const passkeys = this.passkeys.of(overview.id).length;
    const damage = damageOf(this.#vault, overview.id);
    return toSummary(overview, { host, passkeys, search, damage });
  }
}

/** A row of the list, with where the words of `search` stand in it. */
export function toSummary(
  overview: ItemOverview,
  {
    host = hostOf(overview.urls[0]?.url),
    passkeys = 0,
    search = NOTHING,
    damage = null,
  }: {
    readonly host?: string;
    readonly passkeys?: number;
    readonly search?: SearchQuery;
    readonly damage?: ItemDamage | null;
  } = {},
): ItemSummary {
  const { id, kind, title, subtitle, modifiedAt, archivedAt, trashedAt } = overview;
  return {
    ...{ id, kind, title, subtitle, host, modifiedAt, archivedAt, trashedAt, passkeys },
    favourite: overview.favourite,
    hasOneTimeCode: overview.hasOneTimeCode,
    attachments: overview.attachments,
    damage,
    highlights: {
      title: highlights(search, title, 'title'),
      subtitle: highlights(search, subtitle, 'subtitle'),
      host: highlights(search, host, 'host'),
    },
  };
}
