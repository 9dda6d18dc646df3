// The sealed root key of quick unlock: it opens this vault in this epoch, under its key, and nothing else.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { KEY_BYTES, type QuickUnlockKey } from '../../../src/main/crypto/keys.ts';
import { KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { quickUnlockVault } from '../../../src/main/vault/vault.ts';
import { loginItem } from '../../support/canary-items.ts';
import { flippedBit } from '../../support/flipped-bits.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { passwordSecret, secret } from '../../support/unlock-secrets.ts';
import { checkAllRows, reopenTestVault, testVaultIn } from '../../support/vault-fixture.ts';

async function makeVault(seed: string) {
  const { tools, store, vault } = await testVaultIn(new MemoryVaultStore(), seed);
  const id = vault.newItemId();
  vault.save(loginItem(id));
  const key = SecretBytes.take(tools.random.bytes(KEY_BYTES)) as QuickUnlockKey;
  const sealed = await vault.access.sealForQuickUnlock(passwordSecret(), key);
  const unlock = (
    by: { readonly key?: QuickUnlockKey; readonly sealed?: Uint8Array } = {},
    file = store.file,
  ) => {
    const { random, clock, kdf } = tools;
    const options = { random, clock, deriveKey: kdf.derive, key, sealed, ...by };
    return quickUnlockVault(new MemoryVaultStore(file), options);
  };
  tools.kdf.runs.length = 0;
  return { tools, store, vault, id, key, sealed, unlock };
}

describe('quickUnlockVault', () => {
  it('opens the vault whole, without a run of the KDF', async () => {
    const { unlock, vault, id, tools } = await makeVault('opens');
    vault.close();
    const opened = await unlock();
    if (opened === 'wrong-password') throw new Error('refused its own key');
    expect(opened.get(id)).toEqual(loginItem(id));
    opened.save({ ...loginItem(id), title: 'second' });
    expect(checkAllRows(opened)).toBe('intact');
    expect(tools.kdf.runs).toEqual([]);
    opened.close();
  });

  it('is refused under another key, and with every bit of the sealed key flipped', async () => {
    const { unlock, sealed, tools } = await makeVault('wrong');
    const other = SecretBytes.take(tools.random.bytes(KEY_BYTES)) as QuickUnlockKey;
    expect(await unlock({ key: other })).toBe('wrong-password');
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = flippedBit(sealed, bit);
      expect(await unlock({ sealed: changed })).toBe('wrong-password');
    }
    for (const length of [0, 1, 24, 39, 40, 71]) {
      expect(await unlock({ sealed: sealed.subarray(0, length) })).toBe('wrong-password');
    }
  });

  it('is refused by another vault', async () => {
    const [one, other] = [await makeVault('one'), await makeVault('other')];
    expect(await one.unlock({}, other.store.file)).toBe('wrong-password');
    expect(await one.unlock({ sealed: other.sealed }, one.store.file)).toBe('wrong-password');
  });

  it('is refused after the vault was re-keyed, and stays good after a change of password', async () => {
    const { unlock, vault } = await makeVault('epoch');
    await vault.access.changePassword(passwordSecret(), secret('new'), KDF_FLOOR);
    const still = await unlock();
    expect(still).not.toBe('wrong-password');
    if (still !== 'wrong-password') still.close();
    await vault.access.rekey([passwordSecret('new')], () => undefined);
    expect(await unlock()).toBe('wrong-password');
  });

  it('opens no older copy of the file than that of its epoch', async () => {
    const { unlock, vault, store, tools, key } = await makeVault('older');
    const old = structuredClone(store.file);
    await vault.access.rekey([passwordSecret()], () => undefined);
    const sealed = await vault.access.sealForQuickUnlock(passwordSecret(), key);
    expect(await unlock({ sealed }, old)).toBe('wrong-password');
    const opened = await unlock({ sealed });
    expect(opened).not.toBe('wrong-password');
    (await reopenTestVault(new MemoryVaultStore(old), tools)).close();
  });

  it('is sealed for whoever presents a secret and for nobody else', async () => {
    const { vault, key } = await makeVault('present');
    await expect(
      vault.access.sealForQuickUnlock(passwordSecret('wrong'), key),
    ).rejects.toMatchObject({
      code: 'vault/wrong-password',
    });
    vault.close();
    await expect(vault.access.sealForQuickUnlock(passwordSecret(), key)).rejects.toMatchObject({
      code: 'vault/locked',
    });
  });
});
