// What of a damaged item does not open: all that is in it, or the private key of a passkey alone.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { ItemDamage } from '../../shared/model/item.ts';
import type { UnlockedVault } from '../vault/unlocked-vault.ts';
import { itemOrNull } from './item-or-null.ts';

/** Null for an item that is not known to be damaged. */
export function damageOf(vault: UnlockedVault, id: ItemId): ItemDamage | null {
  if (!vault.damaged.has(id)) return null;
  const item = itemOrNull(() => vault.get(id));
  return item?.kind === 'passkey' ? 'private-key' : 'content';
}
