// SPDX-License-Identifier: MIT

import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bucketFor } from '../../../src/main/crypto/padding.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqlite-vault-store.ts';
import type { Item } from '../../../src/main/vault/item.ts';
import { ITEM_KINDS } from '../../../src/shared/model/item-kinds.ts';
import { describeVaultStore } from '../../conformance/vault-store.suite.ts';
import { attach, patternBytes } from '../../support/attached-files.ts';
import { fullItem, loginItem, passkeyItem, privateKeyBytes } from '../../support/canary-items.ts';
import { passwordSecret, recoverySecret } from '../../support/unlock-secrets.ts';
import { checkAllRows, createTestVault, reopenTestVault } from '../../support/vault-fixture.ts';
import { VaultFolder } from '../../support/vault-folder.ts';
import { vaultTools } from '../../support/vault-tools.ts';

describeVaultStore('SqliteVaultStore', () => {
  const folder = new VaultFolder();
  return {
    create: () => SqliteVaultStore.open(folder.file(), 'create'),
    reopen: () => SqliteVaultStore.open(folder.file()),
    copyPath: () => folder.file('copy.latchkey'),
    openCopy: (path) => SqliteVaultStore.open(path),
    remove: () => {
      folder[Symbol.dispose]();
    },
  };
});

describe('SqliteVaultStore', () => {
  it('makes no file before the vault is complete, and one that only its owner reads', async () => {
    using folder = new VaultFolder();
    const tools = vaultTools('complete');
    const store = SqliteVaultStore.open(folder.file(), 'create');
    expect(folder.bytes().size).toBe(0);
    const vault = await createTestVault(store, tools);
    if (process.platform !== 'win32') {
      for (const name of folder.bytes().keys()) {
        expect(statSync(folder.file(name)).mode & 0o777).toBe(0o600);
      }
    }
    vault.close();
    expect([...folder.bytes().keys()]).toEqual(['vault.latchkey']);
  });

  it('carries a vault over closing and opening', async () => {
    using folder = new VaultFolder();
    const tools = vaultTools('carries');
    const store = SqliteVaultStore.open(folder.file(), 'create');
    const first = await createTestVault(store, tools);
    const login = loginItem(first.newItemId());
    const passkey = passkeyItem(first.newItemId());
    first.save(login);
    first.save(passkey, privateKeyBytes('a'));
    first.save({ ...login, title: 'renamed' });
    first.close();
    using second = await reopenTestVault(SqliteVaultStore.open(folder.file()), tools);
    expect(second.get(login.id)).toEqual({ ...login, title: 'renamed' });
    expect(second.get(passkey.id)).toEqual(passkey);
    using key = second.openPrivateKey(passkey.id);
    expect(key.length).toBe(138);
    expect(second.history(login.id)).toHaveLength(2);
    expect(checkAllRows(second)).toBe('intact');
  });

  it('refuses to make a vault where a file or the log of a lost one lies', async () => {
    using folder = new VaultFolder();
    const tools = vaultTools('exists');
    (await createTestVault(SqliteVaultStore.open(folder.file(), 'create'), tools)).close();
    const before = folder.bytes();
    const exists = expect.objectContaining({ code: 'vault/already-exists' }) as Error;
    expect(() => SqliteVaultStore.open(folder.file(), 'create')).toThrow(exists);
    expect(folder.bytes()).toEqual(before);
  });

  it('refuses a vault that came to be while its own was being made', async () => {
    using folder = new VaultFolder();
    const tools = vaultTools('race');
    const [one, other] = [
      SqliteVaultStore.open(folder.file(), 'create'),
      SqliteVaultStore.open(folder.file(), 'create'),
    ];
    const vault = await createTestVault(one, tools);
    await expect(createTestVault(other, tools)).rejects.toMatchObject({
      code: 'vault/already-exists',
    });
    other.close();
    vault.save(loginItem(vault.newItemId()));
    vault.close();
    using again = await reopenTestVault(SqliteVaultStore.open(folder.file()), tools);
    expect(again.size).toBe(1);
    expect([...folder.bytes().keys()].filter((name) => name.includes('creating'))).toEqual([]);
  });
});

describe('what lies at rest', () => {
  const texts = [
    ...['Canary-title', 'canary-user@example.org', 'canary-password-8f2c', 'canary-note'],
    ...['https://login.canary-site.example/sign-in', 'login.canary-site.example', 'canary-tag'],
    ...['Canary-passkey', 'canary-rp.example', 'Canary-relying-party', 'canary-user-handle'],
    ...['canary-passkey-user', 'Canary Display Name', 'canary-credential', 'canary-private-key'],
    ...['ES256', 'correct horse battery staple', 'canary-attached', 'canary-file.txt'],
    ...['canary-slot-name', 'canary-search', 'canary-query', 'canary-generated'],
    ...['canary-section', 'canary-label', 'canary-custom', 'JBSWY3DPEHPK3PXP', 'canary-issuer'],
    ...['canary-former-password', 'Canary-wifi', 'canary-ssid', 'canary-licenceKey', 'canary-pin'],
  ];

  it('shows no text of any item in any encoding, in the file or in its log', async () => {
    using folder = new VaultFolder();
    const tools = vaultTools('canaries');
    const vault = await createTestVault(SqliteVaultStore.open(folder.file(), 'create'), tools);
    for (let index = 0; index < 10; index += 1) {
      vault.save(loginItem(vault.newItemId()));
      const passkey = passkeyItem(vault.newItemId());
      vault.save(passkey, privateKeyBytes('a'));
      vault.save({ ...passkey, favourite: false });
      attach(vault, passkey.id, patternBytes(1000, 'canary-attached'));
    }
    for (const kind of ITEM_KINDS) {
      if (kind !== 'passkey') vault.save(fullItem(kind, vault.newItemId()));
    }
    using opened = await vault.access.authorise(passwordSecret());
    await vault.access.addRecovery(opened.rootKey, recoverySecret('a').key, 'canary-slot-name');
    vault.saveDocument('savedSearches', [
      { id: '00'.repeat(8), name: 'canary-search', text: 'tag:canary-query' },
    ]);
    vault.saveDocument('generatorHistory', [{ value: 'canary-generated', at: 1 }]);
    vault.save(loginItem(vault.newItemId()));
    const open = folder.bytes();
    expect([...open.keys()].sort()).toEqual(['vault.latchkey', 'vault.latchkey-wal']);
    expect(open.get('vault.latchkey-wal')?.length).toBeGreaterThan(4000);
    const closed = (vault.close(), folder.bytes());
    for (const bytes of [...open.values(), ...closed.values()]) {
      for (const text of texts) expect([text, findText(bytes, text)]).toEqual([text, []]);
    }
  });

  it('would show them to this search if they were there', () => {
    for (const text of texts) {
      const found = encodingsOf(text).map(([encoding, needles]) => {
        const hidden = needles.map((needle) => Buffer.concat([Buffer.alloc(999, 7), needle]));
        return hidden.every((bytes) => findText(bytes, text).includes(encoding));
      });
      expect(found).toEqual(found.map(() => true));
    }
    const plain = Buffer.from(`x"${Buffer.from('abCanary-titlecd').toString('base64')}"`);
    expect(findText(plain, 'Canary-title')).toEqual(['base64']);
  });

  it('has bodies of bucket sizes alone, and keys of one size for logins and passkeys', async () => {
    using folder = new VaultFolder();
    const tools = vaultTools('sizes');
    const vault = await createTestVault(SqliteVaultStore.open(folder.file(), 'create'), tools);
    for (const length of [0, 1, 300, 3000, 5000, 70_000]) {
      vault.save(loginItem(vault.newItemId(), { note: 'n'.repeat(length) }));
    }
    const passkey: Item = passkeyItem(vault.newItemId());
    vault.save(passkey, privateKeyBytes('a'));
    vault.close();
    const store = SqliteVaultStore.open(folder.file());
    const isBucket = (length: number): boolean => bucketFor(length - 40) === length - 40;
    const bodies = store.scanBodies(null, 100);
    const keys = store.scanKeys(null, 100);
    expect([bodies.length, keys.length]).toEqual([7, 7]);
    for (const { body } of bodies) expect(isBucket(body.length)).toBe(true);
    for (const { sealed } of store.loadPacks()) expect(isBucket(sealed.length)).toBe(true);
    for (const { itemKey, passkeyKey } of keys) {
      expect([itemKey.length, passkeyKey.length]).toEqual([76, 72]);
    }
    for (const { role, sealed } of store.loadContents().objects) {
      expect(isBucket(sealed.length) || role === 'manifest').toBe(true);
    }
    store.close();
  });
});

/** The ways in which `text` could lie in a file: as bytes, and inside base64 at each of its three offsets. */
function encodingsOf(text: string): [string, Buffer[]][] {
  const utf8 = Buffer.from(text);
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), utf8]).toString('base64url');
    // The first and last characters depend on the neighbours.
    return Buffer.from(encoded.slice(Math.ceil((offset * 4) / 3), -2));
  });
  return [
    ['utf8', [utf8]],
    ['utf16', [Buffer.from(text, 'utf16le')]],
    ['hex', [Buffer.from(utf8.toString('hex')), Buffer.from(utf8.toString('hex').toUpperCase())]],
    ['base64', base64],
  ];
}

function findText(bytes: Buffer, text: string): string[] {
  const plain = Buffer.from(
    bytes.toString('latin1').replaceAll('+', '-').replaceAll('/', '_'),
    'latin1',
  );
  return encodingsOf(text)
    .filter(([encoding, needles]) =>
      needles.some((needle) => (encoding === 'base64' ? plain : bytes).includes(needle)),
    )
    .map(([encoding]) => encoding);
}
