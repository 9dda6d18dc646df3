// The check of all rows while the vault is in use: whatever is saved, erased, attached or re-keyed in the middle of it,
// at every step, an intact vault ends intact and one that was meddled with does not.
// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { VaultError } from '../../../src/main/vault/vault-error.ts';
import type { BodyPosition } from '../../../src/main/vault/vault-store.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
import { attach, patternBytes } from '../../support/attached-files.ts';
import { loginItem } from '../../support/canary-items.ts';
import { flipInPlace } from '../../support/flipped-bits.ts';
import { type MemoryVaultFile, MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { passwordSecret } from '../../support/unlock-secrets.ts';
import { checkAllRows, createTestVault, reopenTestVault } from '../../support/vault-fixture.ts';
import { vaultTools } from '../../support/vault-tools.ts';

const tools = vaultTools('check');
const STEP = 3;

/** 8 items with two revisions each, 3 files. */
const source = await (async (): Promise<MemoryVaultFile> => {
  const store = new MemoryVaultStore();
  using vault = await createTestVault(store, tools);
  const ids = Array.from({ length: 8 }, () => vault.newItemId());
  for (const id of ids) vault.save(loginItem(id));
  for (const id of ids) vault.save(loginItem(id, { title: 'second' }));
  for (const id of ids.slice(0, 3)) attach(vault, id, patternBytes(10));
  return structuredClone(store.file);
})();

async function open(file = structuredClone(source)) {
  return await reopenTestVault(new MemoryVaultStore(file), tools);
}

const idsOf = (vault: UnlockedVault): ItemId[] => [...vault.overviews()].map(({ id }) => id).sort();

/** What can happen in the middle of a check. */
const ACTS: Readonly<Record<string, (vault: UnlockedVault, index: number) => unknown>> = {
  'a change': (vault, index) => {
    const id = idsOf(vault)[index % Math.max(1, vault.size)];
    if (id !== undefined) vault.save({ ...vault.get(id), note: `changed ${String(index)}` });
  },
  'a new item': (vault) => {
    vault.save(loginItem(vault.newItemId()));
  },
  'an erasure': (vault, index) => {
    const id = idsOf(vault)[index % Math.max(1, vault.size)];
    if (id !== undefined) vault.erase([id]);
  },
  'a new file': (vault, index) => {
    const id = idsOf(vault)[index % Math.max(1, vault.size)];
    if (id !== undefined) attach(vault, id, patternBytes(20));
  },
  'a file that goes': (vault) => {
    const [row] = vault.attachments.all();
    if (row) vault.attachments.remove([row]);
  },
  'a document': (vault, index) => {
    vault.saveDocument('generatorHistory', [{ value: String(index), at: index }]);
  },
  're-keying': (vault) => vault.access.rekey([passwordSecret()], () => undefined),
  'a failed save': (vault) => {
    expect(() => {
      vault.save(loginItem(vault.newItemId(), { createdAt: -1 }));
    }).toThrow();
  },
};

async function stepsOf(): Promise<number> {
  using vault = await open();
  let steps = 1;
  while (!vault.checkRows(STEP)) steps += 1;
  return steps;
}
const STEPS = await stepsOf();

describe('the check of all rows', () => {
  it('finds an untouched vault intact, whatever the size of its steps', async () => {
    for (const limit of [1, 2, 7, 16, 1000]) {
      using vault = await open();
      expect(vault.integrity).toBe('checking');
      expect(vault.verdict).toBeNull();
      while (!vault.checkRows(limit)) expect(vault.integrity).toBe('checking');
      expect(vault.integrity).toBe('intact');
      const rows = source.bodies.length + source.keys.length + source.attachments.length;
      expect(vault.verdict).toEqual({ isIntact: true, expectedRows: rows, foundRows: rows });
      expect(vault.checkRows(limit)).toBe(true);
    }
    expect(STEPS).toBeGreaterThan(8);
  });

  it.each(Object.keys(ACTS))('is not misled by %s at any step', async (name) => {
    const act = ACTS[name];
    for (let at = 0; at <= STEPS; at += 1) {
      for (const index of [0, 3, 7]) {
        const file = structuredClone(source);
        const vault = await open(file);
        for (let step = 0; step < at; step += 1) vault.checkRows(STEP);
        await act?.(vault, index);
        expect(checkAllRows(vault), `at ${String(at)}`).toBe('intact');
        vault.close();
        using again = await open(file);
        expect(checkAllRows(again)).toBe('intact');
      }
    }
  });

  it('is not misled by any mixture of them', async () => {
    const happening = fc.record({
      act: fc.constantFrom(...Object.keys(ACTS)),
      steps: fc.nat(4),
      index: fc.nat(20),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 10 }), async (happenings) => {
        const file = structuredClone(source);
        const vault = await open(file);
        for (const { act, steps, index } of happenings) {
          for (let step = 0; step < steps; step += 1) vault.checkRows(STEP);
          await ACTS[act]?.(vault, index);
        }
        expect(checkAllRows(vault)).toBe('intact');
        vault.close();
        using again = await open(file);
        expect(checkAllRows(again)).toBe('intact');
      }),
      { numRuns: 60 },
    );
  });

  it('finds any row that was changed, also with saves in between', async () => {
    const meddlings: ((file: MemoryVaultFile, index: number) => void)[] = [
      (file, index) => {
        const row = file.bodies[index % file.bodies.length];
        if (row) flipInPlace(row.body, 30);
      },
      (file, index) => {
        const row = file.keys[index % file.keys.length];
        if (row) flipInPlace(row.passkeyKey, 30);
      },
      (file, index) => {
        const row = file.attachments[index % file.attachments.length];
        if (row) flipInPlace(row.sealed, 30);
      },
      (file, index) => {
        file.bodies.splice(index % file.bodies.length, 1);
      },
    ];
    for (const meddle of meddlings) {
      for (let index = 0; index < 16; index += 1) {
        const file = structuredClone(source);
        meddle(file, index);
        using vault = await open(file);
        vault.checkRows(STEP);
        vault.save(loginItem(vault.newItemId()));
        expect(checkAllRows(vault)).toBe('not-intact');
        expect(vault.verdict?.isIntact).toBe(false);
      }
    }
  });

  it('is carried over re-keying: what was not intact before is not made so by it', async () => {
    for (const stepsBefore of [0, 2, STEPS]) {
      const file = structuredClone(source);
      file.bodies.splice(2, 1);
      const vault = await open(file);
      for (let step = 0; step < stepsBefore; step += 1) vault.checkRows(STEP);
      await vault.access.rekey([passwordSecret()], () => undefined);
      expect(checkAllRows(vault)).toBe('not-intact');
      vault.close();
      using again = await open(file);
      expect(again.integrity).toBe('not-intact');
    }
  });

  it('takes a table that cannot be read for one that is not as it was left, and goes on', async () => {
    const store = new UnreadableStore(structuredClone(source));
    using vault = await reopenTestVault(store, tools);
    while (!vault.checkRows(STEP)) expect(vault.integrity).toBe('checking');
    expect(vault.integrity).toBe('not-intact');
    expect(vault.get(idsOf(vault)[0] ?? vault.newItemId()).title).toBe('second');
  });
});

class UnreadableStore extends MemoryVaultStore {
  override scanBodies(after: BodyPosition | null, limit: number) {
    if (after !== null) throw new VaultError('vault/corrupt', 'SQLITE_CORRUPT');
    return super.scanBodies(after, limit);
  }
}

class UnreadableTable extends MemoryVaultStore {
  override scanBodies(): never {
    throw new VaultError('vault/corrupt', 'SQLITE_CORRUPT');
  }
}

describe('a table that cannot be read to its end', () => {
  it('is not intact, and accepting what was read of it does not make it so', async () => {
    const file = structuredClone(source);
    using vault = await reopenTestVault(new UnreadableTable(file), tools);
    expect(checkAllRows(vault)).toBe('not-intact');
    await vault.acceptRows();
    expect(vault.integrity).toBe('not-intact');
    vault.close();
    using again = await reopenTestVault(new UnreadableTable(file), tools);
    expect(checkAllRows(again)).toBe('not-intact');
  });
});
