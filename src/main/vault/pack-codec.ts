// A pack: the overviews of up to 32 items in one sealed object, in the order of their places. Unlocking opens packs
// and no item; a save seals one item and one pack. docs/vault-format.md, "Packs".
// SPDX-License-Identifier: MIT

import type { DeviceId, ItemId } from '../../shared/brand.ts';
import { joinBytes } from '../../shared/bytes.ts';
import { ITEM_KINDS, type ItemKind } from '../../shared/model/item-kinds.ts';
import { FixedWidthReader, id16, u32, u64, u8 } from './fixed-width.ts';
import type { Revision } from './sealed-item.ts';

export const PACK_CAPACITY = 32;

/** A code is never given to another kind. */
const KIND_CODES: Readonly<Record<ItemKind, number>> = {
  login: 1,
  passkey: 2,
  'one-time-code': 3,
  note: 4,
  card: 5,
  identity: 6,
  'ssh-key': 7,
  wifi: 8,
  licence: 9,
};
const KINDS = new Map(ITEM_KINDS.map((kind) => [KIND_CODES[kind], kind]));

/** `item id(16) ‖ lamport u64 ‖ device id(16) ‖ kind u8 ‖ length u32`, then the overview. */
const ENTRY_HEAD_BYTES = 16 + 8 + 16 + 1 + 4;
const ID_BYTES = 16;
const KIND_OFFSET = 16 + 8 + 16;

export interface PackEntry {
  readonly id: ItemId;
  /** The revision whose overview this is: the newest of the item. */
  readonly revision: Revision;
  readonly kind: ItemKind;
  /** What `encodeOverview` writes. */
  readonly overview: Uint8Array;
}

export function encodeEntry(entry: PackEntry): Uint8Array<ArrayBuffer> {
  return joinBytes([
    id16(entry.id),
    u64(entry.revision.lamport),
    id16(entry.revision.deviceId),
    u8(KIND_CODES[entry.kind]),
    u32(entry.overview.length),
    entry.overview,
  ]);
}

/** `count u8 ‖ entries`. */
export function joinEntries(entries: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  if (entries.length > PACK_CAPACITY) throw new Error('pack: more entries than it may hold');
  return joinBytes([u8(entries.length), ...entries]);
}

/**
 * Where the entries of a pack begin, and the end of the last. Throws `TypeError` unless the content is exactly a list of
 * entries. Every pack of a vault is walked when it is unlocked, so it makes nothing but its answer.
 */
export function entryStarts(content: Uint8Array): Uint32Array {
  const count = content[0] ?? PACK_CAPACITY + 1;
  if (count > PACK_CAPACITY) throw new TypeError(`pack: at most ${PACK_CAPACITY} entries`);
  const starts = new Uint32Array(count + 1);
  let start = 1;
  for (let index = 0; index < count; index += 1) {
    starts[index] = start;
    if (start + ENTRY_HEAD_BYTES > content.length) throw new TypeError('pack: a cut entry');
    if (!KINDS.has(content[start + KIND_OFFSET] ?? 0)) throw new TypeError('pack: unknown kind');
    start += ENTRY_HEAD_BYTES + u32At(content, start + KIND_OFFSET + 1);
  }
  starts[count] = start;
  if (start !== content.length) throw new TypeError('pack: entries of another length');
  return starts;
}

/** Id of the entry at `start`. */
export function idAt(content: Uint8Array, start: number): ItemId {
  const { buffer, byteOffset } = content;
  return Buffer.from(buffer, byteOffset + start, ID_BYTES).toString('hex') as ItemId;
}

/** Whether the entries that begin at `start` and at `otherStart` are of one item. */
export function isSameId(
  content: Uint8Array,
  start: number,
  other: Uint8Array,
  otherStart: number,
): boolean {
  for (let index = 0; index < ID_BYTES; index += 1) {
    if (content[start + index] !== other[otherStart + index]) return false;
  }
  return true;
}

/** Kind of the entry that begins at `start`, which `entryStarts` has found. */
export function kindAt(content: Uint8Array, start: number): ItemKind {
  const kind = KINDS.get(content[start + KIND_OFFSET] ?? 0);
  if (kind === undefined) throw new Error('pack: not the start of an entry');
  return kind;
}

/** The entry at `start`; its overview is a view of `content`. */
export function readEntry(content: Uint8Array, start: number): PackEntry {
  const reader = new FixedWidthReader(content.subarray(start + ID_BYTES, start + KIND_OFFSET));
  const revision = { lamport: reader.u64(), deviceId: reader.id16() as DeviceId };
  const kind = kindAt(content, start);
  return { id: idAt(content, start), revision, kind, overview: overviewAt(content, start) };
}

/** The overview of the entry at `start`: a view of `content`. */
export function overviewAt(content: Uint8Array, start: number): Uint8Array {
  const begin = start + ENTRY_HEAD_BYTES;
  return content.subarray(begin, begin + u32At(content, start + KIND_OFFSET + 1));
}

function u32At(bytes: Uint8Array, offset: number): number {
  const high = (bytes[offset] ?? 0) * 2 ** 24;
  const low = ((bytes[offset + 1] ?? 0) << 16) | ((bytes[offset + 2] ?? 0) << 8);
  return high + (low | (bytes[offset + 3] ?? 0));
}
