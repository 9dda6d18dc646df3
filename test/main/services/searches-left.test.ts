// A tag is renamed, or the renaming taken back, and the saved searches that go with it cannot be written: what was done to
// the items is told as done, and what was not as not.
// SPDX-License-Identifier: MIT

import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemId } from '../../../src/shared/brand.ts';
import { systemPace } from '../../../src/main/health/pace.ts';
import { ItemChanges } from '../../../src/main/services/item-changes.ts';
import { SearchService } from '../../../src/main/services/search-service.ts';
import { TagService } from '../../../src/main/services/tag-service.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { VaultError } from '../../../src/main/vault/vault-error.ts';
import type { VaultChange } from '../../../src/main/vault/vault-store.ts';
import { loginItem } from '../../support/canary-items.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { createTestVault } from '../../support/vault-fixture.ts';
import { vaultTools } from '../../support/vault-tools.ts';

/** Takes items, and documents for as long as it is told to. */
class FickleStore extends MemoryVaultStore {
  takesDocuments = true;
  bug: Error | null = null;

  override commit(change: VaultChange): void {
    const isOfItems = (change.bodies ?? []).length > 0;
    if (!isOfItems && this.bug !== null) throw this.bug;
    if (!isOfItems && !this.takesDocuments) throw new VaultError('vault/write-failed', 'full');
    super.commit(change);
  }
}

let store: FickleStore;
let vault: UnlockedVault;
let changes: ItemChanges;
let searches: SearchService;
let tags: TagService;
let id: ItemId;

beforeEach(async () => {
  store = new FickleStore();
  vault = await createTestVault(store, vaultTools('searches left'));
  changes = new ItemChanges({ vault: () => vault, onChanged: () => undefined });
  searches = new SearchService({ vault: () => vault, onChanged: () => undefined });
  tags = new TagService({ changes, searches, newPace: systemPace });
  id = vault.newItemId();
  changes.save([{ item: loginItem(id, { tags: ['work'] }) }]);
  searches.save({ id: null, name: 'Mine', text: 'tag:work' });
});

/** The tag of the item, and the text of the search. */
const now = (): readonly (string | undefined)[] => [
  vault.get(id).tags[0],
  searches.list()[0]?.text,
];

describe('an undo of which the saved searches cannot be written', () => {
  it('says that the items are as they were, and that the searches are not', async () => {
    const { change } = await tags.rename('work', 'office');
    store.takesDocuments = false;
    const undone = await changes.undo(change, 1);
    expect(undone).toMatchObject({ restored: 1, passedOver: 0, searchesLeft: true });
    expect(now()).toEqual(['work', 'tag:office']);
  });

  it('can be taken back, after which an undo takes all of it back', async () => {
    const { change } = await tags.rename('work', 'office');
    store.takesDocuments = false;
    const undone = await changes.undo(change, 1);
    store.takesDocuments = true;
    const again = await changes.undo(undone.change, 2);
    expect(again).toMatchObject({ restored: 1, searchesLeft: false });
    expect(now()).toEqual(['office', 'tag:office']);
    expect(await changes.undo(again.change, 3)).toMatchObject({ searchesLeft: false });
    expect(now()).toEqual(['work', 'tag:work']);
  });

  it('says nothing of searches where none went with the change', async () => {
    const { change } = changes.revise([id], (item) => ({ ...item, favourite: true }));
    store.takesDocuments = false;
    expect(await changes.undo(change, 1)).toMatchObject({ restored: 1, searchesLeft: false });
  });

  it('fails where it is no failure of the disk, but a bug', async () => {
    const { change } = await tags.rename('work', 'office');
    store.bug = new Error('a bug');
    await expect(changes.undo(change, 1)).rejects.toBe(store.bug);
  });
});

describe('a renaming of which the saved searches cannot be written', () => {
  it('says so, keeps the new tag, and can be taken back', async () => {
    store.takesDocuments = false;
    const renamed = await tags.rename('work', 'office');
    expect(renamed).toMatchObject({ changed: 1, searchesLeft: true });
    expect(now()).toEqual(['office', 'tag:work']);
    expect(await changes.undo(renamed.change, 1)).toMatchObject({
      ...{ restored: 1, searchesLeft: false },
    });
    expect(now()).toEqual(['work', 'tag:work']);
  });

  it('says nothing of them where nothing was renamed', async () => {
    store.takesDocuments = false;
    expect(await tags.rename('nowhere', 'office')).toMatchObject({
      ...{ changed: 0, searchesLeft: false },
    });
  });

  it('fails where it is a bug', async () => {
    store.bug = new Error('a bug');
    await expect(tags.rename('work', 'office')).rejects.toBe(store.bug);
  });
});
