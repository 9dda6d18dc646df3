// Which version an item's next keys are: above all that open, and one that no row has. A row that does not open may be
// anyone's, so it must neither use the numbers up nor be replaced. docs/vault-format.md, "Keys of an item".
// SPDX-License-Identifier: MIT

import type { ItemSealer } from './item-sealer.ts';
import type { SealedItemKeys } from './sealed-item.ts';
import { VaultError } from './vault-error.ts';

/** `rows`: every row of keys that lies there for the item. */
export function nextKeyVersion(rows: readonly SealedItemKeys[], items: ItemSealer): number {
  const taken = new Set(rows.map(({ version }) => version));
  let version = 1;
  for (const row of rows) if (opens(row, items)) version = Math.max(version, row.version + 1);
  while (taken.has(version)) version += 1;
  return version;
}

function opens(row: SealedItemKeys, items: ItemSealer): boolean {
  try {
    using _opened = items.openKey(row);
    return true;
  } catch (error) {
    if (error instanceof VaultError) return false;
    throw error;
  }
}
