// What unlocking reads: every row once, for the overviews, for what is damaged, and for the manifest. Details of
// items stay bytes and are erased.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { ManifestKey } from '../crypto/keys.ts';
import type { ItemOverview } from './item-overview.ts';
import type { ItemSealer } from './item-sealer.ts';
import { EMPTY_MANIFEST, type Manifest, updateManifest } from './manifest.ts';
import { compareRevisions, type Revision, type SealedItem } from './sealed-item.ts';
import { VaultError } from './vault-error.ts';

export interface LoadedItems {
  readonly overviews: ReadonlyMap<ItemId, ItemOverview>;
  /** The newest revision that opens, of every item that has one. */
  readonly revisions: ReadonlyMap<ItemId, Revision>;
  readonly damaged: readonly ItemId[];
  /** Of the rows as they were found. */
  readonly manifest: Manifest;
}

export function loadItems(
  rows: Iterable<SealedItem>,
  sealer: ItemSealer,
  key: ManifestKey,
): LoadedItems {
  const overviews = new Map<ItemId, ItemOverview>();
  const revisions = new Map<ItemId, Revision>();
  const suspects = new Set<ItemId>();
  let manifest = EMPTY_MANIFEST;
  for (const row of rows) {
    manifest = updateManifest(manifest, key, { added: [row], removed: [] });
    const known = revisions.get(row.id);
    if (known !== undefined && compareRevisions(known, row.revision) > 0) continue;
    const overview = openOverview(row, sealer);
    if (overview === null) {
      suspects.add(row.id);
    } else {
      overviews.set(row.id, overview);
      revisions.set(row.id, row.revision);
    }
  }
  const damaged = [...suspects].filter((id) => !revisions.has(id));
  return { overviews, revisions, damaged, manifest };
}

/** Null for a row that does not open: one damaged item must not keep a person from the others. */
function openOverview(row: SealedItem, sealer: ItemSealer): ItemOverview | null {
  try {
    return sealer.openOverview(row);
  } catch (error) {
    if (error instanceof VaultError) return null;
    throw error;
  }
}
