// The vault format read and forged by a second implementation (test/support/independent-vault.ts).
// SPDX-License-Identifier: MIT

import { argon2id } from '@noble/hashes/argon2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, it } from 'vitest';
import type { Item, PasskeyItem } from '../../../src/main/vault/item.ts';
import type { SealedItem } from '../../../src/main/vault/sealed-item.ts';
import { createVault } from '../../../src/main/vault/vault.ts';
import { KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import { concatBytes, fromUtf8, toHex, toUtf8 } from '../../../src/shared/bytes.ts';
import {
  aadOf,
  credentialOf,
  headerMac,
  type IndependentRow,
  openBox,
  openItemKey,
  openPrivateKeyOf,
  readSlot,
  sealBox,
  splitBody,
  unpadded,
  vaultKey,
} from '../../support/independent-vault.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import {
  createTestVault,
  loginItem,
  PASSWORD,
  passkeyItem,
  privateKeyBytes,
  reopenTestVault,
  secret,
  unlockTestVault,
  vaultTools,
} from '../../support/vault-fixture.ts';

const damaged = expect.objectContaining({ code: 'vault/item-damaged' }) as Error;

function toRow(item: SealedItem): IndependentRow {
  const { id, revision, schema, body, keys } = item;
  const { version: keyVersion, deviceId: keyDeviceId, epoch, itemKey, passkeyKey } = keys;
  return { id, ...revision, schema, body, keyVersion, keyDeviceId, epoch, itemKey, passkeyKey };
}

function contentsOf(store: MemoryVaultStore) {
  if (store.file.contents === null) throw new Error('the store is empty');
  return store.file.contents;
}

function rowOf(store: MemoryVaultStore, item: Item): SealedItem {
  const row = store.file.items.find(({ id }) => id === item.id);
  if (!row) throw new Error('the store has no such row');
  return row;
}

async function makeVault(seed: string) {
  const tools = vaultTools(seed);
  const store = new MemoryVaultStore();
  const vault = await createTestVault(store, tools);
  const login = loginItem(vault.newItemId());
  const passkeys = [passkeyItem(vault.newItemId()), passkeyItem(vault.newItemId())] as const;
  vault.save(login);
  for (const passkey of passkeys) vault.save(passkey, privateKeyBytes(passkey.id));
  vault.close();
  const { header } = contentsOf(store);
  using kdfOutput = await tools.kdf.derive(secret(PASSWORD), header.slice(84, 100), KDF_FLOOR);
  const slot = kdfOutput.use((bytes) => readSlot(header, bytes.slice()));
  const rootKey = openBox(slot.kek, slot.sealedRootKey, slot.aad);
  const context = { rootKey, vaultId: slot.vaultId };
  return { tools, store, login, passkeys, header, slot, ...context };
}

describe('the vault format', () => {
  it('is read from password to item by a second implementation, Argon2id included', async () => {
    const { random, clock } = vaultTools('argon2');
    const store = new MemoryVaultStore();
    const vault = await createVault(store, {
      password: secret(PASSWORD),
      random,
      clock,
      kdf: KDF_FLOOR,
    });
    const login = loginItem(vault.newItemId());
    vault.save(login);
    vault.close();
    const { header } = contentsOf(store);
    const kdf = { t: 3, m: 65_536, p: 1, dkLen: 32 };
    const slot = readSlot(header, argon2id(toUtf8(PASSWORD), header.slice(84, 100), kdf));
    const rootKey = openBox(slot.kek, slot.sealedRootKey, slot.aad);
    const row = toRow(rowOf(store, login));
    const { itemKey, aad } = openItemKey(row, rootKey, slot.vaultId);
    const [overview, detail, privateKey] = splitBody(openBox(itemKey, row.body, aad));
    const { id: _id, ...expected } = login;
    expect({ ...parse(overview), ...parse(detail) }).toEqual(expected);
    expect(privateKey).toHaveLength(0);
  });

  it('has slot and header MACs that a second implementation computes alike', async () => {
    const { header, slot, rootKey } = await makeVault('macs');
    expect(toHex(slot.macOf(slot.sealedRootKey))).toBe(toHex(slot.mac));
    expect(toHex(headerMac(rootKey, header))).toBe(toHex(header.slice(-32)));
  });

  it('has an id that is the hash of the genesis statement in its meta object', async () => {
    const { store, rootKey, vaultId } = await makeVault('genesis');
    const { meta } = contentsOf(store);
    const key = vaultKey(rootKey, vaultId, 'v1/meta');
    const aad = aadOf({
      ...{ vaultId, epoch: 1, type: 2, id: '00'.repeat(16), role: 5, schema: 1 },
      ...meta.revision,
    });
    const { genesis } = parse(unpadded(openBox(key, meta.sealed, aad))) as { genesis: string };
    const statement = Uint8Array.from(Buffer.from(genesis, 'base64url'));
    expect(statement.subarray(0, 12)).toEqual(toUtf8('vlt1/genesis'));
    expect(sha256(statement)).toEqual(vaultId.slice());
  });

  it('has private keys that a second implementation opens', async () => {
    const { store, passkeys, rootKey, vaultId } = await makeVault('private');
    for (const passkey of passkeys) {
      const row = toRow(rowOf(store, passkey));
      const { itemKey, aad } = openItemKey(row, rootKey, vaultId);
      const [, , sealed] = splitBody(openBox(itemKey, row.body, aad));
      const credential = credentialOf(passkey);
      const opened = openPrivateKeyOf(row, sealed, { rootKey, vaultId, credential });
      expect(fromUtf8(opened)).toBe(privateKeyBytes(passkey.id).use(fromUtf8));
    }
  });
});

describe('a wrong secret', () => {
  it('gives a second implementation neither the slot MAC nor the root key', async () => {
    const { header } = await makeVault('other-password');
    const slot = readSlot(header, new Uint8Array(32));
    expect(toHex(slot.macOf(slot.sealedRootKey))).not.toBe(toHex(slot.mac));
    expect(() => openBox(slot.kek, slot.sealedRootKey, slot.aad)).toThrow();
  });
});

describe('what only a holder of keys can forge', () => {
  it('is refused where a private key was moved into the body of another passkey', async () => {
    const { tools, store, passkeys, rootKey, vaultId } = await makeVault('moved');
    const [one, other] = passkeys;
    const foreign = bodyOf(store, one, { rootKey, vaultId });
    const own = bodyOf(store, other, { rootKey, vaultId });
    const row = rowOf(store, other);
    const forged = joinBody(own.parts[0], own.parts[1], foreign.parts[2]);
    const body = sealBox(own.itemKey, tools.random.bytes(24), forged, own.aad);
    const donor = rowOf(store, one);
    const attempts = [
      { ...row, body },
      { ...row, body, keys: { ...row.keys, passkeyKey: donor.keys.passkeyKey } },
    ];
    for (const attempt of attempts) {
      const items = store.file.items.map((item) => (item.id === other.id ? attempt : item));
      const forgedStore = new MemoryVaultStore({ contents: contentsOf(store), items });
      using vault = await reopenTestVault(forgedStore, tools);
      expect(vault.get(other.id)).toEqual(other);
      expect(() => vault.openPrivateKey(other.id)).toThrow(damaged);
      expect(vault.openPrivateKey(one.id).length).toBe(138);
      expect(vault.integrity.isIntact).toBe(false);
    }
  });

  it.each([
    ['RP ID', { rpId: 'other.example' }],
    ['user handle', { userHandle: 'b3RoZXI' }],
    ['credential id', { credentialId: 'b3RoZXItY3JlZGVudGlhbA' }],
    ['algorithm', { algorithm: 'EdDSA' }],
  ])('is refused where the %s of a passkey was changed', async (_, change) => {
    const { tools, store, passkeys, rootKey, vaultId } = await makeVault('changed');
    const [passkey] = passkeys;
    const { parts, itemKey, aad } = bodyOf(store, passkey, { rootKey, vaultId });
    const changed = parts.slice(0, 2).map((part) => {
      const record = parse(part);
      const known = Object.entries(change).filter(([name]) => name in record);
      return toUtf8(JSON.stringify({ ...record, ...Object.fromEntries(known) }));
    });
    const forged = joinBody(changed[0] ?? parts[0], changed[1] ?? parts[1], parts[2]);
    const row = rowOf(store, passkey);
    const body = sealBox(itemKey, tools.random.bytes(24), forged, aad);
    const items = store.file.items.map((item) => (item.id === row.id ? { ...row, body } : item));
    const forgedStore = new MemoryVaultStore({ contents: contentsOf(store), items });
    using vault = await reopenTestVault(forgedStore, tools);
    expect(vault.get(passkey.id)).not.toEqual(passkey);
    expect(() => vault.openPrivateKey(passkey.id)).toThrow(damaged);
  });

  it('is refused where a slot commits to a root key that does not open', async () => {
    const { tools, store, slot, header } = await makeVault('slot');
    const broken = slot.sealedRootKey.slice();
    broken[30] = (broken[30] ?? 0) ^ 1;
    const forged = header.slice();
    forged.set(broken, 100);
    forged.set(slot.macOf(broken), 172);
    const contents = { ...contentsOf(store), header: forged };
    const forgedStore = new MemoryVaultStore({ contents, items: [] });
    expect(await unlockTestVault(forgedStore, tools)).toBe('wrong-password');
  });

  it('is refused where a body has an authentic form of an unknown schema', async () => {
    const { tools, store, login, rootKey, vaultId } = await makeVault('schema');
    const { parts, itemKey } = bodyOf(store, login, { rootKey, vaultId });
    const row = { ...rowOf(store, login), schema: 2 };
    const { aad } = openItemKey(toRow(row), rootKey, vaultId);
    const body = sealBox(itemKey, tools.random.bytes(24), joinBody(...parts), aad);
    const items = store.file.items.map((item) => (item.id === row.id ? { ...row, body } : item));
    const forgedStore = new MemoryVaultStore({ contents: contentsOf(store), items });
    using vault = await reopenTestVault(forgedStore, tools);
    expect(vault.damaged).toEqual([login.id]);
  });
});

function parse(bytes: Uint8Array): Record<string, unknown> {
  return JSON.parse(fromUtf8(bytes)) as Record<string, unknown>;
}

function bodyOf(
  store: MemoryVaultStore,
  item: Item | PasskeyItem,
  keys: { readonly rootKey: Uint8Array; readonly vaultId: Uint8Array },
) {
  const row = toRow(rowOf(store, item));
  const { itemKey, aad } = openItemKey(row, keys.rootKey, keys.vaultId);
  return { itemKey, aad, parts: splitBody(openBox(itemKey, row.body, aad)) };
}

/** Padded by hand to the next 256 bytes, as bodies below 4 KiB are. */
function joinBody(...parts: readonly Uint8Array[]): Uint8Array {
  const u32 = (value: number): Uint8Array => {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value);
    return bytes;
  };
  const content = concatBytes(...parts.flatMap((part) => [u32(part.length), part]));
  const padded = new Uint8Array(Math.ceil((content.length + 4) / 256) * 256);
  padded.set(concatBytes(u32(content.length), content));
  return padded;
}
