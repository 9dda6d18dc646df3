// The secrets of the torture, by name: few, so that whoever finds a vault can say which of them open it.
// SPDX-License-Identifier: MIT

import { toUtf8 } from '../../src/shared/bytes.ts';
import type { PresentedSecret } from '../../src/shared/model/keys.ts';
import { toRecoveryWords } from '../../src/main/crypto/recovery-words.ts';
import type { UnlockSecret } from '../../src/main/vault/slot-secret.ts';
import type { UnlockedVault } from '../../src/main/vault/unlocked-vault.ts';
import type { VaultStore } from '../../src/main/vault/vault-store.ts';
import { PASSWORD, passwordSecret, recoverySecret } from '../support/unlock-secrets.ts';
import { unlockTestVault } from '../support/vault-fixture.ts';
import type { VaultTools } from '../support/vault-tools.ts';

/** That of every vault when it is made. */
export const FIRST_WAY = 'first password';
const PASSWORDS: Readonly<Record<string, string>> = {
  [FIRST_WAY]: PASSWORD,
  'second password': 'a second battery staple',
  'third password': 'a third battery staple',
};
export const PASSWORD_WAYS = Object.keys(PASSWORDS);
export const RECOVERY_WAYS = ['recovery one', 'recovery two'];

/** To be used once. */
export function secretFor(way: string): UnlockSecret {
  const password = PASSWORDS[way];
  return password === undefined ? recoverySecret(way) : passwordSecret(password);
}

export function presentedFor(way: string): PresentedSecret {
  const secret = secretFor(way);
  if (secret.type === 'recovery') {
    return { type: 'recovery', words: toUtf8(toRecoveryWords(secret.key).join(' ')) };
  }
  return { type: 'password', password: passwordBytes(way) };
}

export function passwordBytes(way: string): Uint8Array<ArrayBuffer> {
  return toUtf8(PASSWORDS[way] ?? '');
}

/** By the first secret that opens it; null where none does. Owns the store once it returns a vault. */
export async function unlockByAny(
  store: VaultStore,
  tools: VaultTools,
): Promise<UnlockedVault | null> {
  for (const way of [...PASSWORD_WAYS, ...RECOVERY_WAYS]) {
    const vault = await unlockTestVault(store, tools, secretFor(way));
    if (vault !== 'wrong-password') return vault;
  }
  return null;
}

/** Every secret that opens it now. */
export async function waysInto({ access }: UnlockedVault): Promise<readonly string[]> {
  const ways: string[] = [];
  for (const way of [...PASSWORD_WAYS, ...RECOVERY_WAYS]) {
    if (await access.verify(secretFor(way))) ways.push(way);
  }
  return ways;
}

/** The password among `ways`; there is one in every vault of the torture. */
export function passwordAmong(ways: readonly string[]): string {
  const password = ways.find((way) => way in PASSWORDS);
  if (password === undefined) throw new Error('ways: no password among them');
  return password;
}
