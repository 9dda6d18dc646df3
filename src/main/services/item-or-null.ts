// One item of many: what does not open is passed over, so that it keeps nobody from the others.
// SPDX-License-Identifier: MIT

import type { ErrorCode } from '../../shared/errors.ts';
import type { Item } from '../vault/item.ts';
import { VaultError } from '../vault/vault-error.ts';

/** Of the one item, not of the vault. */
const OF_THE_ITEM: readonly ErrorCode[] = ['vault/item-damaged', 'vault/item-not-found'];

/** Null for an item, or a revision of one, that is not there or does not open. */
export function itemOrNull(get: () => Item): Item | null {
  try {
    return get();
  } catch (error) {
    if (error instanceof VaultError && OF_THE_ITEM.includes(error.code)) return null;
    throw error;
  }
}
