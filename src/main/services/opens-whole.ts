// Whether things of the open vault open, by trying: that all rows are those that should be there says nothing of it once a
// person has accepted damage.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { isAppError } from '../../shared/errors.ts';
import type { Pace } from '../health/pace.ts';
import type { UnlockedVault } from '../vault/unlocked-vault.ts';

/** Every item, at `pace`, until the first that does not. Throws `vault/locked` where the vault is closed in between. */
export async function allOpenWhole(vault: UnlockedVault, pace: Pace): Promise<boolean> {
  for (const { id } of Array.from(vault.overviews())) {
    if (vault.has(id) && !opensWhole(vault, id)) return false;
    await pace.breathe();
  }
  return vault.damaged.size === 0;
}

/** Files of an item of which the head opens. */
export function filesThatOpen(vault: UnlockedVault, id: ItemId): ReadonlySet<string> {
  const here = vault.attachments.rows(id).filter((row) => {
    try {
      vault.attachments.read(id, row.id)[Symbol.dispose]();
      return true;
    } catch (error) {
      if (isAppError(error)) return false;
      throw error;
    }
  });
  return new Set(here.map((row) => row.id));
}

/** Its newest revision, the private key of a passkey and the heads of the files that it names. */
function opensWhole(vault: UnlockedVault, id: ItemId): boolean {
  try {
    const { kind, attachments } = vault.get(id);
    if (kind === 'passkey') vault.openPrivateKey(id).dispose();
    if (attachments.length === 0) return true;
    const here = filesThatOpen(vault, id);
    return attachments.every((one) => here.has(one.id));
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}
