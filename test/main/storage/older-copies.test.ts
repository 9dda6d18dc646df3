// Older copies of a real vault file put in its place, and a real process killed between the vault and the memory of it.
// SPDX-License-Identifier: MIT

import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import { nodePinFiles } from '../../../src/main/storage/node-pin-file.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqlite-vault-store.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { createVault, unlockVault } from '../../../src/main/vault/vault.ts';
import { loginItem } from '../../support/canary-items.ts';
import { PASSWORD, passwordSecret, secret } from '../../support/unlock-secrets.ts';
import { checkAllRows } from '../../support/vault-fixture.ts';
import { ended, startProgram, VaultFolder } from '../../support/vault-folder.ts';
import { vaultTools } from '../../support/vault-tools.ts';

const CHANGE_UNTIL_KILLED = `${import.meta.dirname}/children/change-until-killed.ts`;
const STATES = 20;

/** A vault file and a machine beside it. */
class Machine implements Disposable {
  readonly folder = new VaultFolder();
  readonly path = this.folder.file();
  readonly pinsFolder = this.folder.file('pins');
  readonly #tools;

  constructor(seed: string) {
    this.#tools = vaultTools(seed);
  }

  async create(): Promise<void> {
    using password = secret(PASSWORD);
    const { random, clock, kdf } = this.#tools;
    const pins = nodePinFiles(this.pinsFolder);
    const options = { password, random, clock, deriveKey: kdf.derive, kdf: KDF_FLOOR, pins };
    (await createVault(SqliteVaultStore.open(this.path, 'create'), options)).close();
  }

  async open(password = PASSWORD, acceptOlder = false): Promise<UnlockedVault> {
    const { random, clock, kdf } = this.#tools;
    const store = SqliteVaultStore.open(this.path);
    try {
      const vault = await unlockVault(store, {
        ...{ secret: passwordSecret(password), random, clock, deriveKey: kdf.derive },
        ...{ pins: nodePinFiles(this.pinsFolder), acceptOlder },
      });
      if (vault === 'wrong-password') throw new Error('the password was refused');
      return vault;
    } catch (error) {
      store.close();
      throw error;
    }
  }

  async codeOf(password?: string): Promise<string> {
    try {
      const vault = await this.open(password);
      const { pins } = vault;
      vault.close();
      return pins;
    } catch (error) {
      return (error as { code: string }).code;
    }
  }

  pinBytes(): Buffer {
    const [name = ''] = readdirSync(this.pinsFolder);
    return readFileSync(join(this.pinsFolder, name));
  }

  restorePin(bytes: Buffer): void {
    const [name = ''] = readdirSync(this.pinsFolder);
    writeFileSync(join(this.pinsFolder, name), bytes);
  }

  [Symbol.dispose](): void {
    this.folder[Symbol.dispose]();
  }
}

const works: readonly ((vault: UnlockedVault) => unknown)[] = [
  (vault) => {
    vault.save(loginItem(vault.newItemId()));
  },
  (vault) => {
    const [first] = vault.overviews();
    if (first) vault.save({ ...loginItem(first.id), note: `at ${vault.revision}` });
  },
  (vault) => vault.access.raiseCost(passwordSecret(), KDF_FLOOR),
  (vault) => {
    vault.erase(Array.from(vault.overviews(), ({ id }) => id).slice(1, 2));
  },
];

describe('an older copy of the whole file', () => {
  it(`is reported, each of the last ${String(STATES)} states, and silent once it is accepted`, async () => {
    using machine = new Machine('states');
    await machine.create();
    for (let state = 0; state < STATES; state += 1) {
      copyFileSync(machine.path, machine.folder.file(`state-${String(state)}`));
      const vault = await machine.open();
      await works[state % works.length]?.(vault);
      vault.close();
    }
    const newest = readFileSync(machine.path);
    const pin = machine.pinBytes();
    const silent: number[] = [];
    for (let state = 0; state < STATES; state += 1) {
      copyFileSync(machine.folder.file(`state-${String(state)}`), machine.path);
      if ((await machine.codeOf()) !== 'vault/older-copy') silent.push(state);
      (await machine.open(PASSWORD, true)).close();
      expect(await machine.codeOf()).toBe('sound');
      // And further on from there.
      const vault = await machine.open();
      vault.save(loginItem(vault.newItemId()));
      expect(checkAllRows(vault)).toBe('intact');
      vault.close();
      machine.restorePin(pin);
    }
    expect(silent).toEqual([]);
    writeFileSync(machine.path, newest);
    expect(await machine.codeOf()).toBe('sound');
  });

  it('is not noticed by a machine whose memory was taken away with it', async () => {
    using machine = new Machine('both');
    await machine.create();
    const old = readFileSync(machine.path);
    const vault = await machine.open();
    vault.save(loginItem(vault.newItemId()));
    vault.close();
    writeFileSync(machine.path, old);
    rmSync(machine.pinsFolder, { recursive: true });
    expect(await machine.codeOf()).toBe('sound');
  });
});

describe('a process that is killed before it remembers', () => {
  it.each([
    ['save', PASSWORD],
    ['password', 'another password'],
    ['rekey', PASSWORD],
  ])('leaves no false alarm: %s', async (work, password) => {
    using machine = new Machine('killed');
    await machine.create();
    const before = machine.pinBytes();
    const old = readFileSync(machine.path);
    const parameters = [machine.path, machine.pinsFolder, work, 'killed'];
    const child = startProgram(CHANGE_UNTIL_KILLED, ...parameters);
    await ended(child);
    expect(child.signalCode).toBe('SIGKILL');
    expect(machine.pinBytes()).toEqual(before);
    expect(await machine.codeOf(password)).toBe('sound');
    expect(machine.pinBytes()).not.toEqual(before);
    for (const suffix of ['-wal', '-shm']) rmSync(machine.path + suffix, { force: true });
    writeFileSync(machine.path, old);
    expect(await machine.codeOf()).toBe('vault/older-copy');
  });
});
