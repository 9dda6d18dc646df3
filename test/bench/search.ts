// Search: words typed letter by letter into the list of a large vault, a page of rows with their highlights made for each
// key stroke; and the same key strokes on MiniSearch and Fuse.js over the same fields.
// SPDX-License-Identifier: MIT

import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { ItemIndex } from '../../src/main/services/item-index.ts';
import { placeOf } from '../../src/main/vault/item-overview.ts';
import type { UnlockedVault } from '../../src/main/vault/unlocked-vault.ts';
import { Dice } from '../torture/dice.ts';
import { type BenchRow, toRow } from './bench-row.ts';
import { amount, type Benchmark, type BenchSizes } from './benchmark.ts';
import { openVault } from './bench-vaults.ts';
import { collectGarbage, median, percentile, timedNow } from './measure.ts';

const PAGE = 100;
/** Each key stroke this often; the median of them is what it takes. */
const PASSES = 3;
const FIELDS = ['title', 'subtitle', 'host', 'urls', 'tags'] as const;

type Doc = Readonly<Record<(typeof FIELDS)[number], string>> & { readonly id: number };
type Search = (text: string) => unknown;

export const search: Benchmark = {
  name: 'search',
  vaults: ({ items }) => [items],
  async run({ sizes, vaults }) {
    using vault = await openVault(vaults.pathOf(sizes.items));
    const docs = docsOf(vault);
    const strokes = keyStrokes(docs, sizes.keyStrokes);
    const ours = latchkey(vault);
    const alone = timesOf(ours, strokes);
    const about = `${String(strokes.length)} key strokes, rows and highlights of ${String(PAGE)} made`;
    const found = medianFound(ours, strokes);
    return [
      toRow({
        name: `search p95, ${amount(sizes.items)} items`,
        ...{ value: percentile(alone, 95), unit: 'ms', goal: { atMost: 16 } },
        note: `${about}; p50 ${median(alone).toFixed(2)}, slowest ${Math.max(...alone).toFixed(1)} ms; median of ${found} found`,
      }),
      comparison('MiniSearch', { ours, theirs: miniSearch(docs), strokes, sizes }),
      comparison('Fuse.js', { ours, theirs: fuse(docs), strokes: thinned(strokes, sizes), sizes }),
    ];
  },
};

interface Sides {
  readonly ours: Search;
  readonly theirs: Search;
  readonly strokes: readonly string[];
  readonly sizes: BenchSizes;
}

function comparison(name: string, { ours, theirs, strokes, sizes }: Sides): BenchRow {
  collectGarbage();
  const times = strokes.map((text) => {
    const passes = Array.from({ length: PASSES }, () => ({
      ours: timedStroke(ours, text),
      theirs: timedNow(() => theirs(text)),
    }));
    return {
      ours: median(passes.map((pass) => pass.ours)),
      theirs: median(passes.map((pass) => pass.theirs)),
    };
  });
  const own = percentile(
    times.map((time) => time.ours),
    95,
  );
  const other = percentile(
    times.map((time) => time.theirs),
    95,
  );
  return toRow({
    name: `search p95 over ${name}, ${amount(sizes.items)} items`,
    ...{ value: own, unit: 'ms', against: { name, value: other }, ratio: other / own },
    goal: { atLeast: 20 },
    note: `the same ${String(strokes.length)} key strokes on both, in turns; the ratio says how many times faster`,
  });
}

function latchkey(vault: UnlockedVault): Search {
  const index = new ItemIndex(vault);
  const section = { in: 'all' } as const;
  return (text) => index.query({ section, text, sort: 'title', offset: 0, limit: PAGE });
}

/** Prefixes of words, all of which must be there: less than what it is held against, which finds any part of a word. */
function miniSearch(docs: readonly Doc[]): Search {
  const engine = new MiniSearch<Doc>({
    fields: [...FIELDS],
    searchOptions: { prefix: true, combineWith: 'AND' },
  });
  engine.addAll(docs);
  return (text) =>
    engine
      .search(text)
      .slice(0, PAGE)
      .map(({ id }) => docs[id as number]);
}

/** With its index made ahead, no norm of lengths, a bounded number of results and a strict threshold. */
function fuse(docs: readonly Doc[]): Search {
  const keys = [...FIELDS];
  const options = { keys, ignoreFieldNorm: true, threshold: 0.3 };
  const engine = new Fuse(docs, options, Fuse.createIndex(keys, docs));
  return (text) => engine.search(text, { limit: PAGE });
}

function docsOf(vault: UnlockedVault): readonly Doc[] {
  return Array.from(vault.overviews(), (one, id) => ({
    id,
    title: one.title,
    subtitle: one.subtitle,
    host: placeOf(one),
    urls: one.urls.map(({ url }) => url).join(' '),
    tags: one.tags.join(' '),
  }));
}

/** What stands in the field after each letter, of titles, hosts, user names, two words, and words that are nowhere. */
export function keyStrokes(docs: readonly Doc[], count: number): readonly string[] {
  const dice = new Dice('bench key strokes');
  const strokes: string[] = [];
  for (let typed = 0; strokes.length < count; typed += 1) {
    const text = wish(typed, dice.pick(docs), dice);
    const longest = Math.min(text.length, 10);
    for (let length = 1; length <= longest; length += 1) strokes.push(text.slice(0, length));
  }
  return strokes.slice(0, count);
}

function wish(typed: number, { title, host, subtitle }: Doc, dice: Dice): string {
  switch (typed % 5) {
    case 0:
      return title.toLowerCase();
    case 1:
      return host;
    case 2:
      return subtitle === '' ? title : subtitle;
    case 3:
      return `${title.slice(0, 4).toLowerCase()} ${subtitle.slice(0, 5)}`;
    default:
      return dice.word(8);
  }
}

/** Evenly over all, so that short and long ones stay as they are mixed. */
function thinned(strokes: readonly string[], { slowKeyStrokes }: BenchSizes): readonly string[] {
  const step = strokes.length / slowKeyStrokes;
  return Array.from(
    { length: slowKeyStrokes },
    (_, index) => strokes[Math.floor(index * step)] ?? '',
  );
}

function timesOf(run: Search, strokes: readonly string[]): readonly number[] {
  for (const text of strokes) run(text);
  collectGarbage();
  return strokes.map((text) =>
    median(Array.from({ length: PASSES }, () => timedStroke(run, text))),
  );
}

/** The list stands at what was typed before, as under a person's hands: the index may build on that and on nothing else. */
function timedStroke(run: Search, text: string): number {
  run(text.slice(0, -1));
  return timedNow(() => run(text));
}

function medianFound(run: Search, strokes: readonly string[]): string {
  const totals = strokes.map((text) => (run(text) as { readonly total: number }).total);
  return amount(median(totals));
}
