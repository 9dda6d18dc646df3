// Prints: what items and files hold, as fingerprints. Ids that only the product knows stay out of them.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../src/shared/brand.ts';
import { joinBytes, toHex } from '../../src/shared/bytes.ts';
import type { SecretBytes } from '../../src/main/crypto/secret-bytes.ts';
import type { Attachment, Item } from '../../src/main/vault/item.ts';
import type { UnlockedVault } from '../../src/main/vault/unlocked-vault.ts';
import { fileName, fingerprint, type Prints } from './world.ts';

type NewAttachment = Omit<Attachment, 'id'> & { readonly id?: string };
/** An item as it is or is to be: an import and an added file get their ids from the product. */
export type AnyItem = Omit<Item, 'id' | 'attachments'> & {
  readonly attachments: readonly NewAttachment[];
};

/** Of the content alone: an import gives the same item another id. */
export function printOf(item: AnyItem, privateKey?: SecretBytes | null): string {
  const { id: _, ...content } = { id: '', ...item };
  const attachments = item.attachments.map(({ name, sizeBytes, addedAt }) => [
    ...[name, sizeBytes, addedAt],
  ]);
  return fingerprint([{ ...content, attachments }, privateKey?.use(toHex) ?? null]);
}

/** With the private key that the vault keeps for the item of this id. */
export function printStored(vault: UnlockedVault, id: ItemId, item: AnyItem): string {
  if (item.kind !== 'passkey') return printOf(item);
  using privateKey = vault.openPrivateKey(id);
  return printOf(item, privateKey);
}

export function printsOf(vault: UnlockedVault, items: readonly Item[]): Prints {
  return Object.fromEntries(items.map((item) => [item.id, printStored(vault, item.id, item)]));
}

/** Every item with all of its content, private keys included. Throws what opening one of them throws. */
export function itemsOf(vault: UnlockedVault): Prints {
  return printsOf(
    vault,
    Array.from(vault.overviews(), ({ id }) => vault.get(id)),
  );
}

/** The revisions before the newest, newest first; what says the same twice in a row counts once. */
export function formerOf(vault: UnlockedVault, id: ItemId): readonly string[] {
  const prints = vault
    .history(id)
    .map((revision) => printStored(vault, id, vault.getRevision(id, revision)));
  return prints.filter((print, index) => index > 0 && print !== prints[index - 1]);
}

/** Every file of an item that lies there, whether or not a revision names it. */
export function filesOf(vault: UnlockedVault, id: ItemId): readonly string[] {
  return vault.attachments.rows(id).map((row) => fileName(id, readFile(vault, id, row.id)));
}

export function readFile(vault: UnlockedVault, itemId: ItemId, id: string): Uint8Array {
  using reader = vault.attachments.read(itemId, id);
  return joinBytes([...reader.chunks()]);
}

/** What a file of this content is called wherever the torture adds it: its name vouches for it. */
export function nameFor(bytes: Uint8Array): string {
  return `${fingerprint(bytes)}.bin`;
}
