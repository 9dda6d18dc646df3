// The ways into an open vault: each opens it, and no change of one costs another.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { deriveKey } from '../../../src/main/crypto/keys.ts';
import { DEFAULT_KDF, KDF_FLOOR, type PasswordKdf } from '../../../src/main/crypto/password-kdf.ts';
import type { UnlockSecret } from '../../../src/main/vault/slot-secret.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { VaultError } from '../../../src/main/vault/vault-error.ts';
import { parseHeader } from '../../../src/main/vault/vault-header.ts';
import { unlockVault } from '../../../src/main/vault/vault.ts';
import type { VaultChange } from '../../../src/main/vault/vault-store.ts';
import { loginItem } from '../../support/canary-items.ts';
import { code } from '../../support/error-code.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import {
  keyFileSecret,
  passwordSecret,
  recoverySecret,
  secret,
} from '../../support/unlock-secrets.ts';
import {
  checkAllRows,
  reopenTestVault,
  testVaultIn,
  unlockTestVault,
} from '../../support/vault-fixture.ts';
import type { VaultTools } from '../../support/vault-tools.ts';

async function openVault(seed: string) {
  const { tools, store, vault } = await testVaultIn(new FullStore(), seed);
  vault.save(loginItem(vault.newItemId()));
  return new AccessWorld(vault, store, tools);
}

class FullStore extends MemoryVaultStore {
  isFull = false;

  override commit(change: VaultChange): void {
    if (this.isFull) throw new VaultError('vault/write-failed', 'disk full');
    super.commit(change);
  }
}

class AccessWorld {
  vault: UnlockedVault;
  readonly store: FullStore;
  readonly tools: VaultTools;

  constructor(vault: UnlockedVault, store: FullStore, tools: VaultTools) {
    this.vault = vault;
    this.store = store;
    this.tools = tools;
  }

  get generation(): number {
    return parseHeader(this.store.file.header ?? new Uint8Array(0)).generation;
  }

  /** Which of these open the file as it lies there now. */
  async opens(...secrets: readonly UnlockSecret[]): Promise<boolean[]> {
    const found: boolean[] = [];
    for (const one of secrets) {
      const vault = await unlockTestVault(new MemoryVaultStore(this.store.file), this.tools, one);
      found.push(vault !== 'wrong-password');
      if (vault === 'wrong-password') continue;
      expect([...vault.overviews()]).toHaveLength(1);
      expect(checkAllRows(vault)).toBe('intact');
      vault.close();
    }
    return found;
  }

  async addRecovery(label: string, name = label): Promise<string> {
    using opened = await this.vault.access.authorise(passwordSecret());
    return await this.vault.access.addRecovery(opened.rootKey, recoverySecret(label).key, name);
  }

  async reopen(by: UnlockSecret): Promise<void> {
    this.vault.close();
    this.vault = await reopenTestVault(new MemoryVaultStore(this.store.file), this.tools, by);
  }
}

describe('slots', () => {
  it('of a new vault are one password without a name', async () => {
    const { vault, tools } = await openVault('new');
    const madeAt = tools.clock.now();
    expect(vault.access.slots()).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        type: 'password',
        name: '',
        createdAt: madeAt,
        kdf: KDF_FLOOR,
      },
    ]);
  });

  it('each open the vault, and are told with their names over closing', async () => {
    const world = await openVault('each');
    const now = world.tools.clock.now();
    const a = await world.addRecovery('a', 'Safe');
    world.tools.clock.turn(5000);
    const b = await world.addRecovery('b', 'Bank');
    expect(await world.opens(passwordSecret(), recoverySecret('a'), recoverySecret('b'))).toEqual([
      true,
      true,
      true,
    ]);
    expect(await world.opens(passwordSecret('a'), recoverySecret('c'), keyFileSecret(''))).toEqual([
      false,
      false,
      false,
    ]);
    await world.reopen(recoverySecret('b'));
    expect(world.vault.access.slots().slice(1)).toEqual([
      { id: a, type: 'recovery', name: 'Safe', createdAt: now, kdf: null },
      { id: b, type: 'recovery', name: 'Bank', createdAt: now + 5000, kdf: null },
    ]);
  });

  it('are renamed and removed after a secret was presented, and stay as they are without', async () => {
    const world = await openVault('rename');
    const id = await world.addRecovery('a', 'Safe');
    const { access } = world.vault;
    for (const wrong of [passwordSecret('wrong'), recoverySecret('b'), keyFileSecret('f')]) {
      await expect(access.rename(wrong, id, 'Mine')).rejects.toThrow(code('vault/wrong-password'));
      await expect(access.remove(wrong, id)).rejects.toThrow(code('vault/wrong-password'));
      await expect(access.authorise(wrong)).rejects.toThrow(code('vault/wrong-password'));
      await expect(access.changePassword(wrong, secret('new'), KDF_FLOOR)).rejects.toThrow(
        code('vault/wrong-password'),
      );
      await expect(access.rekey([wrong], () => undefined)).rejects.toThrow(
        code('vault/wrong-password'),
      );
    }
    expect(access.slots()[1]?.name).toBe('Safe');
    const { generation } = world;
    await access.rename(recoverySecret('a'), id, 'Drawer');
    expect(world.generation).toBe(generation);
    await world.reopen(passwordSecret());
    expect(world.vault.access.slots()[1]?.name).toBe('Drawer');
    await world.vault.access.remove(passwordSecret(), id);
    expect(world.generation).toBe(generation + 1);
    expect(await world.opens(passwordSecret(), recoverySecret('a'))).toEqual([true, false]);
    expect(world.vault.document('slotNames')).toEqual([]);
  });

  it('may lose the password as long as another stays, and get one again', async () => {
    const world = await openVault('no-password');
    await world.addRecovery('a');
    const { access } = world.vault;
    const [password, recovery] = access.slots().map(({ id }) => id);
    await access.remove(passwordSecret(), password ?? '');
    expect(await access.verifyPassword(secret('anything'))).toBe(false);
    await expect(access.remove(recoverySecret('a'), recovery ?? '')).rejects.toThrow(
      code('keys/last-way-in'),
    );
    await access.changePassword(recoverySecret('a'), secret('again'), KDF_FLOOR);
    expect(
      await world.opens(passwordSecret(), passwordSecret('again'), recoverySecret('a')),
    ).toEqual([false, true, true]);
  });

  it('that are not there cannot be named or removed', async () => {
    const { vault } = await openVault('unknown');
    const unknown = 'ff'.repeat(16);
    await expect(vault.access.rename(passwordSecret(), unknown, 'x')).rejects.toThrow(
      code('keys/slot-not-found'),
    );
    await expect(vault.access.remove(passwordSecret(), unknown)).rejects.toThrow(
      code('keys/slot-not-found'),
    );
  });

  it('are as they were where the change cannot be written', async () => {
    const world = await openVault('full');
    const id = await world.addRecovery('a', 'Safe');
    const { access } = world.vault;
    const before = [access.slots(), structuredClone(world.store.file)];
    world.store.isFull = true;
    const attempts = [
      () => access.changePassword(passwordSecret(), secret('new'), KDF_FLOOR),
      () => access.requireKeyFile(passwordSecret(), secret('f'.repeat(32)), 'file'),
      () => access.remove(passwordSecret(), id),
      () => access.rename(passwordSecret(), id, 'Other'),
      () => access.raiseCost(passwordSecret(), DEFAULT_KDF),
      () => access.rekey([passwordSecret()], () => undefined),
      () => world.addRecovery('b'),
    ];
    for (const attempt of attempts)
      await expect(attempt()).rejects.toThrow(code('vault/write-failed'));
    expect([access.slots(), world.store.file]).toEqual(before);
    world.store.isFull = false;
    await access.changePassword(passwordSecret(), secret('new'), KDF_FLOOR);
    expect(await world.opens(passwordSecret('new'), recoverySecret('a'))).toEqual([true, true]);
  });
});

describe('the master password', () => {
  it('is changed by itself, and leaves the others as they are', async () => {
    const world = await openVault('change');
    await world.addRecovery('a');
    const { generation } = world;
    await world.vault.access.changePassword(passwordSecret(), secret('new'), DEFAULT_KDF);
    expect(world.generation).toBe(generation + 1);
    expect(world.vault.access.slots()[0]?.kdf).toEqual(DEFAULT_KDF);
    expect(await world.opens(passwordSecret(), passwordSecret('new'), recoverySecret('a'))).toEqual(
      [false, true, true],
    );
    // The open vault goes on.
    world.vault.save({
      ...loginItem([...world.vault.overviews()][0]?.id ?? world.vault.newItemId()),
      title: 'after',
    });
    expect(await world.opens(passwordSecret('new'))).toEqual([true]);
  });

  it('runs the whole KDF each time it is verified', async () => {
    const { vault, tools } = await openVault('verify');
    tools.kdf.runs.length = 0;
    expect(await vault.access.verifyPassword(secret('correct horse battery staple'))).toBe(true);
    expect(await vault.access.verifyPassword(secret('wrong'))).toBe(false);
    expect(tools.kdf.runs).toEqual([KDF_FLOOR, KDF_FLOOR]);
  });

  it('costs more once it has been raised, and a recovery key has no cost', async () => {
    const world = await openVault('raise');
    await world.addRecovery('a');
    await world.addRecovery('b');
    const dearer = { ...KDF_FLOOR, passes: 5 };
    await world.vault.access.raiseCost(passwordSecret(), dearer);
    expect(world.vault.access.slots()[0]?.kdf).toEqual(dearer);
    await expect(world.vault.access.raiseCost(recoverySecret('b'), dearer)).rejects.toThrow(
      'costs nothing',
    );
    const all = [passwordSecret(), recoverySecret('a'), recoverySecret('b')];
    expect(await world.opens(...all)).toEqual([true, true, true]);
    await expect(world.vault.access.raiseCost(passwordSecret('wrong'), dearer)).rejects.toThrow(
      code('vault/wrong-password'),
    );
  });
});

describe('a key file', () => {
  const file = () => keyFileSecret('file');
  const required = async (seed: string) => {
    const world = await openVault(seed);
    const present = file();
    if (present.type !== 'password-key-file') throw new Error('another secret');
    await world.vault.access.requireKeyFile(passwordSecret(), present.keyFile, 'key.bin');
    return world;
  };

  it('is required from then on, together with the password', async () => {
    const world = await required('require');
    expect(world.vault.access.slots()).toMatchObject([
      { type: 'password-key-file', name: 'key.bin', kdf: KDF_FLOOR },
    ]);
    const wrong = [
      passwordSecret(),
      keyFileSecret('other'),
      keyFileSecret('file', 'wrong'),
      keyFileSecret(''),
    ];
    expect(await world.opens(file(), ...wrong)).toEqual([true, false, false, false, false]);
    expect(await world.vault.access.verifyPassword(secret('correct horse battery staple'))).toBe(
      true,
    );
    expect(await world.vault.access.verifyPassword(secret('wrong'))).toBe(false);
  });

  it('stays required when the password is changed, whatever opened the vault', async () => {
    const world = await required('stays');
    await world.vault.access.changePassword(file(), secret('second'), KDF_FLOOR);
    expect(
      await world.opens(file(), passwordSecret('second'), keyFileSecret('file', 'second')),
    ).toEqual([false, false, true]);
    using opened = await world.vault.access.authorise(keyFileSecret('file', 'second'));
    await world.vault.access.addRecovery(opened.rootKey, recoverySecret('a').key, 'a');
    // By the recovery key, while the file is known from unlocking.
    await world.vault.access.changePassword(recoverySecret('a'), secret('third'), KDF_FLOOR);
    expect(
      await world.opens(
        keyFileSecret('file', 'third'),
        passwordSecret('third'),
        recoverySecret('a'),
      ),
    ).toEqual([true, false, true]);
  });

  it('is given up by whoever has lost it and presents the recovery key', async () => {
    const world = await required('lost');
    using opened = await world.vault.access.authorise(file());
    await world.vault.access.addRecovery(opened.rootKey, recoverySecret('a').key, 'a');
    await world.reopen(recoverySecret('a'));
    expect(await world.vault.access.verifyPassword(secret('correct horse battery staple'))).toBe(
      false,
    );
    await world.vault.access.changePassword(recoverySecret('a'), secret('alone'), KDF_FLOOR);
    expect(
      await world.opens(passwordSecret('alone'), keyFileSecret('file', 'alone'), file()),
    ).toEqual([true, false, false]);
  });

  it('can be another one, and can be dropped by whoever has it', async () => {
    const world = await required('drop');
    const other = keyFileSecret('other');
    if (other.type !== 'password-key-file') throw new Error('another secret');
    await world.vault.access.requireKeyFile(file(), other.keyFile, 'other.bin');
    expect(await world.opens(file(), keyFileSecret('other'))).toEqual([false, true]);
    expect(world.vault.access.slots()[0]?.name).toBe('other.bin');
    for (const wrong of [passwordSecret(), file(), recoverySecret('a')]) {
      await expect(world.vault.access.dropKeyFile(wrong)).rejects.toThrow(
        code('vault/wrong-password'),
      );
    }
    await world.vault.access.dropKeyFile(keyFileSecret('other'));
    expect(await world.opens(passwordSecret(), keyFileSecret('other'))).toEqual([true, false]);
    expect(await world.vault.access.verifyPassword(secret('correct horse battery staple'))).toBe(
      true,
    );
  });

  it('is asked for with the password and with nothing else', async () => {
    const world = await openVault('ask');
    await world.addRecovery('a');
    const { access } = world.vault;
    await expect(
      access.requireKeyFile(recoverySecret('a'), secret('f'.repeat(32)), 'x'),
    ).rejects.toThrow('present the password');
    await expect(
      access.requireKeyFile(passwordSecret('wrong'), secret('f'.repeat(32)), 'x'),
    ).rejects.toThrow(code('vault/wrong-password'));
    await expect(
      access.requireKeyFile(keyFileSecret('f'), secret('f'.repeat(32)), 'x'),
    ).rejects.toThrow(code('vault/wrong-password'));
    expect(await world.opens(passwordSecret())).toEqual([true]);
  });
});

/** A KDF that waits until it is let go, so that something else can happen meanwhile. */
class HeldKdf {
  isHeld = false;
  #waiting: (() => void)[] = [];
  readonly #derive: PasswordKdf;

  constructor(derive: PasswordKdf) {
    this.#derive = derive;
  }

  readonly derive: PasswordKdf = async (...input) => {
    if (this.isHeld) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return await this.#derive(...input);
  };

  letGo(): void {
    this.isHeld = false;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

describe('two changes at once', () => {
  const hold = async (seed: string) => {
    const world = await openVault(seed);
    await world.addRecovery('a');
    world.vault.close();
    const kdf = new HeldKdf(world.tools.kdf.derive);
    const { random, clock } = world.tools;
    const options = { secret: passwordSecret(), random, clock, deriveKey: kdf.derive };
    const vault = await unlockVault(new MemoryVaultStore(world.store.file), options);
    if (vault === 'wrong-password') throw new Error('the fixture password was refused');
    world.vault = vault;
    return { world, kdf, access: vault.access };
  };

  it('end with the first that was written; the other says so and nobody is locked out', async () => {
    const { world, kdf, access } = await hold('race');
    const waiting = [
      (): Promise<unknown> => access.changePassword(passwordSecret(), secret('lost'), KDF_FLOOR),
      (): Promise<unknown> => access.raiseCost(passwordSecret(), DEFAULT_KDF),
      (): Promise<unknown> =>
        access.rekey([passwordSecret(), recoverySecret('a')], () => undefined),
    ];
    for (const start of waiting) {
      kdf.isHeld = true;
      const slow = start();
      const refused = expect(slow).rejects.toMatchObject({ details: { reason: 'header-changed' } });
      // The recovery key runs no KDF, so this one gets ahead.
      await access.rekey([recoverySecret('a')], () => undefined);
      kdf.letGo();
      await refused;
      expect(await world.opens(recoverySecret('a'), passwordSecret('lost'))).toEqual([true, false]);
      await access.changePassword(
        recoverySecret('a'),
        secret('correct horse battery staple'),
        KDF_FLOOR,
      );
      expect(await world.opens(passwordSecret(), recoverySecret('a'))).toEqual([true, true]);
    }
  });

  it('do not let the root key of a former epoch into a slot of the next', async () => {
    const { world, access } = await hold('old-root');
    using opened = await access.authorise(recoverySecret('a'));
    await access.rekey([passwordSecret(), recoverySecret('a')], () => undefined);
    await expect(
      access.addRecovery(opened.rootKey, recoverySecret('b').key, 'b'),
    ).rejects.toMatchObject({
      code: 'vault/write-failed',
      details: { reason: 'header-changed' },
    });
    expect(await world.opens(passwordSecret(), recoverySecret('a'), recoverySecret('b'))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('do not seal an old root key for quick unlock', async () => {
    const { kdf, access, world } = await hold('old-quick');
    using opened = await access.authorise(recoverySecret('a'));
    using under = deriveKey(opened.rootKey, { label: 'quickUnlock', salt: world.vault.vaultId });
    kdf.isHeld = true;
    const slow = access.sealForQuickUnlock(passwordSecret(), under);
    const refused = expect(slow).rejects.toMatchObject({ details: { reason: 'header-changed' } });
    await access.rekey([recoverySecret('a')], () => undefined);
    kdf.letGo();
    await refused;
  });
});

describe('a vault that is closed while something waits', () => {
  it('answers nothing and changes nothing', async () => {
    const starts: ((vault: UnlockedVault) => Promise<unknown>)[] = [
      ({ access }) => access.verify(passwordSecret()),
      ({ access }) => access.verifyPassword(secret('correct horse battery staple')),
      ({ access }) => access.authorise(passwordSecret()),
      ({ access }) => access.changePassword(passwordSecret(), secret('new'), KDF_FLOOR),
      ({ access }) => access.raiseCost(passwordSecret(), DEFAULT_KDF),
      ({ access }) => access.remove(passwordSecret(), access.slots()[1]?.id ?? ''),
      ({ access }) => access.rename(passwordSecret(), access.slots()[1]?.id ?? '', 'x'),
      ({ access }) => access.rekey([passwordSecret()], () => undefined),
    ];
    for (const start of starts) {
      const world = await openVault('closed');
      await world.addRecovery('a', 'Safe');
      const before = structuredClone(world.store.file);
      const waiting = start(world.vault);
      world.vault.close();
      await expect(waiting, String(start)).rejects.toThrow(code('vault/locked'));
      expect(world.store.file).toEqual(before);
    }
  });

  it('adds no recovery key any more', async () => {
    const world = await openVault('closed-add');
    using opened = await world.vault.access.authorise(passwordSecret());
    world.vault.close();
    await expect(
      world.vault.access.addRecovery(opened.rootKey, recoverySecret('a').key, 'a'),
    ).rejects.toThrow(code('vault/locked'));
  });
});
