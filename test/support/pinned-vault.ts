// A vault in memory on a machine that remembers: its states can be kept and put back, as whoever holds the file can.
// SPDX-License-Identifier: MIT

import type { UnlockSecret } from '../../src/main/vault/slot-secret.ts';
import type { UnlockedVault } from '../../src/main/vault/unlocked-vault.ts';
import { VaultError } from '../../src/main/vault/vault-error.ts';
import { createVault, unlockVault } from '../../src/main/vault/vault.ts';
import type { KdfParameters } from '../../src/main/crypto/password-kdf.ts';
import { KDF_FLOOR } from '../../src/main/crypto/password-kdf.ts';
import { loginItem } from './canary-items.ts';
import { MemoryPinStore } from './memory-pin-store.ts';
import { type MemoryVaultFile, MemoryVaultStore } from './memory-vault-store.ts';
import { PASSWORD, passwordSecret, secret } from './unlock-secrets.ts';
import { vaultTools } from './vault-tools.ts';

export class PinnedVault {
  file: MemoryVaultFile = new MemoryVaultStore().file;
  /** What the machine remembers; another machine has another. */
  pins = new MemoryPinStore();
  readonly tools;

  constructor(seed: string) {
    this.tools = vaultTools(seed);
  }

  get kdfRuns(): number {
    return this.tools.kdf.runs.length;
  }

  async create(kdf: KdfParameters = KDF_FLOOR): Promise<UnlockedVault> {
    const { random, clock, kdf: quick } = this.tools;
    const store = new MemoryVaultStore(this.file);
    using password = secret(PASSWORD);
    const options = { password, random, clock, deriveKey: quick.derive, kdf, pins: this.pins };
    return await createVault(store, options);
  }

  async open(
    options: { readonly acceptOlder?: boolean; readonly by?: UnlockSecret } = {},
  ): Promise<UnlockedVault> {
    const { acceptOlder = false, by = passwordSecret() } = options;
    const { random, clock, kdf } = this.tools;
    const vault = await unlockVault(new MemoryVaultStore(this.file), {
      ...{ secret: by, random, clock, deriveKey: kdf.derive, pins: this.pins, acceptOlder },
    });
    if (vault === 'wrong-password') throw new Error('the secret was refused');
    return vault;
  }

  /** Unlocks, does something, locks. */
  async visit(work: (vault: UnlockedVault) => unknown = () => undefined): Promise<void> {
    const vault = await this.open();
    await work(vault);
    vault.close();
  }

  /** What opening comes to: the state of the memory, or why it was refused. */
  async outcome(options: Parameters<PinnedVault['open']>[0] = {}): Promise<string> {
    try {
      const vault = await this.open(options);
      const { pins } = vault;
      vault.close();
      return pins;
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      const { step, of } = error.details;
      return [error.code, step, of]
        .filter((one) => one !== undefined)
        .map(String)
        .join(' ');
    }
  }

  keepState(): MemoryVaultFile {
    return structuredClone(this.file);
  }

  putBack(state: MemoryVaultFile): void {
    this.file = structuredClone(state);
  }
}

export function saveOne(vault: UnlockedVault): void {
  vault.save(loginItem(vault.newItemId()));
}
