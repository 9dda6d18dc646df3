// Every change of items passes here: it is stored, the list is kept up with it, windows hear of it, and it can be taken
// back for as long as the vault stays open.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { ChangeReceipt } from '../../shared/model/item.ts';
import type { Item } from '../vault/item.ts';
import type { SealedAttachment } from '../vault/sealed-attachment.ts';
import type { Revision } from '../vault/sealed-item.ts';
import type { ItemToSave, UnlockedVault } from '../vault/unlocked-vault.ts';
import { ItemIndex } from './item-index.ts';

/** How many changes can be taken back. */
const REMEMBERED_CHANGES = 200;
/** A change of so many items that the list is prepared anew. */
const REBUILT_FROM = 1_000;

export interface ItemChangesPorts {
  /** The open vault; throws `vault/locked`. */
  readonly vault: () => UnlockedVault;
  readonly onChanged: (revision: number) => void;
}

/** What stood where a change was made; null for an item that the change brought. */
type Before = ReadonlyMap<ItemId, Revision | null>;

interface Session {
  readonly vault: UnlockedVault;
  readonly index: ItemIndex;
  readonly changes: Map<number, Before>;
}

export class ItemChanges {
  readonly #ports: ItemChangesPorts;
  #session: Session | null = null;

  constructor(ports: ItemChangesPorts) {
    this.#ports = ports;
  }

  get vault(): UnlockedVault {
    return this.#ports.vault();
  }

  /** The list of the open vault. Preparing it takes a moment in a large one: `prepare` does it ahead. */
  get index(): ItemIndex {
    return this.#opened().index;
  }

  prepare(): void {
    this.#opened();
  }

  /** All of them or none; durable when it returns. */
  save(entries: readonly ItemToSave[]): ChangeReceipt {
    return this.#apply(entries, () => {
      this.vault.saveAll(entries);
    });
  }

  /** An item, and the file that it names now. */
  saveWithAttachment(item: Item, head: SealedAttachment): ChangeReceipt {
    return this.#apply([{ item }], () => {
      this.vault.saveWithAttachment(item, head);
    });
  }

  /** For good. */
  erase(ids: readonly ItemId[]): void {
    const { index } = this.#opened();
    this.vault.erase(ids);
    index.update(ids);
    this.#ports.onChanged(this.vault.revision);
  }

  /** Items whose state changed by no save: found damaged, or seen by another way in. */
  refresh(ids: Iterable<ItemId>): void {
    this.#opened().index.update(ids);
    this.#ports.onChanged(this.vault.revision);
  }

  /**
   * Takes a change back as far as nothing newer stands in its place: what it made goes to the trash, what it changed is
   * as it was. Itself a change that can be taken back.
   */
  undo(change: number, now: number): ChangeReceipt {
    const before = this.#opened().changes.get(change) ?? new Map<ItemId, Revision | null>();
    const { vault } = this;
    const untouched = [...before].filter(
      ([id]) => vault.has(id) && vault.revisionOf(id).lamport === change,
    );
    return this.save(
      untouched.map(([id, revision]) =>
        revision === null
          ? { item: { ...vault.get(id), trashedAt: now } }
          : { item: vault.getRevision(id, revision) },
      ),
    );
  }

  #apply(entries: readonly ItemToSave[], action: () => void): ChangeReceipt {
    const { vault, index, changes } = this.#opened();
    const before = new Map(
      entries.map(({ item }) => [item.id, vault.has(item.id) ? vault.revisionOf(item.id) : null]),
    );
    if (entries.length === 0) return { change: vault.revision };
    action();
    changes.set(vault.revision, before);
    const [oldest] = changes.keys();
    if (changes.size > REMEMBERED_CHANGES && oldest !== undefined) changes.delete(oldest);
    // Item by item is slower than anew from this many on.
    if (before.size < REBUILT_FROM) index.update(before.keys());
    else this.#session = { vault, index: new ItemIndex(vault), changes };
    this.#ports.onChanged(vault.revision);
    return { change: vault.revision };
  }

  #opened(): Session {
    const { vault } = this;
    if (this.#session?.vault !== vault) {
      this.#session = { vault, index: new ItemIndex(vault), changes: new Map() };
    }
    return this.#session;
  }
}
