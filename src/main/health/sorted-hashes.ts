// Hashes in ascending order, sorted in small steps: a vault can have a hundred thousand of them.
// SPDX-License-Identifier: MIT

import { compareHex } from './hash-lines.ts';
import type { Pace } from './pace.ts';
import type { Sha1Hex } from './sha1.ts';

export interface IndexedHash {
  readonly hash: Sha1Hex;
  /** Its place before it was sorted. */
  readonly index: number;
}

/** Two digits at a time put a hundred thousand hashes into heaps of a few hundred. */
const HEAP_DIGITS = 2;

export async function sortHashes(
  hashes: readonly Sha1Hex[],
  pace: Pace,
): Promise<readonly IndexedHash[]> {
  const heaps = new Map<string, IndexedHash[]>();
  for (const [index, hash] of hashes.entries()) {
    const name = String.fromCharCode(...hash.subarray(0, HEAP_DIGITS));
    const heap = heaps.get(name);
    if (heap) heap.push({ hash, index });
    else heaps.set(name, [{ hash, index }]);
    await pace.breathe();
  }
  const sorted: IndexedHash[] = [];
  for (const name of [...heaps.keys()].sort()) {
    const heap = heaps.get(name) ?? [];
    heap.sort((a, b) => compareHex(a.hash, 0, b.hash));
    sorted.push(...heap);
    await pace.breathe();
  }
  return sorted;
}
