// All rows of a table of a vault, a few at a time.
// SPDX-License-Identifier: MIT

import type { SealedAttachment } from './sealed-attachment.ts';
import type { SealedBody, SealedItemKeys } from './sealed-item.ts';
import type { VaultStore } from './vault-store.ts';

const ROWS_AT_ONCE = 256;

/** In the order of items and revisions. */
export function allBodies(store: VaultStore): Iterable<SealedBody> {
  return all((after: SealedBody | null) => store.scanBodies(after, ROWS_AT_ONCE));
}

/** In the order of items and versions. */
export function allKeys(store: VaultStore): Iterable<SealedItemKeys> {
  return all((after: SealedItemKeys | null) => store.scanKeys(after, ROWS_AT_ONCE));
}

export function allAttachments(store: VaultStore): Iterable<SealedAttachment> {
  return all((after: SealedAttachment | null) => store.scanAttachments(after, ROWS_AT_ONCE));
}

function* all<Row>(next: (after: Row | null) => readonly Row[]): Iterable<Row> {
  let rows = next(null);
  for (;;) {
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_AT_ONCE) return;
    rows = next(last);
  }
}
