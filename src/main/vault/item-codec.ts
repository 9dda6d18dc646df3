// Item ↔ bytes. A body has three parts, each with its length before it: the overview that unlocking reads, the detail
// that opening one item reads, and a passkey's sealed private key. Strict on both sides: what cannot be read back is
// not written. docs/vault-format.md, "Item bodies".
// SPDX-License-Identifier: MIT

import { z } from 'zod';
import type { ItemId } from '../../shared/brand.ts';
import { concatBytes, fromBase64Url, fromUtf8, toBase64Url, toUtf8 } from '../../shared/bytes.ts';
import { toCanonicalJson } from '../../shared/canonical-json.ts';
import { pad, unpad } from '../crypto/padding.ts';
import { FixedWidthReader, u32 } from './fixed-width.ts';
import type { Item } from './item.ts';
import { hostOf, type ItemOverview } from './item-overview.ts';
import { VaultError } from './vault-error.ts';

/** Version of the encoding; another one needs an upgrade on read here. */
export const ITEM_SCHEMA = 1;

const time = z.int().min(0);
const base64Url = z.string().regex(/^[A-Za-z0-9_-]*$/);
const overviewBase = {
  title: z.string(),
  tags: z.array(z.string()),
  favourite: z.boolean(),
  createdAt: time,
  modifiedAt: time,
  trashedAt: time.nullable(),
};
const overviewShape = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('login'),
    username: z.string(),
    urls: z.array(z.string()),
    ...overviewBase,
  }),
  z.strictObject({
    kind: z.literal('passkey'),
    rpId: z.string(),
    userName: z.string(),
    credentialId: base64Url,
    ...overviewBase,
  }),
]);
const detailShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('login'), note: z.string(), password: z.string() }),
  z.strictObject({
    kind: z.literal('passkey'),
    note: z.string(),
    rpName: z.string(),
    userHandle: base64Url,
    userDisplayName: z.string(),
    algorithm: z.string(),
    backupEligible: z.boolean(),
    backupState: z.boolean(),
    signCount: z.int().min(0).max(0xffff_ffff),
  }),
]);
type OverviewRecord = z.output<typeof overviewShape>;
type DetailRecord = z.output<typeof detailShape>;

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
  const { overview, detail } = toRecords(item);
  assertShape(overviewShape, overview);
  assertShape(detailShape, detail);
  const parts = [
    toUtf8(toCanonicalJson(overview)),
    toUtf8(toCanonicalJson(detail)),
    sealedPrivateKey ?? new Uint8Array(0),
  ];
  const content = concatBytes(...parts.flatMap((part) => [u32(part.length), part]));
  const padded = pad(content);
  for (const erased of [...parts.slice(0, 2), content]) erased.fill(0);
  return padded;
}

/** Reads the overview alone: the detail's text, passwords among it, is never made into strings. */
export function decodeOverview(id: ItemId, schema: number, plaintext: Uint8Array): ItemOverview {
  return toOverview(
    id,
    reading(() => overviewShape.parse(parseJson(split(schema, plaintext)[0]))),
  );
}

/** Throws `vault/item-damaged`, or `vault/unsupported-version` for a schema that is not known. */
export function decodeItem(id: ItemId, schema: number, plaintext: Uint8Array): DecodedItem {
  return reading(() => {
    const [overview, detail, key] = split(schema, plaintext);
    const item = toItem(
      id,
      overviewShape.parse(parseJson(overview)),
      detailShape.parse(parseJson(detail)),
    );
    return { item, sealedPrivateKey: key.length === 0 ? null : Uint8Array.from(key) };
  });
}

/** The overview of an item that is at hand. */
export function overviewOf(item: Item): ItemOverview {
  return toOverview(item.id, toRecords(item).overview);
}

function toRecords(item: Item): { overview: OverviewRecord; detail: DetailRecord } {
  const { title, tags, favourite, createdAt, modifiedAt, trashedAt, note } = item;
  const base = { title, tags: [...tags], favourite, createdAt, modifiedAt, trashedAt };
  if (item.kind === 'login') {
    const { kind, username, urls, password } = item;
    return {
      overview: { kind, username, urls: [...urls], ...base },
      detail: { kind, note, password },
    };
  }
  const { kind, rpId, rpName, userName, userDisplayName, algorithm } = item;
  const { backupEligible, backupState, signCount } = item;
  const credentialId = toBase64Url(item.credentialId);
  const userHandle = toBase64Url(item.userHandle);
  const account = { rpName, userHandle, userDisplayName };
  return {
    overview: { kind, rpId, userName, credentialId, ...base },
    detail: { kind, note, ...account, algorithm, backupEligible, backupState, signCount },
  };
}

function toItem(id: ItemId, overview: OverviewRecord, detail: DetailRecord): Item {
  if (overview.kind === 'login' && detail.kind === 'login') return { id, ...overview, ...detail };
  if (overview.kind === 'passkey' && detail.kind === 'passkey') {
    const credentialId = fromBase64Url(overview.credentialId);
    return {
      id,
      ...overview,
      ...detail,
      credentialId,
      userHandle: fromBase64Url(detail.userHandle),
    };
  }
  throw new TypeError('item body: overview and detail are of different kinds');
}

function toOverview(id: ItemId, record: OverviewRecord): ItemOverview {
  if (record.kind === 'login') {
    const { username, ...rest } = record;
    return { id, subtitle: username, host: hostOf(record.urls[0]), ...rest };
  }
  const { userName, credentialId, ...rest } = record;
  const bytes = fromBase64Url(credentialId);
  return { id, subtitle: userName, host: record.rpId, urls: [], ...rest, credentialId: bytes };
}

function split(schema: number, plaintext: Uint8Array): [Uint8Array, Uint8Array, Uint8Array] {
  if (schema !== ITEM_SCHEMA) {
    throw new VaultError(
      'vault/unsupported-version',
      `item body: expected schema ${ITEM_SCHEMA}, got ${schema}`,
      { details: { schema } },
    );
  }
  const reader = new FixedWidthReader(unpad(plaintext));
  const next = (): Uint8Array => reader.view(reader.u32());
  const parts: [Uint8Array, Uint8Array, Uint8Array] = [next(), next(), next()];
  reader.end();
  return parts;
}

function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(fromUtf8(bytes));
}

/** Anything but a plain answer means a damaged body; the reason may quote it, so it is not kept as cause. */
function reading<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof VaultError) throw error;
    throw new VaultError('vault/item-damaged', 'item body: not of the form of its schema', {
      details: { step: 'form' },
    });
  }
}

/** A bug of the caller, so a plain Error; it names the field and never its value. */
function assertShape(shape: z.ZodType, record: unknown): void {
  const result = shape.safeParse(record);
  if (result.success) return;
  const where = result.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Error(`item: does not fit schema ${ITEM_SCHEMA} at ${where}`);
}
