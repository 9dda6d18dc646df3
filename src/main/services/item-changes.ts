// Every change of items passes here: it is stored, the list is kept up with it, windows hear of it, and it can be taken
// back for as long as the vault stays open.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { isAppError } from '../../shared/errors.ts';
import type { BulkReceipt, ChangeReceipt, UndoReceipt } from '../../shared/model/item.ts';
import { type Pace, systemPace } from '../health/pace.ts';
import type { Item } from '../vault/item.ts';
import type { SealedAttachment } from '../vault/sealed-attachment.ts';
import type { Revision } from '../vault/sealed-item.ts';
import type { ItemToSave, UnlockedVault } from '../vault/unlocked-vault.ts';
import { VaultError } from '../vault/vault-error.ts';
import { ItemIndex } from './item-index.ts';
import { itemOrNull } from './item-or-null.ts';

/** How many changes can be taken back. */
const REMEMBERED_CHANGES = 200;
/** The number of a change that changed nothing: no other has it, so that taking it back takes back nothing else. */
const NO_CHANGE = 0;
/** A change of so many items that the list is prepared anew. */
const REBUILT_FROM = 1_000;
/** How many items of a long change are stored at once: nobody else waits for more of them. */
const ITEMS_A_SLICE = 64;

export interface ItemChangesPorts {
  /** The open vault; throws `vault/locked`. */
  readonly vault: () => UnlockedVault;
  readonly onChanged: (revision: number) => void;
}

/** What a change did beside its items, and what takes that back, all or none of it: itself something to be taken back. */
export interface Aside {
  reverse(): Aside;
}

/** One item of a change. */
interface Made {
  /** What stood there before; null for an item that the change brought. */
  readonly before: Revision | null;
  /** Of the revision that the change made. */
  readonly lamport: number;
}

interface Change {
  readonly made: ReadonlyMap<ItemId, Made>;
  aside: Aside | null;
}

interface Session {
  readonly vault: UnlockedVault;
  readonly index: ItemIndex;
  readonly changes: Map<number, Change>;
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

  /**
   * As `revise`, in slices at `pace`, each durable by itself. All the same one change, which is taken back as one; what
   * came before a failure can be made again. Items that are erased meanwhile are left out.
   */
  async reviseInSlices(
    ids: readonly ItemId[],
    change: (item: Item) => Item,
    pace: Pace,
  ): Promise<BulkReceipt> {
    const { vault } = this;
    const passedOver: ItemId[] = [];
    const { changed, ...receipt } = await this.#inSlices([...new Set(ids)], pace, (id) => {
      const item = itemOrNull(() => vault.get(id));
      if (item !== null) return { item: change(item) };
      if (vault.has(id) || vault.damaged.has(id)) passedOver.push(id);
      return null;
    });
    const [first] = passedOver;
    if (changed === 0 && first !== undefined) vault.get(first);
    return { ...receipt, changed, passedOver };
  }

  /**
   * Does what else belongs to a change that was made, to be taken back together with it. False where it fails: the change
   * itself stands all the same.
   */
  addAside(change: number, act: () => Aside | null): boolean {
    try {
      this.#keepAside(change, act());
      return true;
    } catch (error) {
      if (isAppError(error)) return false;
      throw error;
    }
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
   * as it was. What cannot be opened is passed over. Itself a change that can be taken back; a long one goes in slices.
   */
  async undo(change: number, now: number, pace: Pace = systemPace()): Promise<UndoReceipt> {
    const { vault } = this;
    const undone = this.#opened().changes.get(change);
    const made: ReadonlyMap<ItemId, Made> = undone?.made ?? new Map<ItemId, Made>();
    let passedOver = 0;
    const { changed, ...receipt } = await this.#inSlices([...made.keys()], pace, (id) => {
      const own = made.get(id);
      if (!vault.has(id) || vault.revisionOf(id).lamport !== own?.lamport) return null;
      const { before } = own;
      const item = itemOrNull(() =>
        before === null ? { ...vault.get(id), trashedAt: now } : vault.getRevision(id, before),
      );
      if (item === null) passedOver += 1;
      return item && { item };
    });
    const aside = changed > 0 ? (undone?.aside ?? null) : null;
    const isLeft = aside !== null && !this.addAside(receipt.change, () => aside.reverse());
    // What was not taken back is there already when the change is made again.
    if (isLeft) this.#keepAside(receipt.change, { reverse: () => aside });
    return { ...receipt, restored: changed, passedOver, searchesLeft: isLeft };
  }

  /** `entryOf` is asked when the turn of an item has come; null for one that is left alone. */
  async #inSlices(
    ids: readonly ItemId[],
    pace: Pace,
    entryOf: (id: ItemId) => ItemToSave | null,
  ): Promise<ChangeReceipt & { readonly changed: number }> {
    const { vault } = this;
    const made = new Map<ItemId, Made>();
    try {
      for (let at = 0; at < ids.length; at += ITEMS_A_SLICE) {
        if (at > 0) await pace.breathe();
        this.#assertSame(vault);
        const entries = ids.slice(at, at + ITEMS_A_SLICE).flatMap((id) => entryOf(id) ?? []);
        this.#store(made, entries, () => {
          vault.saveAll(entries);
        });
        this.#opened().index.update(entries.map(({ item }) => item.id));
      }
    } catch (error) {
      // What was stored can be taken back; a vault that was closed meanwhile is told nothing.
      if (this.#session?.vault === vault && vault === this.vault) this.#remember(made);
      throw error;
    }
    return { ...this.#remember(made), changed: made.size };
  }

  #apply(entries: readonly ItemToSave[], action: () => void): ChangeReceipt {
    const made = new Map<ItemId, Made>();
    this.#store(made, entries, action);
    const { vault, index, changes } = this.#opened();
    // Item by item is slower than anew from this many on.
    if (made.size < REBUILT_FROM) index.update(made.keys());
    else this.#session = { vault, index: new ItemIndex(vault), changes };
    return this.#remember(made);
  }

  /** Adds to `made` what `action` has stored. */
  #store(made: Map<ItemId, Made>, entries: readonly ItemToSave[], action: () => void): void {
    const { vault } = this;
    if (entries.length === 0) return;
    const before = entries.map(({ item }) => {
      return [item.id, vault.has(item.id) ? vault.revisionOf(item.id) : null] as const;
    });
    action();
    for (const [id, one] of before) made.set(id, { before: one, lamport: vault.revision });
  }

  #remember(made: ReadonlyMap<ItemId, Made>): ChangeReceipt {
    const { vault, changes } = this.#opened();
    const last = Array.from(made.values()).at(-1);
    if (last === undefined) return { change: NO_CHANGE };
    changes.set(last.lamport, { made, aside: null });
    const [oldest] = changes.keys();
    if (changes.size > REMEMBERED_CHANGES && oldest !== undefined) changes.delete(oldest);
    this.#ports.onChanged(vault.revision);
    return { change: last.lamport };
  }

  #keepAside(change: number, aside: Aside | null): void {
    const known = this.#opened().changes.get(change);
    if (known !== undefined) known.aside = aside;
  }

  #assertSame(vault: UnlockedVault): void {
    if (this.vault === vault) return;
    throw new VaultError('vault/locked', 'item changes: the vault was closed meanwhile');
  }

  #opened(): Session {
    const { vault } = this;
    if (this.#session?.vault !== vault) {
      this.#session = { vault, index: new ItemIndex(vault), changes: new Map() };
    }
    return this.#session;
  }
}
