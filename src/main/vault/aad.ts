// The associated data of everything that is sealed in a vault: one canonical tuple, so that no sealed object can
// stand in for another. docs/vault-format.md, "Associated data".
// SPDX-License-Identifier: MIT

import { concatBytes, toUtf8 } from '../../shared/bytes.ts';
import { id16, u16, u32, u64, u8 } from './fixed-width.ts';
import type { Revision } from './sealed-item.ts';

const MAGIC = toUtf8('vlt1');
const NAMESPACE_VAULT = 1;
const NO_ITEM = new Uint8Array(16);

/** Suite 1: Argon2id, HKDF-SHA256, HMAC-SHA256, XChaCha20-Poly1305. There is no other. */
export const SUITE = 1;

export const OBJECT_TYPES = {
  item: 1,
  meta: 2,
  manifest: 3,
  document: 4,
  pack: 5,
  attachment: 6,
} as const;
export type ObjectType = keyof typeof OBJECT_TYPES;

/** What a sealed object is for. A code is never given to another role. */
export const ROLES = {
  body: 1,
  itemKey: 2,
  passkeyKey: 3,
  passkeyPrivateKey: 4,
  meta: 5,
  manifest: 6,
  slotNames: 7,
  savedSearches: 8,
  generatorHistory: 9,
  pack: 16,
  attachmentHead: 17,
  attachmentChunk: 18,
} as const;
export type Role = keyof typeof ROLES;

export interface AadFields {
  readonly vaultId: Uint8Array;
  readonly epoch: number;
  readonly objectType: ObjectType;
  /** Hex; null for the vault's own objects. */
  readonly itemId: string | null;
  /** A number for one that a later version has brought. */
  readonly role: Role | number;
  readonly revision: Revision;
  readonly schema: number;
  readonly extra?: Uint8Array;
}

/** The number of a role, as the objects' table and the associated data have it. */
export function codeOf(role: Role | number): number {
  return typeof role === 'number' ? role : ROLES[role];
}

/** Every field but the last is of fixed width, so two different tuples never make the same bytes. */
export function encodeAad(fields: AadFields): Uint8Array<ArrayBuffer> {
  if (fields.vaultId.length !== 32) throw new Error('aad: a vault id has 32 bytes');
  return concatBytes(
    MAGIC,
    u8(NAMESPACE_VAULT),
    u16(SUITE),
    fields.vaultId,
    u32(fields.epoch),
    u8(OBJECT_TYPES[fields.objectType]),
    fields.itemId === null ? NO_ITEM : id16(fields.itemId),
    u8(codeOf(fields.role)),
    u64(fields.revision.lamport),
    id16(fields.revision.deviceId),
    u16(fields.schema),
    fields.extra ?? new Uint8Array(0),
  );
}
