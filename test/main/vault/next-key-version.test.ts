// Numbers of an item's keys in a file that others can write into: rows that do not open neither use them up nor go.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { loginItem } from '../../support/canary-items.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { passwordSecret } from '../../support/unlock-secrets.ts';
import { reopenTestVault, testVaultIn } from '../../support/vault-fixture.ts';

/** An item of a former epoch, and beside its keys planted copies of them under other numbers. */
async function planted(...versions: readonly number[]) {
  const { tools, store, vault } = await testVaultIn(new MemoryVaultStore(), 'next key version');
  const id = vault.newItemId();
  vault.save(loginItem(id));
  await vault.access.rekey([passwordSecret()], () => undefined);
  vault.close();
  const [own] = store.file.keys;
  if (own === undefined) throw new Error('the item has keys');
  const others = versions.map((version) => ({ ...own, version }));
  store.file.keys = [own, ...others];
  const again = await reopenTestVault(new MemoryVaultStore(store.file), tools);
  return { vault: again, store, id, others };
}

describe('the next keys of an item', () => {
  it.each([
    ['where there is nothing else', [], 2],
    ['where the last number there is was planted', [Number.MAX_SAFE_INTEGER], 2],
    ['where the very next was planted', [2, 3], 4],
  ])('are made %s', async (_where, versions, expected) => {
    const { vault, store, id, others } = await planted(...versions);
    vault.save(loginItem(id, { title: 'Edited' }));
    expect(vault.get(id).title).toBe('Edited');
    expect(store.file.bodies.at(-1)?.keyVersion).toBe(expected);
    for (const row of others) expect(store.file.keys).toContainEqual(row);
    vault.close();
  });
});
