// How large the sealed bytes of a row may be. Nothing that a person does comes near; a file that someone else has made
// must not be able to make its reader hold more. A row above is no row. docs/vault-format.md, "Tables".
// SPDX-License-Identifier: MIT

import { VaultError } from './vault-error.ts';
import type { VaultChange } from './vault-store.ts';

const SIXTEEN_MIB = 2 ** 24;

/** In bytes, of each column that holds sealed ones. */
export const ROW_LIMITS = {
  object: SIXTEEN_MIB,
  pack: SIXTEEN_MIB,
  itemKey: SIXTEEN_MIB,
  passkeyKey: 1024,
  body: SIXTEEN_MIB,
  attachment: 1024,
  /** 64 KiB with nonce and tag. */
  chunk: 65_576,
} as const;

/**
 * Of all objects together, those of unknown roles among them: they are read at once. Every known one may have its most, and
 * as many again of later versions have room beside them.
 */
export const MOST_OBJECT_BYTES = 10 * ROW_LIMITS.object;

/** Throws `vault/too-large`: what no reader would take must not be written. */
export function assertRowSizes(change: VaultChange): void {
  for (const { sealed } of change.objects ?? []) assertSize(sealed, 'object');
  for (const { sealed } of change.packs ?? []) assertSize(sealed, 'pack');
  for (const { itemKey, passkeyKey } of change.keys ?? []) {
    assertSize(itemKey, 'itemKey');
    assertSize(passkeyKey, 'passkeyKey');
  }
  for (const { body } of change.bodies ?? []) assertSize(body, 'body');
  for (const { sealed } of change.attachments ?? []) assertSize(sealed, 'attachment');
}

function assertSize(bytes: Uint8Array, column: keyof typeof ROW_LIMITS): void {
  if (bytes.length <= ROW_LIMITS[column]) return;
  throw new VaultError('vault/too-large', `vault row: ${column} has ${bytes.length} bytes`, {
    details: { column, maxBytes: ROW_LIMITS[column] },
  });
}
