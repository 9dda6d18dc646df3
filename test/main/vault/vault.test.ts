// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { readyAead } from '../../../src/main/crypto/aead.ts';
import { deriveVaultKeys, randomVaultRootKey } from '../../../src/main/crypto/keys.ts';
import { DEFAULT_KDF, KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import { makeGenesis } from '../../../src/main/vault/genesis.ts';
import { openSlot, sealSlot } from '../../../src/main/vault/key-slot.ts';
import { ObjectSealer } from '../../../src/main/vault/object-sealer.ts';
import { createVault, unlockVault } from '../../../src/main/vault/vault.ts';
import {
  encodeHeader,
  NO_ROSTER,
  parseHeader,
  type VaultHeader,
} from '../../../src/main/vault/vault-header.ts';
import { sealMeta } from '../../../src/main/vault/vault-meta.ts';
import type { ObjectRole, SealedObject } from '../../../src/main/vault/vault-store.ts';
import type { DeviceId } from '../../../src/shared/brand.ts';
import { loginItem } from '../../support/canary-items.ts';
import { flipped, flippedBit } from '../../support/flipped-bits.ts';
import {
  emptyFile,
  type MemoryVaultFile,
  MemoryVaultStore,
} from '../../support/memory-vault-store.ts';
import {
  PASSWORD,
  keyFileSecret,
  passwordSecret,
  recoverySecret,
  secret,
} from '../../support/unlock-secrets.ts';
import {
  checkAllRows,
  createTestVault,
  reopenTestVault,
  testVaultIn,
  unlockTestVault,
} from '../../support/vault-fixture.ts';
import { type VaultTools, vaultTools } from '../../support/vault-tools.ts';

async function makeVault(seed: string) {
  const { tools, store, vault } = await testVaultIn(new MemoryVaultStore(), seed);
  const id = vault.newItemId();
  vault.save(loginItem(id));
  const { vaultId } = vault;
  vault.close();
  tools.kdf.runs.length = 0;
  return { tools, file: store.file, id, vaultId };
}

function headerOf(file: MemoryVaultFile): Uint8Array {
  if (file.header === null) throw new Error('the fixture has no header');
  return file.header;
}

function objectOf(file: MemoryVaultFile, role: ObjectRole): SealedObject {
  const object = file.objects.find((one) => one.role === role);
  if (object === undefined) throw new Error(`the fixture has no ${role}`);
  return object;
}

describe('createVault', () => {
  it('gives a vault that its password unlocks', async () => {
    const { tools, file, id, vaultId } = await makeVault('create');
    using vault = await reopenTestVault(new MemoryVaultStore(file), tools);
    expect(vault.vaultId).toEqual(vaultId);
    expect(vault.get(id)).toEqual(loginItem(id));
    expect(vault.integrity).toBe('checking');
    expect(checkAllRows(vault)).toBe('intact');
    expect(vault.verdict).toEqual({ isIntact: true, expectedRows: 2, foundRows: 2 });
  });

  it('makes no vault and no device twice', async () => {
    const tools = vaultTools('ids');
    const make = async () => {
      using vault = await createTestVault(new MemoryVaultStore(), tools);
      return { id: vault.vaultId, device: vault.deviceId, epoch: vault.access.epoch };
    };
    const made = [await make(), await make()];
    expect(made.map(({ epoch }) => epoch)).toEqual([1, 1]);
    expect(made[0]?.id).not.toEqual(made[1]?.id);
    expect(made[0]?.device).not.toEqual(made[1]?.device);
  });

  it('uses the default cost where none is given', async () => {
    const { random, clock, kdf } = vaultTools('default');
    const options = { random, clock, password: secret(PASSWORD), deriveKey: kdf.derive };
    (await createVault(new MemoryVaultStore(), options)).close();
    expect(kdf.runs).toEqual([DEFAULT_KDF]);
  });

  it('refuses costs out of bounds before any work, and makes nothing', async () => {
    const tools = vaultTools('bounds');
    const store = new MemoryVaultStore();
    const options = { ...tools, password: secret(PASSWORD), deriveKey: tools.kdf.derive };
    for (const kdf of [
      { ...KDF_FLOOR, passes: 2 },
      { ...KDF_FLOOR, memoryKib: 2 ** 31 },
    ]) {
      await expect(createVault(store, { ...options, kdf })).rejects.toMatchObject({
        code: 'vault/parameters-refused',
      });
    }
    expect(tools.kdf.runs).toEqual([]);
    expect(store.file).toEqual(emptyFile());
  });

  it('refuses a store that holds a vault and leaves that one as it was', async () => {
    const { tools, file } = await makeVault('twice');
    const before = structuredClone(file);
    await expect(createTestVault(new MemoryVaultStore(file), tools)).rejects.toMatchObject({
      code: 'vault/already-exists',
    });
    expect(file).toEqual(before);
  });

  it('works with Argon2id itself', async () => {
    const { random, clock } = vaultTools('argon2');
    const store = new MemoryVaultStore();
    const made = { password: secret(PASSWORD), random, clock, kdf: KDF_FLOOR };
    (await createVault(store, made)).close();
    const unlock = (by: string) =>
      unlockVault(new MemoryVaultStore(store.file), { secret: passwordSecret(by), random, clock });
    const reopened = await unlock(PASSWORD);
    if (reopened === 'wrong-password') throw new Error('refused its own password');
    expect(await reopened.access.verifyPassword(secret('another'))).toBe(false);
    expect(await reopened.access.verifyPassword(secret(PASSWORD))).toBe(true);
    reopened.close();
    expect(await unlock('wrong')).toBe('wrong-password');
  });
});

describe('unlockVault', () => {
  it('answers a wrong password after exactly the work of a right one', async () => {
    const { tools, file } = await makeVault('wrong');
    (await reopenTestVault(new MemoryVaultStore(file), tools)).close();
    const right = tools.kdf.runs.splice(0);
    const store = new MemoryVaultStore(file);
    expect(await unlockTestVault(store, tools, 'wrong')).toBe('wrong-password');
    expect(right).toEqual([KDF_FLOOR]);
    expect(tools.kdf.runs).toEqual(right);
  });

  it('leaves the store open after a wrong password, for the next try', async () => {
    const { tools, file } = await makeVault('retry');
    const store = new MemoryVaultStore(file);
    for (const wrong of ['', 'wrong', `${PASSWORD} `, PASSWORD.toUpperCase()]) {
      expect(await unlockTestVault(store, tools, wrong)).toBe('wrong-password');
    }
    using vault = await reopenTestVault(store, tools);
    expect(vault.size).toBe(1);
  });

  it('is refused at no cost where no slot takes such a secret', async () => {
    const { tools, file } = await makeVault('no-slot');
    for (const by of [recoverySecret('a'), keyFileSecret('file')]) {
      expect(await unlockTestVault(new MemoryVaultStore(file), tools, by)).toBe('wrong-password');
    }
    expect(tools.kdf.runs).toEqual([]);
  });

  it('refuses every flipped bit of the header', async () => {
    const { tools, file } = await makeVault('bits');
    const header = headerOf(file);
    const outcomes = new Map<string, number>();
    for (let bit = 0; bit < header.length * 8; bit += 1) {
      const changed = flippedBit(header, bit);
      const outcome = await unlockWith(tools, file, { header: changed });
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect([...outcomes.keys()].sort()).toEqual([
      'vault/header-damaged',
      'vault/parameters-refused',
      'vault/unsupported-version',
      'wrong-password',
    ]);
    const total = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
    expect(total).toBe(header.length * 8);
  });

  it('runs no KDF for a header that is refused before it', async () => {
    const { tools, file } = await makeVault('no-kdf');
    const header = headerOf(file);
    const changed = (offset: number, value: number): Uint8Array => {
      const bytes = Uint8Array.from(header);
      new DataView(bytes.buffer).setUint32(offset, value);
      return bytes;
    };
    const attempts: [Uint8Array, string][] = [
      [changed(72, 1024), 'vault/parameters-refused'],
      [changed(72, 0xffff_ffff), 'vault/parameters-refused'],
      [changed(76, 1), 'vault/parameters-refused'],
      [changed(80, 0), 'vault/parameters-refused'],
      [changed(8, 0x0002_0001), 'vault/unsupported-version'],
      [changed(0, 0), 'vault/header-damaged'],
      [header.subarray(0, 100), 'vault/header-damaged'],
      [new Uint8Array(0), 'vault/header-damaged'],
      [new Uint8Array(20_000), 'vault/header-damaged'],
    ];
    for (const [bytes, expected] of attempts) {
      expect(await unlockWith(tools, file, { header: bytes })).toBe(expected);
    }
    expect(tools.kdf.runs).toEqual([]);
  });

  it('refuses the header of another vault with the same password', async () => {
    const one = await makeVault('one');
    const other = await makeVault('other');
    const header = headerOf(other.file);
    expect(await unlockWith(one.tools, one.file, { header })).toBe('vault/corrupt');
  });

  it('refuses meta objects of another vault, changed ones, and the manifest in their place', async () => {
    const one = await makeVault('one');
    const other = await makeVault('other');
    const meta = objectOf(one.file, 'meta');
    const manifest = { ...objectOf(one.file, 'manifest'), role: 'meta' as const };
    const sealed = flipped(meta.sealed, 40);
    const attempts = [
      objectOf(other.file, 'meta'),
      { ...meta, sealed },
      { ...meta, sealed: meta.sealed.subarray(0, 10) },
      { ...meta, revision: { ...meta.revision, lamport: 1 } },
      { ...meta, epoch: 2 },
      manifest,
    ];
    for (const attempt of attempts) {
      const objects = one.file.objects.map((row) => (row.role === 'meta' ? attempt : row));
      expect(await unlockWith(one.tools, one.file, { objects })).toBe('vault/corrupt');
    }
    const objects = one.file.objects.filter(({ role }) => role !== 'meta');
    expect(await unlockWith(one.tools, one.file, { objects })).toBe('vault/corrupt');
  });

  it('refuses headers whose slot is right and whose rest was rewritten without the key', async () => {
    const { tools, file } = await makeVault('rest');
    const header = headerOf(file);
    const at = { generation: 47, roster: header.length - 64, mac: header.length - 1 };
    for (const offset of Object.values(at)) {
      const changed = flipped(header, offset);
      expect(await unlockWith(tools, file, { header: changed })).toBe('vault/header-damaged');
    }
  });

  it('takes an authentic header with a roster for a later version', async () => {
    const { tools, file } = await makeVault('roster');
    const header = await rewriteHeader(tools, file, (former) => ({
      ...former,
      rosterHash: new Uint8Array(32).fill(1),
    }));
    expect(await unlockWith(tools, file, { header })).toBe('vault/unsupported-version');
  });

  it('refuses a header that claims the id of another vault', async () => {
    const one = await makeVault('one');
    const other = await makeVault('other');
    const header = await rewriteHeader(other.tools, other.file, (former) => ({
      ...former,
      vaultId: one.vaultId,
    }));
    // No slot opens under a foreign id, so nothing that lies behind it is even tried.
    expect(await unlockWith(other.tools, other.file, { header })).toBe('wrong-password');
  });

  it('refuses a vault made for an id that is not the hash of its genesis statement', async () => {
    const tools = vaultTools('forged');
    const { random, clock } = tools;
    const aead = await readyAead();
    const vaultId = random.bytes(32);
    const salt = random.bytes(16);
    using rootKey = randomVaultRootKey(random);
    using keys = deriveVaultKeys(rootKey, vaultId);
    const kdfOutput = await tools.kdf.derive(secret(PASSWORD), salt, KDF_FLOOR);
    const fields = { type: 'password', kdf: KDF_FLOOR } as const;
    const context = { vaultId, epoch: 1 };
    const slotId = random.bytes(16);
    const sealed = { fields, slotId, salt, secret: kdfOutput, rootKey, context, random };
    const slots = [sealSlot(aead, sealed)];
    const header = { vaultId, generation: 1, epoch: 1, slots, rosterHash: NO_ROSTER };
    const sealer = new ObjectSealer({ aead, key: keys.meta, vaultId, epoch: 1, random });
    const deviceId = 'ab'.repeat(16) as DeviceId;
    const meta = { genesis: makeGenesis(random, clock), deviceId };
    const file = {
      ...emptyFile(),
      header: encodeHeader(header, keys.header),
      objects: [sealMeta(meta, sealer, { lamport: 0, deviceId })],
    };
    await expect(unlockTestVault(new MemoryVaultStore(file), tools)).rejects.toMatchObject({
      code: 'vault/corrupt',
      details: { object: 'genesis' },
    });
  });
});

/** The outcome by its code, `opened`, or `wrong-password`. */
async function unlockWith(
  tools: VaultTools,
  file: MemoryVaultFile,
  change: Partial<MemoryVaultFile>,
): Promise<string> {
  const store = new MemoryVaultStore({ ...file, ...change });
  try {
    const vault = await unlockTestVault(store, tools);
    if (vault === 'wrong-password') return vault;
    vault.close();
    return 'opened';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

/** What only someone who knows the password can write. */
async function rewriteHeader(
  tools: VaultTools,
  file: MemoryVaultFile,
  change: (header: VaultHeader) => VaultHeader,
): Promise<Uint8Array> {
  const parsed = parseHeader(headerOf(file));
  const [slot] = parsed.slots;
  if (!slot?.kdf) throw new Error('the fixture has no slot with a KDF');
  using kdfOutput = await tools.kdf.derive(secret(PASSWORD), slot.salt, slot.kdf);
  const aead = await readyAead();
  const opened = openSlot(aead, { slot, secret: kdfOutput, context: parsed });
  if (!opened.isOpen) throw new Error('the fixture slot does not open');
  using keys = deriveVaultKeys(opened.rootKey, parsed.vaultId);
  return encodeHeader(change(parsed), keys.header);
}
