// What breach checks have found, for as long as the vault stays open: a later look at the passwords keeps it. Passwords are
// known by a MAC under a key of this memory alone, so that an item whose password has changed since counts as not checked.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { toBase64Url, toUtf8 } from '../../shared/bytes.ts';
import type { BreachCheck } from '../../shared/model/health.ts';
import { hmacSha256 } from '../crypto/digest.ts';
import type { RandomSource } from '../crypto/random.ts';

const KEY_BYTES = 32;
/** Enough that no two of a vault's passwords are taken for each other. */
const NAME_BYTES = 15;

/** One look at all items beside what is remembered. */
export interface Recollection {
  /** Items whose password is known to be breached. */
  readonly counts: Map<ItemId, number>;
  unchecked: number;
}

export class BreachMemory {
  readonly #key: Uint8Array;
  /** How often it appears in breaches, of every password that was looked up; 0 for one that does not. */
  #found: ReadonlyMap<string, number> = new Map();
  #check: Omit<BreachCheck, 'unchecked'> | null = null;

  constructor(random: RandomSource) {
    this.#key = random.bytes(KEY_BYTES);
  }

  /** Of the last check; null while there was none. */
  get check(): Omit<BreachCheck, 'unchecked'> | null {
    return this.#check;
  }

  /** The name under which a password is known here. */
  nameOf(password: string): string {
    const bytes = toUtf8(password);
    const name = toBase64Url(hmacSha256(this.#key, bytes).subarray(0, NAME_BYTES));
    bytes.fill(0);
    return name;
  }

  /** In place of what an earlier check has found. */
  remember(check: Omit<BreachCheck, 'unchecked'>, found: ReadonlyMap<string, number>): void {
    this.#check = check;
    this.#found = found;
  }

  /** Looks at the password of one item. An empty one is none. */
  recall(into: Recollection, id: ItemId, password: string): void {
    if (this.#check === null || password === '') return;
    const count = this.#found.get(this.nameOf(password));
    if (count === undefined) into.unchecked += 1;
    else if (count > 0) into.counts.set(id, count);
  }
}
