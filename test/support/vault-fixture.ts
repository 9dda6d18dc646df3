// Vaults for tests: quick to make, filled with items whose every text is recognisable.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../src/shared/brand.ts';
import { toUtf8 } from '../../src/shared/bytes.ts';
import { hkdfSha256 } from '../../src/main/crypto/digest.ts';
import { encodeKdfBlock, KDF_FLOOR } from '../../src/main/crypto/password-kdf.ts';
import type { KdfParameters, PasswordKdf } from '../../src/main/crypto/password-kdf.ts';
import { SecretBytes } from '../../src/main/crypto/secret-bytes.ts';
import type { LoginItem, PasskeyItem } from '../../src/main/vault/item.ts';
import type { UnlockedVault } from '../../src/main/vault/unlocked-vault.ts';
import { createVault, unlockVault } from '../../src/main/vault/vault.ts';
import type { VaultStore } from '../../src/main/vault/vault-store.ts';
import { HandClock } from './hand-clock.ts';
import { seededRandom } from './seeded-random.ts';

export const PASSWORD = 'correct horse battery staple';

export function secret(text: string): SecretBytes {
  return SecretBytes.take(toUtf8(text));
}

/** Stands in for Argon2id where a test makes thousands of attempts; keeps count, depends on all of its inputs. */
export class QuickKdf {
  readonly runs: KdfParameters[] = [];

  readonly derive: PasswordKdf = (password, salt, parameters) => {
    this.runs.push(parameters);
    const info = encodeKdfBlock(parameters);
    return Promise.resolve(
      SecretBytes.take(password.use((bytes) => hkdfSha256(bytes, { salt, info, length: 32 }))),
    );
  };
}

export interface VaultTools {
  readonly random: ReturnType<typeof seededRandom>;
  readonly clock: HandClock;
  readonly kdf: QuickKdf;
}

export function vaultTools(seed: string): VaultTools {
  return { random: seededRandom(seed), clock: new HandClock(), kdf: new QuickKdf() };
}

export async function createTestVault(
  store: VaultStore,
  { random, clock, kdf }: VaultTools,
): Promise<UnlockedVault> {
  using password = secret(PASSWORD);
  const deriveKey = kdf.derive;
  return await createVault(store, { password, random, clock, deriveKey, kdf: KDF_FLOOR });
}

export async function unlockTestVault(
  store: VaultStore,
  { random, clock, kdf }: VaultTools,
  text = PASSWORD,
): Promise<UnlockedVault | 'wrong-password'> {
  using password = secret(text);
  return await unlockVault(store, { password, random, clock, deriveKey: kdf.derive });
}

/** For tests that are about what comes after: fails where the password is refused. */
export async function reopenTestVault(
  store: VaultStore,
  tools: VaultTools,
): Promise<UnlockedVault> {
  const vault = await unlockTestVault(store, tools);
  if (vault === 'wrong-password') throw new Error('the fixture password was refused');
  return vault;
}

export function loginItem(id: ItemId, change: Partial<LoginItem> = {}): LoginItem {
  return {
    id,
    kind: 'login',
    title: 'Canary-title',
    username: 'canary-user@example.org',
    password: 'canary-password-8f2c',
    urls: ['https://login.canary-site.example/sign-in'],
    note: 'canary-note',
    tags: ['canary-tag'],
    favourite: false,
    createdAt: 1_700_000_000_000,
    modifiedAt: 1_700_000_000_001,
    trashedAt: null,
    ...change,
  };
}

export function passkeyItem(id: ItemId, change: Partial<PasskeyItem> = {}): PasskeyItem {
  return {
    id,
    kind: 'passkey',
    title: 'Canary-passkey',
    rpId: 'canary-rp.example',
    rpName: 'Canary-relying-party',
    userHandle: toUtf8('canary-user-handle'),
    userName: 'canary-passkey-user',
    userDisplayName: 'Canary Display Name',
    credentialId: toUtf8(`canary-credential-${id}`),
    algorithm: 'ES256',
    backupEligible: true,
    backupState: false,
    signCount: 0,
    note: 'canary-note',
    tags: [],
    favourite: true,
    createdAt: 1_700_000_000_000,
    modifiedAt: 1_700_000_000_000,
    trashedAt: null,
    ...change,
  };
}

/** What stands for a PKCS#8 document: the vault does not look inside. */
export function privateKeyBytes(label: string): SecretBytes {
  return secret(`canary-private-key-${label}`.padEnd(138, '.'));
}
