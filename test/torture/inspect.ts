// A folder as the product sees it after a crash: every vault, every backup, every export, opened and read whole.
// SPDX-License-Identifier: MIT

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeBackupFiles } from '../../src/main/storage/node-backup-files.ts';
import { SqliteVaultStore } from '../../src/main/storage/sqlite-vault-store.ts';
import { type ExportContents, readExport } from '../../src/main/transfer/encrypted-export.ts';
import { numberOf } from '../../src/main/transfer/export-entry.ts';
import type { UnlockedVault } from '../../src/main/vault/unlocked-vault.ts';
import { joinBytes } from '../../src/shared/bytes.ts';
import { secret } from '../support/unlock-secrets.ts';
import { vaultTools } from '../support/vault-tools.ts';
import { filesOf, formerOf, itemsOf, nameFor, printOf, readFile } from './prints.ts';
import { unlockByAny, waysInto } from './ways.ts';
import { backupName, digestOf, type VaultState, type World } from './world.ts';

/** Said of a folder that the product itself calls unsound; its message names counts only. */
export class UnsoundError extends Error {}

export const EXPORT_PASSWORD = 'another correct horse';
export const EXPORT_SUFFIX = '.latchkey-export';
const VAULT_SUFFIX = '.latchkey';
const ROWS_AT_ONCE = 1024;
const NO_VERDICT = { isIntact: false, expectedRows: 0, foundRows: 0 };

/** Throws what the product throws, and UnsoundError where it reports damage. */
export async function inspect(folder: string): Promise<World> {
  const vaults: Record<string, VaultState> = {};
  const exports: Record<string, string> = {};
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.endsWith(VAULT_SUFFIX)) {
      vaults[name] = { ...(await inspectVault(path)), backups: await inspectBackups(path) };
    }
    if (name.endsWith(EXPORT_SUFFIX)) exports[name] = await inspectExport(path);
  }
  return { vaults, exports };
}

/** By any of the secrets of the torture. */
export async function openVault(path: string, seed: string): Promise<UnlockedVault> {
  const store = SqliteVaultStore.open(path);
  try {
    const vault = await unlockByAny(store, vaultTools(seed));
    if (vault === null) throw new UnsoundError('no password and no recovery key opens the vault');
    return vault;
  } catch (error) {
    store.close();
    throw error;
  }
}

async function inspectVault(path: string): Promise<Omit<VaultState, 'backups'>> {
  using vault = await openVault(path, `inspect ${path}`);
  assertIntact(vault);
  assertNamedFiles(vault);
  const items = itemsOf(vault);
  const ids = Array.from(vault.overviews(), ({ id }) => id);
  return {
    ...{ ways: await waysInto(vault), epoch: vault.access.epoch, items, unnamed: [] },
    former: Object.fromEntries(ids.map((id) => [id, formerOf(vault, id)])),
    files: ids.flatMap((id) => filesOf(vault, id)),
  };
}

/** Every row against the manifest, as the product does it in the background. Throws UnsoundError. */
function assertIntact(vault: UnlockedVault): void {
  while (!vault.checkRows(ROWS_AT_ONCE));
  const { isIntact, expectedRows, foundRows } = vault.verdict ?? NO_VERDICT;
  if (!isIntact || vault.integrity !== 'intact') {
    throw new UnsoundError(`manifest: expected ${expectedRows} rows, got ${foundRows} or others`);
  }
  if (vault.damaged.size > 0) throw new UnsoundError(`${vault.damaged.size} damaged items`);
}

/** Whatever an item names is there, under the name that its content gives it. */
function assertNamedFiles(vault: UnlockedVault): void {
  for (const { id, attachments } of vault.overviews()) {
    if (attachments === 0) continue;
    for (const { id: file, name } of vault.get(id).attachments) {
      const found = nameFor(readFile(vault, id, file));
      if (found !== name) throw new UnsoundError('an item names a file of other content');
    }
  }
}

/** Oldest first. */
async function inspectBackups(vaultPath: string): Promise<readonly string[]> {
  const names: string[] = [];
  for (const { path, madeAt } of nodeBackupFiles.list(vaultPath).toReversed()) {
    names.push(backupName(await inspectVault(path), madeAt));
  }
  return names;
}

async function inspectExport(path: string): Promise<string> {
  using password = secret(EXPORT_PASSWORD);
  const derive = vaultTools('inspect').kdf.derive;
  const contents = await readExport(Uint8Array.from(readFileSync(path)), password, { derive });
  if (contents === 'wrong-password') throw new UnsoundError('the export has another password');
  using files = contents.files;
  const prints: string[] = [];
  for (const { item, privateKey } of contents.entries) {
    prints.push(printOf(item, privateKey));
    privateKey?.dispose();
    for (const { id, name } of item.attachments) await assertFile(files, id, name);
  }
  return digestOf(prints);
}

async function assertFile(files: ExportContents['files'], id: string, name: string): Promise<void> {
  const pieces: Uint8Array[] = [];
  for await (const piece of files.read(numberOf(id))) pieces.push(piece.slice());
  if (nameFor(joinBytes(pieces)) === name) return;
  throw new UnsoundError('an export names a file of other content');
}
