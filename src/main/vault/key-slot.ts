// Key slots: each opens the vault's root key by a secret of its own. The table has one row per type of slot;
// another way to unlock is another row. docs/vault-format.md, "Slots".
// SPDX-License-Identifier: MIT

import { concatBytes } from '../../shared/bytes.ts';
import { AEAD_OVERHEAD_BYTES, type Aead } from '../crypto/aead.ts';
import { equalInConstantTime, hmacSha256, sha256 } from '../crypto/digest.ts';
import { deriveKey, KEY_BYTES, unwrapKey, wrapKey } from '../crypto/keys.ts';
import type { SlotRoot, VaultRootKey } from '../crypto/keys.ts';
import {
  encodeKdfBlock,
  KDF_BLOCK_BYTES,
  KDF_SALT_BYTES,
  type KdfParameters,
  parseKdfBlock,
} from '../crypto/password-kdf.ts';
import type { RandomSource } from '../crypto/random.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import { SUITE } from './aad.ts';
import { type FixedWidthReader, u16, u32, u8 } from './fixed-width.ts';

export const SLOT_ID_BYTES = 16;
const SEALED_ROOT_KEY_BYTES = KEY_BYTES + AEAD_OVERHEAD_BYTES;
const SLOT_MAC_BYTES = 32;
const NO_KDF_BLOCK = new Uint8Array(KDF_BLOCK_BYTES);

/** Fields of a slot that anyone may read, by type. */
export interface PasswordSlotFields {
  readonly type: 'password' | 'password-key-file';
  readonly kdf: KdfParameters;
}
export interface RecoverySlotFields {
  readonly type: 'recovery';
  /** 256 random bits need no stretching. */
  readonly kdf: null;
}
export type SlotFields = PasswordSlotFields | RecoverySlotFields;

export type KeySlot = SlotFields & {
  readonly slotId: Uint8Array;
  /** Salt of the KDF and of the slot's HKDF. */
  readonly salt: Uint8Array;
  /** `nonce(24) ‖ sealed root key(48)`. */
  readonly sealedRootKey: Uint8Array;
  /** Commits the slot to the one secret that opens it. */
  readonly mac: Uint8Array;
};

/** The vault that a slot belongs to, as far as the slot is bound to it. */
export interface SlotContext {
  readonly vaultId: Uint8Array;
  readonly epoch: number;
}

interface SlotTypeRow {
  /** A code is never given to another type. */
  readonly code: number;
  /** How many slots of this type a header may have: each with a KDF may cost a run of it before anything is known. */
  readonly atMost: number;
  /** Types of which no slot may stand beside one of this type: it would take away what this one asks for. */
  readonly notBeside: readonly SlotFields['type'][];
  /** The type's own public fields, as they lie after the salt. */
  readonly encodeOwn: (slot: SlotFields) => Uint8Array;
  /**
   * What the KDF block and the type's own fields say. Throws `TypeError` on anything that the type does not write, and
   * `crypto/parameters-refused` on an unknown KDF.
   */
  readonly parse: (kdfBlock: Uint8Array, own: Uint8Array) => SlotFields;
}

const encodeNothing = (): Uint8Array => new Uint8Array(0);

function assertNothing(own: Uint8Array): void {
  if (own.length > 0) throw new TypeError('slot: fields where the type has none');
}

function passwordType(
  code: number,
  type: PasswordSlotFields['type'],
  other: PasswordSlotFields['type'],
): SlotTypeRow {
  return {
    ...{ code, atMost: 1, notBeside: [other], encodeOwn: encodeNothing },
    parse: (kdfBlock, own) => {
      assertNothing(own);
      return { type, kdf: parseKdfBlock(kdfBlock) };
    },
  };
}

/** A type with more to say (a credential id, a policy) is another row, with its own fields and their codec. */
export const SLOT_TYPES: Readonly<Record<SlotFields['type'], SlotTypeRow>> = {
  password: passwordType(1, 'password', 'password-key-file'),
  'password-key-file': passwordType(2, 'password-key-file', 'password'),
  recovery: {
    ...{ code: 3, atMost: 8, notBeside: [], encodeOwn: encodeNothing },
    parse: (kdfBlock, own) => {
      assertNothing(own);
      if (kdfBlock.some((byte) => byte !== 0))
        throw new TypeError('slot: a KDF without a password');
      return { type: 'recovery', kdf: null };
    },
  },
};

function encodeKdf(slot: SlotFields): Uint8Array {
  return slot.kdf === null ? NO_KDF_BLOCK : encodeKdfBlock(slot.kdf);
}

/** A slot as far as any reader can take it apart, whatever its type. */
export interface SlotParts {
  readonly code: number;
  readonly slotId: Uint8Array;
  readonly kdfBlock: Uint8Array;
  readonly salt: Uint8Array;
  readonly own: Uint8Array;
  readonly sealedRootKey: Uint8Array;
  readonly mac: Uint8Array;
}

/** Finds the end of a slot. Throws `TypeError` where the bytes run out. */
export function splitSlot(reader: FixedWidthReader): SlotParts {
  const slotId = reader.bytes(SLOT_ID_BYTES);
  const code = reader.u8();
  const kdfBlock = reader.bytes(KDF_BLOCK_BYTES);
  const salt = reader.bytes(KDF_SALT_BYTES);
  const own = reader.bytes(reader.u16());
  const sealedRootKey = reader.bytes(SEALED_ROOT_KEY_BYTES);
  return { code, slotId, kdfBlock, salt, own, sealedRootKey, mac: reader.bytes(SLOT_MAC_BYTES) };
}

/** Null for a type that a later version has brought. */
export function slotTypeOf(code: number): SlotFields['type'] | null {
  const types = Object.keys(SLOT_TYPES) as SlotFields['type'][];
  return types.find((candidate) => SLOT_TYPES[candidate].code === code) ?? null;
}

/** Throws what `parse` of the type throws. */
export function parseSlot(type: SlotFields['type'], parts: SlotParts): KeySlot {
  const { slotId, kdfBlock, salt, own, sealedRootKey, mac } = parts;
  return { ...SLOT_TYPES[type].parse(kdfBlock, own), slotId, salt, sealedRootKey, mac };
}

/** As docs/vault-format.md has it: the public fields, the sealed root key, the slot's MAC. */
export function encodeSlot(slot: KeySlot): Uint8Array<ArrayBuffer> {
  return concatBytes(encodePublicFields(slot), slot.sealedRootKey, slot.mac);
}

function encodePublicFields(slot: UnsealedSlot): Uint8Array<ArrayBuffer> {
  const { code, encodeOwn } = SLOT_TYPES[slot.type];
  const own = encodeOwn(slot);
  return concatBytes(slot.slotId, u8(code), encodeKdf(slot), slot.salt, u16(own.length), own);
}

type UnsealedSlot = SlotFields & Pick<KeySlot, 'slotId' | 'salt'>;

/** A slot that `secret` (what the KDF made) opens to `rootKey`. */
export function sealSlot(
  aead: Aead,
  input: {
    readonly fields: SlotFields;
    /** 16 random bytes; a slot that is renewed keeps its id and takes a fresh salt. */
    readonly slotId: Uint8Array;
    readonly salt: Uint8Array;
    readonly secret: SecretBytes;
    readonly rootKey: VaultRootKey;
    readonly context: SlotContext;
    readonly random: RandomSource;
  },
): KeySlot {
  const { fields, slotId, salt, secret, rootKey, context, random } = input;
  const slot: UnsealedSlot = { ...fields, salt, slotId };
  using root = deriveSlotRoot(slot, secret, context);
  using kek = deriveKey(root, { label: 'kek', salt });
  const aad = encodeSlotAad(slot, context);
  const sealedRootKey = wrapKey(aead, { key: rootKey, under: kek, aad, random });
  return { ...slot, sealedRootKey, mac: computeSlotMac(slot, { root, sealedRootKey, context }) };
}

export type OpenedSlot =
  | { readonly isOpen: true; readonly rootKey: VaultRootKey }
  /** `mac` is what a wrong secret gives; `seal` cannot come of one. */
  | { readonly isOpen: false; readonly failedAt: 'mac' | 'seal' };

/** Steps 6 and 7: the slot's MAC in constant time, and only then the root key. */
export function openSlot(
  aead: Aead,
  input: { readonly slot: KeySlot; readonly secret: SecretBytes; readonly context: SlotContext },
): OpenedSlot {
  const { slot, secret, context } = input;
  using root = deriveSlotRoot(slot, secret, context);
  const expected = computeSlotMac(slot, { root, sealedRootKey: slot.sealedRootKey, context });
  if (!equalInConstantTime(expected, slot.mac)) return { isOpen: false, failedAt: 'mac' };
  using kek = deriveKey(root, { label: 'kek', salt: slot.salt });
  try {
    const aad = encodeSlotAad(slot, context);
    const { key } = unwrapKey(aead, { sealed: slot.sealedRootKey, under: kek, aad });
    return { isOpen: true, rootKey: key };
  } catch {
    // The MAC above covers all that is unsealed here: only a writer who knew the secret gets this far.
    return { isOpen: false, failedAt: 'seal' };
  }
}

/** `HKDF(secret, salt, "v1/slot" ‖ SHA-256(suite ‖ vaultId ‖ slotId ‖ type ‖ kdfBlock))`. */
function deriveSlotRoot(slot: UnsealedSlot, secret: SecretBytes, context: SlotContext): SlotRoot {
  const { code } = SLOT_TYPES[slot.type];
  const bound = sha256(u16(SUITE), context.vaultId, slot.slotId, u8(code), encodeKdf(slot));
  return deriveKey(secret, { label: 'slot', salt: slot.salt, context: bound });
}

/** `suite ‖ vaultId ‖ epoch ‖ public fields`: AAD of the root key, and what the MAC covers before it. */
function encodeSlotAad(slot: UnsealedSlot, context: SlotContext): Uint8Array<ArrayBuffer> {
  return concatBytes(u16(SUITE), context.vaultId, u32(context.epoch), encodePublicFields(slot));
}

function computeSlotMac(
  slot: UnsealedSlot,
  input: {
    readonly root: SlotRoot;
    readonly sealedRootKey: Uint8Array;
    readonly context: SlotContext;
  },
): Uint8Array<ArrayBuffer> {
  using macKey = deriveKey(input.root, { label: 'slotMac', salt: slot.salt });
  const covered = encodeSlotAad(slot, input.context);
  return macKey.use((key) => hmacSha256(key, covered, input.sealedRootKey));
}
