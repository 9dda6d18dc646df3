// Backups that are asked for while one is being made: by hand twice, by hand and daily, by hand while left-overs are
// cleared. One follows the other, and none takes what another is writing.
// SPDX-License-Identifier: MIT

import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackupService } from '../../../src/main/services/backup-service.ts';
import { ItemChanges } from '../../../src/main/services/item-changes.ts';
import { nodeBackupFiles } from '../../../src/main/storage/node-backup-files.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { VaultError } from '../../../src/main/vault/vault-error.ts';
import { loginItem } from '../../support/canary-items.ts';
import { code } from '../../support/error-code.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { createTestVault } from '../../support/vault-fixture.ts';
import { vaultTools, type VaultTools } from '../../support/vault-tools.ts';

/** Copies end when they are told to, in the order in which they began. */
class SlowStore extends MemoryVaultStore {
  readonly begun: string[] = [];
  readonly #ends: ((failure?: Error) => void)[] = [];

  override copyTo(path: string): Promise<void> {
    writeFileSync(path, 'copy');
    this.begun.push(path);
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    this.#ends.push((failure) => {
      if (failure) reject(failure);
      else resolve(undefined);
    });
    return promise;
  }

  end(failure?: Error): void {
    this.#ends.shift()?.(failure);
  }
}

let folder: string;
let tools: VaultTools;
let store: SlowStore;
let vault: UnlockedVault;
let backups: BackupService;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-backups-'));
  tools = vaultTools('backups at once');
  store = new SlowStore();
  vault = await createTestVault(store, tools);
  vault.save(loginItem(vault.newItemId()));
  backups = new BackupService({
    changes: new ItemChanges({ vault: () => vault, onChanged: () => undefined }),
    files: nodeBackupFiles,
    vaultPath: () => join(folder, 'Test.latchkey'),
    openStore: () => new MemoryVaultStore(structuredClone(store.file)),
    clock: tools.clock,
  });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const names = (): readonly string[] => readdirSync(join(folder, 'Test.backups'));
const drafts = (): readonly string[] => names().filter((name) => name.endsWith('.part'));

/** Until nothing that was asked for goes on by itself. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('two backups at once', () => {
  it('are both made, one after the other', async () => {
    const both = [backups.make(), backups.make()];
    await settle();
    expect([store.begun.length, drafts().length]).toEqual([1, 1]);
    tools.clock.turn(1_000);
    store.end();
    await settle();
    expect(store.begun).toHaveLength(2);
    tools.clock.turn(1_000);
    store.end();
    const [first, second] = await Promise.all(both);
    expect([first?.state, second?.state]).toEqual(['ready', 'ready']);
    expect(backups.list()).toEqual([second, first]);
    expect(drafts()).toEqual([]);
  });

  it('of which the first fails do not both fail', async () => {
    const [first, second] = [backups.make(), backups.make()];
    await settle();
    store.end(new VaultError('vault/write-failed', 'full'));
    await expect(first).rejects.toThrow(code('vault/write-failed'));
    await settle();
    store.end();
    expect((await second).state).toBe('ready');
    expect([names().length, drafts()]).toEqual([1, []]);
  });

  it('are one where the second is the daily one', async () => {
    const both = [backups.make(), backups.makeDaily()];
    await settle();
    store.end();
    await Promise.all(both);
    expect([store.begun.length, names().length]).toEqual([1, 1]);
  });

  it('are not made of another vault than they were asked for', async () => {
    const [first, second] = [backups.make(), backups.make()];
    await settle();
    const other = await createTestVault(new MemoryVaultStore(), tools);
    vault.close();
    vault = other;
    store.end();
    await Promise.allSettled([first]);
    await expect(second).rejects.toThrow(code('vault/locked'));
    expect(store.begun).toHaveLength(1);
  });
});

describe('left-overs of a backup that was cut off', () => {
  const leftOver = (): string => join(folder, 'Test.backups', '.00112233aabbccdd.part');
  beforeEach(() => {
    mkdirSync(join(folder, 'Test.backups'));
    for (const suffix of ['', '-wal', '-journal']) writeFileSync(leftOver() + suffix, 'half');
  });

  it('go with the next one', async () => {
    const made = backups.make();
    await settle();
    expect([existsSync(leftOver()), names().length]).toEqual([false, 1]);
    store.end();
    await made;
    expect([names().length, drafts()]).toEqual([1, []]);
  });

  it('go when backups are seen to, and what is being written stays', async () => {
    const made = backups.make();
    const mended = backups.mend();
    await settle();
    expect(drafts()).toHaveLength(1);
    writeFileSync(leftOver(), 'half');
    store.end();
    await Promise.all([made, mended]);
    expect([backups.list().length, drafts()]).toEqual([1, []]);
  });
});
