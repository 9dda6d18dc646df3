// What unlocking reads: every pack, and no item. Where packs are damaged or are not those that were last written, the
// overviews that they lack are made again from the items themselves: packs are a cache, bodies are the truth.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { encodeOverview, overviewOf } from './item-overview.ts';
import type { ItemSealer } from './item-sealer.ts';
import {
  OverviewTable,
  type OverviewChange,
  type PlannedPack,
  readOverview,
} from './overview-table.ts';
import type { PackEntry } from './pack-codec.ts';
import type { PackSealer, SealedPack } from './pack-sealer.ts';
import { allBodies, allKeys } from './scan-rows.ts';
import { type Revision, type SealedBody, sameRevision } from './sealed-item.ts';
import { VaultError } from './vault-error.ts';
import type { VaultStore } from './vault-store.ts';
import type { Item } from './item.ts';

export interface LoadedOverviews {
  readonly table: OverviewTable;
  /** Numbers of packs that could not be used. */
  readonly unusable: readonly number[];
  /** False where the store could not read all of them. */
  readonly isComplete: boolean;
  /** The highest of any pack that opens: 0 where none does. */
  readonly lamport: number;
}

/** Opens every pack; hands each to `seen` first, as it was found. */
export function loadOverviews(
  packs: Iterable<SealedPack>,
  sealer: PackSealer,
  seen: (row: SealedPack) => void,
): LoadedOverviews {
  const table = new OverviewTable();
  const unusable: number[] = [];
  let lamport = 0;
  const isComplete = readAll(packs, (row) => {
    seen(row);
    const content = sealer.open(row);
    if (content !== null) lamport = Math.max(lamport, row.revision.lamport);
    if (content === null || !table.add(row.number, content)) unusable.push(row.number);
  });
  return { table, unusable, isComplete, lamport };
}

export interface Rebuilt {
  readonly change: OverviewChange;
  /** Items of which no revision opens, or whose rows are gone. */
  readonly damaged: readonly ItemId[];
}

/** Holds the table against all rows and says what it lacks. Reads every row: for a file that is not as it was left. */
export function rebuildOverviews(
  store: VaultStore,
  sealer: ItemSealer,
  table: OverviewTable,
): Rebuilt {
  const put: PackEntry[] = [];
  const damaged: ItemId[] = [];
  const found = new Set<ItemId>();
  const compare = (id: ItemId, bodies: readonly SealedBody[]): void => {
    found.add(id);
    const [newest] = bodies;
    const known = table.revisionOf(id);
    if (newest && known && sameRevision(known, newest.revision)) return;
    const entry = newestEntry(store, sealer, bodies);
    if (entry !== null) put.push(entry);
    else if (known === null || newest === undefined) damaged.push(id);
  };
  const isComplete = readAll(itemsIn(store), ({ id, bodies }) => {
    compare(id, bodies);
  });
  const others = new Set(table.ids());
  // Beyond a page that SQLite cannot read, an item may still be found by its id.
  if (!isComplete) readAll(allKeys(store), ({ id }) => void others.add(id));
  for (const id of others) {
    if (!found.has(id)) compare(id, nullIfCorrupt(() => store.loadBodies(id)) ?? []);
  }
  return { change: { put, remove: [] }, damaged };
}

/**
 * What makes a pack readable again that has an overview which is not: the overview of the newest revision that opens in
 * its place, and no entry where none does.
 */
export function remakePack(
  store: VaultStore,
  sealer: ItemSealer,
  table: OverviewTable,
  number: number,
): { readonly plan: readonly PlannedPack[]; readonly damaged: readonly ItemId[] } {
  const put: PackEntry[] = [];
  const damaged: ItemId[] = [];
  for (const entry of table.entriesIn(number).filter((one) => !isReadable(one))) {
    const bodies = nullIfCorrupt(() => store.loadBodies(entry.id)) ?? [];
    const made = newestEntry(store, sealer, bodies);
    if (made === null) damaged.push(entry.id);
    else put.push(made);
  }
  return { plan: table.plan({ put, remove: damaged }), damaged };
}

function isReadable(entry: PackEntry): boolean {
  try {
    readOverview(entry);
    return true;
  } catch (error) {
    if (error instanceof VaultError) return false;
    throw error;
  }
}

/** Null for what SQLite cannot read: the rest of the file may be sound. */
export function nullIfCorrupt<T>(action: () => T): T | null {
  try {
    return action();
  } catch (error) {
    if (error instanceof VaultError && error.code === 'vault/corrupt') return null;
    throw error;
  }
}

/** Hands out all rows that can be read one after the other; false where a page that cannot be read ended it. */
function readAll<T>(rows: Iterable<T>, action: (row: T) => void): boolean {
  const walk = (): true => {
    for (const row of rows) action(row);
    return true;
  };
  return nullIfCorrupt(walk) ?? false;
}

/** An item's entry in a pack. */
export function packEntryOf(item: Item, revision: Revision): PackEntry {
  const { id, kind } = item;
  return { id, revision, kind, overview: encodeOverview(overviewOf(item)) };
}

/** Items with their bodies, newest first. */
function* itemsIn(store: VaultStore): Iterable<{ id: ItemId; bodies: readonly SealedBody[] }> {
  let bodies: SealedBody[] = [];
  for (const body of allBodies(store)) {
    const [former] = bodies;
    if (former && former.id !== body.id) {
      yield { id: former.id, bodies: bodies.reverse() };
      bodies = [];
    }
    bodies.push(body);
  }
  const [last] = bodies;
  if (last) yield { id: last.id, bodies: bodies.reverse() };
}

/** Of the newest revision that opens; null where none does. */
function newestEntry(
  store: VaultStore,
  sealer: ItemSealer,
  bodies: readonly SealedBody[],
): PackEntry | null {
  for (const { id, revision } of bodies) {
    try {
      const sealed = store.loadItem(id, revision);
      if (sealed !== null) return packEntryOf(sealer.openItem(sealed), revision);
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
    }
  }
  return null;
}
