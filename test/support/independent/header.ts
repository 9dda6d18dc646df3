// Header and slots of a vault, second implementation: docs/vault-format.md, "Header".
// SPDX-License-Identifier: MIT

import { Cursor, hex, join, Malformed, Refused, sameBytes, uint, utf8 } from './bytes.ts';
import { type Cost, derive, digest, mac, open, seal, type Stretch } from './primitives.ts';

export const SLOT = { password: 1, passwordKeyFile: 2, recovery: 3 } as const;
const MOST: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 8 };
const NOTHING = new Uint8Array(0);
export const NO_KDF = new Uint8Array(14);
const SUITE = uint(1, 2);

export interface Slot {
  readonly slotId: Uint8Array;
  readonly type: number;
  readonly kdfBlock: Uint8Array;
  readonly salt: Uint8Array;
  /** Fields of the type: none of those of version 1 has any. */
  readonly fields?: Uint8Array;
  readonly sealed: Uint8Array;
  readonly mac: Uint8Array;
}

export interface Header {
  readonly vaultId: Uint8Array;
  readonly generation: number;
  readonly epoch: number;
  readonly slots: readonly Slot[];
  readonly rosterHash: Uint8Array;
}

/** What opens a slot, as a person presents it. */
export interface Secret {
  readonly type: number;
  readonly password?: Uint8Array;
  readonly keyFile?: Uint8Array;
  readonly recoveryKey?: Uint8Array;
}

export function kdfBlock({ memoryKib, passes, lanes }: Cost): Uint8Array {
  return join(Uint8Array.of(2, 0x13), uint(memoryKib, 4), uint(passes, 4), uint(lanes, 4));
}

export function costOf(block: Uint8Array): Cost {
  const cursor = new Cursor(block.subarray(2));
  return { memoryKib: cursor.uint(4), passes: cursor.uint(4), lanes: cursor.uint(4) };
}

export function encodeSlot(slot: Slot): Uint8Array {
  return join(publicFields(slot), slot.sealed, slot.mac);
}

function publicFields({ slotId, type, kdfBlock: block, salt, fields = NOTHING }: Bare): Uint8Array {
  return join(slotId, uint(type, 1), block, salt, uint(fields.length, 2), fields);
}

/** All that the header's MAC covers. */
export function encodeCovered(header: Header): Uint8Array {
  const { vaultId, generation, epoch, slots, rosterHash } = header;
  return join(
    utf8('LATCHKEY'),
    uint(1, 2),
    SUITE,
    vaultId,
    uint(generation, 4),
    uint(epoch, 4),
    uint(slots.length, 1),
    ...slots.map(encodeSlot),
    rosterHash,
  );
}

export function macHeader(covered: Uint8Array, rootKey: Uint8Array, vaultId: Uint8Array) {
  return join(covered, mac(derive(rootKey, vaultId, 'v1/header'), covered));
}

export function encodeHeader(header: Header, rootKey: Uint8Array): Uint8Array {
  return macHeader(encodeCovered(header), rootKey, header.vaultId);
}

export interface ReadHeader extends Header {
  readonly covered: Uint8Array;
  readonly mac: Uint8Array;
}

export function parseHeader(bytes: Uint8Array): ReadHeader {
  if (bytes.length > 16_384) throw damaged('length');
  try {
    const header = readHeader(new Cursor(bytes), bytes);
    judge(header);
    return header;
  } catch (error) {
    if (error instanceof Malformed) throw damaged('form');
    throw error;
  }
}

function readHeader(cursor: Cursor, bytes: Uint8Array): ReadHeader {
  if (!sameBytes(cursor.take(8), utf8('LATCHKEY'))) throw damaged('magic');
  const version = cursor.uint(2);
  const suite = cursor.uint(2);
  if (version === 0) throw damaged('version');
  if (version !== 1 || suite !== 1) throw new Refused('vault/unsupported-version', 'version');
  const vaultId = cursor.take(32);
  const generation = cursor.uint(4);
  const epoch = cursor.uint(4);
  const count = cursor.uint(1);
  if (count > 16) throw damaged('slots');
  const slots = Array.from({ length: count }, () => readSlot(cursor));
  const rosterHash = cursor.take(32);
  const covered = bytes.slice(0, cursor.at);
  const tag = cursor.take(32);
  cursor.end();
  return { vaultId, generation, epoch, slots, rosterHash, covered, mac: tag };
}

function readSlot(cursor: Cursor): Slot {
  const bare = { slotId: cursor.take(16), type: cursor.uint(1), kdfBlock: cursor.take(14) };
  const more = { salt: cursor.take(16), fields: cursor.take(cursor.uint(2)) };
  return { ...bare, ...more, sealed: cursor.take(72), mac: cursor.take(32) };
}

/** What a slot says, once all of them have been found. */
function judgeSlots(slots: readonly Slot[]): void {
  if (!slots.every(({ type }) => type in MOST)) {
    throw new Refused('vault/unsupported-version', 'slot-type');
  }
  for (const { type, kdfBlock: block, fields = NOTHING } of slots) {
    if (fields.length > 0) throw damaged('form');
    if (type === SLOT.recovery && !sameBytes(block, NO_KDF)) throw damaged('form');
    if (type !== SLOT.recovery && (block[0] !== 2 || block[1] !== 0x13)) throw refusedKdf();
  }
}

function judge({ slots, generation, epoch }: Header): void {
  judgeSlots(slots);
  if (slots.length === 0) throw damaged('slots');
  for (const [type, most] of Object.entries(MOST)) {
    if (slots.filter((slot) => slot.type === Number(type)).length > most) throw damaged('slots');
  }
  const has = (type: number): boolean => slots.some((slot) => slot.type === type);
  if (has(SLOT.password) && has(SLOT.passwordKeyFile)) throw damaged('slots');
  if (new Set(slots.map(({ slotId }) => hex(slotId))).size < slots.length) throw damaged('slots');
  if (generation === 0) throw damaged('generation');
  if (epoch === 0) throw damaged('epoch');
  for (const { type, kdfBlock: block } of slots) {
    if (type !== SLOT.recovery && !isWithinBounds(costOf(block))) throw refusedKdf();
  }
}

function isWithinBounds({ memoryKib, passes, lanes }: Cost): boolean {
  return (
    memoryKib >= 65_536 &&
    memoryKib <= 1_048_576 &&
    passes >= 3 &&
    passes <= 16 &&
    lanes >= 1 &&
    lanes <= 8 &&
    memoryKib * passes <= 4_194_304
  );
}

type Bare = Pick<Slot, 'slotId' | 'type' | 'kdfBlock' | 'salt' | 'fields'>;
type Place = Pick<Header, 'vaultId' | 'epoch'>;

/** The bytes that make a slot's secret, before HKDF. */
export function secretOf(secret: Secret, slot: Bare, stretch: Stretch): Uint8Array {
  if (secret.recoveryKey) return secret.recoveryKey;
  if (!secret.password) throw new Error('a secret without a password');
  const stretched = stretch(secret.password, slot.salt, costOf(slot.kdfBlock));
  return secret.keyFile ? join(stretched, digest(secret.keyFile)) : stretched;
}

/** Every key and text of a slot that follows from its secret. */
export function slotKeys(slot: Bare, place: Place, secret: Uint8Array) {
  const { slotId, type, kdfBlock: block, salt } = slot;
  const bound = digest(SUITE, place.vaultId, slotId, uint(type, 1), block);
  const root = derive(secret, salt, 'v1/slot', bound);
  const macKey = derive(root, salt, 'v1/slot-mac');
  const kek = derive(root, salt, 'v1/kek');
  const aad = join(SUITE, place.vaultId, uint(place.epoch, 4), publicFields(slot));
  return { bound, root, macKey, kek, aad };
}

export function makeSlot(
  slot: Bare,
  place: Place,
  input: {
    readonly secret: Uint8Array;
    readonly rootKey: Uint8Array;
    readonly nonce: Uint8Array;
  },
): Slot {
  const { macKey, kek, aad } = slotKeys(slot, place, input.secret);
  const sealed = seal({ key: kek, aad }, input.nonce, input.rootKey);
  return { ...slot, sealed, mac: mac(macKey, aad, sealed) };
}

/** The root key, or which check refused the secret. */
export function openSlot(slot: Slot, place: Place, secret: Uint8Array): Uint8Array | string {
  const { macKey, kek, aad } = slotKeys(slot, place, secret);
  if (!sameBytes(mac(macKey, aad, slot.sealed), slot.mac)) return 'mac';
  try {
    return open({ key: kek, aad }, slot.sealed);
  } catch (error) {
    if (error instanceof Malformed) return 'seal';
    throw error;
  }
}

function damaged(step: string): Refused {
  return new Refused('vault/header-damaged', step);
}

function refusedKdf(): Refused {
  return new Refused('vault/parameters-refused', 'kdf');
}
