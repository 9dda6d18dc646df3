// Item ↔ bytes. A body has two parts, each with its length before it: the item as canonical JSON, and a passkey's
// sealed private key. Strict on both sides: what cannot be read back is not written. docs/vault-format.md, "Item bodies".
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { fromBase64Url, joinBytes, toBase64Url } from '../../shared/bytes.ts';
import { pad, unpad } from '../crypto/padding.ts';
import { FixedWidthReader, u32 } from './fixed-width.ts';
import { itemShape } from './item-shape.ts';
import type { Item, PasskeyItem } from './item.ts';
import { readJson, writeJson } from './strict-json.ts';
import { VaultError } from './vault-error.ts';

/** Version of the encoding; another one needs an upgrade on read here. */
export const ITEM_SCHEMA = 1;

/** A body as it was read: the item, and the sealed private key that travels with it. */
export interface DecodedItem {
  readonly item: Item;
  /** Null for what is no passkey. */
  readonly sealedPrivateKey: Uint8Array | null;
}

/** The padded plaintext of a body; the caller erases it once it is sealed. */
export function encodeItem(
  item: Item,
  sealedPrivateKey: Uint8Array | null,
): Uint8Array<ArrayBuffer> {
  const record = toRecord(item);
  assertShape(record);
  const json = writeJson(record);
  const key = sealedPrivateKey ?? new Uint8Array(0);
  const content = joinBytes([u32(json.length), json, u32(key.length), key]);
  const padded = pad(content);
  for (const erased of [json, content]) erased.fill(0);
  return padded;
}

/** Throws `vault/item-damaged`, or `vault/unsupported-version` for a schema that is not known. */
export function decodeItem(id: ItemId, schema: number, plaintext: Uint8Array): DecodedItem {
  if (schema !== ITEM_SCHEMA) {
    throw new VaultError(
      'vault/unsupported-version',
      `item body: expected schema ${ITEM_SCHEMA}, got ${schema}`,
      { details: { schema } },
    );
  }
  try {
    const reader = new FixedWidthReader(unpad(plaintext));
    const json = reader.view(reader.u32());
    const key = reader.view(reader.u32());
    reader.end();
    const item = readJson(json, (record) => {
      const kind = (record as { readonly kind?: unknown } | null)?.kind;
      return toItem(id, itemShape(kind).parse(record));
    });
    if (item.kind !== 'passkey' && key.length > 0) throw new TypeError('a key of no passkey');
    return { item, sealedPrivateKey: key.length === 0 ? null : Uint8Array.from(key) };
  } catch {
    // The reason may quote what was read, so it is not kept as cause.
    throw new VaultError('vault/item-damaged', 'item body: not of the form of its schema', {
      details: { step: 'form' },
    });
  }
}

function toRecord(item: Item): { readonly kind: unknown } {
  const { id: _id, kind, ...rest } = item;
  if (item.kind !== 'passkey') return { kind, ...rest };
  const { credentialId, userHandle } = item;
  const bytes = { credentialId: toBase64Url(credentialId), userHandle: toBase64Url(userHandle) };
  return { kind, ...rest, ...bytes };
}

type Encoded<T> = { readonly [K in keyof T]: T[K] extends Uint8Array ? string : T[K] };

/** `record` has the shape of its kind, which is that of `Item` with bytes as base64url. */
function toItem(id: ItemId, record: unknown): Item {
  const { kind } = record as Item;
  if (kind !== 'passkey') return { ...(record as Exclude<Item, PasskeyItem>), id };
  const passkey = record as Encoded<PasskeyItem>;
  const { credentialId, userHandle } = passkey;
  return {
    ...passkey,
    id,
    credentialId: fromBase64Url(credentialId),
    userHandle: fromBase64Url(userHandle),
  };
}

/** A bug of the caller, so a plain Error; it names the field and never its value. */
function assertShape(record: { readonly kind: unknown }): void {
  const result = itemShape(record.kind).safeParse(record);
  if (result.success) return;
  const where = result.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Error(`item: does not fit schema ${ITEM_SCHEMA} at ${where}`);
}
