// What the items of findings are called: findings name them by id alone. Asked for as rows come into sight, some at a
// time, and asked for again when the vault has changed.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { ItemKind, ItemSummary } from '../../shared/model/item.ts';
import { Store } from '../store.ts';

export type ItemName =
  | {
      readonly is: 'there';
      readonly kind: ItemKind;
      readonly title: string;
      readonly subtitle: string;
      readonly host: string;
      readonly isTrashed: boolean;
    }
  | { readonly is: 'gone' };

/** Ids of one request: `itemIds` in the table of requests. */
const AT_ONCE = 1000;

export class ItemNames {
  /** An item that was not asked for yet is missing. */
  readonly state = new Store<ReadonlyMap<ItemId, ItemName>>(new Map());
  readonly #get: (input: { ids: ItemId[] }) => Promise<readonly ItemSummary[]>;
  readonly #report: (error: unknown) => void;
  #queue = new Set<ItemId>();
  readonly #known = new Set<ItemId>();
  #isAsking = false;

  constructor(
    get: (input: { ids: ItemId[] }) => Promise<readonly ItemSummary[]>,
    report: (error: unknown) => void,
  ) {
    this.#get = get;
    this.#report = report;
  }

  want(ids: readonly ItemId[]): void {
    for (const id of ids) {
      if (this.#known.has(id)) continue;
      this.#known.add(id);
      this.#queue.add(id);
    }
    void this.#askOn();
  }

  /** Asks for everything that was wanted so far once more. */
  renew(): void {
    this.#queue = new Set(this.#known);
    void this.#askOn();
  }

  async #askOn(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      while (this.#queue.size > 0) await this.#ask([...this.#queue].slice(0, AT_ONCE));
    } catch (error) {
      this.#report(error);
    } finally {
      this.#isAsking = false;
    }
  }

  async #ask(ids: ItemId[]): Promise<void> {
    for (const id of ids) this.#queue.delete(id);
    const summaries = await this.#get({ ids });
    const found = new Map(summaries.map((one) => [one.id, one]));
    const names = ids.map((id) => [id, toName(found.get(id))] as const);
    this.state.update((state) => new Map([...state, ...names]));
  }
}

function toName(item: ItemSummary | undefined): ItemName {
  if (item === undefined) return { is: 'gone' };
  const { kind, title, subtitle, host, trashedAt } = item;
  return { is: 'there', kind, title, subtitle, host, isTrashed: trashedAt !== null };
}
