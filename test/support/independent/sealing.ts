// What is sealed in a vault, second implementation: objects, packs, keys of items, bodies, private keys, attachments and
// the manifest. Each function takes the numbers it binds to, so that a test can put wrong ones in.
// SPDX-License-Identifier: MIT

import {
  base64url,
  canonical,
  Cursor,
  hex,
  join,
  type Json,
  Malformed,
  parseCanonical,
  parseJson,
  sameBytes,
  uint,
  unbase64url,
  unhex,
  utf8,
} from './bytes.ts';
import {
  aadOf,
  type Bound,
  bucket,
  derive,
  digest,
  mac,
  NO_ID,
  open,
  pad,
  ROLES,
  seal,
  TYPES,
  unpad,
} from './primitives.ts';
import type { BodyRow, HeadRow, ObjectRow, PackRow, Row, Table, WrapRow } from './rows.ts';
import { checkItem, checkMeta, checkOverview, KINDS, type Overview, type Rec } from './shapes.ts';

/** A vault as far as everything in it is bound to it. */
export interface Place {
  readonly vaultId: Uint8Array;
  readonly rootKey: Uint8Array;
}

export function vaultKey({ rootKey, vaultId }: Place, label: string): Uint8Array {
  return derive(rootKey, vaultId, label);
}

// Objects

export function objectBound(row: Omit<ObjectRow, 'sealed'>, place: Place): Bound {
  const { role, lamport, deviceId, epoch } = row;
  const type =
    role === ROLES.meta ? TYPES.meta : role === ROLES.manifest ? TYPES.manifest : TYPES.document;
  const { vaultId } = place;
  return { vaultId, epoch, type, itemId: NO_ID, role, lamport, deviceId, schema: 1 };
}

export function sealObject(
  row: Omit<ObjectRow, 'sealed'>,
  place: Place,
  input: { readonly nonce: Uint8Array; readonly plaintext: Uint8Array; readonly bound?: Bound },
): ObjectRow {
  const aad = aadOf(input.bound ?? objectBound(row, place));
  const key = vaultKey(place, 'v1/meta');
  return { ...row, sealed: seal({ key, aad }, input.nonce, input.plaintext) };
}

export function openObject(row: ObjectRow, place: Place): Uint8Array {
  return open({ key: vaultKey(place, 'v1/meta'), aad: aadOf(objectBound(row, place)) }, row.sealed);
}

// Genesis and meta

export interface Genesis {
  readonly nonce: Uint8Array;
  readonly createdAt: number;
}

export function encodeGenesis({ nonce, createdAt }: Genesis): Uint8Array {
  return join(utf8('vlt1/genesis'), uint(1, 2), uint(1, 2), nonce, uint(createdAt, 8));
}

export function metaPlaintext(statement: Uint8Array, deviceId: string): Uint8Array {
  return pad(utf8(canonical({ genesis: base64url(statement), deviceId })));
}

export interface Meta {
  readonly statement: Uint8Array;
  readonly createdAt: number;
  readonly deviceId: string;
}

export function parseMeta(plaintext: Uint8Array): Meta {
  const { genesis, deviceId } = checkMeta(parseCanonical(unpad(plaintext)));
  const statement = unbase64url(genesis as string);
  const cursor = new Cursor(statement);
  if (!sameBytes(cursor.take(12), utf8('vlt1/genesis'))) throw new Malformed('another label');
  if (cursor.uint(2) !== 1 || cursor.uint(2) !== 1) throw new Malformed('another version or suite');
  cursor.take(32);
  const createdAt = cursor.uint(8);
  cursor.end();
  return { statement, createdAt, deviceId: deviceId as string };
}

// Packs

export interface Entry {
  readonly itemId: string;
  readonly lamport: number;
  readonly deviceId: string;
  readonly kind: string;
  readonly overview: Overview;
}

export function encodeEntry(entry: Entry): Uint8Array {
  const json = utf8(canonical(entry.overview));
  return join(
    unhex(entry.itemId),
    uint(entry.lamport, 8),
    unhex(entry.deviceId),
    uint(KINDS[entry.kind]?.code ?? 0, 1),
    uint(json.length, 4),
    json,
  );
}

export function packContent(entries: readonly Entry[]): Uint8Array {
  return join(uint(entries.length, 1), ...entries.map(encodeEntry));
}

/** An entry as it was found; its overview is looked at when it is needed. */
export type FoundEntry = Omit<Entry, 'overview'> & { readonly json: Uint8Array };

export function parsePack(content: Uint8Array): readonly FoundEntry[] {
  const cursor = new Cursor(content);
  const count = cursor.uint(1);
  if (count > 32) throw new Malformed('more than 32 entries');
  const entries = Array.from({ length: count }, () => {
    const itemId = hex(cursor.take(16));
    const lamport = BigInt(`0x${hex(cursor.take(8))}`);
    const deviceId = hex(cursor.take(16));
    const code = cursor.uint(1);
    const kind = Object.keys(KINDS).find((one) => KINDS[one]?.code === code);
    if (kind === undefined) throw new Malformed('an unknown kind');
    return { itemId, lamport: Number(lamport), deviceId, kind, json: cursor.framed() };
  });
  cursor.end();
  if (new Set(entries.map(({ itemId }) => itemId)).size < entries.length) {
    throw new Malformed('an item twice');
  }
  return entries;
}

export function overviewIn(entry: FoundEntry): Overview {
  const overview = checkOverview(parseJson(entry.json));
  if (overview[0] !== entry.kind) throw new Malformed('of another kind');
  return overview;
}

export function packBound(row: Omit<PackRow, 'sealed'>, { vaultId }: Place): Bound {
  const { number, lamport, deviceId, epoch } = row;
  const bound = { vaultId, epoch, type: TYPES.pack, itemId: NO_ID, role: ROLES.pack };
  return { ...bound, lamport, deviceId, schema: 1, extra: uint(number, 4) };
}

export function sealPack(
  row: Omit<PackRow, 'sealed'>,
  place: Place,
  input: { readonly nonce: Uint8Array; readonly plaintext: Uint8Array; readonly bound?: Bound },
): PackRow {
  const aad = aadOf(input.bound ?? packBound(row, place));
  const key = vaultKey(place, 'v1/pack');
  return { ...row, sealed: seal({ key, aad }, input.nonce, input.plaintext) };
}

export function openPack(row: PackRow, place: Place): readonly FoundEntry[] {
  const box = { key: vaultKey(place, 'v1/pack'), aad: aadOf(packBound(row, place)) };
  return parsePack(unpad(open(box, row.sealed)));
}

// Keys of items

export function wrapBound(
  row: Omit<WrapRow, 'itemKey' | 'passkeyKey'>,
  { vaultId }: Place,
  role: number,
): Bound {
  const { itemId, version: lamport, deviceId, epoch } = row;
  return { vaultId, epoch, type: TYPES.item, itemId, role, lamport, deviceId, schema: 1 };
}

export interface ItemKeys {
  readonly itemKey: Uint8Array;
  readonly passkeyKey: Uint8Array;
  /** The epoch in which they were made. */
  readonly madeIn: number;
  /** Digests of what lay under them when that epoch ended. */
  readonly sealedBefore?: readonly Uint8Array[];
}

/** What stands for a body or a head in the row of its keys. */
export function digestSealed(sealed: Uint8Array): Uint8Array {
  return digest(sealed).slice(0, 16);
}

export function sealWrap(
  row: Omit<WrapRow, 'itemKey' | 'passkeyKey'>,
  place: Place,
  input: ItemKeys & {
    readonly nonces: readonly [Uint8Array, Uint8Array];
    readonly bounds?: readonly [Bound, Bound];
  },
): WrapRow {
  const { itemKey, passkeyKey, madeIn, nonces, sealedBefore = [] } = input;
  const bounds = input.bounds ?? [wrapBound(row, place, 2), wrapBound(row, place, 3)];
  const wrapBox = { key: vaultKey(place, 'v1/wrap'), aad: aadOf(bounds[0]) };
  const passkeyBox = { key: vaultKey(place, 'v1/passkey'), aad: aadOf(bounds[1]) };
  return {
    ...row,
    itemKey: seal(wrapBox, nonces[0], join(itemKey, uint(madeIn, 4), ...sealedBefore)),
    passkeyKey: seal(passkeyBox, nonces[1], passkeyKey),
  };
}

export interface OpenedKey {
  readonly itemKey: Uint8Array;
  readonly madeIn: number;
  /** False for what was sealed after the epoch of the key had ended. */
  readonly holds: (sealed: Uint8Array) => boolean;
}

/** `epoch` is that of the header. */
export function openItemKey(row: WrapRow, place: Place, epoch: number): OpenedKey {
  const box = { key: vaultKey(place, 'v1/wrap'), aad: aadOf(wrapBound(row, place, 2)) };
  const cursor = new Cursor(open(box, row.itemKey));
  const opened = { itemKey: cursor.take(32), madeIn: cursor.uint(4) };
  if (opened.madeIn === 0 || opened.madeIn > epoch) throw new Malformed('of no epoch so far');
  if (opened.madeIn === epoch) {
    cursor.end();
    return { ...opened, holds: () => true };
  }
  const known = new Set<string>();
  while (!cursor.isAtEnd) known.add(hex(cursor.take(16)));
  return { ...opened, holds: (sealed) => known.has(hex(digestSealed(sealed))) };
}

export function openPasskeyKey(row: WrapRow, place: Place): Uint8Array {
  const box = { key: vaultKey(place, 'v1/passkey'), aad: aadOf(wrapBound(row, place, 3)) };
  const key = open(box, row.passkeyKey);
  if (key.length !== 32) throw new Malformed('no key');
  return key;
}

// Bodies and private keys

export function bodyBound(
  row: Omit<BodyRow, 'body'>,
  { vaultId }: Pick<Place, 'vaultId'>,
  madeIn: number,
): Bound {
  const { itemId, lamport, deviceId, schema } = row;
  const bound = { vaultId, epoch: madeIn, type: TYPES.item, itemId, role: ROLES.body };
  return { ...bound, lamport, deviceId, schema };
}

export function bodyContent(item: Json, privateKey: Uint8Array = new Uint8Array(0)): Uint8Array {
  const json = utf8(canonical(item));
  return join(uint(json.length, 4), json, uint(privateKey.length, 4), privateKey);
}

export interface Body {
  readonly item: Rec;
  readonly privateKey: Uint8Array;
}

export function parseBody(plaintext: Uint8Array): Body {
  const cursor = new Cursor(unpad(plaintext));
  const json = cursor.framed();
  const privateKey = cursor.framed();
  cursor.end();
  const item = checkItem(parseCanonical(json));
  if (item.kind !== 'passkey' && privateKey.length > 0) throw new Malformed('a private key');
  return { item, privateKey };
}

/** SHA-256(RP ID) ‖ length u16 ‖ credential id ‖ SHA-256(user handle) ‖ length u8 ‖ algorithm. */
export function credentialOf(item: Rec): Uint8Array {
  const credentialId = unbase64url(item.credentialId as string);
  const algorithm = utf8(item.algorithm as string);
  return join(
    digest(utf8(item.rpId as string)),
    uint(credentialId.length, 2),
    credentialId,
    digest(unbase64url(item.userHandle as string)),
    uint(algorithm.length, 1),
    algorithm,
  );
}

/** The head of a private key: the revision and epoch in which it was sealed. */
export interface PrivateKeyHead {
  readonly lamport: number;
  readonly deviceId: string;
  readonly epoch: number;
}

export function privateKeyBound(
  item: { readonly id: string; readonly record: Rec },
  head: PrivateKeyHead,
  { vaultId }: Pick<Place, 'vaultId'>,
): Bound {
  const { lamport, deviceId, epoch } = head;
  const bound = { vaultId, epoch, type: TYPES.item, itemId: item.id, role: ROLES.privateKey };
  return { ...bound, lamport, deviceId, schema: 1, extra: credentialOf(item.record) };
}

export function encodePrivateKeyHead({ lamport, deviceId, epoch }: PrivateKeyHead): Uint8Array {
  return join(uint(lamport, 8), unhex(deviceId), uint(epoch, 4));
}

export function openPrivateKey(
  item: { readonly id: string; readonly record: Rec },
  sealed: Uint8Array,
  keys: { readonly passkeyKey: Uint8Array; readonly vaultId: Uint8Array },
): Uint8Array {
  const cursor = new Cursor(sealed);
  const lamport = cursor.uint(8);
  const head = { lamport, deviceId: hex(cursor.take(16)), epoch: cursor.uint(4) };
  const aad = aadOf(privateKeyBound(item, head, keys));
  return unpad(open({ key: keys.passkeyKey, aad }, sealed.subarray(cursor.at)));
}

// Attachments

export const CHUNK = 65_536;

export function attachmentKey(itemKey: Uint8Array, attachmentId: string): Uint8Array {
  return derive(itemKey, unhex(attachmentId), 'v1/attachment');
}

interface AttachmentPlace {
  readonly vaultId: Uint8Array;
  readonly madeIn: number;
}

export function headBound(row: Omit<HeadRow, 'sealed'>, place: AttachmentPlace): Bound {
  const { itemId, attachmentId, lamport, deviceId } = row;
  const { vaultId, madeIn: epoch } = place;
  const extra = unhex(attachmentId);
  const bound = { vaultId, epoch, type: TYPES.attachment, itemId, role: ROLES.attachmentHead };
  return { ...bound, lamport, deviceId, schema: 1, extra };
}

export function chunkBound(
  row: Pick<HeadRow, 'itemId' | 'attachmentId'>,
  place: AttachmentPlace,
  at: { readonly index: number; readonly final: boolean },
): Bound {
  const { vaultId, madeIn: epoch } = place;
  const { itemId, attachmentId } = row;
  const extra = join(unhex(attachmentId), uint(at.index, 4), uint(at.final ? 1 : 0, 1));
  const bound = { vaultId, epoch, type: TYPES.attachment, itemId, role: ROLES.attachmentChunk };
  return { ...bound, lamport: 0, deviceId: NO_ID, schema: 1, extra };
}

/** Of a file with the zeros that follow it. */
export function chunkCount(size: number): number {
  return Math.ceil(bucket(size) / CHUNK);
}

/** Length of the plaintext of a chunk. */
export function chunkSize(size: number, index: number): number {
  return Math.min(CHUNK, bucket(size) - index * CHUNK);
}

/** The plaintext of a chunk: its part of the file, and zeros. */
export function chunkPlaintext(content: Uint8Array, index: number): Uint8Array {
  const padded = new Uint8Array(chunkSize(content.length, index));
  padded.set(content.slice(index * CHUNK, (index + 1) * CHUNK));
  return padded;
}

/** What the head says of the sealed chunks. */
export function digestChunks(chunks: readonly Uint8Array[]): Uint8Array {
  return chunks.reduce<Uint8Array>((sofar, chunk) => digest(sofar, chunk), new Uint8Array(32));
}

export interface Head {
  readonly size: number;
  readonly chunks: number;
  readonly digest: Uint8Array;
}

export function encodeHead(head: Head): Uint8Array {
  return join(uint(head.size, 8), uint(head.chunks, 4), head.digest);
}

export function parseHead(plaintext: Uint8Array): Head {
  const cursor = new Cursor(plaintext);
  const head = { size: cursor.uint(8), chunks: cursor.uint(4), digest: cursor.take(32) };
  cursor.end();
  if (head.size > 2 ** 34) throw new Malformed('larger than a file may be');
  if (head.chunks !== chunkCount(head.size)) throw new Malformed('another number of chunks');
  return head;
}

// Manifest

export interface RowSet {
  readonly count: number;
  readonly fold: Uint8Array;
}

export interface Manifest {
  readonly flags: number;
  readonly headerHash: Uint8Array;
  readonly read: RowSet;
  readonly rows: RowSet;
}

/** The bytes of a row that its digest covers. */
export function encodeRow(table: Exclude<Table, 'chunks'>, row: Row): Uint8Array {
  const framed = (bytes: Uint8Array): Uint8Array => join(uint(bytes.length, 4), bytes);
  const at = (lamport: number, deviceId: string) => join(uint(lamport, 8), unhex(deviceId));
  switch (table) {
    case 'items': {
      const { itemId, lamport, deviceId, schema, body, ...ref } = row as BodyRow;
      const fields = [unhex(itemId), at(lamport, deviceId), uint(schema, 2), keysOf(ref)];
      return join(uint(1, 1), ...fields, framed(body));
    }
    case 'wraps': {
      const { itemId, version, deviceId, epoch, itemKey, passkeyKey } = row as WrapRow;
      const fields = [unhex(itemId), at(version, deviceId), uint(epoch, 4)];
      return join(uint(2, 1), ...fields, framed(itemKey), framed(passkeyKey));
    }
    case 'attachments': {
      const { itemId, attachmentId, number, lamport, deviceId, sealed, ...ref } = row as HeadRow;
      const fields = [uint(number, 8), unhex(attachmentId), unhex(itemId), keysOf(ref)];
      return join(uint(3, 1), ...fields, at(lamport, deviceId), framed(sealed));
    }
    case 'objects': {
      const { role, lamport, deviceId, epoch, sealed } = row as ObjectRow;
      return join(uint(4, 1), uint(role, 1), at(lamport, deviceId), uint(epoch, 4), framed(sealed));
    }
    case 'packs': {
      const { number, lamport, deviceId, epoch, sealed } = row as PackRow;
      const fields = [uint(number, 4), at(lamport, deviceId), uint(epoch, 4)];
      const ends = [uint(sealed.length, 4), sealed.slice(0, 24), sealed.slice(-16)];
      return join(uint(5, 1), ...fields, ...ends);
    }
  }
}

function keysOf(ref: Pick<BodyRow, 'keyVersion' | 'keyDevice'>): Uint8Array {
  return join(uint(ref.keyVersion, 8), unhex(ref.keyDevice));
}

export function foldOf(key: Uint8Array, rows: readonly Uint8Array[]): RowSet {
  const fold = new Uint8Array(32);
  for (const row of rows) {
    for (const [index, byte] of mac(key, row).entries()) fold[index] = (fold[index] ?? 0) ^ byte;
  }
  return { count: rows.length, fold };
}

export function hashHeader(header: Uint8Array): Uint8Array {
  return digest(utf8('vlt1/header'), header);
}

export function encodeManifest({ flags, headerHash, read, rows }: Manifest): Uint8Array {
  const sets = [read, rows].flatMap(({ count, fold }) => [uint(count, 4), fold]);
  return join(uint(flags, 1), headerHash, ...sets);
}

export function parseManifest(plaintext: Uint8Array): Manifest {
  const cursor = new Cursor(plaintext);
  const flags = cursor.uint(1);
  if (flags > 1) throw new Malformed('unknown flags');
  const headerHash = cursor.take(32);
  const set = (): RowSet => ({ count: cursor.uint(4), fold: cursor.take(32) });
  const manifest = { flags, headerHash, read: set(), rows: set() };
  cursor.end();
  return manifest;
}
