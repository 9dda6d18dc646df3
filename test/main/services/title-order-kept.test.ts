// The list by title stays in order through changes of many titles at once, and through what happens between the slices of
// a long change.
// SPDX-License-Identifier: MIT

import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemId } from '../../../src/shared/brand.ts';
import { ItemChanges } from '../../../src/main/services/item-changes.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { loginItem } from '../../support/canary-items.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { createTestVault } from '../../support/vault-fixture.ts';
import { vaultTools } from '../../support/vault-tools.ts';

const ITEMS = 300;
const titleOf = (place: number): string => `T${String(place).padStart(4, '0')}`;

let vault: UnlockedVault;
let changes: ItemChanges;
let ids: readonly ItemId[];

beforeEach(async () => {
  vault = await createTestVault(new MemoryVaultStore(), vaultTools('titles'));
  changes = new ItemChanges({ vault: () => vault, onChanged: () => undefined });
  ids = Array.from({ length: ITEMS }, () => vault.newItemId());
  changes.save(ids.map((id, place) => ({ item: loginItem(id, { title: titleOf(place) }) })));
  titles();
});

function titles(text = ''): readonly string[] {
  const query = { section: { in: 'all' }, text, sort: 'title', offset: 0, limit: 1000 } as const;
  return changes.index.query(query).items.map(({ title }) => title);
}

/** Places from `first` on get the titles that `placeFor` says. */
function retitle(some: readonly ItemId[], placeFor: (place: number) => string): number {
  const entries = some.map((id, place) => ({ item: { ...vault.get(id), title: placeFor(place) } }));
  return changes.save(entries).change;
}

describe('the list by title', () => {
  it('is in order when all titles change places in one change', () => {
    retitle(ids, (place) => titleOf(ITEMS - 1 - place));
    expect(titles()).toEqual(ids.map((_, place) => titleOf(place)));
  });

  it('is in order when some move among others', () => {
    retitle(ids.slice(0, 40), (place) => `${titleOf((place * 7919 + 13) % ITEMS)} moved`);
    expect(titles()).toEqual(titles().toSorted());
    expect(titles('moved')).toHaveLength(40);
  });

  it('is in order, and whole, when others save between the slices of a long undo', async () => {
    const change = retitle(ids, (place) => titleOf(ITEMS - 1 - place));
    const extra = [10, 150, 250].map((place) => `${titleOf(place)} between`);
    let turns = 0;
    const seen: string[][] = [];
    const breathe = (): Promise<void> => {
      turns += 1;
      if (turns === 2) {
        for (const title of extra)
          changes.save([{ item: loginItem(vault.newItemId(), { title }) }]);
      }
      seen.push([...titles()]);
      return Promise.resolve();
    };
    await changes.undo(change, 0, { breathe });
    expect(titles()).toEqual([...ids.map((_, place) => titleOf(place)), ...extra].toSorted());
    expect(seen.length).toBeGreaterThan(2);
    for (const during of seen) expect(during).toEqual(during.toSorted());
  });
});
