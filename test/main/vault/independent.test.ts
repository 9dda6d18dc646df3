// The vault format read and written by a second implementation (test/support/independent), which shares no code and no
// library with the product and is written from docs/vault-format.md: the two agree on vaults, on 10,000 random objects in
// both directions, and on what they say of damage.
// SPDX-License-Identifier: MIT

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { readyAead } from '../../../src/main/crypto/aead.ts';
import type { HeaderMacKey, VaultRootKey } from '../../../src/main/crypto/keys.ts';
import { deriveKey } from '../../../src/main/crypto/keys.ts';
import { derivePasswordKey, KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqlite-vault-store.ts';
import {
  AttachmentSealer,
  ChunkDigest,
  paddedLength,
} from '../../../src/main/vault/attachment-sealer.ts';
import { openDocument, sealDocument } from '../../../src/main/vault/documents.ts';
import {
  decodeOverview,
  encodeOverview,
  overviewOf,
} from '../../../src/main/vault/item-overview.ts';
import type { Item } from '../../../src/main/vault/item.ts';
import { openSlot, sealSlot } from '../../../src/main/vault/key-slot.ts';
import {
  digestRow,
  encodeManifest,
  type ManifestRow,
  parseManifest,
  RowFold,
} from '../../../src/main/vault/manifest.ts';
import { encodeEntry, joinEntries, readEntry } from '../../../src/main/vault/pack-codec.ts';
import { deriveEpochKeys } from '../../../src/main/vault/vault-state.ts';
import {
  assertHeaderMac,
  encodeHeader,
  parseHeader,
} from '../../../src/main/vault/vault-header.ts';
import { createVault } from '../../../src/main/vault/vault.ts';
import type { DeviceId, ItemId } from '../../../src/shared/brand.ts';
import { equalBytes, fromBase64Url } from '../../../src/shared/bytes.ts';
import {
  canonical,
  hex,
  join,
  type Json,
  parseJson,
  utf8,
} from '../../support/independent/bytes.ts';
import { damage, otherVault } from '../../support/independent/damage.ts';
import { readVaultFile } from '../../support/independent/file.ts';
import * as header from '../../support/independent/header.ts';
import {
  aadOf,
  open,
  pad,
  seal,
  stretchByArgon2id,
  unpad,
} from '../../support/independent/primitives.ts';
import { readVault } from '../../support/independent/read.ts';
import type { Row, Table } from '../../support/independent/rows.ts';
import { Chance, PKCS8, randomItem } from '../../support/independent/samples.ts';
import * as sealing from '../../support/independent/sealing.ts';
import {
  checkDocument,
  DOCUMENTS,
  overviewOf as independentOverview,
  type Rec,
} from '../../support/independent/shapes.ts';
import {
  baseWriter,
  byRecovery,
  DOCUMENTS as SAMPLES,
} from '../../support/independent/vectors/scene.ts';
import { SeededBytes } from '../../support/independent/write.ts';
import { memoryFileOf } from '../../support/memory-file-of.ts';
import { MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { readByProduct, toOverview, toRecord } from '../../support/read-by-product.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { PASSWORD, secret } from '../../support/unlock-secrets.ts';
import { walkEntries } from '../../support/pack-entries.ts';

// Thousands of objects, and a slow Argon2id.
vi.setConfig({ testTimeout: 600_000 });

const folder = mkdtempSync(joinPath(tmpdir(), 'independent-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const aead = await readyAead();
const random = seededRandom('product');
const bytes = new SeededBytes('objects');
const chance = new Chance(bytes);

/** How many of each: 10,000 in all. */
const COUNTS = {
  items: 3000,
  packs: 1500,
  headers: 2000,
  documents: 1500,
  manifests: 1000,
  files: 1000,
};

function times(count: number, action: (index: number) => void): void {
  for (let index = 0; index < count; index += 1) action(index);
}

/** The product's keys of a vault, and what the second implementation needs of it. */
function makePlace() {
  const vaultId = bytes.take(32);
  const rootKey = bytes.take(32);
  const epoch = 1 + chance.below(0xffff_ffff);
  const deviceId = bytes.id() as DeviceId;
  const root = SecretBytes.take(Uint8Array.from(rootKey)) as VaultRootKey;
  const keys = deriveEpochKeys(root, { aead, random, vaultId, deviceId, epoch });
  return { place: { vaultId, rootKey }, epoch, deviceId, keys };
}

function toItem(id: ItemId, record: Rec): Item {
  if (record.kind !== 'passkey') return { ...(record as unknown as Item), id };
  const { userHandle, credentialId } = record as Readonly<Record<string, string>>;
  return {
    ...(record as unknown as Item & { kind: 'passkey' }),
    id,
    userHandle: fromBase64Url(userHandle ?? ''),
    credentialId: fromBase64Url(credentialId ?? ''),
  };
}

const lamports = [1, 2, 300, 2 ** 32, Number.MAX_SAFE_INTEGER];

describe('the second implementation', () => {
  it('imports nothing of the product', () => {
    const root = joinPath(import.meta.dirname, '..', '..', 'support', 'independent');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const imports = files.flatMap((name) => {
      const source = readFileSync(joinPath(root, name), 'utf8');
      return [...source.matchAll(/from '([^']+)'/g)].map(([, from = '']) => from);
    });
    expect(imports.length).toBeGreaterThan(50);
    expect(imports.filter((from) => from.includes('src/'))).toEqual([]);
  });
});

describe('10,000 random objects', () => {
  it('are 10,000', () => {
    expect(Object.values(COUNTS).reduce((sum, count) => sum + count)).toBe(10_000);
  });

  it('agree on items with their keys and private keys', () => {
    const { place, epoch, deviceId, keys } = makePlace();
    times(COUNTS.items, () => {
      const record = randomItem(chance);
      const id = bytes.id() as ItemId;
      const lamport = chance.oneOf(lamports);
      const isPasskey = record.kind === 'passkey';
      using privateKey = isPasskey ? SecretBytes.take(Uint8Array.from(PKCS8)) : null;
      const revision = { lamport, deviceId };
      const made = keys.items.sealNew(toItem(id, record), revision, privateKey);
      if (made.newKeys === null) throw new Error('a new item has new keys');
      const { body, newKeys } = made;
      const wrap = { ...newKeys, itemId: id };
      const opened = sealing.openItemKey(wrap, place, epoch);
      const keyDevice = deviceId;
      const row = { itemId: id, lamport, deviceId, schema: 1, keyVersion: 1, keyDevice };
      const aad = aadOf(sealing.bodyBound(row, place, opened.madeIn));
      const read = sealing.parseBody(open({ key: opened.itemKey, aad }, body.body));
      expect(read.item).toEqual(record);
      if (isPasskey) {
        const passkeyKey = sealing.openPasskeyKey(wrap, place);
        const item = { id, record };
        const context = { passkeyKey, vaultId: place.vaultId };
        expect(hex(sealing.openPrivateKey(item, read.privateKey, context))).toBe(hex(PKCS8));
      }
      // And the other way round: the same item sealed by the second implementation.
      const itemKeys = { itemKey: bytes.take(32), passkeyKey: bytes.take(32), madeIn: epoch };
      const bare = { itemId: id, version: 7, deviceId, epoch };
      const nonces = [bytes.take(24), bytes.take(24)] as const;
      const own = sealing.sealWrap(bare, place, { ...itemKeys, nonces });
      const ownAad = aadOf(sealing.bodyBound({ ...row, keyVersion: 7 }, place, epoch));
      const head = { lamport, deviceId, epoch };
      const sealedKey = isPasskey
        ? join(
            sealing.encodePrivateKeyHead(head),
            seal(
              {
                key: itemKeys.passkeyKey,
                aad: aadOf(sealing.privateKeyBound({ id, record }, head, place)),
              },
              bytes.take(24),
              pad(PKCS8),
            ),
          )
        : new Uint8Array(0);
      const plaintext = pad(sealing.bodyContent(record, sealedKey));
      const sealed = {
        ...{ id, revision, schema: 1, keyVersion: 7, keyDevice },
        body: seal({ key: itemKeys.itemKey, aad: ownAad }, bytes.take(24), plaintext),
        keys: { id, version: 7, deviceId, epoch, itemKey: own.itemKey, passkeyKey: own.passkeyKey },
      };
      expect(toRecord(keys.items.openItem(sealed))).toEqual(record);
      if (isPasskey) {
        using key = keys.items.openPrivateKey(sealed);
        expect(key.use(hex)).toBe(hex(PKCS8));
      }
    });
  });

  it('agree on packs and overviews', () => {
    const { place, epoch, deviceId, keys } = makePlace();
    times(COUNTS.packs, () => {
      const number = chance.oneOf([0, 1, chance.below(2 ** 32)]);
      const lamport = chance.oneOf(lamports);
      const entries = chance.list(4, () => {
        const record = randomItem(chance);
        const id = bytes.id() as ItemId;
        return {
          record,
          id,
          lamport: chance.oneOf(lamports),
          overview: overviewOf(toItem(id, record)),
        };
      });
      const content = joinEntries(
        entries.map(({ id, overview, lamport: at }) =>
          encodeEntry({
            ...{ id, revision: { lamport: at, deviceId }, kind: overview.kind },
            overview: encodeOverview(overview),
          }),
        ),
      );
      const made = keys.packs.seal(number, { lamport, deviceId }, content);
      const row = { number, lamport, deviceId, epoch, sealed: made.sealed };
      const found = sealing.openPack(row, place);
      const expected = entries.map(({ record, id, lamport: at }) => ({
        ...{ itemId: id, lamport: at, deviceId: deviceId },
        ...{ kind: record.kind as string, overview: independentOverview(record) },
      }));
      expect(found.map(({ json, ...entry }) => ({ ...entry, overview: parseJson(json) }))).toEqual(
        expected,
      );
      const plaintext = pad(sealing.packContent(expected));
      const own = sealing.sealPack({ number, lamport, deviceId, epoch }, place, {
        nonce: bytes.take(24),
        plaintext,
      });
      const opened = keys.packs.open({
        number,
        revision: { lamport, deviceId },
        epoch,
        sealed: own.sealed,
      });
      if (opened === null) throw new Error('the pack does not open');
      const read = walkEntries(opened).map(({ id, start }) => {
        const { overview, revision } = readEntry(opened, start);
        return [id, revision.lamport, toOverview(decodeOverview(id, overview))];
      });
      expect(read).toEqual(
        expected.map(({ itemId, lamport: at, overview }) => [itemId, at, overview]),
      );
    });
  });

  it('agree on headers and slots', () => {
    times(COUNTS.headers, () => {
      const place = { vaultId: bytes.take(32), epoch: 1 + chance.below(0xffff_ffff) };
      const rootKey = bytes.take(32);
      using root = SecretBytes.take(Uint8Array.from(rootKey)) as VaultRootKey;
      using macKey: HeaderMacKey = deriveKey(root, { label: 'header', salt: place.vaultId });
      const generation = 1 + chance.below(0xffff_ffff);
      const rosterHash = chance.isSo() ? new Uint8Array(32) : bytes.take(32);
      const plans = slotPlans();
      const ownSlots = plans.map(({ type, cost, secret: one }) => {
        const bare = {
          slotId: bytes.take(16),
          type,
          kdfBlock: cost ? header.kdfBlock(cost) : header.NO_KDF,
          salt: bytes.take(16),
        };
        return header.makeSlot(bare, place, { secret: one, rootKey, nonce: bytes.take(24) });
      });
      const own = header.encodeHeader(
        { ...place, generation, slots: ownSlots, rosterHash },
        rootKey,
      );
      const parsed = parseHeader(own);
      assertHeaderMac(parsed, macKey);
      expect(encodeHeader(parsed, macKey)).toEqual(own);
      for (const [index, slot] of parsed.slots.entries()) {
        using presented = SecretBytes.take(Uint8Array.from(plans[index]?.secret ?? []));
        const opened = openSlot(aead, { slot, secret: presented, context: parsed });
        if (!opened.isOpen) throw new Error('the slot does not open');
        expect(opened.rootKey.use(hex)).toBe(hex(rootKey));
        opened.rootKey.dispose();
      }
      // And a slot of the product in a header of the product.
      const slots = plans.map(({ type, cost, secret: one }) =>
        sealSlot(aead, {
          fields:
            type === 3 || cost === null
              ? { type: 'recovery', kdf: null }
              : { type: type === 1 ? 'password' : 'password-key-file', kdf: cost },
          ...{
            slotId: bytes.take(16),
            salt: bytes.take(16),
            secret: SecretBytes.take(Uint8Array.from(one)),
          },
          ...{ rootKey: root, context: place, random },
        }),
      );
      const encoded = encodeHeader({ ...place, generation, slots, rosterHash }, macKey);
      const found = header.parseHeader(encoded);
      expect(header.macHeader(found.covered, rootKey, place.vaultId)).toEqual(encoded);
      for (const [index, slot] of found.slots.entries()) {
        expect(header.openSlot(slot, found, plans[index]?.secret ?? rootKey)).toEqual(rootKey);
        expect(header.openSlot(slot, found, bytes.take(32))).toBe('mac');
      }
    });
  });

  it('agree on documents', () => {
    const { place, epoch, deviceId, keys } = makePlace();
    times(COUNTS.documents, () => {
      const role = chance.oneOf(DOCUMENTS);
      const revision = { lamport: chance.oneOf(lamports), deviceId };
      const content = documentOf(role);
      const made = sealDocument(role, content as never, { sealer: keys.objects, revision });
      const bare = {
        role: { slotNames: 7, savedSearches: 8, generatorHistory: 9 }[role],
        ...revision,
        epoch,
      };
      const read = sealing.openObject({ ...bare, sealed: made.sealed }, place);
      expect(checkDocument(role, parseJson(unpad(read)))).toEqual(content);
      const plaintext = pad(utf8(canonical(content)));
      const own = sealing.sealObject(bare, place, { nonce: bytes.take(24), plaintext });
      const object = { role, revision, epoch, sealed: own.sealed };
      expect(openDocument(role, object, keys.objects)).toEqual(content);
    });
  });

  it('agree on manifests and on the digests of rows', () => {
    const { place, keys } = makePlace();
    const key = sealing.vaultKey(place, 'v1/manifest');
    times(COUNTS.manifests, () => {
      const rows = chance.list(5, randomRow);
      const fold = new RowFold();
      for (const { row } of rows) fold.add(digestRow(keys.keys.manifest, row));
      const own = sealing.foldOf(
        key,
        rows.map(({ table, plain }) => sealing.encodeRow(table, plain)),
      );
      expect(own).toEqual(fold.set);
      const { isSuspect, headerHash } = { isSuspect: chance.isSo(), headerHash: bytes.take(32) };
      const read = { count: chance.below(2 ** 32), fold: bytes.take(32) };
      const manifest = { isSuspect, headerHash, read, rows: own };
      const encoded = encodeManifest(manifest);
      const plain = { flags: isSuspect ? 1 : 0, headerHash, read, rows: own };
      expect(sealing.parseManifest(encoded)).toEqual(plain);
      expect(parseManifest(sealing.encodeManifest(plain))).toEqual(manifest);
    });
  });

  it('agree on files', () => {
    const { place, epoch, deviceId } = makePlace();
    times(COUNTS.files, (index) => {
      // The largest has a chunk that is nothing but padding.
      const large = index === 0 ? 2 ** 22 + 1 : 65_500 + chance.below(70_000);
      const size = index % 100 === 0 ? large : chance.below(5000);
      const content = new Uint8Array(size).map((_, at) => (at * 7 + index) % 251);
      const [itemId, id] = [bytes.id() as ItemId, bytes.id()];
      const itemKey = bytes.take(32);
      const at = { vaultId: place.vaultId, madeIn: epoch };
      const row = {
        itemId,
        attachmentId: id,
        number: 1 + chance.below(1000),
        keyVersion: 1,
        keyDevice: deviceId,
        lamport: chance.oneOf(lamports),
        deviceId,
      };
      const key = sealing.attachmentKey(itemKey, id);
      const opened = {
        key: SecretBytes.take(Uint8Array.from(itemKey)) as never,
        ...{ madeIn: epoch, isInUse: true, mayHold: () => true },
        [Symbol.dispose]: () => undefined,
      };
      using sealer = new AttachmentSealer(
        { aead, vaultId: place.vaultId, random },
        { itemId, id, itemKey: opened },
      );
      const { number, keyVersion, keyDevice } = row;
      const revision = { lamport: row.lamport, deviceId };
      const bare = { number, id, itemId, keyVersion, keyDevice, revision };
      const chunks = sealing.chunkCount(size);
      const digest = bytes.take(32);
      const made = sealer.sealHead(bare, { sizeBytes: size, chunks, digest });
      const head = open({ key, aad: aadOf(sealing.headBound(row, at)) }, made.sealed);
      expect(sealing.parseHead(head)).toEqual({ size, chunks, digest });
      const nonce = bytes.take(24);
      const ownHead = seal(
        { key, aad: aadOf(sealing.headBound(row, at)) },
        nonce,
        sealing.encodeHead({ size, chunks, digest }),
      );
      expect(sealer.openHead({ ...bare, sealed: ownHead })).toEqual({
        ...{ sizeBytes: size, chunks, digest },
      });
      const [own, theirs] = [[] as Uint8Array[], new ChunkDigest()];
      times(chunks, (place_) => {
        const isLast = place_ === chunks - 1;
        const aad = aadOf(sealing.chunkBound(row, at, { index: place_, final: isLast }));
        const part = content.slice(place_ * 65_536, (place_ + 1) * 65_536);
        const plaintext = sealing.chunkPlaintext(content, place_);
        expect(plaintext).toHaveLength(paddedLength(size, place_));
        const read = open({ key, aad }, sealer.sealChunk(place_, plaintext, isLast));
        expect(equalBytes(read, plaintext)).toBe(true);
        const sealed = seal({ key, aad }, nonce, plaintext);
        own.push(sealed);
        theirs.add(sealed);
        expect(equalBytes(sealer.openChunk(sealed, place_, size), part)).toBe(true);
      });
      expect(theirs.value).toEqual(sealing.digestChunks(own));
    });
  });
});

function slotPlans() {
  const types = chance.oneOf([
    [1],
    [2],
    [3],
    [1, 3],
    [2, 3, 3],
    [3, 1, 3],
    [3, 3, 3, 3, 3, 3, 3, 3],
  ]);
  return types.map((type) => ({
    type,
    cost:
      type === 3
        ? null
        : {
            memoryKib: 65_536 + chance.below(200_000),
            passes: 3 + chance.below(3),
            lanes: 1 + chance.below(8),
          },
    secret: bytes.take(type === 2 ? 64 : 32),
  }));
}

function documentOf(role: (typeof DOCUMENTS)[number]): readonly Json[] {
  const text = (): string => chance.text();
  const made = {
    slotNames: () => ({ slotId: bytes.id(), name: text(), createdAt: chance.time() }),
    savedSearches: () => ({ id: chance.hex(8), name: text(), text: text() }),
    generatorHistory: () => ({ value: text(), at: chance.time() }),
  };
  const makeOne: () => Json = made[role];
  return chance.list(6, makeOne);
}

interface BothRows {
  readonly table: Exclude<Table, 'chunks'>;
  readonly plain: Row;
  readonly row: ManifestRow;
}

/** One row in the terms of both. */
function randomRow(): BothRows {
  const deviceId = bytes.id() as DeviceId;
  const [lamport, epoch] = [chance.oneOf(lamports), 1 + chance.below(0xffff_ffff)];
  const revision = { lamport, deviceId };
  const sealed = bytes.take(40 + chance.below(300));
  const [itemId, number] = [bytes.id() as ItemId, chance.below(2 ** 32)];
  const keyDevice = bytes.id() as DeviceId;
  const rows: readonly BothRows[] = [
    {
      table: 'items',
      plain: { itemId, lamport, deviceId, schema: 3, keyVersion: number, keyDevice, body: sealed },
      row: {
        of: 'body',
        row: { id: itemId, revision, schema: 3, keyVersion: number, keyDevice, body: sealed },
      },
    },
    {
      table: 'wraps',
      plain: {
        itemId,
        version: number,
        deviceId,
        epoch,
        itemKey: sealed,
        passkeyKey: sealed.slice(7),
      },
      row: {
        of: 'keys',
        row: {
          id: itemId,
          version: number,
          deviceId,
          epoch,
          itemKey: sealed,
          passkeyKey: sealed.slice(7),
        },
      },
    },
    {
      table: 'attachments',
      plain: {
        ...{ itemId, attachmentId: deviceId, number, keyVersion: 2, keyDevice },
        ...{ lamport, deviceId, sealed },
      },
      row: {
        of: 'attachment',
        row: { itemId, id: deviceId, number, keyVersion: 2, keyDevice, revision, sealed },
      },
    },
    {
      table: 'objects',
      plain: { role: 8, lamport, deviceId, epoch, sealed },
      row: { of: 'object', row: { role: 'savedSearches', revision, epoch, sealed } },
    },
    {
      table: 'objects',
      plain: { role: 200, lamport, deviceId, epoch, sealed },
      row: { of: 'object', row: { role: 200, revision, epoch, sealed } },
    },
    {
      table: 'packs',
      plain: { number, lamport, deviceId, epoch, sealed },
      row: { of: 'pack', row: { number, revision, epoch, sealed } },
    },
  ];
  return chance.oneOf(rows);
}

describe('a vault file of the product', () => {
  it('is read from password to file by the second implementation, Argon2id included', async () => {
    const path = joinPath(folder, 'product.latchkey');
    const store = SqliteVaultStore.open(path, 'create');
    using password = secret(PASSWORD);
    const clock = new HandClock();
    const vault = await createVault(store, { password, random, clock, kdf: KDF_FLOOR });
    const items = Array.from({ length: 40 }, () => ({
      id: vault.newItemId(),
      record: randomItem(chance),
    }));
    for (const { id, record } of items) {
      using key = record.kind === 'passkey' ? SecretBytes.take(Uint8Array.from(PKCS8)) : null;
      vault.save(toItem(id, record), ...(key ? [key] : []));
    }
    const [first] = items as [(typeof items)[0]];
    const writer = vault.beginAttachment(first.id);
    writer.write(new Uint8Array(70_000).fill(3));
    vault.saveWithAttachment(
      toItem(first.id, { ...first.record, title: 'Second' }),
      writer.finish(),
    );
    vault.saveDocument('savedSearches', SAMPLES.savedSearches);
    vault.close();
    const presented = { type: 1, password: utf8(PASSWORD) };
    const outcome = readVault(readVaultFile(path), presented, stretchByArgon2id);
    const read = await readByProduct(
      () => SqliteVaultStore.open(path),
      presented,
      derivePasswordKey,
    );
    expect(outcome).toEqual(read);
    if (!('opened' in outcome)) throw new Error('the vault does not open');
    const { isIntact, items: found } = outcome.opened;
    const records = items.map(({ id, record }) => [
      id,
      id === first.id ? { ...record, title: 'Second' } : record,
    ]);
    expect(isIntact).toBe(true);
    expect(
      Object.entries(found).map(([id, item]) => [id, 'record' in item ? item.record : item]),
    ).toEqual(expect.arrayContaining(records));
    expect(Object.keys(found)).toHaveLength(items.length);
    expect(Object.keys(outcome.opened.files)).toHaveLength(1);
  });
});

describe('damage', () => {
  const made = baseWriter();
  const vault = made.build();
  const other = otherVault(made);

  it('is told alike by both, at 1,500 places', async () => {
    const counts = { refused: 0, notIntact: 0, intact: 0 };
    for (let index = 0; index < 1500; index += 1) {
      const damaged = damage(chance, vault, other);
      const mine = readVault(damaged, byRecovery('one'), stretchByArgon2id);
      const store = () => new MemoryVaultStore(memoryFileOf(damaged));
      expect(await readByProduct(store, byRecovery('one'), derivePasswordKey)).toEqual(mine);
      if ('refused' in mine) counts.refused += 1;
      else if (mine.opened.isIntact) counts.intact += 1;
      else counts.notIntact += 1;
    }
    expect(counts.refused).toBeGreaterThan(100);
    expect(counts.notIntact).toBeGreaterThan(500);
    // Only chunks are in no set of the manifest.
    expect(counts.intact).toBeLessThan(300);
  });
});
