// What the vault has already: known by its whole content, or by what every format carries, and opened only when it must be.
// SPDX-License-Identifier: MIT

import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemId } from '../../../src/shared/brand.ts';
import { ITEM_KINDS } from '../../../src/shared/model/item-kinds.ts';
import type { ContentExtent, ImportedItem } from '../../../src/main/transfer/importer.ts';
import { VaultItems } from '../../../src/main/transfer/vault-items.ts';
import type { Item } from '../../../src/main/vault/item.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import { fullItem, loginItem, passkeyItem, privateKeyBytes } from '../../support/canary-items.ts';
import { flipped } from '../../support/flipped-bits.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { createTestVault } from '../../support/vault-fixture.ts';
import { vaultTools } from '../../support/vault-tools.ts';

let vault: UnlockedVault;
let store: MemoryVaultStore;
let opened: ItemId[];

beforeEach(async () => {
  store = new MemoryVaultStore();
  vault = await createTestVault(store, vaultTools('known items'));
  opened = [];
});

function save(item: Item): ItemId {
  if (item.kind !== 'passkey') vault.save(item);
  else {
    using key = privateKeyBytes('known');
    vault.save(item, key);
  }
  return item.id;
}

/** Counts what is opened. */
function known(): VaultItems {
  return new VaultItems({
    overviews: (kind) => vault.overviews(kind),
    get: (id) => {
      opened.push(id);
      return vault.get(id);
    },
  });
}

const find = (item: ImportedItem, extent: ContentExtent = 'whole') => known().find(item, extent);
const newLogin = (over: Parameters<typeof loginItem>[1] = {}) => loginItem(vault.newItemId(), over);

describe('VaultItems', () => {
  it.each(ITEM_KINDS)(
    'knows a %s by its content, whatever its id, times, tags and marks',
    (kind) => {
      const item = {
        ...fullItem(kind, vault.newItemId()),
        trashedAt: null,
        archivedAt: null,
      } as Item;
      const id = save(item);
      const again = {
        ...item,
        ...{ id: '09'.repeat(16) as ItemId, tags: ['other'], favourite: false },
        ...{ createdAt: 5, modifiedAt: 6, archivedAt: 7, formerPasswords: [] },
        urls: item.urls.map(({ url }) => ({ url, match: 'never' as const })),
        sections: item.sections.map((section) => ({ ...section, id: '08'.repeat(8) })),
        attachments: item.attachments.map((one) => ({ ...one, id: '07'.repeat(16), addedAt: 1 })),
      } as Item;
      expect(find(again)).toBe(id);
    },
  );

  const differences: readonly (readonly [string, (item: Item) => object])[] = [
    ['title', () => ({ title: 'other' })],
    ['note', () => ({ note: 'other' })],
    ['own field', (item) => ({ fields: { ...item.fields, password: 'other' } })],
    ['URL', () => ({ urls: [{ url: 'https://other.example/', match: 'domain' }] })],
    ['custom value', () => ({ sections: [] })],
    ['code', () => ({ oneTimeCode: null })],
    ['file', () => ({ attachments: [] })],
    [
      'size of a file',
      (item) => ({ attachments: item.attachments.map((one) => ({ ...one, sizeBytes: 1 })) }),
    ],
  ];

  it.each(differences)('does not know an item of another %s', (_, change) => {
    const item = { ...fullItem('login', vault.newItemId()), trashedAt: null } as Item;
    save(item);
    expect(find({ ...item, ...change(item) })).toBeNull();
    expect(find(item)).toBe(item.id);
  });

  it('does not know the content of one kind in another', () => {
    save(newLogin({ title: 't', note: 'n', urls: [], fields: { username: '', password: '' } }));
    const note = { ...fullItem('note', vault.newItemId()), title: 't', note: 'n', urls: [] };
    expect(find(note as Item)).toBeNull();
  });

  it('knows a login that was given more since it came, by what every format carries', () => {
    const plain = newLogin();
    const id = save({
      ...plain,
      oneTimeCode: fullItem('login', plain.id).oneTimeCode,
      sections: fullItem('login', plain.id).sections,
    });
    expect(find(plain, 'basics')).toBe(id);
    expect(find(plain, 'whole')).toBeNull();
    expect(find({ ...plain, fields: { ...plain.fields, password: 'x' } }, 'basics')).toBeNull();
  });

  it('knows a counting code after it has been used', () => {
    const code = { ...fullItem('login', vault.newItemId()).oneTimeCode, type: 'hotp' };
    const login = newLogin({ oneTimeCode: { ...code, counter: 7 } as Item['oneTimeCode'] });
    save(login);
    expect(find({ ...login, oneTimeCode: { ...code, counter: 3 } as Item['oneTimeCode'] })).toBe(
      login.id,
    );
  });

  it('does not take what lies in the trash for there, unless it lay in the trash before', () => {
    const login = newLogin({ trashedAt: 5 });
    const id = save(login);
    expect(find({ ...login, trashedAt: null })).toBeNull();
    expect(find({ ...login, trashedAt: 9 })).toBe(id);
    const live = save({ ...newLogin(), trashedAt: null });
    expect(find({ ...login, trashedAt: null })).toBe(live);
    expect(find(login)).toBe(live);
  });

  it('knows a passkey by its credential alone, also in the trash, and opens none for it', () => {
    const passkey = passkeyItem(vault.newItemId(), { trashedAt: 3 });
    const id = save(passkey);
    expect(
      find(passkeyItem(vault.newItemId(), { ...passkey, title: 'other', trashedAt: null })),
    ).toBe(id);
    expect(find({ ...passkey, credentialId: new Uint8Array(16) })).toBeNull();
    expect(opened).toEqual([]);
  });

  it('opens only what an item could be, and each once', () => {
    const ids = Array.from({ length: 20 }, (_, index) =>
      save(newLogin({ title: `Login ${index % 10}`, note: String(index) })),
    );
    const items = known();
    for (const title of ['Login 3', 'Login 3', 'not there']) {
      items.find(newLogin({ title, note: '3' }), 'whole');
    }
    expect(opened).toEqual([ids[3], ids[13]]);
  });

  it('takes nothing for an item that does not open', () => {
    const login = newLogin();
    save(login);
    const [body] = store.file.bodies;
    if (body === undefined) throw new Error('fixture: no body');
    store.file.bodies[0] = { ...body, body: flipped(body.body, 40) };
    expect(find(login)).toBeNull();
    expect(opened).toEqual([login.id]);
  });

  it('passes on what is no damage', () => {
    const login = newLogin();
    save(login);
    const items = known();
    items.find(newLogin({ title: 'other' }), 'whole');
    vault.close();
    expect(() => items.find(login, 'whole')).toThrow(
      expect.objectContaining({ code: 'vault/locked' }),
    );
  });
});
