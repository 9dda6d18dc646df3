// What may have happened to the rows of a vault at rest: one bit is another, so that what was sealed does not open.
// SPDX-License-Identifier: MIT

import { expect } from 'vitest';
import type { ItemId } from '../../src/shared/brand.ts';
import { flipped } from './flipped-bits.ts';
import type { MemoryVaultFile } from './memory-vault-store.ts';

/** A place that everything sealed has. */
const AT = 40;

/** Of `id`, or of every item. */
export function spoilBodies(file: MemoryVaultFile, id?: ItemId): void {
  file.bodies = file.bodies.map((row) =>
    isOf(row, id) ? { ...row, body: flipped(row.body, AT) } : row,
  );
}

/** Of `id`, or of every item. */
export function spoilItemKeys(file: MemoryVaultFile, id?: ItemId): void {
  file.keys = file.keys.map((row) =>
    isOf(row, id) ? { ...row, itemKey: flipped(row.itemKey, AT) } : row,
  );
}

/** Of the passkey `id`: the rest of it opens. */
export function spoilPasskeyKey(file: MemoryVaultFile, id: ItemId): void {
  file.keys = file.keys.map((row) =>
    isOf(row, id) ? { ...row, passkeyKey: flipped(row.passkeyKey, AT) } : row,
  );
}

/** What is thrown where the private key of a passkey is asked for and does not open. */
export const NO_PRIVATE_KEY = expect.objectContaining({
  code: 'vault/item-damaged',
  details: { step: 'private-key' },
}) as Error;

function isOf(row: { readonly id: ItemId }, id: ItemId | undefined): boolean {
  return id === undefined || row.id === id;
}
