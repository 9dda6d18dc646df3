// Pages of the vault file that SQLite cannot read: what lies on the others is there, the damage is reported, and nothing
// crashes.
// SPDX-License-Identifier: MIT

import { readFileSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { SqliteVaultStore } from '../../../src/main/storage/sqlite-vault-store.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { VaultError } from '../../../src/main/vault/vault-error.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
import { isAppError } from '../../../src/shared/errors.ts';
import { attach, patternBytes } from '../../support/attached-files.ts';
import { loginItem, passkeyItem, privateKeyBytes } from '../../support/canary-items.ts';
import { code } from '../../support/error-code.ts';
import { checkAllRows, createTestVault, reopenTestVault } from '../../support/vault-fixture.ts';
import { VaultFolder } from '../../support/vault-folder.ts';
import { vaultTools } from '../../support/vault-tools.ts';

const PAGE_BYTES = 4096;
const ITEMS = 150;
const tools = vaultTools('pages');
let whole: Buffer;
const ids: ItemId[] = [];
/** Numbers of pages by table, and of those that hold rows and not only the way to them. */
const pages = new Map<string, { readonly page: number; readonly isLeaf: boolean }[]>();

beforeAll(async () => {
  using folder = new VaultFolder();
  const vault = await createTestVault(SqliteVaultStore.open(folder.file(), 'create'), tools);
  for (let index = 0; index < ITEMS; index += 1) {
    const id = vault.newItemId();
    ids.push(id);
    if (index % 10 === 0) vault.save(passkeyItem(id), privateKeyBytes(id));
    else vault.save(loginItem(id));
  }
  const [first] = ids;
  if (first === undefined) throw new Error('the fixture has no item');
  attach(vault, first, patternBytes(100_000));
  vault.close();
  whole = readFileSync(folder.file());
  const sqlite = new Sqlite(folder.file(), { readonly: true });
  const rows = sqlite.prepare('SELECT name, pageno, pagetype FROM dbstat').all();
  sqlite.close();
  for (const row of rows as { name: string; pageno: number; pagetype: string }[]) {
    const of = pages.get(row.name) ?? [];
    pages.set(row.name, [...of, { page: row.pageno, isLeaf: row.pagetype === 'leaf' }]);
  }
});

function damagedBy(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.from(whole);
  for (const number of numbers) bytes.fill(0xff, (number - 1) * PAGE_BYTES, number * PAGE_BYTES);
  return bytes;
}

const pagesOf = (table: string) => pages.get(table) ?? [];

async function openDamaged(folder: VaultFolder, bytes: Buffer): Promise<UnlockedVault> {
  writeFileSync(folder.file(), bytes);
  const store = SqliteVaultStore.open(folder.file());
  try {
    return await reopenTestVault(store, tools);
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Items that are there as they were. Any other is refused with a typed error. */
function readableIn(vault: UnlockedVault): number {
  let readable = 0;
  for (const [index, id] of ids.entries()) {
    try {
      const item = vault.get(id);
      const { attachments } = item;
      expect(item).toEqual(
        index % 10 === 0 ? passkeyItem(id, { attachments }) : loginItem(id, { attachments }),
      );
      readable += 1;
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      expect(error.code).toMatch(/^vault\/item-(damaged|not-found)$/);
    }
  }
  return readable;
}

describe('pages that cannot be read', () => {
  it('are those of every table here', () => {
    for (const table of ['header', 'objects', 'packs', 'items', 'wraps', 'attachments', 'chunks']) {
      expect(pagesOf(table).length, table).toBeGreaterThan(0);
    }
    expect(pagesOf('items').filter(({ isLeaf }) => isLeaf).length).toBeGreaterThan(20);
  });

  it('of packs keep no item away', async () => {
    using folder = new VaultFolder();
    for (const { page } of pagesOf('packs')) {
      using vault = await openDamaged(folder, damagedBy(page));
      expect(vault.integrity).toBe('not-intact');
      expect(readableIn(vault)).toBe(ITEMS);
      expect(vault.size).toBe(ITEMS);
      expect(vault.damaged.size).toBe(0);
    }
  });

  it('of items keep no item away but those that lie on them', async () => {
    using folder = new VaultFolder();
    for (const { page, isLeaf } of pagesOf('items')) {
      using vault = await openDamaged(folder, damagedBy(page));
      expect(vault.size).toBe(ITEMS);
      const readable = readableIn(vault);
      // A page that is no leaf may be the rest of a long row of history, or the way to all others.
      if (isLeaf) expect(readable).toBeLessThan(ITEMS);
      if (isLeaf) expect(readable).toBeGreaterThanOrEqual(ITEMS - 10);
      expect(checkAllRows(vault)).toBe('not-intact');
      for (const id of ids) vault.probe(id);
      expect(vault.damaged.size).toBe(ITEMS - readable);
    }
  });

  it('of keys keep no item away but those that they open', async () => {
    using folder = new VaultFolder();
    for (const { page, isLeaf } of pagesOf('wraps')) {
      using vault = await openDamaged(folder, damagedBy(page));
      expect(vault.size).toBe(ITEMS);
      if (isLeaf) expect(readableIn(vault)).toBeGreaterThanOrEqual(ITEMS - 25);
      expect(checkAllRows(vault)).toBe('not-intact');
    }
  });

  it('of packs and items together keep away what lies on the items’ page alone', async () => {
    using folder = new VaultFolder();
    const packs = pagesOf('packs').map(({ page }) => page);
    for (const { page } of pagesOf('items').filter(({ isLeaf }) => isLeaf)) {
      using vault = await openDamaged(folder, damagedBy(page, ...packs));
      expect(vault.integrity).toBe('not-intact');
      const readable = readableIn(vault);
      expect(readable).toBeGreaterThanOrEqual(ITEMS - 10);
      expect(vault.size).toBe(readable);
      expect(vault.damaged.size).toBe(ITEMS - readable);
    }
  });

  it('of attachments and their chunks keep no item away', async () => {
    using folder = new VaultFolder();
    for (const table of ['attachments', 'chunks']) {
      for (const { page } of pagesOf(table).slice(0, 6)) {
        using vault = await openDamaged(folder, damagedBy(page));
        expect(readableIn(vault)).toBe(ITEMS);
        const [id] = ids;
        if (id === undefined) throw new Error('the fixture has no item');
        const verdict = checkAllRows(vault);
        if (table === 'attachments') expect(verdict).toBe('not-intact');
        expect(() => {
          for (const { id: name } of vault.get(id).attachments) {
            using reader = vault.attachments.read(id, name);
            for (const chunk of reader.chunks()) expect(chunk.length).toBeGreaterThan(0);
          }
        }).toThrow(VaultError);
      }
    }
  });

  it('of header and objects, and the first page, are said to be damage', async () => {
    using folder = new VaultFolder();
    const numbers = [...pagesOf('header'), ...pagesOf('objects'), { page: 1 }];
    for (const { page } of numbers) {
      await expect(openDamaged(folder, damagedBy(page))).rejects.toSatisfy(
        (error: unknown) => isAppError(error) && /^vault\/(corrupt|not-a-vault)$/.test(error.code),
      );
    }
  });

  it('are found at opening where the last to write was cut off, and not read through otherwise', () => {
    using folder = new VaultFolder();
    const [page] = pagesOf('items').filter(({ isLeaf }) => isLeaf);
    if (!page) throw new Error('the fixture has no page');
    // A log of no frames is what is left by one that was cut off before its first.
    writeFileSync(folder.file(), damagedBy(page.page));
    writeFileSync(folder.file('vault.latchkey-wal'), Buffer.alloc(32));
    expect(() => SqliteVaultStore.open(folder.file())).toThrow(code('vault/corrupt'));
    writeFileSync(folder.file('vault.latchkey-wal'), '');
    SqliteVaultStore.open(folder.file()).close();
    writeFileSync(folder.file(), whole);
    writeFileSync(folder.file('vault.latchkey-wal'), Buffer.alloc(32));
    SqliteVaultStore.open(folder.file()).close();
  });
});

describe('a table whose rows are out of order', () => {
  it('gives out no revision under the name of another', async () => {
    using folder = new VaultFolder();
    const place = SqliteVaultStore.open(folder.file(), 'create');
    const vault = await createTestVault(place, vaultTools('order'));
    const id = vault.newItemId();
    for (let index = 0; index < 40; index += 1) vault.save(loginItem(id, { title: `${index}` }));
    const revisions = vault.history(id);
    vault.close();
    const sound = readFileSync(folder.file());
    let reached = 0;
    // Some rows lie in the inner pages of the table: SQLite, asked for such a row, trusts the order of those before it.
    for (const { lamport } of revisions) {
      const at = sound.indexOf(Buffer.from([...Buffer.from(id, 'hex'), lamport]));
      for (const bit of at < 0 ? [] : [1, 2, 4, 8, 16]) {
        using other = new VaultFolder();
        writeFileSync(other.file(), sound.with(at + 16, lamport ^ bit));
        const store = SqliteVaultStore.open(other.file());
        for (const revision of store.listRevisions(id)) {
          const found = store.loadItem(id, revision);
          if (found === null) continue;
          expect(found.revision).toEqual(revision);
          reached += 1;
        }
        store.close();
      }
    }
    expect(reached).toBeGreaterThan(1000);
  });
});
