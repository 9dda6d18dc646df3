// An item that turns out to be damaged when a person opens it: the list says so from then on.
// SPDX-License-Identifier: MIT

import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemId } from '../../../src/shared/brand.ts';
import type { ItemDamage } from '../../../src/shared/model/item.ts';
import { ItemChanges } from '../../../src/main/services/item-changes.ts';
import { ItemService } from '../../../src/main/services/item-service.ts';
import { SshKeyService } from '../../../src/main/services/ssh-key-service.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { loginItem, passkeyItem, privateKeyBytes } from '../../support/canary-items.ts';
import { spoilBodies, spoilPasskeyKey } from '../../support/damage.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { createTestVault } from '../../support/vault-fixture.ts';
import { vaultTools } from '../../support/vault-tools.ts';

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

function list(text: string): readonly (ItemDamage | null)[] {
  const query = { section: { in: 'all' }, text, sort: 'title', offset: 0, limit: 10 } as const;
  return items.list(query).items.map(({ damage }) => damage);
}

describe('an item that does not open', () => {
  it('is marked and found as damaged once it was opened, and told of once', () => {
    spoilBodies(store.file);
    expect([list(''), list('is:damaged')]).toEqual([[null], []]);
    for (const told of [1, 1]) {
      expect(() => items.get(id)).toThrow('does not open');
      expect(heard).toBe(told);
    }
    expect([list(''), list('is:damaged')]).toEqual([['content'], ['content']]);
  });

  it('is nothing to tell of where it opens, or is not there', () => {
    expect(items.get(id).id).toBe(id);
    expect(() => items.get(vault.newItemId())).toThrow();
    expect([heard, list('')]).toEqual([0, [null]]);
  });
});

describe('a passkey of which the private key alone does not open', () => {
  let passkey: ItemId;
  beforeEach(() => {
    passkey = vault.newItemId();
    using key = privateKeyBytes('lost');
    vault.save(passkeyItem(passkey), key);
  });

  it('is shown, says what is lost, and is marked so once it was opened, and told of once', () => {
    spoilPasskeyKey(store.file, passkey);
    expect(list('is:damaged')).toEqual([]);
    for (const told of [1, 1]) {
      const { title, passkey: facts, damage } = items.get(passkey);
      expect([title, facts?.rpId, damage]).toEqual([
        ...['Canary-passkey', 'canary-rp.example', 'private-key'],
      ]);
      expect(heard).toBe(told);
    }
    expect(list('is:damaged')).toEqual(['private-key']);
  });

  it('is marked as one that cannot be read where nothing of it opens', () => {
    spoilBodies(store.file, passkey);
    spoilPasskeyKey(store.file, passkey);
    expect(() => items.get(passkey)).toThrow('does not open');
    expect(list('is:damaged')).toEqual(['content']);
  });

  it('has no mark where all of it opens', () => {
    expect([items.get(passkey).damage, items.get(id).damage, heard]).toEqual([null, null, 0]);
  });
});
