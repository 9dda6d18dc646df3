// The entries of a pack as they lie in its content, one after the other.
// SPDX-License-Identifier: MIT

import { entryStarts, idAt } from '../../src/main/vault/pack-codec.ts';
import type { ItemId } from '../../src/shared/brand.ts';

/** Where an entry begins and ends, and of which item it is. */
interface PackedEntry {
  readonly id: ItemId;
  readonly start: number;
  readonly end: number;
}

/** Throws what `entryStarts` throws. */
export function walkEntries(content: Uint8Array): readonly PackedEntry[] {
  const starts = entryStarts(content);
  return Array.from(starts.subarray(0, -1), (start, index) => ({
    id: idAt(content, start),
    start,
    end: starts[index + 1] ?? start,
  }));
}
