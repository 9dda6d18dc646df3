// What bits are flipped in, as data: the whole image, and what the product makes of a damaged one. The vault has an item
// of every kind, several revisions, a file, and a recovery key beside the password.
// SPDX-License-Identifier: MIT

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
import type { Item } from '../../src/main/vault/item.ts';
import type { UnlockedVault } from '../../src/main/vault/unlocked-vault.ts';
import type { VaultStore } from '../../src/main/vault/vault-store.ts';
import { MemoryVaultStore } from '../support/memory-vault-store.ts';
import {
  attach,
  createTestVault,
  fullItem,
  PASSWORD,
  passwordSecret,
  patternBytes,
  privateKeyBytes,
  recoverySecret,
  secret,
  unlockTestVault,
  vaultTools,
} from '../support/vault-fixture.ts';
import { readFile } from './prints.ts';
import { fingerprint, type Prints } from './world.ts';

/** `reported`: an error with a code, or counted as damaged. Nothing else but `identical` is right. */
export type FlipVerdict =
  | { readonly kind: 'reported'; readonly as: string }
  | { readonly kind: 'identical' }
  | { readonly kind: 'wrong'; readonly why: string };

export interface FlipSubject {
  readonly name: string;
  readonly image: Uint8Array<ArrayBuffer>;
  /** What the product makes of `image` as it is; it is changed between calls. */
  open(image: Uint8Array): Promise<FlipVerdict>;
}

const FILE_BYTES = 900;
const RECOVERY = 'flipped';
const ROWS_AT_ONCE = 1024;

export async function flipSubjects(folder: string): Promise<readonly FlipSubject[]> {
  return [await vaultFile(folder), await vaultHeader(), await exportFile()];
}

/** Every bit of the file, through SQLite and all. */
async function vaultFile(folder: string): Promise<FlipSubject> {
  const tools = vaultTools('flipped file');
  const path = join(folder, 'flipped.latchkey');
  const vault = await createTestVault(SqliteVaultStore.open(path, 'create'), tools);
  const expected = await fill(vault);
  vault.close();
  const image = Uint8Array.from(readFileSync(path));
  const place = join(folder, 'flipped');
  return {
    name: 'bit flips: vault file',
    image,
    async open(bytes) {
      rmSync(place, { recursive: true, force: true });
      mkdirSync(place);
      const copy = join(place, 'vault.latchkey');
      writeFileSync(copy, bytes);
      return await verdictOf(() => readVault(SqliteVaultStore.open(copy), expected));
    },
  };
}

/** Every bit of the header alone, in a store in memory: nothing below it could have caught it before. */
async function vaultHeader(): Promise<FlipSubject> {
  const store = new MemoryVaultStore();
  const vault = await createTestVault(store, vaultTools('flipped header'));
  const expected = await fill(vault);
  const file = store.file;
  const { header } = store.loadContents();
  vault.close();
  return {
    name: 'bit flips: header',
    image: Uint8Array.from(header),
    open: (flipped) =>
      verdictOf(() =>
        readVault(new MemoryVaultStore({ ...file, header: Uint8Array.from(flipped) }), expected),
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

/** One item of every kind, changed once or twice, the first with a file; another way in. What it then gives out. */
async function fill(vault: UnlockedVault): Promise<Prints> {
  for (const [index, kind] of ITEM_KINDS.entries()) {
    const item: Item = { ...fullItem(kind, vault.newItemId()), attachments: [] };
    using key = kind === 'passkey' ? privateKeyBytes(kind) : null;
    vault.save(item, ...(key === null ? [] : [key]));
    const changed = Array.from({ length: index % 3 }, (_, count) => `changed ${String(count)}`);
    for (const note of changed) vault.save({ ...item, note });
    if (index === 0) attach(vault, item.id, patternBytes(FILE_BYTES));
  }
  using opened = await vault.access.authorise(passwordSecret());
  await vault.access.addRecovery(opened.rootKey, recoverySecret(RECOVERY).key, RECOVERY);
  const { prints, errors } = await readAll(vault);
  if (errors.length > 0) throw new Error('flips: the vault was not sound before');
  return prints;
}

/** Whatever is given out must be what was put in; what is missing must have been said. */
async function readVault(store: VaultStore, expected: Prints): Promise<FlipVerdict> {
  let vault: UnlockedVault | 'wrong-password' = 'wrong-password';
  try {
    vault = await unlockTestVault(store, vaultTools('flipped'));
    if (vault === 'wrong-password') return { kind: 'reported', as: 'wrong password' };
    while (!vault.checkRows(ROWS_AT_ONCE));
    const isSaidIntact = vault.integrity === 'intact' && vault.damaged.size === 0;
    const { prints, errors } = await readAll(vault);
    for (const [id, print] of Object.entries(prints)) {
      if (expected[id] !== print) return { kind: 'wrong', why: `${id} reads otherwise` };
    }
    if (errors.length > 0) return { kind: 'reported', as: errors[0] ?? '' };
    if (!isSaidIntact) {
      return { kind: 'reported', as: vault.damaged.size > 0 ? 'damaged items' : 'not intact' };
    }
    return Object.keys(prints).length === Object.keys(expected).length
      ? { kind: 'identical' }
      : { kind: 'wrong', why: 'items are gone and nothing was said' };
  } finally {
    if (vault === 'wrong-password') store.close();
    else vault.close();
  }
}

/** Whatever the vault gives out, each by its name: items, their former revisions, files, names of slots. */
async function readAll(
  vault: UnlockedVault,
): Promise<{ readonly prints: Prints; readonly errors: readonly string[] }> {
  const prints: Record<string, string> = {};
  const errors: string[] = [];
  const take = (name: string, read: () => unknown): void => {
    try {
      prints[name] = fingerprint(read());
    } catch (error) {
      if (!isAppError(error)) throw error;
      errors.push(error.code);
    }
  };
  for (const overview of vault.overviews()) {
    const { id } = overview;
    take(`item ${id}`, () => {
      const item = vault.get(id);
      using key = item.kind === 'passkey' ? vault.openPrivateKey(id) : null;
      return [overview, item, key?.use(toHex) ?? null];
    });
    for (const revision of vault.history(id)) {
      const { lamport, deviceId } = revision;
      const name = `revision ${String(lamport)} ${deviceId} of ${id}`;
      take(name, () => vault.getRevision(id, revision));
    }
    for (const row of vault.attachments.rows(id)) {
      take(`file ${row.id} of ${id}`, () => readFile(vault, id, row.id));
    }
  }
  for (const { id, type, kdf, name, createdAt } of vault.access.slots()) {
    take(`slot ${id}`, () => [type, kdf]);
    // A name that does not open is a comfort less, and leaves the vault not intact.
    if (name !== '') take(`name of slot ${id}`, () => [name, createdAt]);
  }
  const isRecovery = await vault.access.verify(recoverySecret(RECOVERY));
  take('recovery', () => isRecovery);
  return { prints, errors };
}

async function verdictOf(action: () => Promise<FlipVerdict>): Promise<FlipVerdict> {
  try {
    return await action();
  } catch (error) {
    if (isAppError(error)) return { kind: 'reported', as: error.code };
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { kind: 'wrong', why: `an error without a code: ${why}` };
  }
}
