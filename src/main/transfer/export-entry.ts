// Entries of an encrypted export: an item as the vault encodes it and, of a passkey, its private key. Ids of the vault
// stay behind: inside the file, an id is a number. docs/export-format.md, "Entries".
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { joinBytes } from '../../shared/bytes.ts';
import type { ItemKind } from '../../shared/model/item-kinds.ts';
import { pad, unpad } from '../crypto/padding.ts';
import { SecretBytes } from '../crypto/secret-bytes.ts';
import { u32 } from '../vault/fixed-width.ts';
import type { Attachment, Item } from '../vault/item.ts';
import { decodeItem, encodeItem, ITEM_SCHEMA } from '../vault/item-codec.ts';
import { VaultError } from '../vault/vault-error.ts';
import { type ImportedItem, NO_ID } from './importer.ts';
import { TransferError } from './transfer-error.ts';

/** What goes in. */
export interface ExportEntry {
  readonly item: Item;
  /** PKCS#8; null for what is no passkey. Owned by whoever is given the entry. */
  readonly privateKey: SecretBytes | null;
}

/** What comes out: an item without an id, and a passkey's private key, owned by the caller. */
export interface ExportedEntry {
  /** Its `loginId` and the ids of its attachments are numbers of this file: see {@link numberOf}. */
  readonly item: ImportedItem;
  readonly privateKey: SecretBytes | null;
}

/** A file that an item names: whose it is, and its place among those of the export. */
export interface FileRef {
  readonly itemId: ItemId;
  readonly attachment: string;
  readonly sizeBytes: number;
}

/** A number of the file in the place of an id: 32 hex digits. */
export function idFor(number: number): ItemId {
  return number.toString(16).padStart(32, '0') as ItemId;
}

/** The number that stands in the place of an id; 0 for what is none. */
export function numberOf(id: string): number {
  return /^0{20}[0-9a-f]{12}$/.test(id) ? Number.parseInt(id, 16) : 0;
}

/** Encodes entries in their order and gives them and their files numbers. */
export class EntryEncoder {
  /** Of the files of all entries so far. */
  readonly files: FileRef[] = [];
  readonly #logins = new Map<ItemId, number>();
  #entries = 0;

  /** For the caller to erase. A passkey whose login was not among the entries before it stands alone. */
  encode({ item, privateKey }: ExportEntry): Uint8Array {
    assertWritable(item, privateKey);
    this.#entries += 1;
    if (item.kind === 'login') this.#logins.set(item.id, this.#entries);
    const numbered = this.#numbered(item);
    const padded =
      privateKey === null
        ? encodeItem(numbered, null)
        : privateKey.use((key) => encodeItem(numbered, key));
    return unpad(padded);
  }

  #numbered(item: Item): Item {
    const attachments = item.attachments.map((one) => this.#numberFile(item.id, one));
    if (item.kind !== 'passkey') return { ...item, attachments };
    const login = item.loginId === null ? undefined : this.#logins.get(item.loginId);
    return { ...item, attachments, loginId: login === undefined ? null : idFor(login) };
  }

  #numberFile(itemId: ItemId, attachment: Attachment): Attachment {
    const { id, sizeBytes } = attachment;
    this.files.push({ itemId, attachment: id, sizeBytes });
    return { ...attachment, id: idFor(this.files.length) };
  }
}

/** Decodes entries in their order, and refuses what an {@link EntryEncoder} does not write. */
export class EntryDecoder {
  readonly #itemSchema: number;
  readonly #kinds: ItemKind[] = [];
  /** Sizes of the files of all entries so far, in their order. */
  readonly files: number[] = [];

  constructor(itemSchema: number) {
    this.#itemSchema = itemSchema;
  }

  /** Throws `transfer/damaged`, `transfer/unsupported-version`. */
  decode(json: Uint8Array, key: Uint8Array): ExportedEntry {
    const item = this.#parse(json);
    this.#takeFiles(item);
    this.#assertLogin(item);
    this.#kinds.push(item.kind);
    if (item.kind !== 'passkey') {
      if (key.length > 0) throw damagedEntry('a private key of what is no passkey');
      return { item, privateKey: null };
    }
    if (key.length === 0) throw damagedEntry('a passkey without a private key');
    if (!item.backupEligible) throw damagedEntry('a passkey that is bound to its device');
    return { item, privateKey: SecretBytes.take(key) };
  }

  countOf(kind: ItemKind): number {
    return this.#kinds.filter((one) => one === kind).length;
  }

  /** The codec would keep a copy of the private key: it is not shown it. */
  #parse(json: Uint8Array): ImportedItem {
    const content = joinBytes([u32(json.length), json, u32(0)]);
    const padded = pad(content);
    try {
      const { id: _, ...item } = decodeItem(NO_ID, this.#itemSchema, padded).item;
      return item;
    } catch (cause) {
      if (!(cause instanceof VaultError)) throw cause;
      if (cause.code !== 'vault/unsupported-version') throw damagedEntry('an item', cause);
      throw new TransferError(
        'transfer/unsupported-version',
        `export: expected items of schema ${ITEM_SCHEMA}, got ${this.#itemSchema}`,
        { cause, details: { itemSchema: this.#itemSchema } },
      );
    } finally {
      for (const erased of [content, padded]) erased.fill(0);
    }
  }

  #takeFiles({ attachments }: ImportedItem): void {
    for (const { id, sizeBytes } of attachments) {
      this.files.push(sizeBytes);
      if (numberOf(id) !== this.files.length) throw damagedEntry('a file out of its order');
    }
  }

  #assertLogin(item: ImportedItem): void {
    if (item.kind !== 'passkey' || item.loginId === null) return;
    if (this.#kinds[numberOf(item.loginId) - 1] === 'login') return;
    throw damagedEntry('a passkey of a login that is not before it');
  }
}

function assertWritable(item: Item, privateKey: SecretBytes | null): void {
  if ((item.kind === 'passkey') !== (privateKey !== null)) {
    throw new Error('export: passkeys have a private key and nothing else has one');
  }
  if (item.kind === 'passkey' && !item.backupEligible) {
    throw new Error('export: a passkey that is not backup eligible never leaves its vault');
  }
}

export function damagedEntry(what: string, cause?: unknown): TransferError {
  return new TransferError('transfer/damaged', `export: ${what} is not what an export holds`, {
    cause,
  });
}
