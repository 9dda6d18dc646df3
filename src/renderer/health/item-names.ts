// What the items of findings are called: findings name them by id alone. Asked for as rows come into sight, some at a
// time, and asked for again when the vault has changed.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { ItemDetail, ItemKind } from '../../shared/model/item.ts';
import { toApiError } from '../api.ts';
import { nameField } from '../items/field-labels.ts';
import { Store } from '../store.ts';

export type ItemName =
  | {
      readonly is: 'there';
      readonly kind: ItemKind;
      readonly title: string;
      readonly subtitle: string;
      readonly isTrashed: boolean;
    }
  | { readonly is: 'gone' }
  | { readonly is: 'unreadable' };

const AT_ONCE = 20;

export class ItemNames {
  /** An item that was not asked for yet is missing. */
  readonly state = new Store<ReadonlyMap<ItemId, ItemName>>(new Map());
  readonly #get: (input: { id: ItemId }) => Promise<ItemDetail>;
  #queue = new Set<ItemId>();
  readonly #known = new Set<ItemId>();
  #isAsking = false;

  constructor(get: (input: { id: ItemId }) => Promise<ItemDetail>) {
    this.#get = get;
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
    while (this.#queue.size > 0) {
      const ids = [...this.#queue].slice(0, AT_ONCE);
      for (const id of ids) this.#queue.delete(id);
      const names = await Promise.all(ids.map(async (id) => [id, await this.#ask(id)] as const));
      this.state.update((state) => new Map([...state, ...names]));
    }
    this.#isAsking = false;
  }

  #ask(id: ItemId): Promise<ItemName> {
    return this.#get({ id }).then(toName, (error: unknown): ItemName =>
      toApiError(error).code === 'vault/item-not-found' ? { is: 'gone' } : { is: 'unreadable' },
    );
  }
}

function toName(item: ItemDetail): ItemName {
  const { kind, title, trashedAt } = item;
  const field = nameField(item);
  const subtitle = field === null ? '' : (item.fields[field] ?? '');
  return { is: 'there', kind, title, subtitle, isTrashed: trashedAt !== null };
}
