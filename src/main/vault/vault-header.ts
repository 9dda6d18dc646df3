// The vault header: the only part of a vault that is read before a secret is known. Canonical, at most 16 KiB.
// Parsing covers steps 1 to 3 of the order of checks in docs/vault-format.md; the MACs come after the KDF.
// SPDX-License-Identifier: MIT

import { concatBytes, equalBytes, toHex, toUtf8 } from '../../shared/bytes.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { equalInConstantTime, hmacSha256 } from '../crypto/digest.ts';
import type { HeaderMacKey } from '../crypto/keys.ts';
import { assertKdfWithinBounds } from '../crypto/password-kdf.ts';
import { SUITE } from './aad.ts';
import { FixedWidthReader, u16, u32, u8 } from './fixed-width.ts';
import { VAULT_ID_BYTES } from './genesis.ts';
import {
  encodeSlot,
  type KeySlot,
  parseSlot,
  SLOT_TYPES,
  type SlotParts,
  slotTypeOf,
  splitSlot,
} from './key-slot.ts';
import { VaultError } from './vault-error.ts';

export const FORMAT_VERSION = 1;
export const MAX_HEADER_BYTES = 16 * 1024;
export const HEADER_MAC_BYTES = 32;
/** What stands for the roster of a vault that knows of no other device. */
export const NO_ROSTER: Uint8Array = new Uint8Array(32);

const MAGIC = toUtf8('LATCHKEY');
export const MAX_SLOTS = 16;

export interface VaultHeader {
  readonly vaultId: Uint8Array;
  /** Grows with every rewrite of the header. */
  readonly generation: number;
  /** Which root key the slots open, counted from 1. */
  readonly epoch: number;
  readonly slots: readonly KeySlot[];
  readonly rosterHash: Uint8Array;
}

/** A header as it was read, with what its MAC covers. */
export interface ParsedHeader extends VaultHeader {
  readonly covered: Uint8Array;
  readonly mac: Uint8Array;
}

/** The whole header with its MAC. Throws `vault/header-damaged` for slots that no reader would take. */
export function encodeHeader(header: VaultHeader, key: HeaderMacKey): Uint8Array<ArrayBuffer> {
  assertSlotCounts(header.slots);
  const covered = concatBytes(
    MAGIC,
    u16(FORMAT_VERSION),
    u16(SUITE),
    header.vaultId,
    u32(header.generation),
    u32(header.epoch),
    u8(header.slots.length),
    ...header.slots.map(encodeSlot),
    header.rosterHash,
  );
  return concatBytes(covered, computeHeaderMac(covered, key));
}

/**
 * Reads a header and judges all that can be judged without a key. Throws `vault/header-damaged`,
 * `vault/unsupported-version` or `vault/parameters-refused`, with the step in its details.
 */
export function parseHeader(bytes: Uint8Array): ParsedHeader {
  const length = bytes.length;
  if (length > MAX_HEADER_BYTES) throw damaged('length', `at most ${MAX_HEADER_BYTES} bytes`);
  const { parts, ...rest } = splitHeader(bytes);
  const header = { ...rest, slots: parseSlots(parts) };
  if (header.slots.length === 0) throw damaged('slots', 'at least one slot');
  assertSlotCounts(header.slots);
  if (new Set(header.slots.map((slot) => toHex(slot.slotId))).size !== header.slots.length) {
    throw damaged('slots', 'slots of different ids');
  }
  if (header.generation === 0) throw damaged('generation', 'a generation from 1');
  if (header.epoch === 0) throw damaged('epoch', 'an epoch from 1');
  for (const { kdf } of header.slots) {
    if (kdf === null) continue;
    refuseKdfOutOfBounds(() => {
      assertKdfWithinBounds(kdf);
    });
  }
  return header;
}

/** Each slot with a KDF could cost a run of it before anything is authenticated. */
function assertSlotCounts(slots: readonly KeySlot[]): void {
  for (const { type } of slots) {
    if (!hasRoomFor(type, slots)) throw damaged('slots', `slots that may stand beside a ${type}`);
  }
}

/** Whether a header may have all slots of `type` that are among `slots`, beside the others. */
export function hasRoomFor(type: KeySlot['type'], slots: readonly KeySlot[]): boolean {
  const { atMost, notBeside } = SLOT_TYPES[type];
  const ofType = slots.filter((slot) => slot.type === type).length;
  return ofType <= atMost && !slots.some((slot) => notBeside.includes(slot.type));
}

/** Step 8. Throws `vault/header-damaged`. */
export function assertHeaderMac(header: ParsedHeader, key: HeaderMacKey): void {
  if (!equalInConstantTime(computeHeaderMac(header.covered, key), header.mac)) {
    throw damaged('mac', 'the MAC of this header');
  }
}

function computeHeaderMac(covered: Uint8Array, key: HeaderMacKey): Uint8Array<ArrayBuffer> {
  return key.use((bytes) => hmacSha256(bytes, covered));
}

type SplitHeader = Omit<ParsedHeader, 'slots'> & { readonly parts: readonly SlotParts[] };

/** Every field in its place, and no slot judged: a later version's slots are told from damage by what they are. */
function splitHeader(bytes: Uint8Array): SplitHeader {
  const reader = new FixedWidthReader(bytes);
  try {
    if (!equalBytes(reader.view(MAGIC.length), MAGIC)) throw damaged('magic', 'LATCHKEY');
    // Version and suite decide what the rest means, so they are judged before it is read.
    assertVersion(reader.u16(), reader.u16());
    const vaultId = reader.bytes(VAULT_ID_BYTES);
    const generation = reader.u32();
    const epoch = reader.u32();
    const slotCount = reader.u8();
    if (slotCount > MAX_SLOTS) throw damaged('slots', `at most ${MAX_SLOTS} slots`);
    const parts = Array.from({ length: slotCount }, () => splitSlot(reader));
    const rosterHash = reader.bytes(NO_ROSTER.length);
    const covered = bytes.slice(0, reader.offset);
    const mac = reader.bytes(HEADER_MAC_BYTES);
    reader.end();
    return { vaultId, generation, epoch, parts, rosterHash, covered, mac };
  } catch (error) {
    if (error instanceof VaultError) throw error;
    throw malformed(error);
  }
}

function parseSlots(parts: readonly SlotParts[]): readonly KeySlot[] {
  const typed = parts.map((one) => ({ one, type: knownType(one.code) }));
  return typed.map(({ one, type }) => {
    try {
      return refuseKdfOutOfBounds(() => parseSlot(type, one));
    } catch (error) {
      if (error instanceof TypeError) throw malformed(error);
      throw error;
    }
  });
}

function knownType(code: number): KeySlot['type'] {
  const type = slotTypeOf(code);
  if (type !== null) return type;
  throw new VaultError('vault/unsupported-version', `vault header: a slot of type ${code}`, {
    details: { step: 'slot-type', type: code },
  });
}

function malformed(cause: unknown): VaultError {
  return new VaultError('vault/header-damaged', 'vault header: not of canonical form', {
    cause,
    details: { step: 'form' },
  });
}

function assertVersion(version: number, suite: number): void {
  if (version === 0) throw damaged('version', 'a version from 1');
  if (version !== FORMAT_VERSION || suite !== SUITE) {
    throw new VaultError(
      'vault/unsupported-version',
      `vault header: expected version ${FORMAT_VERSION} suite ${SUITE}, got ${version} suite ${suite}`,
      { details: { step: 'version', version, suite } },
    );
  }
}

function refuseKdfOutOfBounds<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error;
    throw new VaultError('vault/parameters-refused', error.message, {
      cause: error,
      details: { step: 'kdf', ...error.details },
    });
  }
}

function damaged(step: string, expected: string): VaultError {
  return new VaultError('vault/header-damaged', `vault header: expected ${expected}`, {
    details: { step },
  });
}
