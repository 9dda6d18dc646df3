// Carrying in and out, through the vault process's own calls: importing a browser's file held against sealing as many
// items and inserting them in one transaction; exporting held against opening every item and sealing the file's bytes.
// SPDX-License-Identifier: MIT

import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { toUtf8 } from '../../src/shared/bytes.ts';
import type { ItemId } from '../../src/shared/brand.ts';
import { type Aead, readyAead } from '../../src/main/crypto/aead.ts';
import { derivePasswordKey, type KdfParameters } from '../../src/main/crypto/password-kdf.ts';
import { systemRandom } from '../../src/main/crypto/random.ts';
import { SecretBytes } from '../../src/main/crypto/secret-bytes.ts';
import { PRAGMAS } from '../../src/main/storage/database.ts';
import { pad } from '../../src/main/crypto/padding.ts';
import type { Item } from '../../src/main/vault/item.ts';
import { type BenchRow, toRow } from './bench-row.ts';
import { believableCsv, believableItem } from './believable-items.ts';
import { amount, type Benchmark, type BenchContext } from './benchmark.ts';
import { BENCH_PASSWORD } from './bench-vaults.ts';
import { inPairs, timed } from './measure.ts';
import { importFile } from './stall.ts';
import { VaultChild } from './support/vault-child.ts';

/** What the export seals at once (docs/export-format.md). */
const CHUNK_BYTES = 64 * 1024;
const FLOOR_SCHEMA = `
  CREATE TABLE items (id BLOB PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE wraps (id BLOB PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID`;

export const transfer: Benchmark = {
  name: 'transfer',
  vaults: ({ tinyItems, fewItems }) => [tinyItems, fewItems],
  run: async (context) => [await importRow(context), await exportRow(context)],
};

async function importRow(context: BenchContext): Promise<BenchRow> {
  const { sizes, vaults, folder } = context;
  const csv = join(folder, 'logins.csv');
  writeFileSync(csv, believableCsv(sizes.imported));
  const floor = await Floor.prepare(context, sizes.imported);
  let round = 0;
  const { first, second, ratio } = await inPairs(
    Math.min(5, sizes.rounds),
    async () => {
      round += 1;
      const path = vaults.copy(sizes.tinyItems, join(folder, `import-${String(round)}.latchkey`));
      return await withVault(path, sizes.kdf, async (child) => {
        await importFile(child, csv);
      });
    },
    () => timed(() => floor.sealAndInsert()),
  );
  return toRow({
    name: `import of ${amount(sizes.imported)} logins`,
    ...{ value: first, unit: 'ms', ratio, goal: { atMost: 2 } },
    against: { name: 'seal and bulk insert of as many', value: second },
    note: 'a browser’s CSV read, previewed and taken, in the vault process; the floor encodes each item, seals it under a key of its own and that key under the vault’s, and inserts both in one durable transaction',
  });
}

async function exportRow(context: BenchContext): Promise<BenchRow> {
  const { sizes, vaults, folder } = context;
  const path = vaults.copy(sizes.fewItems, join(folder, 'export.latchkey'));
  const target = join(folder, 'all.latchkey-export');
  const floor = await Floor.prepare(context, sizes.fewItems);
  await withVault(path, sizes.kdf, (child) => writeExport(child, target));
  const { size } = statSync(target);
  const { first, second, ratio } = await inPairs(
    Math.min(5, sizes.rounds),
    () => withVault(path, sizes.kdf, (child) => writeExport(child, target)),
    () => timed(() => floor.openAndSeal(size)),
  );
  return toRow({
    name: `export of ${amount(sizes.fewItems)} items`,
    ...{ value: first, unit: 'ms', ratio },
    against: { name: 'Argon2id, opening each item, sealing as many bytes', value: second },
    note: `${amount(size)} bytes written; both sides with the one derivation of the export’s key`,
  });
}

async function writeExport(child: VaultChild, path: string): Promise<void> {
  await child.call('transfer:write-export', { path, exportPassword: toUtf8(BENCH_PASSWORD) });
}

/** Unlocking is not in it, nor is what the product does by itself right after. */
async function withVault(
  path: string,
  kdf: KdfParameters,
  action: (child: VaultChild) => Promise<void>,
): Promise<number> {
  const child = await VaultChild.start({ kdf });
  const checked = child.announced('integrity:checked');
  await child.unlock(path);
  await checked;
  // The daily backup comes next, and one that is asked for waits for it.
  await child.call('backups:make', {});
  await child.firstPage();
  const ms = await timed(() => action(child));
  await child.lock();
  return ms;
}

interface SealedOne {
  readonly body: Uint8Array;
  readonly key: Uint8Array;
  readonly aad: Uint8Array;
}

/** The least that can be done: the same AEAD, the same database with the same settings, and nothing else. */
class Floor {
  readonly #folder: string;
  readonly #aead: Aead;
  readonly #items: readonly Item[];
  readonly #kdf: KdfParameters;
  readonly #key = SecretBytes.take(systemRandom.bytes(32));
  #runs = 0;
  #stock: readonly SealedOne[] | null = null;

  private constructor(context: BenchContext, aead: Aead, items: readonly Item[]) {
    this.#folder = context.folder;
    this.#kdf = context.sizes.kdf;
    this.#aead = aead;
    this.#items = items;
  }

  static async prepare(context: BenchContext, count: number): Promise<Floor> {
    const items = Array.from({ length: count }, (_, index) => {
      // Every hundredth would be a passkey, which no browser exports.
      const id = index.toString(16).padStart(32, '0') as ItemId;
      return believableItem(index % 100 === 99 ? index - 1 : index, id);
    });
    return new Floor(context, await readyAead(), items);
  }

  sealAndInsert(): void {
    this.#runs += 1;
    const sqlite = new Sqlite(join(this.#folder, `floor-${String(this.#runs)}.db`));
    for (const [name, value] of PRAGMAS) sqlite.pragma(`${name} = ${value}`);
    sqlite.exec(FLOOR_SCHEMA);
    const item = sqlite.prepare('INSERT INTO items VALUES (?, ?)');
    const wrap = sqlite.prepare('INSERT INTO wraps VALUES (?, ?)');
    sqlite.transaction(() => {
      for (const one of this.#items) {
        const { body, key } = this.#seal(one);
        const id = systemRandom.bytes(16);
        item.run(id, body);
        wrap.run(id, key);
      }
    })();
    sqlite.close();
  }

  async openAndSeal(bytes: number): Promise<void> {
    using password = SecretBytes.take(toUtf8(BENCH_PASSWORD));
    using _key = await derivePasswordKey(password, systemRandom.bytes(16), this.#kdf);
    for (const { body, key, aad } of this.#sealed()) {
      using itemKey = SecretBytes.take(this.#aead.open(this.#key, { sealed: key, aad }));
      this.#aead.open(itemKey, { sealed: body, aad });
    }
    const plaintext = new Uint8Array(CHUNK_BYTES);
    for (let sealed = 0; sealed < bytes; sealed += CHUNK_BYTES) {
      this.#aead.seal(this.#key, {
        plaintext,
        aad: plaintext.subarray(0, 64),
        random: systemRandom,
      });
    }
  }

  #sealed(): readonly SealedOne[] {
    this.#stock ??= this.#items.map((one) => this.#seal(one));
    return this.#stock;
  }

  #seal(item: Item): SealedOne {
    const aad = new Uint8Array(64);
    using itemKey = SecretBytes.take(systemRandom.bytes(32));
    const plaintext = pad(toUtf8(JSON.stringify(item)));
    const body = this.#aead.seal(itemKey, { plaintext, aad, random: systemRandom });
    const key = itemKey.use((raw) =>
      this.#aead.seal(this.#key, { plaintext: raw, aad, random: systemRandom }),
    );
    return { body, key, aad };
  }
}
