// An attacker who can write the vault file and has no key: what was changed at rest is refused and counted, and what
// was left alone still opens (threats H4, K10, L8).
// SPDX-License-Identifier: MIT

import { beforeAll, describe, expect, it } from 'vitest';
import type { SealedItem } from '../../../src/main/vault/sealed-item.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import type { DeviceId } from '../../../src/shared/brand.ts';
import { MemoryVaultStore, type MemoryVaultFile } from '../../support/memory-vault-store.ts';
import {
  createTestVault,
  loginItem,
  passkeyItem,
  privateKeyBytes,
  reopenTestVault,
  vaultTools,
} from '../../support/vault-fixture.ts';

const ITEMS = 20;
const tools = vaultTools('tampering');
const code = (value: string): Error => expect.objectContaining({ code: value }) as Error;
let file: MemoryVaultFile;
/** One former state of the first item, valid in its day. */
let outdated: SealedItem;

beforeAll(async () => {
  const store = new MemoryVaultStore();
  using vault = await createTestVault(store, tools);
  for (let index = 0; index < ITEMS; index += 1) {
    const id = vault.newItemId();
    // All of one size and kind by turns: nothing but the cryptography can tell them apart.
    if (index % 2 === 0) vault.save(loginItem(id));
    else vault.save(passkeyItem(id), privateKeyBytes(id));
  }
  outdated = structuredClone(rowAt(store.file, 0));
  vault.save({ ...loginItem(outdated.id), title: 'renamed' });
  store.file.items.sort((a, b) => a.revision.lamport - b.revision.lamport);
  file = structuredClone(store.file);
});

function rowAt(from: MemoryVaultFile, index: number): SealedItem {
  const row = from.items[index];
  if (!row) throw new Error(`the fixture has no row ${String(index)}`);
  return row;
}

async function openWith(change: (copy: MemoryVaultFile) => void): Promise<UnlockedVault> {
  const copy = structuredClone(file);
  change(copy);
  return await reopenTestVault(new MemoryVaultStore(copy), tools);
}

const flip = (bytes: Uint8Array, index: number): Uint8Array =>
  bytes.with(index, (bytes[index] ?? 0) ^ 1);

describe('rows changed at rest', () => {
  it('are noticed in no untouched vault', async () => {
    using vault = await openWith(() => undefined);
    expect(vault.integrity).toEqual({ isIntact: true, expectedRows: ITEMS, foundRows: ITEMS });
    expect(vault.damaged).toEqual([]);
  });

  it.each(['body', 'keys', 'item key', 'passkey key'] as const)(
    'are refused for every pair of items whose %s was swapped',
    async (part) => {
      for (let a = 0; a < ITEMS; a += 1) {
        for (let b = a + 1; b < ITEMS; b += 1) {
          using vault = await openWith((copy) => {
            const [one, other] = [rowAt(copy, a), rowAt(copy, b)];
            copy.items[a] = withPartOf(part, one, other);
            copy.items[b] = withPartOf(part, other, one);
          });
          expect(vault.integrity.isIntact).toBe(false);
          const ids = [rowAt(file, a).id, rowAt(file, b).id];
          // A passkey's own key is looked at when it is used, not at unlock.
          if (part === 'passkey key') assertNoPrivateKey(vault, ids);
          else expect([...vault.damaged].sort()).toEqual(ids.sort());
        }
      }
    },
  );

  it('are refused when moved to another id, device, counter, schema or epoch', async () => {
    const device = 'ee'.repeat(16) as DeviceId;
    const changes: ((row: SealedItem) => SealedItem)[] = [
      (row) => ({ ...row, id: 'ff'.repeat(16) as SealedItem['id'] }),
      (row) => ({ ...row, revision: { ...row.revision, deviceId: device } }),
      (row) => ({ ...row, revision: { ...row.revision, lamport: 2 ** 53 - 1 } }),
      (row) => ({ ...row, schema: 2 }),
      (row) => ({ ...row, keys: { ...row.keys, epoch: 2 } }),
      (row) => ({ ...row, keys: { ...row.keys, version: 2 } }),
      (row) => ({ ...row, keys: { ...row.keys, deviceId: device } }),
      (row) => ({ ...row, body: flip(row.body, row.body.length - 1) }),
      (row) => ({ ...row, body: row.body.subarray(0, 30) }),
      (row) => ({ ...row, body: new Uint8Array(0) }),
      (row) => ({ ...row, keys: { ...row.keys, itemKey: flip(row.keys.itemKey, 30) } }),
      (row) => ({ ...row, keys: { ...row.keys, itemKey: new Uint8Array(0) } }),
    ];
    for (const change of changes) {
      using vault = await openWith((copy) => {
        copy.items[3] = change(rowAt(copy, 3));
      });
      expect(vault.damaged).toHaveLength(1);
      expect(vault.overviews()).toHaveLength(ITEMS - 1);
      expect(vault.integrity.isIntact).toBe(false);
      expect(vault.revision).toBe(ITEMS + 1);
    }
  });

  it('leave the others readable and are themselves kept, not overwritten', async () => {
    using vault = await openWith((copy) => {
      const row = rowAt(copy, 0);
      copy.items[0] = { ...row, body: flip(row.body, 50) };
    });
    const { id } = rowAt(file, 0);
    expect(vault.damaged).toEqual([id]);
    expect(() => vault.get(id)).toThrow(code('vault/item-damaged'));
    expect(() => {
      vault.save(loginItem(id));
    }).toThrow(code('vault/item-damaged'));
    for (const overview of vault.overviews()) vault.get(overview.id);
  });
});

describe('sets of rows changed at rest', () => {
  it('are noticed for every row that was removed', async () => {
    for (let index = 0; index < ITEMS; index += 1) {
      using vault = await openWith((copy) => {
        copy.items.splice(index, 1);
      });
      const found = { isIntact: false, expectedRows: ITEMS, foundRows: ITEMS - 1 };
      expect(vault.integrity).toEqual(found);
    }
  });

  it('are noticed when an item is put back to an older state', async () => {
    using vault = await openWith((copy) => {
      copy.items = copy.items.map((row) => (row.id === outdated.id ? outdated : row));
    });
    expect(vault.damaged).toEqual([]);
    expect(vault.get(outdated.id).title).toBe('Canary-title');
    expect(vault.integrity.isIntact).toBe(false);
  });

  it('show the newest state where an older one was put beside it', async () => {
    for (const order of [1, -1]) {
      using vault = await openWith((copy) => {
        copy.items.push(outdated);
        copy.items.sort((a, b) => order * (a.revision.lamport - b.revision.lamport));
      });
      expect(vault.get(outdated.id).title).toBe('renamed');
      expect(vault.integrity.isIntact).toBe(false);
    }
  });

  it('stay noticed after further saves', async () => {
    const copy = structuredClone(file);
    copy.items.pop();
    const first = await reopenTestVault(new MemoryVaultStore(copy), tools);
    first.save(loginItem(first.newItemId()));
    first.close();
    using second = await reopenTestVault(new MemoryVaultStore(copy), tools);
    expect(second.integrity).toMatchObject({ isIntact: false, expectedRows: 21, foundRows: 20 });
  });

  it('stay noticed when the manifest itself was destroyed', async () => {
    const copy = structuredClone(file);
    if (copy.contents === null) throw new Error('the fixture has no contents');
    const { manifest } = copy.contents;
    copy.contents = {
      ...copy.contents,
      manifest: { ...manifest, sealed: flip(manifest.sealed, 9) },
    };
    copy.items.pop();
    const first = await reopenTestVault(new MemoryVaultStore(copy), tools);
    expect(first.integrity.isIntact).toBe(false);
    first.save(loginItem(first.newItemId()));
    first.close();
    using second = await reopenTestVault(new MemoryVaultStore(copy), tools);
    expect(second.integrity.isIntact).toBe(false);
  });
});

function withPartOf(
  part: 'body' | 'keys' | 'item key' | 'passkey key',
  row: SealedItem,
  other: SealedItem,
): SealedItem {
  switch (part) {
    case 'body':
      return { ...row, body: other.body };
    case 'keys':
      return { ...row, keys: other.keys };
    case 'item key':
      return { ...row, keys: { ...row.keys, itemKey: other.keys.itemKey } };
    case 'passkey key':
      return { ...row, keys: { ...row.keys, passkeyKey: other.keys.passkeyKey } };
  }
}

function assertNoPrivateKey(vault: UnlockedVault, ids: readonly SealedItem['id'][]): void {
  for (const id of ids) {
    if (vault.get(id).kind !== 'passkey') continue;
    expect(() => vault.openPrivateKey(id)).toThrow(code('vault/item-damaged'));
  }
}
