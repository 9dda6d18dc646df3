// What bits are flipped in, as data: the whole image, and what the product makes of a damaged one. Every image was written
// by the product itself.
// SPDX-License-Identifier: MIT

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { joinBytes, toHex } from '../../src/shared/bytes.ts';
import { isAppError } from '../../src/shared/errors.ts';
import { ITEM_KINDS } from '../../src/shared/model/item-kinds.ts';
import { KDF_FLOOR } from '../../src/main/crypto/password-kdf.ts';
import { SqliteVaultStore } from '../../src/main/storage/sqlite-vault-store.ts';
import {
  type ExportContents,
  readExport,
  writeExport,
} from '../../src/main/transfer/encrypted-export.ts';
import { planExport } from '../../src/main/transfer/export-body.ts';
import { numberOf } from '../../src/main/transfer/export-entry.ts';
import { VaultContent } from '../../src/main/transfer/vault-content.ts';
import { MemoryVaultStore } from '../support/memory-vault-store.ts';
import { PASSWORD, secret } from '../support/unlock-secrets.ts';
import { createTestVault } from '../support/vault-fixture.ts';
import { vaultTools } from '../support/vault-tools.ts';
import {
  contentOf,
  fill,
  type FlipVerdict,
  type Reading,
  readVault,
  requireKeyFile,
  UNLOCKING,
  WHOLE,
  withKeyFile,
} from './flip-vault.ts';
import { HeardStore, type Table } from './heard-store.ts';
import { fingerprint } from './world.ts';

export interface FlipSubject {
  readonly name: string;
  readonly image: Uint8Array<ArrayBuffer>;
  /** What the product makes of `image`, which differs from the sound one in a bit of the byte `at`. */
  open(image: Uint8Array, at: number): Promise<FlipVerdict>;
}

/** One in so many files is read whole, whatever its store answers: the short way must never be the better one. */
const READ_WHOLE = 64;

export async function flipSubjects(folder: string): Promise<readonly FlipSubject[]> {
  return [await vaultFile(folder), await vaultHeader(), await exportFile()];
}

/**
 * Every bit of the file, through SQLite and all. Most bytes of it nobody reads: a file whose store answers every question
 * as before is the vault it was, and is not unlocked again; of another, what hears the same is not read again. Asked is
 * what reads the table that the bit lies in.
 */
export async function vaultFile(folder: string, wholeOneIn = READ_WHOLE): Promise<FlipSubject> {
  const path = join(folder, 'sound.latchkey');
  const vault = await createTestVault(
    SqliteVaultStore.open(path, 'create'),
    vaultTools('flipped file'),
  );
  const expected = await fill(vault);
  vault.close();
  const heard = new HeardStore(SqliteVaultStore.open(path));
  const verdict = await readVault(heard, expected, { reading: hearing(heard) });
  if (verdict.kind !== 'identical') throw new Error('flips: the file was not sound before');
  const image = Uint8Array.from(readFileSync(path));
  const tableAt = tablesOf(path);
  const place = join(folder, 'flipped');
  let opened = 0;
  return {
    name: 'bit flips: vault file',
    image,
    open: (bytes, at) =>
      verdictOf(async () => {
        const store = SqliteVaultStore.open(putDown(place, bytes));
        opened += 1;
        const changed = opened % wholeOneIn === 0 ? null : heard.changedIn(store, tableAt(at));
        if (changed?.size !== 0) {
          const reading = changed === null ? WHOLE : only(changed);
          return await readVault(store, expected, { reading });
        }
        store.close();
        return { kind: 'identical' };
      }),
  };
}

/** Alone in its folder: what a damaged one before it has left is gone. */
function putDown(place: string, bytes: Uint8Array): string {
  const path = join(place, 'vault.latchkey');
  if (!existsSync(place) || readdirSync(place).length > 1) {
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place);
  }
  writeFileSync(path, bytes);
  return path;
}

/**
 * Which table the page of a byte belongs to, as SQLite says of a sound file; null for the schema, which all are read by,
 * and for a page that is free.
 */
function tablesOf(path: string): (at: number) => Table | null {
  const sqlite = new Sqlite(path, { readonly: true });
  const pageBytes = Number(sqlite.pragma('page_size', { simple: true }));
  const pages = sqlite
    .prepare<[], { readonly pageno: number; readonly name: string }>(
      `SELECT pageno, name FROM dbstat WHERE name <> 'sqlite_schema'`,
    )
    .all();
  sqlite.close();
  const tables = new Map(pages.map(({ pageno, name }) => [pageno, name as Table]));
  return (at) => tables.get(Math.floor(at / pageBytes) + 1) ?? null;
}

function hearing(heard: HeardStore): Reading {
  const begin = (part: string): void => {
    heard.part = part;
  };
  return { begin, isKnown: () => false };
}

/** What hears the same as before gives the same: when what unlocks the vault does. */
function only(changed: ReadonlySet<string>): Reading {
  return { ...WHOLE, isKnown: (part) => !changed.has(UNLOCKING) && !changed.has(part) };
}

/** Every bit of the header alone, in a store in memory: nothing below it could have caught it before. */
async function vaultHeader(): Promise<FlipSubject> {
  const store = new MemoryVaultStore();
  const vault = await createTestVault(store, vaultTools('flipped header'));
  await fill(vault);
  await requireKeyFile(vault);
  const expected = await contentOf(vault);
  const file = store.file;
  const { header } = store.loadContents();
  vault.close();
  return {
    name: 'bit flips: header',
    image: Uint8Array.from(header),
    open: (flipped) =>
      verdictOf(() =>
        readVault(new MemoryVaultStore({ ...file, header: Uint8Array.from(flipped) }), expected, {
          secret: withKeyFile(),
        }),
      ),
  };
}

async function exportFile(): Promise<FlipSubject> {
  const { random, clock, kdf } = vaultTools('flipped export');
  using vault = await createTestVault(new MemoryVaultStore(), vaultTools('flipped export'));
  await fill(vault);
  using password = secret(PASSWORD);
  const content = await VaultContent.of(vault, breathe);
  const plan = await planExport(content, breathe);
  const options = { password, random, clock, kdf: KDF_FLOOR, derive: kdf.derive };
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeExport(plan, content, options)) chunks.push(chunk.slice());
  const image = joinBytes(chunks);
  const read = async (bytes: Uint8Array) => {
    using again = secret(PASSWORD);
    const contents = await readExport(Uint8Array.from(bytes), again, { derive: kdf.derive });
    return contents === 'wrong-password' ? contents : await printExport(contents);
  };
  const expected = await read(image);
  if (plan.ids.length !== ITEM_KINDS.length) throw new Error('flips: not every kind is exported');
  return {
    name: 'bit flips: export',
    image,
    open: (bytes) =>
      verdictOf(async () => {
        const found = await read(bytes);
        if (found === 'wrong-password') return { kind: 'reported', as: 'wrong password' };
        if (found === expected) return { kind: 'identical' };
        return { kind: 'wrong', why: 'the export gave other items and said nothing' };
      }),
  };
}

async function printExport({ createdAt, entries, files }: ExportContents): Promise<string> {
  using _files = files;
  const prints: unknown[] = [createdAt];
  for (const { item, privateKey } of entries) {
    prints.push(item, privateKey?.use(toHex) ?? null);
    privateKey?.dispose();
    for (const { id } of item.attachments) {
      for await (const piece of files.read(numberOf(id))) prints.push(toHex(piece));
    }
  }
  return fingerprint(prints);
}

const breathe = (): Promise<void> => Promise.resolve();

async function verdictOf(action: () => Promise<FlipVerdict>): Promise<FlipVerdict> {
  try {
    return await action();
  } catch (error) {
    if (isAppError(error)) return { kind: 'reported', as: error.code };
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { kind: 'wrong', why: `an error without a code: ${why}` };
  }
}
