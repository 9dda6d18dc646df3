// Vaults for tests, quick to make and to open.
// SPDX-License-Identifier: MIT

import { KDF_FLOOR } from '../../src/main/crypto/password-kdf.ts';
import type { UnlockSecret } from '../../src/main/vault/slot-secret.ts';
import type { UnlockedVault } from '../../src/main/vault/unlocked-vault.ts';
import { createVault, unlockVault } from '../../src/main/vault/vault.ts';
import type { VaultStore } from '../../src/main/vault/vault-store.ts';
import { PASSWORD, passwordSecret, secret } from './unlock-secrets.ts';
import { type VaultTools, vaultTools } from './vault-tools.ts';

export async function createTestVault(
  store: VaultStore,
  { random, clock, kdf }: VaultTools,
): Promise<UnlockedVault> {
  using password = secret(PASSWORD);
  const deriveKey = kdf.derive;
  return await createVault(store, { password, random, clock, deriveKey, kdf: KDF_FLOOR });
}

/** A vault in a store of its own, with what it works with; `seed` gives all that is random in it. */
export async function testVaultIn<Store extends VaultStore>(store: Store, seed: string) {
  const tools = vaultTools(seed);
  return { tools, store, vault: await createTestVault(store, tools) };
}

export async function unlockTestVault(
  store: VaultStore,
  { random, clock, kdf }: VaultTools,
  by: string | UnlockSecret = PASSWORD,
): Promise<UnlockedVault | 'wrong-password'> {
  const presented = typeof by === 'string' ? passwordSecret(by) : by;
  return await unlockVault(store, { secret: presented, random, clock, deriveKey: kdf.derive });
}

/** For tests that are about what comes after: fails where the secret is refused. */
export async function reopenTestVault(
  store: VaultStore,
  tools: VaultTools,
  by: string | UnlockSecret = PASSWORD,
): Promise<UnlockedVault> {
  const vault = await unlockTestVault(store, tools, by);
  if (vault === 'wrong-password') throw new Error('the fixture password was refused');
  return vault;
}

/** Reads every row, as the product does in the background, and says what came of it. */
export function checkAllRows(vault: UnlockedVault): UnlockedVault['integrity'] {
  while (!vault.checkRows(64));
  return vault.integrity;
}
