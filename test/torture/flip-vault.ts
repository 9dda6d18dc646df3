// The vault that bits are flipped in, and what is made of a damaged one: an item of every kind, one of them with something
// in every place, former revisions, a file, each document, recovery keys beside the password. Small, so that every bit is tried.
// SPDX-License-Identifier: MIT

import { toHex, toUtf8 } from '../../src/shared/bytes.ts';
import { isAppError } from '../../src/shared/errors.ts';
import { ITEM_KINDS, type ItemKind } from '../../src/shared/model/item-kinds.ts';
import type { DocumentRole } from '../../src/main/vault/documents.ts';
import { type Item, NOTHING_MORE } from '../../src/main/vault/item.ts';
import { digestKeyFile, type UnlockSecret } from '../../src/main/vault/slot-secret.ts';
import type { UnlockedVault } from '../../src/main/vault/unlocked-vault.ts';
import type { VaultStore } from '../../src/main/vault/vault-store.ts';
import { attach, patternBytes } from '../support/attached-files.ts';
import { fullItem, privateKeyBytes } from '../support/canary-items.ts';
import { keyFileSecret, passwordSecret, recoverySecret } from '../support/unlock-secrets.ts';
import { unlockTestVault } from '../support/vault-fixture.ts';
import { vaultTools } from '../support/vault-tools.ts';
import { readFile } from './prints.ts';
import { fingerprint, type Prints } from './world.ts';

/** `reported`: an error with a code, or counted as damaged. Nothing else but `identical` is right. */
export type FlipVerdict =
  | { readonly kind: 'reported'; readonly as: string }
  | { readonly kind: 'identical' }
  | { readonly kind: 'wrong'; readonly why: string };

/** How a vault is read, part by part. */
export interface Reading {
  /** Before each part. */
  readonly begin: (part: string) => void;
  /** Of a part that cannot give anything but what it gave before: it is not read. */
  readonly isKnown: (part: string) => boolean;
}

export const WHOLE: Reading = { begin: () => undefined, isKnown: () => false };
/** The first part. */
export const UNLOCKING = 'unlocking';
const CHECKING = 'checking rows';
const LISTING = 'listing';

const FILE_BYTES = 200;
const RECOVERY = ['flipped one', 'flipped two'];
const KEY_FILE = 'the content of a key file';
const ROWS_AT_ONCE = 1024;
/** Kinds of which the item has something in every place, or a former revision and a file. */
const FULL: ItemKind = 'login';
const WITH_FILE: ItemKind = 'note';
const DOCUMENTS: readonly DocumentRole[] = ['savedSearches', 'generatorHistory'];

/** What opens the vault once `requireKeyFile` has been called. */
export function withKeyFile(): UnlockSecret {
  return keyFileSecret(KEY_FILE);
}

export async function requireKeyFile({ access }: UnlockedVault): Promise<void> {
  await access.requireKeyFile(passwordSecret(), digestKeyFile(toUtf8(KEY_FILE)), 'file');
}

/** Returns what the vault then gives out. */
export async function fill(vault: UnlockedVault): Promise<Prints> {
  for (const kind of ITEM_KINDS) {
    const full = fullItem(kind, vault.newItemId());
    const item = kind === FULL ? { ...full, attachments: [] } : shortened(full);
    using key = kind === 'passkey' ? privateKeyBytes(kind) : null;
    vault.save(item, ...(key === null ? [] : [key]));
    if (kind === WITH_FILE) attach(vault, item.id, patternBytes(FILE_BYTES));
  }
  vault.saveDocument('savedSearches', [{ id: '01'.repeat(8), name: 'Work', text: 'tag:work' }]);
  vault.saveDocument('generatorHistory', [{ value: 'generated', at: 1 }]);
  using opened = await vault.access.authorise(passwordSecret());
  for (const name of RECOVERY) {
    await vault.access.addRecovery(opened.rootKey, recoverySecret(name).key, name);
  }
  return await contentOf(vault);
}

/** Its fields filled as briefly as can be, and nothing more: what one item of a vault has in full is enough. */
function shortened(item: Item): Item {
  const fields = Object.fromEntries(Object.keys(item.fields).map((name) => [name, name]));
  return { ...item, ...NOTHING_MORE, fields } as Item;
}

/** Throws where the vault is not sound. */
export async function contentOf(vault: UnlockedVault): Promise<Prints> {
  while (!vault.checkRows(ROWS_AT_ONCE));
  const { prints, errors } = await readAll(vault, {}, WHOLE);
  if (errors.length === 0 && vault.integrity === 'intact') return prints;
  throw new Error('flips: the vault was not sound before');
}

/** Whatever is given out must be what was put in; what is missing must have been said. Owns the store. */
export async function readVault(
  store: VaultStore,
  expected: Prints,
  options: { readonly secret?: UnlockSecret; readonly reading?: Reading } = {},
): Promise<FlipVerdict> {
  const { secret = passwordSecret(), reading = WHOLE } = options;
  let vault: UnlockedVault | 'wrong-password' = 'wrong-password';
  try {
    reading.begin(UNLOCKING);
    vault = await unlockTestVault(store, vaultTools('flipped'), secret);
    if (vault === 'wrong-password') return { kind: 'reported', as: 'wrong password' };
    reading.begin(CHECKING);
    while (!vault.checkRows(ROWS_AT_ONCE));
    const isSaidIntact = vault.integrity === 'intact' && vault.damaged.size === 0;
    const { prints, errors } = await readAll(vault, expected, reading);
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
  expected: Prints,
  reading: Reading,
): Promise<{ readonly prints: Prints; readonly errors: readonly string[] }> {
  const prints: Record<string, string> = {};
  const errors: string[] = [];
  const take = (name: string, read: () => unknown): void => {
    const before = expected[name];
    if (before !== undefined && reading.isKnown(name)) {
      prints[name] = before;
      return;
    }
    reading.begin(name);
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
    reading.begin(LISTING);
    const [revisions, files] = [vault.history(id), vault.attachments.rows(id)];
    for (const revision of revisions) {
      const { lamport, deviceId } = revision;
      const name = `revision ${String(lamport)} ${deviceId} of ${id}`;
      take(name, () => vault.getRevision(id, revision));
    }
    for (const row of files) {
      take(`file ${row.id} of ${id}`, () => readFile(vault, id, row.id));
    }
  }
  for (const { id, type, kdf, name, createdAt } of vault.access.slots()) {
    take(`slot ${id}`, () => [type, kdf]);
    // A name that does not open is a comfort less, and leaves the vault not intact.
    if (name !== '') take(`name of slot ${id}`, () => [name, createdAt]);
  }
  for (const role of DOCUMENTS) {
    // The same of one that is a comfort whole.
    if (vault.document(role).length > 0) take(role, () => vault.document(role));
  }
  for (const name of RECOVERY) {
    const isWayIn = await vault.access.verify(recoverySecret(name));
    take(`recovery ${name}`, () => isWayIn);
  }
  return { prints, errors };
}
