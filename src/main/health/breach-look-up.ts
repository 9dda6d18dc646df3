// What every way of asking for breached passwords has in common: the list in one file, in a folder, or over the network.
// SPDX-License-Identifier: MIT

import { PREFIX_DIGITS } from './hash-lines.ts';
import type { Pace } from './pace.ts';
import type { Sha1Hex } from './sha1.ts';

export interface LookUpOptions {
  readonly signal?: AbortSignal | undefined;
  /** How many of the hashes have been answered. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface BreachLookUp {
  /**
   * How often each of `hashes` appears, in their order; 0 where it does not. Rejects with {@link HealthError}, or with the
   * reason of the signal.
   */
  lookUp(hashes: readonly Sha1Hex[], options?: LookUpOptions): Promise<readonly number[]>;
}

/** The first five digits of `hash`, upper-case: all that a range query tells. */
export function rangeOf(hash: Sha1Hex): string {
  return String.fromCharCode(...hash.subarray(0, PREFIX_DIGITS));
}

/** The hashes by the range they lie in: indexes into `hashes` by prefix. */
export async function groupByRange(
  hashes: readonly Sha1Hex[],
  pace: Pace,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const groups = new Map<string, number[]>();
  for (const [index, hash] of hashes.entries()) {
    const prefix = rangeOf(hash);
    const group = groups.get(prefix);
    if (group) group.push(index);
    else groups.set(prefix, [index]);
    await pace.breathe();
  }
  return groups;
}
