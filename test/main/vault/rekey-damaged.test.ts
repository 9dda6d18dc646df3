// Re-keying a vault in which something is damaged or planted, and the first edit after it: what opens is kept, what does
// not open stays as it was found, and neither is in the way of the other.
// SPDX-License-Identifier: MIT

import { beforeEach, describe, expect, it } from 'vitest';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
import { fromUtf8 } from '../../../src/shared/bytes.ts';
import { attach, patternBytes, readAttached } from '../../support/attached-files.ts';
import { loginItem, passkeyItem, privateKeyBytes } from '../../support/canary-items.ts';
import { NO_PRIVATE_KEY, spoilPasskeyKey } from '../../support/damage.ts';
import { flipped } from '../../support/flipped-bits.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { passwordSecret } from '../../support/unlock-secrets.ts';
import { checkAllRows, reopenTestVault, testVaultIn } from '../../support/vault-fixture.ts';
import type { VaultTools } from '../../support/vault-tools.ts';

const nothing = (): void => undefined;
/** More than are written down without being opened. */
const MANY = 1100;
/** Of an item key under K_wrap without digests, and of one digest. */
const [BARE, DIGEST] = [76, 16];

let tools: VaultTools;
let store: MemoryVaultStore;
let vault: UnlockedVault;

beforeEach(async () => {
  ({ tools, store, vault } = await testVaultIn(new MemoryVaultStore(), 'rekey damaged'));
});

async function reopen(): Promise<void> {
  vault.close();
  vault = await reopenTestVault(new MemoryVaultStore(store.file), tools);
}

const rekey = () => vault.access.rekey([passwordSecret()], nothing);

describe('a passkey whose passkey key is damaged', () => {
  let damaged: ItemId;
  let whole: ItemId;

  beforeEach(async () => {
    [damaged, whole] = [vault.newItemId(), vault.newItemId()];
    for (const id of [damaged, whole]) vault.save(passkeyItem(id), privateKeyBytes(id));
    spoilPasskeyKey(store.file, damaged);
    await rekey();
  });

  it('can be edited after a re-key, and its private key stays damaged and is told', async () => {
    expect(vault.damaged.size).toBe(0);
    vault.save({ ...vault.get(damaged), title: 'Edited' });
    expect([...vault.damaged]).toEqual([damaged]);
    expect(vault.get(damaged).title).toBe('Edited');
    expect(() => vault.openPrivateKey(damaged)).toThrow(NO_PRIVATE_KEY);
    vault.save({ ...vault.get(damaged), note: 'again' });
    expect([...vault.damaged]).toEqual([damaged]);
    await reopen();
    expect(vault.get(damaged)).toMatchObject({ title: 'Edited', note: 'again' });
    expect(() => vault.openPrivateKey(damaged)).toThrow(NO_PRIVATE_KEY);
  });

  it('leaves what was found where it was', () => {
    const before = store.file.keys.find(({ id }) => id === damaged);
    vault.save({ ...vault.get(damaged), title: 'Edited' });
    const rows = store.file.keys.filter(({ id }) => id === damaged);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual(before);
    expect(vault.history(damaged)).toHaveLength(2);
  });

  it('does not keep others from being changed together with it', () => {
    const entries = [damaged, whole].map((id) => ({ item: { ...vault.get(id), tags: ['all'] } }));
    vault.saveAll(entries);
    for (const id of [damaged, whole]) expect(vault.get(id).tags).toEqual(['all']);
    expect([...vault.damaged]).toEqual([damaged]);
    using key = vault.openPrivateKey(whole);
    expect(key.use(fromUtf8)).toBe(privateKeyBytes(whole).use(fromUtf8));
  });

  it('goes on so over another re-key', async () => {
    vault.save({ ...vault.get(damaged), title: 'Edited' });
    await rekey();
    vault.save({ ...vault.get(damaged), note: 'third' });
    await reopen();
    expect(vault.get(damaged)).toMatchObject({ title: 'Edited', note: 'third' });
    expect(() => vault.openPrivateKey(damaged)).toThrow(NO_PRIVATE_KEY);
  });
});

describe('an item with more rows than a person makes', () => {
  const lengthOf = (id: ItemId): number | undefined =>
    store.file.keys.find((row) => row.id === id)?.itemKey.length;

  it('takes none of the planted bodies along, and loses none of its own', async () => {
    const [id, other] = [vault.newItemId(), vault.newItemId()];
    for (const title of ['First', 'Second', 'Third']) vault.save(loginItem(id, { title }));
    vault.save(loginItem(other, { title: 'Other' }));
    const last = store.file.bodies.findLast((row) => row.id === id);
    if (last === undefined) throw new Error('the item has bodies');
    const { deviceId } = last.revision;
    for (let lamport = 1000; lamport < 1000 + MANY; lamport += 1) {
      const body = flipped(last.body, 40);
      store.file.bodies.push({ ...last, body, revision: { lamport, deviceId } });
    }
    await rekey();
    expect([lengthOf(id), lengthOf(other)]).toEqual([BARE + 3 * DIGEST, BARE + DIGEST]);
    await reopen();
    expect(vault.get(id).title).toBe('Third');
    const own = vault.history(id).filter(({ lamport }) => lamport < 1000);
    expect(own.map((one) => vault.getRevision(id, one).title)).toEqual([
      'Third',
      'Second',
      'First',
    ]);
    expect(vault.get(other).title).toBe('Other');
    expect(checkAllRows(vault)).toBe('not-intact');
  });

  it('takes none of the planted heads of files along, and loses none of its own', async () => {
    const id = vault.newItemId();
    vault.save(loginItem(id));
    const file = attach(vault, id, patternBytes(100));
    const bodies = store.loadBodies(id).length;
    const [head] = store.file.attachments;
    if (head === undefined) throw new Error('the item has a file');
    for (let index = 1; index <= MANY; index += 1) {
      const planted = index.toString(16).padStart(32, '0');
      store.file.attachments.push({ ...head, id: planted, number: head.number + index });
    }
    await rekey();
    expect(lengthOf(id)).toBe(BARE + (bodies + 1) * DIGEST);
    await reopen();
    expect(readAttached(vault, id, file)).toEqual(patternBytes(100));
  });

  it('keeps every revision where all of them open', async () => {
    const id = vault.newItemId();
    for (let index = 0; index < MANY; index += 1) {
      vault.save(loginItem(id, { title: String(index) }));
    }
    await rekey();
    expect(lengthOf(id)).toBe(BARE + MANY * DIGEST);
    await reopen();
    const titles = vault.history(id).map((one) => vault.getRevision(id, one).title);
    expect(titles).toEqual(Array.from({ length: MANY }, (_, index) => String(MANY - 1 - index)));
    expect(checkAllRows(vault)).toBe('intact');
  });

  it('leaves planted rows of keys as they are', async () => {
    const id = vault.newItemId();
    vault.save(loginItem(id, { title: 'Mine' }));
    const [own] = store.file.keys;
    if (own === undefined) throw new Error('the item has keys');
    const planted = { ...own, version: 7, itemKey: flipped(own.itemKey, 30) };
    store.file.keys.push(planted);
    await rekey();
    expect(store.file.keys.find(({ version }) => version === 7)).toEqual(planted);
    await reopen();
    expect(vault.get(id).title).toBe('Mine');
  });
});
