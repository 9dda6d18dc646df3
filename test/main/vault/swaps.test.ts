// Cut and paste at rest (threat H4): in a vault of 50 items every part of one is put in the place of the same part of
// every other: bodies, keys, packs, heads and chunks of attachments. Each swap is refused or reported.
// SPDX-License-Identifier: MIT

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { VaultError } from '../../../src/main/vault/vault-error.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
import { attach, patternBytes, readAttached } from '../../support/attached-files.ts';
import { loginItem, passkeyItem, privateKeyBytes } from '../../support/canary-items.ts';
import { type MemoryVaultFile, MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { checkAllRows, createTestVault, reopenTestVault } from '../../support/vault-fixture.ts';
import { vaultTools } from '../../support/vault-tools.ts';

const ITEMS = 50;
/** Every so many swaps the vault is also unlocked anew and every row of it held against the manifest. */
const REPORT_EVERY = 20;
const tools = vaultTools('swaps');
const file: MemoryVaultFile = new MemoryVaultStore().file;
const ids: ItemId[] = [];
const files: string[] = [];
/** Opened once: what it reads is what lies in `file` at that moment. */
let vault: UnlockedVault;
const counts = { swaps: 0, refused: 0, reported: 0 };

beforeAll(async () => {
  using made = await createTestVault(new MemoryVaultStore(file), tools);
  for (let index = 0; index < ITEMS; index += 1) {
    const id = made.newItemId();
    ids.push(id);
    made.save(passkeyItem(id), privateKeyBytes(id));
    // Two chunks each, all of one size.
    files.push(attach(made, id, patternBytes(70_000, id)));
  }
  vault = await reopenTestVault(new MemoryVaultStore(file), tools);
});

afterAll(() => {
  vault.close();
});

function refuses(action: () => unknown): boolean {
  try {
    action();
    return false;
  } catch (error) {
    if (error instanceof VaultError) return error.code.endsWith('damaged');
    throw error;
  }
}

async function isReported(): Promise<boolean> {
  using again = await reopenTestVault(new MemoryVaultStore(file), tools);
  return checkAllRows(again) === 'not-intact';
}

interface Row<T> {
  readonly rows: T[];
  /** `one` with what the swap takes of `other`. */
  readonly mix: (one: T, other: T) => T;
  /** What can be opened of the row at a place. */
  readonly open: (index: number) => unknown;
}

/** All pairs: both rows are changed, both must be refused, then both are put back. */
async function swapAllPairs<T>({ rows, mix, open }: Row<T>): Promise<void> {
  for (let a = 0; a < rows.length; a += 1) {
    for (let b = a + 1; b < rows.length; b += 1) {
      const [one, other] = [rows[a], rows[b]];
      if (one === undefined || other === undefined) throw new Error('the fixture has no such row');
      rows[a] = mix(one, other);
      rows[b] = mix(other, one);
      for (const index of [a, b]) {
        counts.swaps += 1;
        if (refuses(() => open(index))) counts.refused += 1;
      }
      if (counts.swaps % REPORT_EVERY === 0) {
        expect(await isReported()).toBe(true);
        counts.reported += 1;
      }
      rows[a] = one;
      rows[b] = other;
      if (counts.swaps % REPORT_EVERY === 0 && refuses(() => open(a))) {
        throw new Error('the fixture is broken');
      }
    }
  }
}

const idAt = (index: number): ItemId => ids[index] ?? ('' as ItemId);
/** Rows lie in the order in which they were written: that of the items, two bodies each. */
const newest = () =>
  file.bodies.filter((row) => row.revision.lamport === vault.revisionOf(row.id).lamport);

describe('a part of one item in the place of that of another', () => {
  it('is refused for bodies', async () => {
    const rows = newest();
    const others = file.bodies.filter((row) => !rows.includes(row));
    const live = new Proxy(rows, {
      set(target, key, value: (typeof rows)[number]) {
        Reflect.set(target, key, value);
        file.bodies = [...others, ...target];
        return true;
      },
    });
    await swapAllPairs({
      rows: live,
      mix: (one, other) => ({ ...one, body: other.body }),
      open: (index) => vault.get(rows[index]?.id ?? idAt(index)),
    });
  });

  it('is refused for rows of keys, item keys and passkey keys', async () => {
    const mixes = [
      {
        mix: (one: (typeof file.keys)[number], other: typeof one) => ({ ...other, id: one.id }),
        open: (id: ItemId) => vault.get(id),
      },
      {
        mix: (one: (typeof file.keys)[number], other: typeof one) => ({
          ...one,
          itemKey: other.itemKey,
        }),
        open: (id: ItemId) => vault.get(id),
      },
      {
        mix: (one: (typeof file.keys)[number], other: typeof one) => ({
          ...one,
          passkeyKey: other.passkeyKey,
        }),
        open: (id: ItemId) => {
          vault.openPrivateKey(id).dispose();
        },
      },
    ];
    for (const { mix, open } of mixes) {
      await swapAllPairs({
        rows: file.keys,
        mix,
        open: (index) => open(file.keys[index]?.id ?? idAt(index)),
      });
    }
  });

  it('is refused for heads of attachments and for their numbers', async () => {
    const read = (index: number): unknown => {
      const row = file.attachments[index];
      return row && readAttached(vault, row.itemId, row.id);
    };
    const mixes = [
      (one: (typeof file.attachments)[number], other: typeof one) => ({
        ...one,
        sealed: other.sealed,
      }),
      (one: (typeof file.attachments)[number], other: typeof one) => ({
        ...one,
        number: other.number,
      }),
    ];
    for (const mix of mixes) await swapAllPairs({ rows: file.attachments, mix, open: read });
  });

  it('is refused for chunks of attachments, first and last', () => {
    const byNumber = new Map(file.attachments.map((row) => [row.number, row]));
    for (const chunk of [0, 1]) {
      const names = [...file.chunks.keys()].filter((name) => name.endsWith(`/${String(chunk)}`));
      for (let a = 0; a < names.length; a += 1) {
        for (let b = a + 1; b < names.length; b += 1) {
          const [one = '', other = ''] = [names[a], names[b]];
          const [first, second] = [file.chunks.get(one), file.chunks.get(other)];
          if (!first || !second) throw new Error('the fixture has no such chunk');
          file.chunks.set(one, second).set(other, first);
          for (const name of [one, other]) {
            const head = byNumber.get(Number(name.split('/')[0]));
            counts.swaps += 1;
            if (head && refuses(() => readAttached(vault, head.itemId, head.id)))
              counts.refused += 1;
          }
          file.chunks.set(one, first).set(other, second);
        }
      }
    }
  });

  it('was refused in each of more than 10,000 cases', () => {
    expect(counts.swaps).toBeGreaterThanOrEqual(10_000);
    expect(counts.refused).toBe(counts.swaps);
    expect(counts.reported).toBeGreaterThan(200);
  });
});

describe('packs in one another’s place', () => {
  it('are reported, and every item is there', async () => {
    const packs = [...file.packs];
    for (let a = 0; a < packs.length; a += 1) {
      for (let b = 0; b < packs.length; b += 1) {
        const [one, other] = [packs[a], packs[b]];
        if (!one || !other || a === b) continue;
        file.packs = packs.map((pack, index) =>
          index === a ? { ...one, sealed: other.sealed } : pack,
        );
        using again = await reopenTestVault(new MemoryVaultStore(file), tools);
        expect(again.integrity).toBe('not-intact');
        for (const id of ids) expect(again.overview(id)?.title).toBe('Canary-passkey');
      }
    }
    file.packs = packs;
    expect(await isReported()).toBe(false);
  });
});

describe('parts of another vault under the same password', () => {
  it('are refused one and all', async () => {
    const others = vaultTools('another');
    const store = new MemoryVaultStore();
    const other = await createTestVault(store, others);
    for (const id of ids) other.save(passkeyItem(id), privateKeyBytes(id));
    other.close();
    const copy = structuredClone(file);
    for (const [index, id] of ids.entries()) {
      const foreign = store.file.bodies.find((row) => row.id === id);
      const keys = store.file.keys.find((row) => row.id === id);
      if (!foreign || !keys) throw new Error('the fixture has no such row');
      const isOfItem = (row: { readonly id: ItemId }): boolean => row.id === id;
      if (index % 2 === 0)
        copy.bodies = copy.bodies.map((row) =>
          isOfItem(row) ? { ...row, body: foreign.body } : row,
        );
      else copy.keys = copy.keys.map((row) => (isOfItem(row) ? keys : row));
    }
    copy.packs = structuredClone(store.file.packs);
    using again = await reopenTestVault(new MemoryVaultStore(copy), tools);
    expect(again.damaged.size).toBe(ITEMS);
    for (const id of ids) expect(refuses(() => again.get(id))).toBe(true);
    expect(again.integrity).toBe('not-intact');
    again.save(loginItem(again.newItemId()));
    expect(again.size).toBe(1);
  });
});
