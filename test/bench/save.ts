// Saving: an edited item with its pack and the manifest, on the disk when the call returns; held against one row of the
// same size committed by SQLite alone, and a large vault against a small one. And what of the vault an edit seals anew.
// SPDX-License-Identifier: MIT

import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { ItemId } from '../../src/shared/brand.ts';
import { PRAGMAS } from '../../src/main/storage/database.ts';
import type { UnlockedVault } from '../../src/main/vault/unlocked-vault.ts';
import type { VaultChange, VaultStore } from '../../src/main/vault/vault-store.ts';
import { systemRandom } from '../../src/main/crypto/random.ts';
import { type BenchRow, toRow } from './bench-row.ts';
import { amount, type Benchmark, type BenchContext } from './benchmark.ts';
import { openVault } from './bench-vaults.ts';
import { fileSystemOf } from './machine.ts';
import { inPairs, timedNow } from './measure.ts';

export const save: Benchmark = {
  name: 'save',
  vaults: ({ items, tinyItems }) => [tinyItems, items],
  async run(context) {
    const { sizes, vaults, folder } = context;
    const large = await Saver.open(vaults.copy(sizes.items, join(folder, 'large.latchkey')));
    const small = await Saver.open(vaults.copy(sizes.tinyItems, join(folder, 'small.latchkey')));
    const rows = [
      await overBareCommit(context, large),
      await overSmallVault(context, large, small),
      sealedByAnEdit(large),
    ];
    large.close();
    small.close();
    return rows;
  },
};

async function overBareCommit({ sizes, folder }: BenchContext, saver: Saver): Promise<BenchRow> {
  saver.saveNext();
  const { body, all } = saver.written;
  const bare = new BareTable(join(folder, 'bare.db'), body);
  const { first, second, ratio } = await inPairs(
    sizes.saves,
    () => saver.timedSave(),
    () => bare.timedCommit(),
  );
  bare.close();
  return toRow({
    name: `durable save, ${amount(sizes.items)} items`,
    ...{ value: first, unit: 'ms', ratio, goal: { atMost: 3 } },
    against: { name: 'bare WAL/FULL commit of one row', value: second },
    note: `on ${fileSystemOf(folder)}; the row is as long as the sealed item, ${amount(body)} bytes; the save writes ${amount(all)}`,
  });
}

async function overSmallVault(
  { sizes }: BenchContext,
  large: Saver,
  small: Saver,
): Promise<BenchRow> {
  const { first, second, ratio } = await inPairs(
    sizes.saves,
    () => large.timedSave(),
    () => small.timedSave(),
  );
  return toRow({
    name: `durable save, ${amount(sizes.items)} over ${amount(sizes.tinyItems)} items`,
    ...{ value: first, unit: 'ms', ratio, goal: { atMost: 1.2 } },
    against: { name: `the same in a vault of ${amount(sizes.tinyItems)}`, value: second },
  });
}

const EDITS_LOOKED_AT = 50;

/** The most of fifty edits: a pack that an edit splits would be a second one. */
function sealedByAnEdit(saver: Saver): BenchRow {
  const counts = Array.from({ length: EDITS_LOOKED_AT }, () => {
    saver.saveNext();
    return saver.written;
  });
  const most = counts.reduce((a, b) => (b.sealed > a.sealed ? b : a));
  const loads = Math.max(...counts.map(({ opened }) => opened));
  return toRow({
    name: 'items and packs sealed by one edit',
    ...{ value: most.sealed, unit: 'objects', goal: { atMost: 2 } },
    note: `the most of ${String(EDITS_LOOKED_AT)} edits: ${String(most.bodies)} item, ${String(most.packs)} pack; items read back for it: ${String(loads)}`,
  });
}

/** What one save gave to the store. */
interface Written {
  readonly bodies: number;
  readonly packs: number;
  readonly sealed: number;
  /** Items read from the store on the way. */
  readonly opened: number;
  /** Bytes of the sealed item, and of everything sealed that was stored. */
  readonly body: number;
  readonly all: number;
}

const EDITED_ITEMS = 500;

/** Edits one item after the other, and saves it. */
class Saver {
  readonly #vault: UnlockedVault;
  readonly #counter: StoreCounter;
  readonly #ids: readonly ItemId[];
  #edits = 0;

  private constructor(vault: UnlockedVault, counter: StoreCounter) {
    this.#vault = vault;
    this.#counter = counter;
    const all = Array.from(vault.overviews(), ({ id }) => id);
    const step = Math.max(1, Math.floor(all.length / EDITED_ITEMS));
    this.#ids = all.filter((_, index) => index % step === 0);
    // The check of all rows goes on beside a vault in use until it is done; here nothing is to go on beside.
    while (!vault.checkRows(1024));
  }

  static async open(path: string): Promise<Saver> {
    const counter = new StoreCounter();
    const vault = await openVault(path, (store) => counter.watch(store));
    return new Saver(vault, counter);
  }

  get written(): Written {
    return this.#counter.last;
  }

  timedSave(): number {
    const item = this.#edited();
    this.#counter.begin();
    return timedNow(() => {
      this.#vault.save(item);
    });
  }

  saveNext(): void {
    this.timedSave();
  }

  close(): void {
    this.#vault.close();
  }

  /** Another note of the same length, as when something in it was put right. */
  #edited() {
    this.#edits += 1;
    const id = this.#ids[this.#edits % this.#ids.length];
    if (id === undefined) throw new Error('bench: an empty vault');
    const item = this.#vault.get(id);
    const mark = String(this.#edits).padStart(6, '0');
    const note = item.note === '' ? mark : item.note.slice(0, -6) + mark;
    return { ...item, note, modifiedAt: item.modifiedAt + 1 };
  }
}

/** Counts what goes through a store. */
class StoreCounter {
  #opened = 0;
  #change: VaultChange = {};

  watch(store: VaultStore): VaultStore {
    const commit = store.commit.bind(store);
    const loadItem = store.loadItem.bind(store);
    store.commit = (change) => {
      this.#change = change;
      commit(change);
    };
    store.loadItem = (id, revision) => {
      this.#opened += 1;
      return loadItem(id, revision);
    };
    return store;
  }

  begin(): void {
    this.#opened = 0;
  }

  get last(): Written {
    const { bodies = [], packs = [], objects = [], keys = [] } = this.#change;
    const length = (rows: readonly { readonly sealed: Uint8Array }[]): number =>
      rows.reduce((sum, { sealed }) => sum + sealed.length, 0);
    const body = bodies.reduce((sum, row) => sum + row.body.length, 0);
    return {
      ...{ bodies: bodies.length, packs: packs.length, opened: this.#opened },
      sealed: bodies.length + packs.length + keys.length,
      body,
      all: body + length(packs) + length(objects),
    };
  }
}

/** One table in a database of its own, opened as the vault's is. */
class BareTable {
  readonly #sqlite: Sqlite.Database;
  readonly #insert: Sqlite.Transaction<(bytes: Uint8Array) => void>;
  readonly #length: number;

  constructor(path: string, length: number) {
    this.#sqlite = new Sqlite(path);
    for (const [name, value] of PRAGMAS) this.#sqlite.pragma(`${name} = ${value}`);
    this.#sqlite.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)');
    const statement = this.#sqlite.prepare('INSERT INTO rows (bytes) VALUES (?)');
    this.#insert = this.#sqlite.transaction((bytes: Uint8Array) => {
      statement.run(bytes);
    });
    this.#length = length;
  }

  timedCommit(): number {
    const bytes = systemRandom.bytes(this.#length);
    return timedNow(() => {
      this.#insert.immediate(bytes);
    });
  }

  close(): void {
    this.#sqlite.close();
  }
}
