// Accepting rows in slices: the vault goes on being used meanwhile, what is changed is taken in, and nothing is accepted
// before the one transaction at the end.
// SPDX-License-Identifier: MIT

import { beforeEach, describe, expect, it } from 'vitest';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
import { loginItem } from '../../support/canary-items.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { passwordSecret } from '../../support/unlock-secrets.ts';
import { checkAllRows, reopenTestVault, testVaultIn } from '../../support/vault-fixture.ts';
import type { VaultTools } from '../../support/vault-tools.ts';

const ITEMS = 400;

let tools: VaultTools;
let store: MemoryVaultStore;
let vault: UnlockedVault;
let ids: readonly ItemId[];

beforeEach(async () => {
  ({ tools, store, vault } = await testVaultIn(new MemoryVaultStore(), 'accept rows'));
  ids = Array.from({ length: ITEMS }, () => vault.newItemId());
  vault.saveAll(ids.map((id) => ({ item: loginItem(id) })));
  store.file.bodies.splice(3, 1);
  expect(checkAllRows(vault)).toBe('not-intact');
});

async function reopen(): Promise<UnlockedVault> {
  vault.close();
  return await reopenTestVault(new MemoryVaultStore(store.file), tools);
}

/** Accepts, and does `once` in the middle of it; returns how often it gave way. */
async function acceptWith(once: () => Promise<void> | void): Promise<number> {
  let breaths = 0;
  await vault.acceptRows(async () => {
    breaths += 1;
    if (breaths === 5) await once();
  });
  return breaths;
}

describe('accepting rows', () => {
  it('gives way many times, and writes once', async () => {
    const before = vault.revision;
    expect(await acceptWith(() => undefined)).toBeGreaterThan(10);
    expect(vault.revision).toBe(before + 1);
    expect(vault.integrity).toBe('intact');
    using again = await reopen();
    expect(checkAllRows(again)).toBe('intact');
  });

  it('has accepted nothing as long as it reads', async () => {
    let middle = structuredClone(store.file);
    await acceptWith(() => {
      expect(vault.integrity).toBe('not-intact');
      middle = structuredClone(store.file);
    });
    using cut = await reopenTestVault(new MemoryVaultStore(middle), tools);
    expect(checkAllRows(cut)).toBe('not-intact');
    expect(cut.size).toBe(ITEMS);
  });

  it('takes in what is saved and erased meanwhile, in front of it and behind it', async () => {
    const sorted = ids.toSorted();
    const [first, last] = [sorted[0], sorted.at(-1)];
    if (first === undefined || last === undefined) throw new Error('the vault has items');
    await acceptWith(() => {
      for (const id of [first, last]) vault.save(loginItem(id, { title: 'Meanwhile' }));
      vault.erase(sorted.slice(10, 12));
      vault.save(loginItem(vault.newItemId()));
    });
    using again = await reopen();
    expect(checkAllRows(again)).toBe('intact');
    for (const id of [first, last]) expect(again.get(id).title).toBe('Meanwhile');
  });

  it('begins anew where the vault is re-keyed meanwhile', async () => {
    await acceptWith(async () => {
      await vault.access.rekey([passwordSecret()], () => undefined);
    });
    expect(vault.integrity).toBe('intact');
    using again = await reopen();
    expect(checkAllRows(again)).toBe('intact');
  });

  it('stops where the vault is locked meanwhile, and has accepted nothing', async () => {
    const accepting = acceptWith(() => {
      vault.close();
    });
    await expect(accepting).rejects.toMatchObject({ code: 'vault/locked' });
    using again = await reopen();
    expect(checkAllRows(again)).toBe('not-intact');
  });

  it('goes on beside the check of the rows, and is one act for two who ask', async () => {
    using again = await reopen();
    vault = again;
    const before = vault.revision;
    store.file.packs.splice(0);
    const both = [
      acceptWith(() => {
        while (vault.checkRows(100)) throw new Error('the check has ended before the acceptance');
        vault.save(loginItem(ids[7] ?? vault.newItemId(), { title: 'Meanwhile' }));
      }),
      vault.acceptRows(),
    ];
    await Promise.all(both);
    expect(vault.revision).toBe(before + 2);
    expect(checkAllRows(vault)).toBe('intact');
  });
});
