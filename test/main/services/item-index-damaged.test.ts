// The mark of a damaged item in the list: from what the open vault knows, and gone once the item opens again.
// SPDX-License-Identifier: MIT

import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemId } from '../../../src/shared/brand.ts';
import type { ItemDamage } from '../../../src/shared/model/item.ts';
import { ItemIndex } from '../../../src/main/services/item-index.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { loginItem } from '../../support/canary-items.ts';
import { spoilBodies } from '../../support/damage.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { checkAllRows, reopenTestVault, testVaultIn } from '../../support/vault-fixture.ts';
import type { VaultTools } from '../../support/vault-tools.ts';

let tools: VaultTools;
let store: MemoryVaultStore;
let vault: UnlockedVault;
let whole: ItemId;
let damaged: ItemId;

beforeEach(async () => {
  ({ tools, store, vault } = await testVaultIn(new MemoryVaultStore(), 'mark'));
  [whole, damaged] = [vault.newItemId(), vault.newItemId()];
  for (const id of [whole, damaged]) vault.save(loginItem(id));
  spoilBodies(store.file, damaged);
});

function marks(): Readonly<Record<ItemId, ItemDamage | null>> {
  const { items } = new ItemIndex(vault).query({
    ...{ section: { in: 'all' }, text: '', sort: 'title', offset: 0, limit: 10 },
  });
  return Object.fromEntries(items.map(({ id, damage }) => [id, damage]));
}

describe('the mark of a damaged item', () => {
  it('is there once the item was found damaged, also outside the list', () => {
    expect(marks()).toEqual({ [whole]: null, [damaged]: null });
    vault.probe(damaged);
    vault.probe(whole);
    expect(marks()).toEqual({ [whole]: null, [damaged]: 'content' });
    const index = new ItemIndex(vault);
    expect(index.summary(damaged)?.damage).toBe('content');
    expect(index.summary(whole)?.damage).toBeNull();
  });

  it('stays when the damage is accepted, and comes again after the next unlock', async () => {
    expect(checkAllRows(vault)).toBe('not-intact');
    vault.probe(damaged);
    await vault.acceptRows();
    expect(marks()).toEqual({ [whole]: null, [damaged]: 'content' });
    vault.close();
    vault = await reopenTestVault(new MemoryVaultStore(store.file), tools);
    expect(checkAllRows(vault)).toBe('intact');
    expect(() => vault.get(damaged)).toThrow('does not open');
    vault.get(whole);
    expect(marks()).toEqual({ [whole]: null, [damaged]: 'content' });
  });

  it('is gone when a revision that opens has taken its place', () => {
    vault.probe(damaged);
    vault.saveAll([
      { item: loginItem(damaged, { title: 'From a backup' }), replacesDamaged: true },
    ]);
    expect(marks()).toEqual({ [whole]: null, [damaged]: null });
  });
});
