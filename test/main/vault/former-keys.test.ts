// What someone can do who has an old copy of a vault and its password, and the file of today: every key of every item
// that nobody has edited since. Played with the second implementation, against the product.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { AttachmentService } from '../../../src/main/services/attachment-service.ts';
import { ItemChanges } from '../../../src/main/services/item-changes.ts';
import type { Item } from '../../../src/main/vault/item.ts';
import type { SealedBody } from '../../../src/main/vault/sealed-item.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import type { ItemId } from '../../../src/shared/brand.ts';
import { attach, patternBytes, readAttached } from '../../support/attached-files.ts';
import { loginItem } from '../../support/canary-items.ts';
import { type Header, openSlot, parseHeader } from '../../support/independent/header.ts';
import { aadOf, open, pad, seal } from '../../support/independent/primitives.ts';
import {
  attachmentKey,
  bodyBound,
  bodyContent,
  chunkBound,
  openItemKey,
} from '../../support/independent/sealing.ts';
import { MemoryTransferFiles } from '../../support/memory-transfer-files.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { toRecord } from '../../support/read-by-product.ts';
import { passwordSecret } from '../../support/unlock-secrets.ts';
import { checkAllRows, createTestVault, reopenTestVault } from '../../support/vault-fixture.ts';
import { vaultTools, type VaultTools } from '../../support/vault-tools.ts';

const forgedKey = { code: 'vault/item-damaged', details: { step: 'former-key' } };

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

interface Robbed {
  readonly store: MemoryVaultStore;
  readonly tools: VaultTools;
  readonly vault: UnlockedVault;
  readonly id: ItemId;
  readonly file: string;
  /** The item key that the old copy and its password give. */
  readonly itemKey: Uint8Array;
  readonly vaultId: Uint8Array;
}

async function rob(seed: string, content = patternBytes(70_000)): Promise<Robbed> {
  const store = new MemoryVaultStore();
  const tools = vaultTools(seed);
  const vault = await createTestVault(store, tools);
  const id = vault.newItemId();
  vault.save(loginItem(id, { title: 'First' }));
  vault.save(loginItem(id, { title: 'Second' }));
  const file = attach(vault, id, content);
  const old = structuredClone(store.file);
  const header = parseHeader(old.header ?? new Uint8Array(0));
  const rootKey = await rootKeyOf(header, tools);
  const [row] = old.keys;
  if (row === undefined) throw new Error('the item has keys');
  const place = { vaultId: header.vaultId, rootKey };
  const { itemKey } = openItemKey({ ...row, itemId: id }, place, header.epoch);
  await vault.access.rekey([passwordSecret()], () => undefined);
  return { store, tools, vault, id, file, itemKey, vaultId: header.vaultId };
}

async function rootKeyOf(header: Header, { kdf }: VaultTools): Promise<Uint8Array> {
  const [slot] = header.slots;
  const present = passwordSecret();
  if (slot === undefined || present.type !== 'password') throw new Error('a password slot');
  const cost = { memoryKib: 65_536, passes: 3, lanes: 1 };
  using secret = await kdf.derive(present.password, slot.salt, cost);
  const opened = secret.use((bytes) => openSlot(slot, header, Uint8Array.from(bytes)));
  if (typeof opened === 'string') throw new Error(`the slot does not open: ${opened}`);
  return opened;
}

/** A body that verifies under the old key in every way. */
function forge(robbed: Robbed, item: Item, former: SealedBody, lamport: number): SealedBody {
  const { itemKey, vaultId, tools } = robbed;
  const { deviceId } = former.revision;
  const { keyVersion, keyDevice } = former;
  const row = { itemId: former.id, lamport, deviceId, schema: 1, keyVersion, keyDevice };
  const aad = aadOf(bodyBound(row, { vaultId }, 1));
  const plaintext = pad(bodyContent(toRecord(item)));
  const body = seal({ key: itemKey, aad }, tools.random.bytes(24), plaintext);
  expect(open({ key: itemKey, aad }, body)).toEqual(plaintext);
  return { ...former, revision: { lamport, deviceId }, body };
}

function newestOf(robbed: Robbed): SealedBody {
  const [newest] = robbed.store.file.bodies.slice(-1);
  if (newest === undefined) throw new Error('the item has bodies');
  return newest;
}

describe('a body under the key of a former epoch', () => {
  it('still reads, with its history and its file, over several epochs', async () => {
    const { vault, store, tools, id, file } = await rob('reads');
    await vault.access.rekey([passwordSecret()], () => undefined);
    vault.close();
    using again = await reopenTestVault(new MemoryVaultStore(store.file), tools);
    expect(again.get(id).title).toBe('Second');
    expect(again.history(id).map((one) => again.getRevision(id, one).title)).toEqual([
      ...['Second', 'Second', 'First'],
    ]);
    expect(readAttached(again, id, file)).toEqual(patternBytes(70_000));
    expect(checkAllRows(again)).toBe('intact');
  });

  it('is refused where it was sealed after that epoch, in the place of the newest', async () => {
    const robbed = await rob('newest');
    const { vault, store, tools, id } = robbed;
    const newest = newestOf(robbed);
    vault.close();
    const forged = forge(
      robbed,
      loginItem(id, { title: 'Forged' }),
      newest,
      newest.revision.lamport,
    );
    store.file.bodies = store.file.bodies.map((row) => (row === newest ? forged : row));
    using again = await reopenTestVault(new MemoryVaultStore(store.file), tools);
    expect(thrownBy(() => again.get(id))).toMatchObject(forgedKey);
    expect(checkAllRows(again)).toBe('not-intact');
  });

  it('does not become the newest where packs are gone, whatever its lamport', async () => {
    for (const [name, ahead] of [
      ['below', 1],
      ['above', 1000],
    ] as const) {
      const robbed = await rob(name);
      const { vault, store, tools, id } = robbed;
      const newest = newestOf(robbed);
      vault.close();
      const lamport = newest.revision.lamport + ahead;
      store.file.bodies.push(forge(robbed, loginItem(id, { title: 'Forged' }), newest, lamport));
      store.file.packs = [];
      using again = await reopenTestVault(new MemoryVaultStore(store.file), tools);
      expect(again.integrity).toBe('not-intact');
      expect([...again.overviews()].map(({ title }) => title)).toEqual(['Second']);
      expect(again.get(id).title).toBe('Second');
      const forged = { lamport, deviceId: newest.revision.deviceId };
      expect(thrownBy(() => again.getRevision(id, forged))).toMatchObject(forgedKey);
    }
  });

  it('is not taken in by a re-key after it was planted', async () => {
    const robbed = await rob('laundered');
    const { vault, store, tools, id } = robbed;
    const newest = newestOf(robbed);
    const lamport = newest.revision.lamport + 500;
    store.file.bodies.push(forge(robbed, loginItem(id, { title: 'Forged' }), newest, lamport));
    await vault.access.rekey([passwordSecret()], () => undefined);
    vault.close();
    using again = await reopenTestVault(new MemoryVaultStore(store.file), tools);
    const forged = { lamport, deviceId: newest.revision.deviceId };
    expect(thrownBy(() => again.getRevision(id, forged))).toMatchObject(forgedKey);
    expect(again.get(id).title).toBe('Second');
    expect(again.integrity).toBe('not-intact');
  });

  it('is followed by one under keys of its own, which anything may lie under', async () => {
    const { vault, store, tools, id } = await rob('edited');
    vault.save(loginItem(id, { title: 'Third' }));
    vault.save(loginItem(id, { title: 'Fourth' }));
    vault.close();
    using again = await reopenTestVault(new MemoryVaultStore(store.file), tools);
    const titles = again.history(id).map((one) => again.getRevision(id, one).title);
    expect(titles).toEqual(['Fourth', 'Third', 'Second', 'Second', 'First']);
  });
});

describe('a file under the key of a former epoch', () => {
  it('is refused with a chunk that was sealed afterwards', async () => {
    const { vault, store, tools, id, file, itemKey, vaultId } = await rob('chunk');
    vault.close();
    const [row] = store.file.attachments;
    if (row === undefined) throw new Error('the item has a file');
    const of = { itemId: id, attachmentId: file };
    const aad = aadOf(chunkBound(of, { vaultId, madeIn: 1 }, { index: 0, final: false }));
    const box = { key: attachmentKey(itemKey, file), aad };
    const forged = seal(box, tools.random.bytes(24), patternBytes(65_536, 'forged'));
    store.file.chunks.set(`${String(row.number)}/0`, forged);
    using again = await reopenTestVault(new MemoryVaultStore(store.file), tools);
    expect(thrownBy(() => readAttached(again, id, file))).toMatchObject({
      ...{ code: 'vault/attachment-damaged', details: { step: 'digest' } },
    });
  });

  it('is not shown as a picture with a chunk that was sealed afterwards', async () => {
    const picture = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1);
    const { vault, store, tools, id, file, itemKey, vaultId } = await rob('picture', picture);
    const preview = (of: UnlockedVault): unknown =>
      new AttachmentService({
        changes: new ItemChanges({ vault: () => of, onChanged: () => undefined }),
        files: new MemoryTransferFiles(),
        ...{ vaultPath: () => '', clock: tools.clock, onProgress: () => undefined },
      }).preview(id, file);
    expect(preview(vault)).toMatchObject({ is: 'image', bytes: picture });
    vault.close();
    const of = { itemId: id, attachmentId: file };
    const aad = aadOf(chunkBound(of, { vaultId, madeIn: 1 }, { index: 0, final: true }));
    const plaintext = new Uint8Array(256);
    plaintext.set(picture.with(8, 2));
    const box = { key: attachmentKey(itemKey, file), aad };
    const number = String(store.file.attachments[0]?.number);
    store.file.chunks.set(`${number}/0`, seal(box, tools.random.bytes(24), plaintext));
    using again = await reopenTestVault(new MemoryVaultStore(store.file), tools);
    expect(thrownBy(() => preview(again))).toMatchObject({
      ...{ code: 'vault/attachment-damaged', details: { step: 'digest' } },
    });
  });

  it('that was begun before a re-key is not finished after it', async () => {
    const { vault, id } = await rob('between');
    const item = vault.get(id);
    const writer = vault.beginAttachment(id);
    writer.write(patternBytes(10));
    await vault.access.rekey([passwordSecret()], () => undefined);
    const head = writer.finish();
    expect(
      thrownBy(() => {
        vault.saveWithAttachment(item, head);
      }),
    ).toMatchObject({ code: 'vault/write-failed', details: { reason: 'former-key' } });
    writer.abort();
    expect(vault.attachments.rows(id)).toHaveLength(1);
    vault.close();
  });
});
