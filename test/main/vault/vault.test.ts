// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { readyAead } from '../../../src/main/crypto/aead.ts';
import { deriveVaultKeys, randomVaultRootKey } from '../../../src/main/crypto/keys.ts';
import { DEFAULT_KDF, KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import { makeGenesis } from '../../../src/main/vault/genesis.ts';
import { openSlot, sealSlot } from '../../../src/main/vault/key-slot.ts';
import { EMPTY_MANIFEST, sealManifest } from '../../../src/main/vault/manifest.ts';
import { createVault, unlockVault } from '../../../src/main/vault/vault.ts';
import {
  encodeHeader,
  NO_ROSTER,
  parseHeader,
  type VaultHeader,
} from '../../../src/main/vault/vault-header.ts';
import { sealMeta } from '../../../src/main/vault/vault-meta.ts';
import type { VaultContents } from '../../../src/main/vault/vault-store.ts';
import type { DeviceId } from '../../../src/shared/brand.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import {
  createTestVault,
  loginItem,
  PASSWORD,
  reopenTestVault,
  secret,
  unlockTestVault,
  type VaultTools,
  vaultTools,
} from '../../support/vault-fixture.ts';

const code = (value: string): Error => expect.objectContaining({ code: value }) as Error;

async function makeVault(seed: string) {
  const tools = vaultTools(seed);
  const store = new MemoryVaultStore();
  const vault = await createTestVault(store, tools);
  const id = vault.newItemId();
  vault.save(loginItem(id));
  const { vaultId } = vault;
  vault.close();
  tools.kdf.runs.length = 0;
  return { tools, file: store.file, id, vaultId };
}

function contentsOf(file: MemoryVaultStore['file']): VaultContents {
  if (file.contents === null) throw new Error('the fixture has no contents');
  return file.contents;
}

describe('createVault', () => {
  it('gives a vault that its password unlocks', async () => {
    const { tools, file, id, vaultId } = await makeVault('create');
    using vault = await reopenTestVault(new MemoryVaultStore(file), tools);
    expect(vault.vaultId).toEqual(vaultId);
    expect(vault.get(id)).toEqual(loginItem(id));
    expect(vault.integrity).toEqual({ isIntact: true, expectedRows: 1, foundRows: 1 });
  });

  it('keeps name and device id, and makes no vault twice', async () => {
    const tools = vaultTools('names');
    const make = async (name?: string) => {
      const store = new MemoryVaultStore();
      const options = { ...tools, password: secret(PASSWORD), deriveKey: tools.kdf.derive };
      const named = name === undefined ? options : { ...options, name };
      using vault = await createVault(store, { ...named, kdf: KDF_FLOOR });
      return { name: vault.name, id: vault.vaultId, device: vault.deviceId };
    };
    const made = [await make('Home'), await make()];
    expect(made.map(({ name }) => name)).toEqual(['Home', '']);
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
    expect(store.file.contents).toBeNull();
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
    const options = { password: secret(PASSWORD), random, clock };
    (await createVault(store, { ...options, kdf: KDF_FLOOR })).close();
    const reopened = await unlockVault(new MemoryVaultStore(store.file), options);
    if (reopened === 'wrong-password') throw new Error('refused its own password');
    expect(await reopened.verifyPassword(secret('another'))).toBe(false);
    expect(await reopened.verifyPassword(secret(PASSWORD))).toBe(true);
    reopened.close();
    const wrong = { ...options, password: secret('wrong') };
    expect(await unlockVault(new MemoryVaultStore(store.file), wrong)).toBe('wrong-password');
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
    expect(vault.overviews()).toHaveLength(1);
  });

  it('refuses every flipped bit of the header', async () => {
    const { tools, file } = await makeVault('bits');
    const { header } = contentsOf(file);
    const outcomes = new Map<string, number>();
    for (let bit = 0; bit < header.length * 8; bit += 1) {
      const flipped = header.with(bit >> 3, (header[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
      const outcome = await unlockWith(tools, file, { header: flipped });
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
    const { header } = contentsOf(file);
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
    const { header } = contentsOf(other.file);
    expect(await unlockWith(one.tools, one.file, { header })).toBe('vault/corrupt');
  });

  it('refuses meta objects of another vault, changed ones, and the manifest in their place', async () => {
    const one = await makeVault('one');
    const other = await makeVault('other');
    const { meta, manifest } = contentsOf(one.file);
    const sealed = meta.sealed.with(40, (meta.sealed[40] ?? 0) ^ 1);
    const attempts = [
      contentsOf(other.file).meta,
      { ...meta, sealed },
      { ...meta, sealed: meta.sealed.subarray(0, 10) },
      { ...meta, revision: { ...meta.revision, lamport: 1 } },
      manifest,
    ];
    for (const attempt of attempts) {
      expect(await unlockWith(one.tools, one.file, { meta: attempt })).toBe('vault/corrupt');
    }
  });

  it('refuses headers whose slot is right and whose rest was rewritten without the key', async () => {
    const { tools, file } = await makeVault('rest');
    const { header } = contentsOf(file);
    const at = { generation: 47, roster: header.length - 64, mac: header.length - 1 };
    for (const offset of Object.values(at)) {
      const changed = header.with(offset, (header[offset] ?? 0) ^ 1);
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
    const slot = sealSlot(aead, { fields, salt, secret: kdfOutput, rootKey, context, random });
    const header = { vaultId, generation: 1, epoch: 1, slots: [slot], rosterHash: NO_ROSTER };
    const seal = { aead, key: keys.meta, vaultId, epoch: 1 };
    const deviceId = 'ab'.repeat(16) as DeviceId;
    const first = { revision: { lamport: 0, deviceId }, random };
    const meta = { genesis: makeGenesis(random, clock), deviceId, name: '' };
    const contents = {
      header: encodeHeader(header, keys.header),
      meta: sealMeta(meta, seal, first),
      manifest: sealManifest(EMPTY_MANIFEST, seal, first),
    };
    await expect(
      unlockTestVault(new MemoryVaultStore({ contents, items: [] }), tools),
    ).rejects.toMatchObject({ code: 'vault/corrupt', details: { object: 'genesis' } });
  });
});

/** The outcome by its code, `opened`, or `wrong-password`. */
async function unlockWith(
  tools: VaultTools,
  file: MemoryVaultStore['file'],
  change: Partial<VaultContents>,
): Promise<string> {
  const contents = { ...contentsOf(file), ...change };
  const store = new MemoryVaultStore({ contents, items: file.items });
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
  file: MemoryVaultStore['file'],
  change: (header: VaultHeader) => VaultHeader,
): Promise<Uint8Array> {
  const parsed = parseHeader(contentsOf(file).header);
  const [slot] = parsed.slots;
  if (!slot) throw new Error('the fixture has no slot');
  using kdfOutput = await tools.kdf.derive(secret(PASSWORD), slot.salt, slot.kdf);
  const aead = await readyAead();
  const opened = openSlot(aead, { slot, secret: kdfOutput, context: parsed });
  if (!opened.isOpen) throw new Error('the fixture slot does not open');
  using keys = deriveVaultKeys(opened.rootKey, parsed.vaultId);
  return encodeHeader(change(parsed), keys.header);
}

describe('verifyPassword', () => {
  it('runs the whole KDF each time', async () => {
    const { tools, file } = await makeVault('verify');
    using vault = await reopenTestVault(new MemoryVaultStore(file), tools);
    tools.kdf.runs.length = 0;
    expect(await vault.verifyPassword(secret(PASSWORD))).toBe(true);
    expect(await vault.verifyPassword(secret('wrong'))).toBe(false);
    expect(tools.kdf.runs).toEqual([KDF_FLOOR, KDF_FLOOR]);
  });

  it('answers nothing once the vault was closed meanwhile', async () => {
    const { tools, file } = await makeVault('meanwhile');
    const vault = await reopenTestVault(new MemoryVaultStore(file), tools);
    const answer = vault.verifyPassword(secret(PASSWORD));
    vault.close();
    await expect(answer).rejects.toThrow(code('vault/locked'));
  });
});
