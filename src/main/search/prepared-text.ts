// PreparedText: the search over all entries, fast enough for every key stroke at 100,000 of them.
// Filters first, then the words, the longest first; what is left is put into buckets by rank, never sorted.
// SPDX-License-Identifier: MIT

import { assertNever } from '../../shared/errors.ts';
import { EntryTable, NOWHERE } from './entry-table.ts';
import { withRoomFor } from './growing.ts';
import { nameFilter, passes } from './name-filter.ts';
import { refines } from './refines.ts';
import { isFew, RULED_OUT, Scores } from './scores.ts';
import type { SearchEntry } from './search-entry.ts';
import type {
  NameTerm,
  SearchQuery,
  SearchTerm,
  SiteTerm,
  TagTerm,
  TextTerm,
} from './search-query.ts';
import type { Sweep } from './sweep.ts';
import { siteSweeps, tagSweeps, textSweeps, titleSweep } from './term-sweeps.ts';

type AnyTextTerm = TextTerm | SiteTerm | TagTerm;

/** A search that left little of its order. */
interface LastSearch {
  readonly query: SearchQuery;
  readonly order: Uint32Array;
  /** What matched, still in that order. */
  readonly matches: Uint32Array;
}

interface LastOrder {
  readonly order: Uint32Array;
  readonly records: Uint32Array;
}

export class PreparedText {
  readonly #table = new EntryTable();
  /** Kept from one key stroke to the next. */
  #scores: Scores | null = null;
  #matches = new Uint32Array(16);
  #last: LastSearch | null = null;
  #lastOrder: LastOrder | null = null;

  /** Entries get the slots 0 to `count` − 1 in the order in which they come. */
  static prepare(count: number, entryAt: (index: number) => SearchEntry): PreparedText {
    const prepared = new PreparedText();
    prepared.reserve(count);
    for (let index = 0; index < count; index++) prepared.load(entryAt(index));
    prepared.seal();
    return prepared;
  }

  /** Makes room for so many entries before they come. */
  reserve(entries: number): void {
    this.#table.reserve(entries);
  }

  /** As {@link append}, for many before the first search: {@link seal} belongs behind the last of them. */
  load(entry: SearchEntry): number {
    return this.#table.add(entry);
  }

  seal(): void {
    this.#table.seal();
  }

  /** How many entries there are. */
  get count(): number {
    return this.#table.count;
  }

  /** Bytes of memory that the text and its tables take. */
  get byteLength(): number {
    return this.#table.byteLength;
  }

  /** Returns the new entry's slot: one past the highest, or one that a removed entry has left. */
  append(entry: SearchEntry): number {
    const slot = this.#table.add(entry);
    this.#changed();
    return slot;
  }

  /** Throws `RangeError` for a slot without entry. */
  replace(slot: number, entry: SearchEntry): void {
    this.#table.replace(slot, entry);
    this.#changed();
  }

  /** Throws `RangeError` for a slot without entry. */
  remove(slot: number): void {
    this.#table.remove(slot);
    this.#changed();
  }

  /**
   * Slots of the matching entries, best first; equally good ones in the order of `order`. Only entries in `order` are
   * looked at: a section of the vault, say, by title. Without it all are, in the order of their slots.
   * A query that goes on from the last one looks only at what that one found, where both name the same array as order:
   * between two changes of the entries such an array must not change.
   */
  search(query: SearchQuery, order: Uint32Array = this.#table.slots()): Uint32Array {
    const last = this.#last;
    const goesOn = last !== null && last.order === order && refines(query, last.query);
    const asked = goesOn ? last.matches : order;
    const scores = this.#score(query, asked);
    this.#matches = withRoomFor(this.#matches, asked.length);
    const records = this.#recordsOf(asked);
    const { bestFirst, inOrder } = collect({ order: asked, records }, scores, this.#matches);
    const isLittle = isFew(inOrder.length, this.#table.records);
    this.#last = isLittle ? { query, order, matches: inOrder.slice() } : null;
    return bestFirst;
  }

  /** By place in `order`: the record of the entry, or {@link NOWHERE}. Kept, as the same order comes with each key stroke. */
  #recordsOf(order: Uint32Array): Uint32Array {
    if (this.#lastOrder?.order !== order) {
      const { recordOf } = this.#table;
      this.#lastOrder = { order, records: order.map((slot) => recordOf[slot] ?? NOWHERE) };
    }
    return this.#lastOrder.records;
  }

  #changed(): void {
    this.#last = null;
    this.#lastOrder = null;
    this.#table.sealNowAndThen();
  }

  /** The scores by record. */
  #score({ terms }: SearchQuery, order: Uint32Array): Uint8Array {
    const scores = this.#among(order);
    for (const term of terms.filter(isAboutNames)) this.#filter(term, scores);
    for (const term of terms.filter(isAboutText).sort(byCost)) {
      scores.apply(this.#sweepsOf(term), term.negated);
    }
    this.#preferWholeTitles(terms, scores);
    return scores.values;
  }

  /** A short order is searched alone; of a long one the rest is left out at the end. */
  #among(order: Uint32Array): Scores {
    const { records } = this.#table;
    if (this.#scores?.values.length !== records) this.#scores = new Scores(records);
    this.#scores.begin(
      isFew(order.length, records)
        ? this.#recordsOf(order)
            .filter((record) => record !== NOWHERE)
            .sort()
        : null,
    );
    return this.#scores;
  }

  #filter(term: NameTerm, scores: Scores): void {
    const { slotOf, kinds, flags, kindNames } = this.#table;
    const filter = nameFilter(term, kindNames);
    scores.keep((record) => {
      const slot = slotOf[record] ?? NOWHERE;
      return passes(filter, kinds[slot] ?? 0, flags[slot] ?? 0);
    });
  }

  #sweepsOf(term: AnyTextTerm): readonly Sweep[] {
    switch (term.by) {
      case 'text':
        return textSweeps(term, this.#table);
      case 'site':
        return siteSweeps(term, this.#table);
      case 'tag':
        return tagSweeps(term, this.#table, (record) => this.#table.isLive(record));
      default:
        return assertNever(term, 'every term over text is listed');
    }
  }

  /** "google mail" finds Google Mail first, though each of the words stands in other titles too. */
  #preferWholeTitles(terms: readonly SearchTerm[], scores: Scores): void {
    const words = terms.filter(isTitleText).map(({ text }) => text);
    if (words.length < 2) return;
    scores.lower(titleSweep(words.join(' '), this.#table));
  }
}

interface Found {
  readonly bestFirst: Uint32Array;
  /** The same slots as they come in the order. */
  readonly inOrder: Uint32Array;
}

/**
 * Puts the slots of `order` that are not ruled out into buckets of equal scores, each in that order. Writes to `room`.
 * Each loop is a function of its own: what comes behind a long loop would throw out the code that was made for it.
 */
function collect({ order, records }: LastOrder, scores: Uint8Array, room: Uint32Array): Found {
  const found = { slots: room, scores: new Uint8Array(order.length) };
  const count = gather(order, records, scores, found);
  const bestFirst = new Uint32Array(count);
  distribute(found, beginnings(sizesOf(found.scores, count)), bestFirst);
  return { bestFirst, inOrder: room.subarray(0, count) };
}

interface Gathered {
  readonly slots: Uint32Array;
  readonly scores: Uint8Array;
}

/** Returns how many of `order` are not ruled out. */
function gather(
  order: Uint32Array,
  records: Uint32Array,
  scores: Uint8Array,
  to: Gathered,
): number {
  const { length } = order;
  let count = 0;
  for (let index = 0; index < length; index++) {
    const score = scores[records[index] ?? NOWHERE] ?? RULED_OUT;
    // What is ruled out is written over by the next: a branch would be guessed wrong as often as not.
    to.scores[count] = score;
    to.slots[count] = order[index] ?? NOWHERE;
    count += (score - RULED_OUT) >>> 31;
  }
  return count;
}

function sizesOf(scores: Uint8Array, count: number): Uint32Array {
  const sizes = new Uint32Array(RULED_OUT + 1);
  for (let index = 0; index < count; index++) {
    const score = scores[index] ?? RULED_OUT;
    sizes[score] = (sizes[score] ?? 0) + 1;
  }
  return sizes;
}

/** Uses `next` up: where the next slot of each score goes. */
function distribute({ slots, scores }: Gathered, next: Uint32Array, to: Uint32Array): void {
  for (let index = 0; index < to.length; index++) {
    const score = scores[index] ?? RULED_OUT;
    const place = next[score] ?? 0;
    to[place] = slots[index] ?? NOWHERE;
    next[score] = place + 1;
  }
}

/** Where the bucket of each score begins when they stand one after the other. */
function beginnings(sizes: Uint32Array): Uint32Array {
  const begins = new Uint32Array(sizes.length);
  for (let score = 1; score < sizes.length; score++) {
    begins[score] = (begins[score - 1] ?? 0) + (sizes[score - 1] ?? 0);
  }
  return begins;
}

function isAboutNames(term: SearchTerm): term is NameTerm {
  return term.by === 'kind' || term.by === 'state';
}

function isAboutText(term: SearchTerm): term is AnyTextTerm {
  return !isAboutNames(term);
}

/** Words that may stand in a title and count for the rank. */
function isTitleText(term: SearchTerm): term is TextTerm {
  return term.by === 'text' && !term.negated && (term.field === 'any' || term.field === 'title');
}

/** Sites and tags, then the longest words: what leaves least comes first. Negations leave most. */
function byCost(a: SearchTerm, b: SearchTerm): number {
  return costOf(a) - costOf(b);
}

function costOf(term: SearchTerm): number {
  if (term.negated) return 1;
  return term.by === 'text' ? -term.text.length : -Infinity;
}
