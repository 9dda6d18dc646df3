// The vault files that benchmarks run on: made once for a run, on a disk, and copied for whoever changes one.
// SPDX-License-Identifier: MIT

import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toUtf8 } from '../../src/shared/bytes.ts';
import { systemClock } from '../../src/shared/clock.ts';
import type { KdfParameters } from '../../src/main/crypto/password-kdf.ts';
import { systemRandom } from '../../src/main/crypto/random.ts';
import { SecretBytes } from '../../src/main/crypto/secret-bytes.ts';
import { generateSigningKey } from '../../src/main/crypto/signing-key.ts';
import { SqliteVaultStore } from '../../src/main/storage/sqlite-vault-store.ts';
import type { UnlockedVault } from '../../src/main/vault/unlocked-vault.ts';
import { createVault, unlockVault } from '../../src/main/vault/vault.ts';
import type { VaultStore } from '../../src/main/vault/vault-store.ts';
import { believableItem } from './believable-items.ts';

export const BENCH_PASSWORD = 'correct horse battery staple';
const SAVED_AT_ONCE = 5_000;

export class BenchVaults {
  readonly #folder: string;
  readonly #kdf: KdfParameters;

  constructor(folder: string, kdf: KdfParameters) {
    this.#folder = folder;
    this.#kdf = kdf;
  }

  pathOf(count: number): string {
    return join(this.#folder, `${String(count)}.latchkey`);
  }

  /** Makes the vault of `count` items where there is none yet. */
  async make(count: number): Promise<void> {
    if (existsSync(this.pathOf(count))) return;
    mkdirSync(this.#folder, { recursive: true });
    const vault = await makeVault(this.pathOf(count), this.#kdf);
    fill(vault, count);
    vault.close();
  }

  /** Lies on the disk when this returns: writing it back must not fall into what is measured. */
  copy(count: number, path: string): string {
    mkdirSync(dirname(path), { recursive: true });
    copyFileSync(this.pathOf(count), path);
    const file = openSync(path, 'r+');
    fsyncSync(file);
    closeSync(file);
    return path;
  }
}

/** An empty vault under the password of all benchmarks. */
export async function makeVault(path: string, kdf: KdfParameters): Promise<UnlockedVault> {
  using password = SecretBytes.take(toUtf8(BENCH_PASSWORD));
  const store = SqliteVaultStore.open(path, 'create');
  const tools = { random: systemRandom, clock: systemClock };
  return await createVault(store, { password, kdf, ...tools });
}

export function fill(vault: UnlockedVault, count: number): void {
  for (let first = 0; first < count; first += SAVED_AT_ONCE) {
    const length = Math.min(SAVED_AT_ONCE, count - first);
    const entries = Array.from({ length }, (_, offset) => {
      const item = believableItem(first + offset, vault.newItemId());
      if (item.kind !== 'passkey') return { item };
      return { item, privateKey: generateSigningKey('ES256', systemRandom).privateKey };
    });
    vault.saveAll(entries);
    for (const { privateKey } of entries) privateKey?.dispose();
  }
}

/** As the product unlocks, the file opened first. `wrap` may put something between vault and store. */
export async function openVault(
  path: string,
  wrap: (store: VaultStore) => VaultStore = (store) => store,
): Promise<UnlockedVault> {
  using password = SecretBytes.take(toUtf8(BENCH_PASSWORD));
  const vault = await unlockVault(wrap(SqliteVaultStore.open(path)), {
    secret: { type: 'password', password },
    random: systemRandom,
    clock: systemClock,
  });
  if (vault === 'wrong-password') throw new Error('bench: the password was refused');
  return vault;
}
