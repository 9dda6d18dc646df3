// OverviewTable: the overviews of all items as they lie in their packs, in memory. It finds one, walks all, and says
// which packs a change touches; it neither seals nor stores. 100,000 overviews are some 20 MB of bytes and one table.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { ItemKind } from '../../shared/model/item-kinds.ts';
import { ByteSlabs } from './byte-slabs.ts';
import { type IdPlace, IdTable } from './id-table.ts';
import { decodeOverview, type ItemOverview } from './item-overview.ts';
import {
  encodeEntry,
  entryStarts,
  idAt,
  isSameId,
  joinEntries,
  kindAt,
  overviewAt,
  PACK_CAPACITY,
  type PackEntry,
  readEntry,
} from './pack-codec.ts';
import type { Revision } from './sealed-item.ts';
import { VaultError } from './vault-error.ts';

interface PackContent {
  readonly content: Uint8Array;
  /** Where each entry begins, and the end of the last. */
  readonly starts: Uint32Array;
}

interface Pack extends PackContent {
  readonly number: number;
  /** From 0, without large gaps, whatever the numbers are. */
  readonly seat: number;
}

/** Of a pack as it is to be: where they begin, and the first that was not in its place before. */
interface Entries {
  readonly starts: Uint32Array;
  readonly first: number;
}

const NO_ENTRIES: Entries = { starts: new Uint32Array(1), first: 0 };

/** A pack as a change makes it; null for one that is empty now and goes. */
export interface PlannedPack {
  readonly number: number;
  readonly content: Uint8Array | null;
}

/** Entries to put in or in the place of former ones, and items to take out. */
export interface OverviewChange {
  readonly put: readonly PackEntry[];
  readonly remove: readonly ItemId[];
}

export class OverviewTable {
  /**
   * Makes a pack readable that has an overview which is not: found when it is first read, since unlocking parses none.
   * Where there is no such help the overview is refused.
   */
  mend: ((number: number) => void) | null = null;
  readonly #packs = new Map<number, Pack>();
  /** By seat; null for one that is free. */
  readonly #seats: (Pack | null)[] = [];
  readonly #freeSeats: number[] = [];
  /** Seat of a pack times capacity, plus the place in it. */
  readonly #places = new IdTable((place) => this.#idPlaceOf(place));
  /** Of packs that name an item twice: nothing else that names one of these is believed either. */
  readonly #refused = new Set<ItemId>();
  readonly #slabs = new ByteSlabs();
  /** Numbers of packs with room. */
  readonly #open = new Set<number>();
  #next = 0;

  get size(): number {
    return this.#places.size;
  }

  /**
   * Takes a pack over: its content is copied and erased. False, and nothing taken, where it is not a list of entries, names
   * an item twice or one that is known already, or has the number of another.
   */
  add(number: number, content: Uint8Array): boolean {
    const starts = startsOf(content);
    if (starts === null || this.#packs.has(number) || this.#isRefused(content, starts))
      return false;
    const pack = this.#seat(number, content, starts);
    if (!this.#enter(pack)) {
      this.#reject(pack);
      return false;
    }
    this.#keep({ ...pack, content: this.#slabs.keep(content) });
    return true;
  }

  has(id: ItemId): boolean {
    return this.#places.findId(id) !== undefined;
  }

  *ids(): Generator<ItemId, void> {
    for (const { content, starts } of this.#packs.values()) yield* idsOf(content, starts);
  }

  /** Null where there is no such item. */
  revisionOf(id: ItemId): Revision | null {
    return this.#entry(id)?.revision ?? null;
  }

  /** Null where there is no such item. Throws `vault/item-damaged` for an overview that cannot be read. */
  overview(id: ItemId): ItemOverview | null {
    const place = this.#places.findId(id);
    if (place === undefined) return null;
    return this.#mended(this.#numberOf(place), () => {
      const entry = this.#entry(id);
      return entry === null ? null : readOverview(entry);
    });
  }

  /** Every overview, parsed pack by pack as they are reached: the table may be changed between any two. */
  *overviews(kind?: ItemKind): Iterable<ItemOverview> {
    for (const number of [...this.#packs.keys()]) {
      yield* this.#mended(number, () => {
        const pack = this.#packs.get(number);
        return pack === undefined ? [] : overviewsIn(pack, kind);
      });
    }
  }

  /** The entries of a pack. */
  entriesIn(number: number): readonly PackEntry[] {
    const pack = this.#packs.get(number);
    if (pack === undefined) return [];
    return Array.from(pack.starts.subarray(0, -1), (start) => readEntry(pack.content, start));
  }

  /** The packs as they are to be after a change. Nothing is changed yet. */
  plan(change: OverviewChange): readonly PlannedPack[] {
    const drafts = new PackDrafts((number) => this.#entriesOf(number));
    for (const id of change.remove) {
      const place = this.#places.findId(id);
      if (place !== undefined) drafts.remove(this.#numberOf(place), id);
    }
    const fresh: PackEntry[] = [];
    for (const entry of change.put) {
      const place = this.#places.findId(entry.id);
      if (place === undefined) fresh.push(entry);
      else drafts.put(this.#numberOf(place), entry);
    }
    drafts.append(fresh, this.#roomyNumbers());
    return drafts.finish();
  }

  /** Makes a plan true, once it is stored. */
  apply(plan: readonly PlannedPack[]): void {
    // First all that go, so that an item may move from one pack to another.
    const entries = plan.map(({ number, content }) => this.#leaveChanged(number, content));
    for (const [index, { number, content }] of plan.entries()) {
      const { starts, first } = entries[index] ?? NO_ENTRIES;
      if (content === null) continue;
      if (!this.#enter(this.#replace(number, content, starts), first)) {
        throw new Error('overviews: an item in two packs');
      }
    }
  }

  numbers(): IterableIterator<number> {
    return this.#packs.keys();
  }

  /** The content of pack `number` as it is to be stored; null where there is no such pack. */
  contentOf(number: number): Uint8Array | null {
    return this.#packs.get(number)?.content ?? null;
  }

  clear(): void {
    for (const { content } of this.#packs.values()) content.fill(0);
    this.#packs.clear();
    this.#seats.length = 0;
    this.#freeSeats.length = 0;
    this.#places.clear();
    this.#refused.clear();
    this.#open.clear();
  }

  /** Tries a second time where the first one met an overview that cannot be read. */
  #mended<T>(number: number, read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (this.mend === null || !(error instanceof VaultError)) throw error;
      this.mend(number);
      return read();
    }
  }

  #entry(id: ItemId): PackEntry | null {
    const place = this.#places.findId(id);
    if (place === undefined) return null;
    const { bytes, start } = this.#idPlaceOf(place);
    return readEntry(bytes, start);
  }

  #entriesOf(number: number): { id: ItemId; bytes: Uint8Array }[] {
    const pack = this.#packs.get(number);
    if (pack === undefined) return [];
    const { content, starts } = pack;
    return Array.from(starts.subarray(0, -1), (start, index) => ({
      id: idAt(content, start),
      bytes: content.subarray(start, starts[index + 1]),
    }));
  }

  *#roomyNumbers(): Generator<number, never> {
    yield* this.#open;
    for (let number = this.#next; ; number += 1) yield number;
  }

  /** Takes out of the table what pack `number` will not have in its place any more: all from `first` on. */
  #leaveChanged(number: number, content: Uint8Array | null): Entries {
    const pack = this.#packs.get(number);
    if (content === null) {
      this.#drop(number);
      return NO_ENTRIES;
    }
    const starts = entryStarts(content);
    const first = pack === undefined ? 0 : countSame(pack, { content, starts });
    if (pack !== undefined) this.#leave(pack, first);
    return { starts, first };
  }

  /** In the seat of the pack that had the number, which is erased. */
  #replace(number: number, content: Uint8Array, starts: Uint32Array): Pack {
    const former = this.#packs.get(number);
    if (former === undefined) return this.#seat(number, content, starts);
    const pack = this.#keep({ ...former, content, starts });
    former.content.fill(0);
    return pack;
  }

  #seat(number: number, content: Uint8Array, starts: Uint32Array): Pack {
    const seat = this.#freeSeats.pop() ?? this.#seats.length;
    return this.#keep({ number, seat, content, starts });
  }

  #keep(pack: Pack): Pack {
    this.#packs.set(pack.number, pack);
    this.#seats[pack.seat] = pack;
    return pack;
  }

  /** From `first` on. False where one stands in the table already: then the rest of them are not entered. */
  #enter({ number, seat, starts }: Pack, first = 0): boolean {
    const count = starts.length - 1;
    for (let index = first; index < count; index += 1) {
      if (!this.#places.add(seat * PACK_CAPACITY + index)) return false;
    }
    if (count < PACK_CAPACITY) this.#open.add(number);
    else this.#open.delete(number);
    this.#next = Math.max(this.#next, number + 1);
    return true;
  }

  /** Of a pack that could not be entered as a whole. What it names twice is refused from now on. */
  #reject(pack: Pack): void {
    const { number, seat, content, starts } = pack;
    this.#leave(pack);
    const isKnown = starts
      .subarray(0, -1)
      .some((start) => this.#places.find(content, start) !== undefined);
    if (!isKnown) for (const id of idsOf(content, starts)) this.#refused.add(id);
    content.fill(0);
    this.#packs.delete(number);
    this.#free(seat);
  }

  #isRefused(content: Uint8Array, starts: Uint32Array): boolean {
    if (this.#refused.size === 0) return false;
    return starts.subarray(0, -1).some((start) => this.#refused.has(idAt(content, start)));
  }

  /** Takes out what the pack has entered from `first` on, and nothing else. */
  #leave({ seat, starts }: Pack, first = 0): void {
    for (let index = first; index < starts.length - 1; index += 1) {
      this.#places.remove(seat * PACK_CAPACITY + index);
    }
  }

  #free(seat: number): void {
    this.#seats[seat] = null;
    this.#freeSeats.push(seat);
  }

  #drop(number: number): void {
    const pack = this.#packs.get(number);
    if (pack === undefined) return;
    this.#leave(pack);
    pack.content.fill(0);
    this.#packs.delete(number);
    this.#free(pack.seat);
    this.#open.delete(number);
  }

  /** Number of the pack in which a place lies. */
  #numberOf(place: number): number {
    return this.#packAt(place).number;
  }

  #packAt(place: number): Pack {
    const pack = this.#seats[Math.floor(place / PACK_CAPACITY)];
    if (!pack) throw new Error('overviews: a place without a pack');
    return pack;
  }

  #idPlaceOf(place: number): IdPlace {
    const { content, starts } = this.#packAt(place);
    return { bytes: content, start: starts[place % PACK_CAPACITY] ?? 0 };
  }
}

/** How many of the first entries are of the same items in both. */
function countSame(former: PackContent, next: PackContent): number {
  const most = Math.min(former.starts.length, next.starts.length) - 1;
  for (let index = 0; index < most; index += 1) {
    const [one, other] = [former.starts[index] ?? 0, next.starts[index] ?? 0];
    if (!isSameId(former.content, one, next.content, other)) return index;
  }
  return most;
}

function overviewsIn({ content, starts }: Pack, kind?: ItemKind): readonly ItemOverview[] {
  const found: ItemOverview[] = [];
  for (const start of starts.subarray(0, -1)) {
    if (kind !== undefined && kindAt(content, start) !== kind) continue;
    found.push(
      readOverview({
        ...{ id: idAt(content, start), kind: kindAt(content, start) },
        overview: overviewAt(content, start),
      }),
    );
  }
  return found;
}

/** Throws `vault/item-damaged` for an overview that is not of its form, or of another kind than its entry says. */
export function readOverview({ id, kind, overview }: Omit<PackEntry, 'revision'>): ItemOverview {
  const read = decodeOverview(id, overview);
  if (read.kind === kind) return read;
  throw new VaultError('vault/item-damaged', 'overview: of another kind than its entry', {
    details: { step: 'overview' },
  });
}

type Draft = { id: ItemId; bytes: Uint8Array }[];

/** Packs while a change is being planned. */
class PackDrafts {
  readonly #drafts = new Map<number, Draft>();
  readonly #entriesOf: (number: number) => Draft;

  constructor(entriesOf: (number: number) => Draft) {
    this.#entriesOf = entriesOf;
  }

  remove(number: number, id: ItemId): void {
    const draft = this.#draft(number);
    draft.splice(indexIn(draft, id), 1);
  }

  put(number: number, entry: PackEntry): void {
    const draft = this.#draft(number);
    draft[indexIn(draft, entry.id)] = { id: entry.id, bytes: encodeEntry(entry) };
  }

  append(entries: readonly PackEntry[], numbers: Iterator<number>): void {
    let draft: Draft | null = null;
    for (const entry of entries) {
      while (draft === null || draft.length >= PACK_CAPACITY) {
        draft = this.#draft(Number(numbers.next().value));
      }
      draft.push({ id: entry.id, bytes: encodeEntry(entry) });
    }
  }

  finish(): readonly PlannedPack[] {
    return Array.from(this.#drafts, ([number, draft]) => ({
      number,
      content: draft.length === 0 ? null : joinEntries(draft.map(({ bytes }) => bytes)),
    }));
  }

  #draft(number: number): Draft {
    const known = this.#drafts.get(number);
    if (known !== undefined) return known;
    const made = this.#entriesOf(number);
    this.#drafts.set(number, made);
    return made;
  }
}

function indexIn(draft: Draft, id: ItemId): number {
  const index = draft.findIndex((entry) => entry.id === id);
  if (index < 0) throw new Error('overviews: an item is not where it was');
  return index;
}

function idsOf(content: Uint8Array, starts: Uint32Array): readonly ItemId[] {
  return Array.from(starts.subarray(0, -1), (start) => idAt(content, start));
}

/** Null for what is no list of entries. */
function startsOf(content: Uint8Array): Uint32Array | null {
  try {
    return entryStarts(content);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
