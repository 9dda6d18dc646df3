// Long changes of items: in slices between which others have their turn, and one change all the same.
// SPDX-License-Identifier: MIT

import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemId } from '../../../src/shared/brand.ts';
import type { Pace } from '../../../src/main/health/pace.ts';
import { ItemChanges } from '../../../src/main/services/item-changes.ts';
import { TagService } from '../../../src/main/services/tag-service.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { VaultError } from '../../../src/main/vault/vault-error.ts';
import { loginItem } from '../../support/canary-items.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { createTestVault } from '../../support/vault-fixture.ts';
import { vaultTools } from '../../support/vault-tools.ts';

const MANY = 200;

let store: MemoryVaultStore;
let vault: UnlockedVault;
let changes: ItemChanges;
let told: number;
let ids: readonly ItemId[];

beforeEach(async () => {
  store = new MemoryVaultStore();
  vault = await createTestVault(store, vaultTools('sliced'));
  told = 0;
  changes = new ItemChanges({ vault: () => vault, onChanged: () => void (told += 1) });
  const items = Array.from({ length: MANY }, (_, n) =>
    loginItem(vault.newItemId(), { title: `Item ${n}`, tags: ['work'] }),
  );
  changes.save(items.map((item) => ({ item })));
  ids = items.map(({ id }) => id);
  told = 0;
});

/** Does `between` in the first pause. */
function pausing(between: () => void = () => undefined): Pace & { readonly pauses: () => number } {
  let pauses = 0;
  return {
    pauses: () => pauses,
    breathe: () => {
      pauses += 1;
      if (pauses === 1) between();
      return Promise.resolve();
    },
  };
}

const tags = (pace: Pace): TagService =>
  new TagService({ changes, searches: { renameTag: () => null }, newPace: () => pace });
const withTag = (tag: string): number =>
  Array.from(vault.overviews()).filter((one) => one.tags.includes(tag)).length;

describe('a change of many items', () => {
  it('pauses between slices, and is one change that is taken back as one', async () => {
    const pace = pausing();
    const { change, changed } = await tags(pace).rename('work', 'office');
    expect(changed).toBe(MANY);
    expect(pace.pauses()).toBeGreaterThanOrEqual(3);
    expect([withTag('office'), told]).toEqual([MANY, 1]);
    const back = pausing();
    expect(await changes.undo(change, 1, back)).toMatchObject({ restored: MANY, passedOver: 0 });
    expect(back.pauses()).toBeGreaterThanOrEqual(3);
    expect([withTag('work'), withTag('office'), told]).toEqual([MANY, 0, 2]);
  });

  it('keeps what a person does in between, and undoing leaves that alone', async () => {
    const [first, last] = [ids[0], ids[MANY - 1]];
    if (first === undefined || last === undefined) throw new Error('fixture: no items');
    const pace = pausing(() => {
      changes.erase([first]);
      changes.save([{ item: { ...vault.get(last), note: 'mine' } }]);
    });
    const { change, passedOver } = await tags(pace).rename('work', 'office');
    expect(passedOver).toEqual([]);
    expect(vault.get(last)).toMatchObject({ note: 'mine', tags: ['office'] });
    await changes.undo(change, 1);
    expect(vault.has(first)).toBe(false);
    expect(vault.get(last)).toMatchObject({ note: 'mine', tags: ['work'] });
  });

  it('keeps what was stored before the disk was full, and goes on where it is asked again', async () => {
    const commit = store.commit.bind(store);
    const pace = pausing(() => {
      store.commit = () => {
        throw new VaultError('vault/write-failed', 'no space');
      };
    });
    await expect(tags(pace).rename('work', 'office')).rejects.toMatchObject({
      code: 'vault/write-failed',
    });
    const done = withTag('office');
    expect(done).toBeGreaterThan(0);
    expect([withTag('work'), told]).toEqual([MANY - done, 1]);
    expect(changes.index.count().tags).toContainEqual({ tag: 'office', count: done });
    store.commit = commit;
    expect(await tags(pausing()).rename('work', 'office')).toMatchObject({ changed: MANY - done });
    expect(withTag('office')).toBe(MANY);
  });

  it('changes nothing where one of many tags below would become too long', async () => {
    const last = ids[MANY - 1];
    if (last === undefined) throw new Error('fixture: no items');
    changes.save([{ item: { ...vault.get(last), tags: [`work/${'y'.repeat(100)}`] } }]);
    const before = vault.revision;
    await expect(tags(pausing()).rename('work', 'x'.repeat(60))).rejects.toMatchObject({
      code: 'ipc/invalid-input',
    });
    expect(vault.revision).toBe(before);
  });

  it('ends with the vault that is closed in the middle of it', async () => {
    const pace = pausing(() => {
      vault.close();
    });
    await expect(tags(pace).rename('work', 'office')).rejects.toMatchObject({
      code: 'vault/locked',
    });
  });
});
