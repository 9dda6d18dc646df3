// A writer of whole vaults, second implementation. It writes what docs/vault-format.md says, from random bytes that
// follow from a seed, and keeps every key at hand, so that a test can then seal something wrong.
// SPDX-License-Identifier: MIT

import { hex, join, type Json, utf8, canonical } from './bytes.ts';
import {
  encodeHeader,
  type Header,
  kdfBlock,
  makeSlot,
  NO_KDF,
  type Secret,
  secretOf,
  type Slot,
  SLOT,
} from './header.ts';
import { aadOf, type Cost, digest, pad, ROLES, seal, type Stretch } from './primitives.ts';
import type { BodyRow, ChunkRow, HeadRow, ObjectRow, PackRow, Vault, WrapRow } from './rows.ts';
import type { Contents } from './read.ts';
import {
  attachmentKey,
  bodyBound,
  bodyContent,
  chunkBound,
  chunkCount,
  chunkPlaintext,
  digestChunks,
  digestSealed,
  encodeGenesis,
  encodeHead,
  encodeManifest,
  encodePrivateKeyHead,
  encodeRow,
  type Entry,
  foldOf,
  hashHeader,
  headBound,
  type ItemKeys,
  type Manifest,
  metaPlaintext,
  packContent,
  type Place,
  privateKeyBound,
  sealObject,
  sealPack,
  sealWrap,
  vaultKey,
} from './sealing.ts';
import { type DocumentName, DOCUMENTS, overviewOf, type Rec } from './shapes.ts';

/** Bytes that follow from a seed: SHA-256 of it and a counter, one block after the other. */
export class SeededBytes {
  readonly #seed: string;
  #counter = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  take(length: number): Uint8Array {
    const blocks: Uint8Array[] = [];
    for (let have = 0; have < length; have += 32) {
      this.#counter += 1;
      blocks.push(digest(utf8(`${this.#seed} ${String(this.#counter)}`)));
    }
    return join(...blocks).slice(0, length);
  }

  id(): string {
    return hex(this.take(16));
  }
}

export interface SlotPlan {
  readonly secret: Secret;
  readonly cost?: Cost;
  /** Random where it is not given. */
  readonly salt?: Uint8Array;
}

export interface WriterPlan {
  readonly seed: string;
  readonly slots: readonly SlotPlan[];
  readonly stretch: Stretch;
  readonly epoch?: number;
  readonly generation?: number;
  readonly createdAt?: number;
  /** Where the counter of revisions begins. */
  readonly lamport?: number;
}

export interface WrittenItem {
  readonly id: string;
  readonly record: Rec;
  readonly keys: ItemKeys;
  readonly version: number;
  /** Who made the keys. */
  readonly keyDevice: string;
  readonly lamport: number;
  /** Who wrote the revision. */
  readonly deviceId: string;
  /** The third part of the body: sealed. */
  readonly privateKey: Uint8Array;
}

export interface ItemOptions {
  readonly id?: string;
  readonly privateKey?: Uint8Array;
  /** An earlier epoch, for an item that has not been edited since. */
  readonly madeIn?: number;
}

/** Keys of an item before they are sealed. */
interface MadeKeys {
  readonly row: Omit<WrapRow, 'itemKey' | 'passkeyKey'>;
  readonly keys: ItemKeys;
  readonly nonces: readonly [Uint8Array, Uint8Array];
}

export class VaultWriter {
  readonly random: SeededBytes;
  readonly place: Place;
  readonly deviceId: string;
  readonly epoch: number;
  readonly header: Header;
  readonly items = new Map<string, WrittenItem>();
  readonly statement: Uint8Array;
  lamport: number;
  readonly #documents = new Map<DocumentName, Json>();
  readonly #wraps: MadeKeys[] = [];
  readonly #rows = {
    items: [] as BodyRow[],
    attachments: [] as HeadRow[],
    chunks: [] as ChunkRow[],
  };
  readonly #former: Record<string, Rec> = {};
  readonly #privateKeys: Record<string, string> = {};
  readonly #files: Record<string, string> = {};

  constructor(plan: WriterPlan) {
    const { seed, epoch = 1, generation = 1, createdAt = 1_767_225_600_000, lamport = 0 } = plan;
    this.random = new SeededBytes(seed);
    this.statement = encodeGenesis({ nonce: this.random.take(32), createdAt });
    const vaultId = digest(this.statement);
    this.deviceId = this.random.id();
    this.place = { vaultId, rootKey: this.random.take(32) };
    this.epoch = epoch;
    this.lamport = lamport;
    const slots = plan.slots.map((slot) => this.#slot(slot, plan.stretch));
    this.header = { vaultId, generation, epoch, slots, rosterHash: new Uint8Array(32) };
  }

  nonce(): Uint8Array {
    return this.random.take(24);
  }

  addItem(record: Rec, options: ItemOptions = {}): string {
    const { id = this.random.id(), madeIn = this.epoch } = options;
    const { deviceId } = this;
    const version = 1;
    const keys = this.#makeKeys({ itemId: id, version, deviceId, epoch: this.epoch }, madeIn);
    this.lamport += 1;
    const { lamport } = this;
    const written = { id, record, keys, version, keyDevice: deviceId, lamport, deviceId };
    const privateKey = options.privateKey
      ? this.sealPrivateKey({ ...written, privateKey: new Uint8Array(0) }, options.privateKey)
      : new Uint8Array(0);
    if (options.privateKey) this.#privateKeys[id] = hex(options.privateKey);
    this.#put({ ...written, privateKey });
    return id;
  }

  /** A later revision under the same keys. */
  editItem(id: string, record: Rec): void {
    const former = this.item(id);
    this.#former[`${id}/${String(former.lamport)}`] = former.record;
    this.lamport += 1;
    this.#put({ ...former, record, lamport: this.lamport });
  }

  /** A later revision of another device, under keys of its own. */
  editElsewhere(id: string, record: Rec, deviceId: string): void {
    const former = this.item(id);
    this.#former[`${id}/${String(former.lamport)}`] = former.record;
    this.lamport += 1;
    const { lamport, epoch } = this;
    const version = 2;
    const keys = this.#makeKeys({ itemId: id, version, deviceId, epoch }, epoch);
    this.#put({ ...former, record, keys, version, keyDevice: deviceId, lamport, deviceId });
  }

  #makeKeys(row: Omit<WrapRow, 'itemKey' | 'passkeyKey'>, madeIn: number): ItemKeys {
    const keys = { itemKey: this.random.take(32), passkeyKey: this.random.take(32), madeIn };
    this.#wraps.push({ row, keys, nonces: [this.nonce(), this.nonce()] });
    return keys;
  }

  /** A row of keys as it has to be by now: with digests where its keys are of an earlier epoch. */
  #wrap({ row, keys, nonces }: MadeKeys): WrapRow {
    const { items, attachments } = this.#rows;
    const isOwn = (one: BodyRow | HeadRow): boolean =>
      one.itemId === row.itemId && one.keyVersion === row.version && one.keyDevice === row.deviceId;
    const sealedBefore =
      keys.madeIn === this.epoch
        ? []
        : [
            ...items.filter(isOwn).map(({ body }) => digestSealed(body)),
            ...attachments.filter(isOwn).map(({ sealed }) => digestSealed(sealed)),
          ];
    return sealWrap(row, this.place, { ...keys, nonces, sealedBefore });
  }

  addFile(itemId: string, attachmentId: string, content: Uint8Array): void {
    const { keys, version: keyVersion, keyDevice } = this.item(itemId);
    const number = this.#rows.attachments.length + 1;
    const at = { lamport: this.lamport, deviceId: this.deviceId };
    const row = { itemId, attachmentId, number, keyVersion, keyDevice, ...at };
    const place = { vaultId: this.place.vaultId, madeIn: keys.madeIn };
    const key = attachmentKey(keys.itemKey, attachmentId);
    const count = chunkCount(content.length);
    const chunks = Array.from({ length: count }, (_, index) => {
      const aad = aadOf(chunkBound(row, place, { index, final: index === count - 1 }));
      return seal({ key, aad }, this.nonce(), chunkPlaintext(content, index));
    });
    for (const [index, sealed] of chunks.entries()) {
      this.#rows.chunks.push({ id: number * 2 ** 18 + index, sealed });
    }
    const head = encodeHead({ size: content.length, chunks: count, digest: digestChunks(chunks) });
    const sealed = seal({ key, aad: aadOf(headBound(row, place)) }, this.nonce(), head);
    this.#rows.attachments.push({ ...row, sealed });
    this.#files[attachmentId] = hex(digest(content));
  }

  setDocument(name: DocumentName, value: Json): void {
    this.#documents.set(name, value);
  }

  item(id: string): WrittenItem {
    const item = this.items.get(id);
    if (item === undefined) throw new Error('the writer has no such item');
    return item;
  }

  /** A body row of an item as it stands, from any plaintext. */
  sealBody(item: WrittenItem, plaintext: Uint8Array): BodyRow {
    const { id: itemId, lamport, deviceId, version: keyVersion, keyDevice, keys } = item;
    const row = { itemId, lamport, deviceId, schema: 1, keyVersion, keyDevice };
    const aad = aadOf(bodyBound(row, this.place, keys.madeIn));
    return { ...row, body: seal({ key: keys.itemKey, aad }, this.nonce(), plaintext) };
  }

  sealPrivateKey(item: WrittenItem, pkcs8: Uint8Array): Uint8Array {
    const head = { lamport: item.lamport, deviceId: this.deviceId, epoch: item.keys.madeIn };
    const aad = aadOf(privateKeyBound(item, head, this.place));
    const box = { key: item.keys.passkeyKey, aad };
    return join(encodePrivateKeyHead(head), seal(box, this.nonce(), pad(pkcs8)));
  }

  sealObject(role: number, plaintext: Uint8Array): ObjectRow {
    const row = { role, lamport: this.lamport, deviceId: this.deviceId, epoch: this.epoch };
    return sealObject(row, this.place, { nonce: this.nonce(), plaintext });
  }

  sealPack(number: number, plaintext: Uint8Array): PackRow {
    const row = { number, lamport: this.lamport, deviceId: this.deviceId, epoch: this.epoch };
    return sealPack(row, this.place, { nonce: this.nonce(), plaintext });
  }

  /** Entries of all items, 32 to a pack. */
  entries(): readonly Entry[] {
    return [...this.items.values()].map(({ id, record, lamport, deviceId }) => ({
      ...{ itemId: id, lamport, deviceId, kind: record.kind as string },
      overview: overviewOf(record),
    }));
  }

  build(): Vault {
    const entries = this.entries();
    const packs = Array.from({ length: Math.ceil(entries.length / 32) }, (_, number) =>
      this.sealPack(number, pad(packContent(entries.slice(number * 32, number * 32 + 32)))),
    );
    const objects = [
      this.sealObject(ROLES.meta, metaPlaintext(this.statement, this.deviceId)),
      ...[...this.#documents].map(([name, value]) =>
        this.sealObject(ROLES[name], pad(utf8(canonical(value)))),
      ),
    ];
    const header = encodeHeader(this.header, this.place.rootKey);
    const wraps = this.#wraps.map((one) => this.#wrap(one));
    return this.withManifest({ header, objects, packs, wraps, ...this.#rows });
  }

  /** The vault with a manifest that agrees with its rows, or with what `change` makes of that manifest. */
  withManifest(vault: Vault, change: Partial<Manifest> = {}): Vault {
    const plaintext = encodeManifest({ ...this.manifestOf(vault), ...change });
    const rest = vault.objects.filter(({ role }) => role !== ROLES.manifest);
    return { ...vault, objects: [...rest, this.sealObject(ROLES.manifest, plaintext)] };
  }

  manifestOf(vault: Vault): Manifest {
    const key = vaultKey(this.place, 'v1/manifest');
    const encoded = (table: 'objects' | 'packs' | 'items' | 'wraps' | 'attachments') =>
      vault[table]
        .filter((row) => !('role' in row) || row.role !== ROLES.manifest)
        .map((row) => encodeRow(table, row));
    return {
      flags: 0,
      headerHash: hashHeader(vault.header),
      read: foldOf(key, [...encoded('objects'), ...encoded('packs')]),
      rows: foldOf(key, [...encoded('items'), ...encoded('wraps'), ...encoded('attachments')]),
    };
  }

  /** What a reader has to find in it. */
  contents(): Contents {
    return {
      isIntact: true,
      items: Object.fromEntries(
        [...this.items].map(([id, { lamport, record }]) => [
          id,
          { lamport, overview: overviewOf(record), record },
        ]),
      ),
      former: this.#former,
      privateKeys: this.#privateKeys,
      files: this.#files,
      documents: Object.fromEntries(
        DOCUMENTS.map((name) => [name, this.#documents.get(name) ?? []]),
      ),
    };
  }

  #put(item: WrittenItem): void {
    this.items.set(item.id, item);
    this.#rows.items.push(this.sealBody(item, pad(bodyContent(item.record, item.privateKey))));
  }

  #slot({ secret, cost, salt = this.random.take(16) }: SlotPlan, stretch: Stretch): Slot {
    const { type } = secret;
    const block = type === SLOT.recovery || cost === undefined ? NO_KDF : kdfBlock(cost);
    const bare = { slotId: this.random.take(16), type, kdfBlock: block, salt };
    return makeSlot(
      bare,
      { vaultId: this.place.vaultId, epoch: this.epoch },
      {
        secret: secretOf(secret, bare, stretch),
        rootKey: this.place.rootKey,
        nonce: this.nonce(),
      },
    );
  }
}
