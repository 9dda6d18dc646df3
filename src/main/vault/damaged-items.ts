// Which items of an open vault are known not to open, or not with their private key: remembered once it is seen, also of
// what a person has accepted, which no check of the rows finds again.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { SealedRevision } from './item-sealer.ts';
import { VaultError } from './vault-error.ts';

export class DamagedItems {
  readonly #ids: Set<ItemId>;

  constructor(ids: Iterable<ItemId>) {
    this.#ids = new Set(ids);
  }

  get ids(): ReadonlySet<ItemId> {
    return this.#ids;
  }

  has(id: ItemId): boolean {
    return this.#ids.has(id);
  }

  add(ids: Iterable<ItemId>): void {
    for (const id of ids) this.#ids.add(id);
  }

  forget(ids: Iterable<ItemId>): void {
    for (const id of ids) this.#ids.delete(id);
  }

  /** A new revision opens; a private key that it carries along need not. */
  follow({ body, isDamaged }: SealedRevision): void {
    if (isDamaged) this.#ids.add(body.id);
    else this.#ids.delete(body.id);
  }

  /** Opens something of an item; what it throws is thrown on. */
  noting<T>(id: ItemId, open: () => T): T {
    try {
      return open();
    } catch (error) {
      if (isDamage(error)) this.#ids.add(id);
      throw error;
    }
  }
}

/** Null for what throws `vault/item-damaged`. */
export function nullIfDamaged<T>(open: () => T): T | null {
  try {
    return open();
  } catch (error) {
    if (isDamage(error)) return null;
    throw error;
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof VaultError && error.code === 'vault/item-damaged';
}
