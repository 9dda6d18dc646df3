// The passwords of a vault as a breach check asks for them: by the name that the lists give them, erased afterwards.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { BreachLookUp, LookUpOptions } from './breach-look-up.ts';
import { sha1OfPassword, type Sha1Hex } from './sha1.ts';

/** How often the password of an item appears in breaches; items that do not are left out. */
export type BreachCounts = ReadonlyMap<ItemId, number>;

/** Collects hashes while items are open. Whoever holds one must `dispose()` it. */
export class BreachTargets implements Disposable {
  readonly #ids: ItemId[] = [];
  readonly #hashes: Sha1Hex[] = [];

  get size(): number {
    return this.#ids.length;
  }

  /** An empty password is none. */
  add(id: ItemId, password: string): void {
    if (password === '') return;
    this.#ids.push(id);
    this.#hashes.push(sha1OfPassword(password));
  }

  async lookUp(source: BreachLookUp, options: LookUpOptions = {}): Promise<BreachCounts> {
    const counts = await source.lookUp(this.#hashes, options);
    const found = new Map<ItemId, number>();
    for (const [index, id] of this.#ids.entries()) {
      const count = counts[index] ?? 0;
      if (count > 0) found.set(id, count);
    }
    return found;
  }

  dispose(): void {
    for (const hash of this.#hashes) hash.fill(0);
    this.#hashes.length = 0;
    this.#ids.length = 0;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}
