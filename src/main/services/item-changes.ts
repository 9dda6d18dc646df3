// Every change of items passes here: it is stored, the list is kept up with it, windows hear of it, and it can be taken
// back for as long as the vault stays open.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { BulkReceipt, ChangeReceipt, UndoReceipt } from '../../shared/model/item.ts';
import type { Pace } from '../health/pace.ts';
import type { Item } from '../vault/item.ts';
import type { SealedAttachment } from '../vault/sealed-attachment.ts';
import type { Revision } from '../vault/sealed-item.ts';
import type { ItemToSave, UnlockedVault } from '../vault/unlocked-vault.ts';
import { ItemIndex } from './item-index.ts';
import { itemOrNull } from './item-or-null.ts';

/** How many changes can be taken back. */
const REMEMBERED_CHANGES = 200;
/** The number of a change that changed nothing: no other has it, so that taking it back takes back nothing else. */
const NO_CHANGE = 0;
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

  /** The list of the open vault. Preparing it takes a moment in a large one: `prepare` does it ahead, in small turns. */
  get index(): ItemIndex {
    return this.#opened().index;
  }

  /** Resolves when the list is prepared; also for one that was prepared anew meanwhile, or whose vault was closed. */
  async prepare(pace: Pace): Promise<void> {
    for (let index = this.index; !index.prepareStep();) {
      await pace.breathe();
      if (this.#session?.index !== index) return;
    }
  }

  /** All of them or none; durable when it returns. */
  save(entries: readonly ItemToSave[]): ChangeReceipt {
    return this.#apply(entries, () => {
      this.vault.saveAll(entries);
    });
  }

  /**
   * Changes each of `ids` in one transaction. Those that do not open are left as they are and named; throws what the
   * first one threw where that is all of them.
   */
  revise(ids: readonly ItemId[], change: (item: Item) => Item): BulkReceipt {
    const { vault } = this;
    const all = [...new Set(ids)];
    const entries = all.flatMap((id) => {
      const item = itemOrNull(() => vault.get(id));
      return item === null ? [] : [{ item: change(item) }];
    });
    const opened = new Set(entries.map(({ item }) => item.id));
    const passedOver = all.filter((id) => !opened.has(id));
    const [first] = passedOver;
    if (entries.length === 0 && first !== undefined) vault.get(first);
    return { ...this.save(entries), changed: entries.length, passedOver };
  }

  /** An item, and the files that it names now: one revision for all of them. */
  saveWithAttachment(item: Item, ...heads: readonly SealedAttachment[]): ChangeReceipt {
    return this.#apply([{ item }], () => {
      this.vault.saveWithAttachment(item, ...heads);
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
   * as it was. What cannot be opened is passed over. Itself a change that can be taken back.
   */
  undo(change: number, now: number): UndoReceipt {
    const before = this.#opened().changes.get(change) ?? new Map<ItemId, Revision | null>();
    const { vault } = this;
    const untouched = [...before].filter(
      ([id]) => vault.has(id) && vault.revisionOf(id).lamport === change,
    );
    const entries = untouched.flatMap(([id, revision]) => {
      const item = itemOrNull(() =>
        revision === null ? { ...vault.get(id), trashedAt: now } : vault.getRevision(id, revision),
      );
      return item === null ? [] : [{ item }];
    });
    const passedOver = untouched.length - entries.length;
    return { ...this.save(entries), restored: entries.length, passedOver };
  }

  #apply(entries: readonly ItemToSave[], action: () => void): ChangeReceipt {
    const { vault, index, changes } = this.#opened();
    const before = new Map(
      entries.map(({ item }) => [item.id, vault.has(item.id) ? vault.revisionOf(item.id) : null]),
    );
    if (entries.length === 0) return { change: NO_CHANGE };
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
