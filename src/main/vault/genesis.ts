// The genesis statement: what a vault says when it is made. Its hash is the vault's id, so a vault that claims an id
// must hold the statement behind it. It is kept sealed, in the vault's meta object.
// SPDX-License-Identifier: MIT

import { concatBytes, equalBytes, toUtf8 } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { sha256 } from '../crypto/digest.ts';
import type { RandomSource } from '../crypto/random.ts';
import { SUITE } from './aad.ts';
import { FixedWidthReader, u16, u64 } from './fixed-width.ts';

export const VAULT_ID_BYTES = 32;
const LABEL = toUtf8('vlt1/genesis');
const STATEMENT_VERSION = 1;
const NONCE_BYTES = 32;

export interface Genesis {
  /** Random: no two vaults have one id. */
  readonly nonce: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export function makeGenesis(random: RandomSource, clock: Clock): Genesis {
  return { nonce: random.bytes(NONCE_BYTES), createdAt: clock.now() };
}

/** `"vlt1/genesis" ‖ version u16 ‖ suite u16 ‖ nonce(32) ‖ createdAt u64`. */
export function encodeGenesis(genesis: Genesis): Uint8Array<ArrayBuffer> {
  return concatBytes(
    LABEL,
    u16(STATEMENT_VERSION),
    u16(SUITE),
    genesis.nonce,
    u64(genesis.createdAt),
  );
}

/** Throws `TypeError` on anything that `encodeGenesis` does not write. */
export function parseGenesis(statement: Uint8Array): Genesis {
  const reader = new FixedWidthReader(statement);
  if (!equalBytes(reader.view(LABEL.length), LABEL)) throw new TypeError('genesis: other label');
  if (reader.u16() !== STATEMENT_VERSION) throw new TypeError('genesis: unknown version');
  if (reader.u16() !== SUITE) throw new TypeError('genesis: unknown suite');
  const genesis = { nonce: reader.bytes(NONCE_BYTES), createdAt: reader.u64() };
  reader.end();
  return genesis;
}

/** SHA-256 of the statement: 32 bytes. */
export function vaultIdOf(genesis: Genesis): Uint8Array<ArrayBuffer> {
  return sha256(encodeGenesis(genesis));
}
