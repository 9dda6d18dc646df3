// KeyRing: the slots of one header and what may be done with them: open one, add, renew, remove. Each slot stands alone;
// none of these needs another slot's secret. It holds no secret itself. docs/vault-format.md, "Slots, epochs, rotations".
// SPDX-License-Identifier: MIT

import { equalBytes, toHex } from '../../shared/bytes.ts';
import type { Aead } from '../crypto/aead.ts';
import type { HeaderMacKey, VaultRootKey } from '../crypto/keys.ts';
import { KDF_SALT_BYTES, type KdfParameters, type PasswordKdf } from '../crypto/password-kdf.ts';
import type { RandomSource } from '../crypto/random.ts';
import { type KeySlot, openSlot, sealSlot, SLOT_ID_BYTES, type SlotFields } from './key-slot.ts';
import { deriveSlotSecret, type UnlockSecret } from './slot-secret.ts';
import { encodeHeader, hasRoomFor, MAX_SLOTS, type VaultHeader } from './vault-header.ts';
import { VaultError } from './vault-error.ts';

export interface KeyRingTools {
  readonly aead: Aead;
  readonly random: RandomSource;
  readonly deriveKey: PasswordKdf;
}

/** What a secret has opened: a slot, and the root key of the epoch; the caller disposes it. */
export interface OpenedRing extends Disposable {
  readonly slot: KeySlot;
  readonly rootKey: VaultRootKey;
}

export class KeyRing {
  readonly header: VaultHeader;
  readonly #tools: KeyRingTools;

  constructor(header: VaultHeader, tools: KeyRingTools) {
    this.header = header;
    this.#tools = tools;
  }

  /** The header's bytes with their MAC. */
  encode(key: HeaderMacKey): Uint8Array<ArrayBuffer> {
    return encodeHeader(this.header, key);
  }

  /**
   * Steps 5 to 7: null where no slot of its type opens. With a password exactly one run of the KDF, for a right and a
   * wrong one alike, since there is at most one slot for each way to use one.
   */
  async open(secret: UnlockSecret): Promise<OpenedRing | null> {
    const { aead, deriveKey } = this.#tools;
    for (const slot of this.header.slots.filter(({ type }) => type === secret.type)) {
      using derived = await deriveSlotSecret(secret, slot, deriveKey);
      const opened = openSlot(aead, { slot, secret: derived, context: this.header });
      if (!opened.isOpen) continue;
      const { rootKey } = opened;
      return {
        slot,
        rootKey,
        [Symbol.dispose]() {
          rootKey.dispose();
        },
      };
    }
    return null;
  }

  /** With one slot more. Throws `keys/too-many-slots`. */
  async add(rootKey: VaultRootKey, added: NewSlot): Promise<KeyRing> {
    const slot = await this.#seal(rootKey, this.#tools.random.bytes(SLOT_ID_BYTES), added);
    const slots = [...this.header.slots, slot];
    assertRoomFor(slot, slots);
    return this.#with(slots);
  }

  /**
   * With another secret for a slot, which keeps its id. Its type may change with it. Throws `keys/slot-not-found` and
   * `keys/too-many-slots`.
   */
  async renew(rootKey: VaultRootKey, slotId: string, renewed: NewSlot): Promise<KeyRing> {
    const former = this.find(slotId);
    const slot = await this.#seal(rootKey, former.slotId, renewed);
    const slots = this.header.slots.map((one) => (one === former ? slot : one));
    assertRoomFor(slot, slots);
    return this.#with(slots);
  }

  /** Without a slot. Throws `keys/slot-not-found`, and `keys/last-way-in` where none would be left. */
  remove(slotId: string): KeyRing {
    const former = this.find(slotId);
    const slots = this.header.slots.filter((slot) => slot !== former);
    if (slots.length === 0) throw lastWayIn();
    return this.#with(slots);
  }

  /**
   * For a new root key in the next epoch: the slots whose secrets are presented, each sealed anew under its own id.
   * The others are gone. Throws `vault/wrong-password` for a secret that opens no slot: nothing is left out by mistake;
   * and `keys/last-way-in` where none is presented.
   */
  async rotate(
    rootKey: VaultRootKey,
    secrets: readonly UnlockSecret[],
  ): Promise<{ readonly ring: KeyRing; readonly removed: readonly KeySlot[] }> {
    if (secrets.length === 0) throw lastWayIn();
    const epoch = this.header.epoch + 1;
    const kept: KeySlot[] = [];
    for (const [index, secret] of secrets.entries()) {
      using opened = await this.open(secret);
      if (opened === null) {
        throw new VaultError('vault/wrong-password', 'a secret opens no slot of this vault', {
          details: { type: secret.type, index },
        });
      }
      const { slotId, kdf } = opened.slot;
      if (kept.some((slot) => equalBytes(slot.slotId, slotId))) continue;
      kept.push(await this.#seal(rootKey, slotId, { secret, kdf }, epoch));
    }
    const isKept = ({ slotId }: KeySlot) => kept.some((slot) => equalBytes(slot.slotId, slotId));
    const header = { ...this.header, generation: this.header.generation + 1, epoch, slots: kept };
    return {
      ring: new KeyRing(header, this.#tools),
      removed: this.header.slots.filter((slot) => !isKept(slot)),
    };
  }

  /** Throws `keys/slot-not-found`. `slotId` in hex. */
  find(slotId: string): KeySlot {
    const slot = this.header.slots.find((one) => toHex(one.slotId) === slotId);
    if (slot === undefined) {
      throw new VaultError('keys/slot-not-found', 'vault header: no slot of this id');
    }
    return slot;
  }

  async #seal(
    rootKey: VaultRootKey,
    slotId: Uint8Array,
    { secret, kdf }: NewSlot,
    epoch = this.header.epoch,
  ): Promise<KeySlot> {
    const { aead, random, deriveKey } = this.#tools;
    const fields = fieldsFor(secret, kdf);
    const salt = random.bytes(KDF_SALT_BYTES);
    using derived = await deriveSlotSecret(secret, { ...fields, salt }, deriveKey);
    const context = { vaultId: this.header.vaultId, epoch };
    return sealSlot(aead, { fields, slotId, salt, secret: derived, rootKey, context, random });
  }

  #with(slots: readonly KeySlot[]): KeyRing {
    const header = { ...this.header, generation: this.header.generation + 1, slots };
    return new KeyRing(header, this.#tools);
  }
}

/** A slot to be made: what will open it, and what its KDF costs; null for a secret that needs none. */
export interface NewSlot {
  readonly secret: UnlockSecret;
  readonly kdf: KdfParameters | null;
}

/** A header with more slots of a type than it may have, or two that exclude each other, would be refused by the next to read it. */
function assertRoomFor(slot: KeySlot, slots: readonly KeySlot[]): void {
  if (slots.length <= MAX_SLOTS && hasRoomFor(slot.type, slots)) return;
  throw new VaultError('keys/too-many-slots', 'vault header: no room for another slot', {
    details: { type: slot.type },
  });
}

function lastWayIn(): VaultError {
  return new VaultError('keys/last-way-in', 'vault header: the last slot stays');
}

function fieldsFor(secret: UnlockSecret, kdf: KdfParameters | null): SlotFields {
  if (secret.type === 'recovery') return { type: 'recovery', kdf: null };
  if (kdf === null) throw new Error('slot: a password needs a KDF');
  return { type: secret.type, kdf };
}
