// The body of an encrypted export: items and private keys one after the other, padded as a whole to a bucket.
// Entry: `item length u32 ‖ item ‖ key length u32 ‖ private key`; docs/export-format.md, "Body".
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { concatBytes, joinBytes } from '../../shared/bytes.ts';
import { pad, unpad } from '../crypto/padding.ts';
import { SecretBytes } from '../crypto/secret-bytes.ts';
import { FixedWidthReader, u32 } from '../vault/fixed-width.ts';
import type { Item } from '../vault/item.ts';
import { decodeItem, encodeItem, ITEM_SCHEMA } from '../vault/item-codec.ts';
import { VaultError } from '../vault/vault-error.ts';
import { EXPORT_SCHEMA, type ExportManifest } from './export-manifest.ts';
import type { ImportedLogin, ImportedPasskey } from './importer.ts';
import { TransferError } from './transfer-error.ts';

/** What goes in: an item with its id, which stays behind, and a passkey's private key. */
export interface ExportEntry {
  readonly item: Item;
  /** PKCS#8; null for what is no passkey. Lent until the next entry is asked for. */
  readonly privateKey: SecretBytes | null;
}

/** What comes out: an item without an id, and a passkey's private key, owned by the caller. */
export type ExportedEntry =
  { readonly item: ImportedLogin; readonly privateKey: null } | ImportedPasskey;

/** The codec wants an id; what it decodes here gets a fresh one from whoever stores it. */
const NO_ID = '0'.repeat(32) as ItemId;

/** Encodes all entries. The caller erases `body`. */
export function encodeExportBody(entries: Iterable<ExportEntry>): {
  readonly manifest: ExportManifest;
  readonly body: Uint8Array<ArrayBuffer>;
} {
  const counts = { login: 0, passkey: 0 };
  const frames: Uint8Array[] = [];
  try {
    for (const entry of entries) {
      frames.push(encodeEntry(entry));
      counts[entry.item.kind]++;
    }
    const content = joinBytes(frames);
    const body = pad(content);
    content.fill(0);
    const sizes = { schema: EXPORT_SCHEMA, itemSchema: ITEM_SCHEMA, bodyBytes: body.length };
    return { manifest: { ...sizes, counts }, body };
  } finally {
    for (const frame of frames) frame.fill(0);
  }
}

/**
 * The entries of a verified body. Throws `transfer/unsupported-version` for items of a newer schema and
 * `transfer/damaged` where body and manifest are not what an export writes; then no private key stays behind.
 */
export function parseExportBody(
  manifest: ExportManifest,
  body: Uint8Array,
): readonly ExportedEntry[] {
  const entries: ExportedEntry[] = [];
  try {
    const content = contentOf(body);
    const reader = new FixedWidthReader(content);
    while (reader.offset < content.length) {
      entries.push(parseEntry(manifest.itemSchema, nextPart(reader), nextPart(reader)));
    }
    assertCounts(manifest, entries);
    return entries;
  } catch (error) {
    for (const { privateKey } of entries) privateKey?.dispose();
    throw error;
  }
}

function encodeEntry({ item, privateKey }: ExportEntry): Uint8Array {
  if ((item.kind === 'passkey') !== (privateKey !== null)) {
    throw new Error('export: passkeys have a private key and nothing else has one');
  }
  if (item.kind === 'passkey' && !item.backupEligible) {
    throw new Error('export: a passkey that is not backup eligible never leaves its vault');
  }
  const body = encodeItem(item, null);
  const encode = (key: Uint8Array) => concatBytes(u32(body.length), body, u32(key.length), key);
  const frame = privateKey === null ? encode(new Uint8Array(0)) : privateKey.use(encode);
  body.fill(0);
  return frame;
}

function contentOf(body: Uint8Array): Uint8Array {
  try {
    return unpad(body);
  } catch (cause) {
    throw new TransferError('transfer/damaged', 'export: the padding of its body is wrong', {
      cause,
    });
  }
}

function nextPart(reader: FixedWidthReader): Uint8Array {
  try {
    return reader.view(reader.u32());
  } catch (cause) {
    throw damagedEntry('a cut entry', cause);
  }
}

function parseEntry(itemSchema: number, body: Uint8Array, key: Uint8Array): ExportedEntry {
  const item = parseItem(itemSchema, body);
  if (item.kind === 'login') {
    if (key.length > 0) throw damagedEntry('a login with a private key');
    return { item, privateKey: null };
  }
  if (key.length === 0) throw damagedEntry('a passkey without a private key');
  return { item, privateKey: SecretBytes.take(Uint8Array.from(key)) };
}

function parseItem(itemSchema: number, bytes: Uint8Array): ExportedEntry['item'] {
  try {
    const { item, sealedPrivateKey } = decodeItem(NO_ID, itemSchema, bytes);
    if (sealedPrivateKey !== null) throw damagedEntry('a private key inside the item');
    return withoutId(item);
  } catch (cause) {
    if (!(cause instanceof VaultError)) throw cause;
    if (cause.code !== 'vault/unsupported-version') throw damagedEntry('an item', cause);
    throw new TransferError(
      'transfer/unsupported-version',
      `export: expected items of schema ${ITEM_SCHEMA}, got ${itemSchema}`,
      { cause, details: { itemSchema } },
    );
  }
}

function withoutId(item: Item): ExportedEntry['item'] {
  const { id: _, ...rest } = item;
  return rest;
}

function assertCounts(manifest: ExportManifest, entries: readonly ExportedEntry[]): void {
  const passkeys = entries.filter(({ privateKey }) => privateKey !== null).length;
  const logins = entries.length - passkeys;
  if (manifest.counts.login !== logins || manifest.counts.passkey !== passkeys) {
    throw new TransferError(
      'transfer/damaged',
      `export: expected ${manifest.counts.login} logins and ${manifest.counts.passkey} passkeys, ` +
        `got ${logins} and ${passkeys}`,
    );
  }
}

function damagedEntry(what: string, cause?: unknown): TransferError {
  return new TransferError('transfer/damaged', `export: ${what} is not what an export holds`, {
    cause,
  });
}
