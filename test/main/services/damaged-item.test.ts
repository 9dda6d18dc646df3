// An item that turns out to be damaged when a person opens it: the list says so from then on.
// SPDX-License-Identifier: MIT

import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemId } from '../../../src/shared/brand.ts';
import { ItemChanges } from '../../../src/main/services/item-changes.ts';
import { ItemService } from '../../../src/main/services/item-service.ts';
import { SshKeyService } from '../../../src/main/services/ssh-key-service.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { createTestVault, loginItem, vaultTools } from '../../support/vault-fixture.ts';

let store: MemoryVaultStore;
let vault: UnlockedVault;
let items: ItemService;
let id: ItemId;
let heard: number;

beforeEach(async () => {
  const tools = vaultTools('damaged-item');
  store = new MemoryVaultStore();
  vault = await createTestVault(store, tools);
  const changes = new ItemChanges({ vault: () => vault, onChanged: () => (heard += 1) });
  items = new ItemService({
    ...{ changes, clock: tools.clock, sshKeys: new SshKeyService(tools.random) },
    copySecret: () => Promise.reject(new Error('not asked for')),
    verify: () => Promise.reject(new Error('not asked for')),
  });
  id = vault.newItemId();
  changes.save([{ item: loginItem(id) }]);
  heard = 0;
});

function list(text: string): readonly boolean[] {
  const query = { section: { in: 'all' }, text, sort: 'title', offset: 0, limit: 10 } as const;
  return items.list(query).items.map(({ isDamaged }) => isDamaged);
}

describe('an item that does not open', () => {
  it('is marked and found as damaged once it was opened, and told of once', () => {
    store.file.bodies = store.file.bodies.map((row) => ({
      ...row,
      body: row.body.with(40, (row.body[40] ?? 0) ^ 1),
    }));
    expect([list(''), list('is:damaged')]).toEqual([[false], []]);
    for (const told of [1, 1]) {
      expect(() => items.get(id)).toThrow('does not open');
      expect(heard).toBe(told);
    }
    expect([list(''), list('is:damaged')]).toEqual([[true], [true]]);
  });

  it('is nothing to tell of where it opens, or is not there', () => {
    expect(items.get(id).id).toBe(id);
    expect(() => items.get(vault.newItemId())).toThrow();
    expect([heard, list('')]).toEqual([0, [false]]);
  });
});
