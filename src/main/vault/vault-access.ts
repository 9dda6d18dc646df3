// VaultAccess: the ways into an open vault. Every change of them asks for a secret that opens a slot, since only such a
// secret yields the root key; the open vault itself does not keep it. docs/vault-format.md, "Slots, epochs, rotations".
// SPDX-License-Identifier: MIT

import { concatBytes, equalBytes, toHex, toUtf8 } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import type { SlotType } from '../../shared/model/keys.ts';
import type { Aead } from '../crypto/aead.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { equalInConstantTime } from '../crypto/digest.ts';
import {
  deriveKey,
  type QuickUnlockKey,
  unwrapKey,
  type VaultRootKey,
  wrapKey,
} from '../crypto/keys.ts';
import { costsLess, type KdfParameters } from '../crypto/password-kdf.ts';
import type { RandomSource } from '../crypto/random.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import { u32 } from './fixed-width.ts';
import type { KeyRing, OpenedRing } from './key-ring.ts';
import type { KeySlot } from './key-slot.ts';
import { type RekeyProgress, type RekeyTurns, rekeyVault } from './rekey.ts';
import type { Pins } from './pins.ts';
import type { UnlockSecret } from './slot-secret.ts';
import { VaultError } from './vault-error.ts';
import type { VaultState } from './vault-state.ts';

export interface SlotInfo {
  /** In hex. */
  readonly id: string;
  readonly type: SlotType;
  readonly name: string;
  readonly createdAt: number;
  readonly kdf: KdfParameters | null;
}

export interface VaultAccessParts {
  readonly state: VaultState;
  readonly aead: Aead;
  readonly random: RandomSource;
  readonly clock: Clock;
  readonly vaultId: Uint8Array;
  /** Digest of the key file that was presented when the vault was unlocked; owned by this object. */
  readonly keyFile: SecretBytes | null;
  /** What this machine remembers of the vault. */
  readonly pins: Pins | null;
}

/** What the sealed root key of a quick unlock is bound to. */
export function quickUnlockAad(vaultId: Uint8Array, epoch: number): Uint8Array<ArrayBuffer> {
  return concatBytes(toUtf8('vlt1/quick-unlock'), vaultId, u32(epoch));
}

export class VaultAccess implements Disposable {
  readonly #parts: VaultAccessParts;
  readonly #state: VaultState;
  #keyFile: SecretBytes | null;

  constructor(parts: VaultAccessParts) {
    this.#parts = parts;
    this.#state = parts.state;
    this.#keyFile = parts.keyFile;
  }

  get epoch(): number {
    return this.#state.ring.header.epoch;
  }

  /** Whether a copy has the very header that this vault has now. */
  isOwnHeader(header: Uint8Array): boolean {
    return equalBytes(header, this.#state.ring.encode(this.#state.epoch.keys.header));
  }

  slots(): readonly SlotInfo[] {
    const madeAt = this.#state.meta.genesis.createdAt;
    const names = new Map(this.#state.documents.slotNames.map((one) => [one.slotId, one]));
    return this.#state.ring.header.slots.map((slot) => {
      const id = toHex(slot.slotId);
      // The first slot is as old as the vault.
      const { name = '', createdAt = madeAt } = names.get(id) ?? {};
      return { id, type: slot.type, name, createdAt, kdf: slot.kdf };
    });
  }

  /**
   * Whether it opens a slot: the whole KDF where there is a password. Borrows the secret. A key file that has opened one
   * is known from then on, as if it had been presented at unlocking.
   */
  async verify(secret: UnlockSecret): Promise<boolean> {
    using opened = await this.#state.ring.open(secret);
    this.#state.assertOpen();
    if (opened !== null && secret.type === 'password-key-file') {
      this.#keyFile ??= secret.keyFile.clone();
    }
    return opened !== null;
  }

  /** Whether this is the master password; the key file is the one that was presented last. Borrows it. */
  async verifyPassword(password: SecretBytes): Promise<boolean> {
    const slot = this.#passwordSlot();
    if (slot === null) return false;
    if (slot.type === 'password') return await this.verify({ type: 'password', password });
    if (this.#keyFile === null) return false;
    return await this.verify({ type: 'password-key-file', password, keyFile: this.#keyFile });
  }

  /** Whether the key file of this vault has been presented since it was opened, by quick unlock too. */
  get knowsKeyFile(): boolean {
    return this.#keyFile !== null;
  }

  /** Whether `key` opens what `sealForQuickUnlock` made for this very vault and epoch. Borrows both. */
  verifyQuickUnlock(by: { readonly key: QuickUnlockKey; readonly sealed: Uint8Array }): boolean {
    const { aead, vaultId } = this.#parts;
    this.#state.assertOpen();
    const aad = quickUnlockAad(vaultId, this.epoch);
    try {
      const { key, note } = unwrapKey(aead, { sealed: by.sealed, under: by.key, aad });
      using rootKey = key;
      note.fill(0);
      return this.#isOfThisEpoch(rootKey);
    } catch (error) {
      if (error instanceof CryptoError) return false;
      throw error;
    }
  }

  /**
   * Another master password. A key file that is required stays required as long as it is known; whoever presents the
   * recovery key and has lost the file gets a slot for the password alone. Never cheaper than it was. All borrow their secrets; all throw
   * `vault/wrong-password` where `present` opens nothing.
   */
  async changePassword(
    present: UnlockSecret,
    password: SecretBytes,
    today: KdfParameters,
  ): Promise<void> {
    const keyFile = present.type === 'password-key-file' ? present.keyFile : this.#keyFile;
    const slot = this.#passwordSlot();
    const former = slot?.kdf ?? today;
    const kdf = costsLess(today, former) ? former : today;
    const secret: UnlockSecret =
      slot?.type === 'password-key-file' && keyFile !== null
        ? { type: 'password-key-file', password, keyFile }
        : { type: 'password', password };
    await this.#change(present, (ring, { rootKey }) =>
      slot === null
        ? ring.add(rootKey, { secret, kdf })
        : ring.renew(rootKey, toHex(slot.slotId), { secret, kdf }),
    );
  }

  /** From now on the password opens the vault together with this file alone. `present` has the password. */
  async requireKeyFile(present: UnlockSecret, keyFile: SecretBytes, name: string): Promise<void> {
    if (present.type === 'recovery') throw new Error('requireKeyFile: present the password');
    const { password } = present;
    const slot = this.#slotFor(present);
    const { kdf } = slot;
    const secret = { type: 'password-key-file', password, keyFile } as const;
    const id = toHex(slot.slotId);
    await this.#change(present, (ring, { rootKey }) => ring.renew(rootKey, id, { secret, kdf }), {
      id,
      name,
    });
    this.#keyFile?.dispose();
    this.#keyFile = keyFile.clone();
  }

  /** The password alone opens the vault again. */
  async dropKeyFile(present: UnlockSecret): Promise<void> {
    if (present.type !== 'password-key-file') throw wrongSecret();
    const slot = this.#slotFor(present);
    const secret = { type: 'password', password: present.password } as const;
    await this.#change(present, (ring, { rootKey }) =>
      ring.renew(rootKey, toHex(slot.slotId), { secret, kdf: slot.kdf }),
    );
    this.#keyFile?.dispose();
    this.#keyFile = null;
  }

  /**
   * Opens the root key once, for a recovery slot that will be made when its words have been rehearsed. The caller
   * disposes it.
   */
  async authorise(present: UnlockSecret): Promise<OpenedRing> {
    const opened = await this.#state.ring.open(present);
    if (opened === null) throw wrongSecret();
    if (this.#state.isOpen) return opened;
    opened[Symbol.dispose]();
    throw new VaultError('vault/locked', 'vault: closed');
  }

  /**
   * Adds a recovery key; `rootKey` comes from `authorise` and is borrowed. Returns the slot's id. Throws
   * `vault/write-failed` where the vault has been re-keyed since.
   */
  async addRecovery(rootKey: VaultRootKey, key: SecretBytes, name: string): Promise<string> {
    this.#state.assertOpen();
    this.#assertOfThisEpoch(rootKey);
    const former = this.#state.ring;
    const before = new Set(this.slots().map(({ id }) => id));
    const ring = await former.add(rootKey, {
      secret: { type: 'recovery', key },
      kdf: null,
    });
    const added = ring.header.slots
      .map(({ slotId }) => toHex(slotId))
      .find((id) => !before.has(id));
    if (added === undefined) throw new Error('addRecovery: the slot is not there');
    this.#store(former, ring, { id: added, name });
    return added;
  }

  async rename(present: UnlockSecret, slotId: string, name: string): Promise<void> {
    using _opened = await this.authorise(present);
    this.#state.ring.find(slotId);
    const slotNames = this.#names({ id: slotId, name });
    this.#state.commit({ objects: [this.#state.sealDocument('slotNames', slotNames)] });
    this.#state.documents = { ...this.#state.documents, slotNames };
  }

  /** Throws `keys/last-way-in`. What the file had of the slot is gone from it when this returns. */
  async remove(present: UnlockSecret, slotId: string): Promise<void> {
    await this.#change(present, (ring) => Promise.resolve(ring.remove(slotId)));
  }

  /** Renews the slot that `present` opens at another cost: for one that was made when less was usual. */
  async raiseCost(present: UnlockSecret, kdf: KdfParameters): Promise<void> {
    if (present.type === 'recovery') throw new Error('raiseCost: a recovery key costs nothing');
    await this.#change(present, (ring, { rootKey, slot }) =>
      ring.renew(rootKey, toHex(slot.slotId), { secret: present, kdf }),
    );
  }

  /**
   * A new root key in a new epoch: everything that lies under the old one is sealed anew. Slots whose secrets are not
   * among `secrets` are removed, and returned. By `turns` it gives way to others while it works.
   */
  async rekey(
    secrets: readonly UnlockSecret[],
    onProgress: RekeyProgress,
    turns: Partial<RekeyTurns> = {},
  ): Promise<readonly SlotInfo[]> {
    const { aead, random, vaultId } = this.#parts;
    const before = this.slots();
    await rekeyVault(this.#state, { aead, random, vaultId, secrets, onProgress, turns });
    this.#parts.pins?.keep(this.#state);
    const kept = new Set(this.slots().map(({ id }) => id));
    return before.filter(({ id }) => !kept.has(id));
  }

  /** The root key under a key for quick unlock, to be held in memory alone. */
  async sealForQuickUnlock(present: UnlockSecret, under: QuickUnlockKey): Promise<Uint8Array> {
    const { aead, random, vaultId } = this.#parts;
    const former = this.#state.ring;
    using opened = await this.authorise(present);
    this.#assertUnchanged(former);
    const aad = quickUnlockAad(vaultId, this.epoch);
    // With the digest of a key file that is required: passwords are verified together with it.
    const note = this.#keyFile?.use((bytes) => Uint8Array.from(bytes)) ?? new Uint8Array(0);
    const sealed = wrapKey(aead, { key: opened.rootKey, under, aad, random, note });
    note.fill(0);
    return sealed;
  }

  [Symbol.dispose](): void {
    this.#keyFile?.dispose();
    this.#keyFile = null;
  }

  async #change(
    present: UnlockSecret,
    action: (ring: KeyRing, opened: OpenedRing) => Promise<KeyRing>,
    named: { readonly id: string; readonly name: string } | null = null,
  ): Promise<void> {
    // Before the first wait: a root key that was opened under one header must not get into another epoch's.
    const former = this.#state.ring;
    using opened = await this.authorise(present);
    this.#store(former, await action(former, opened), named);
  }

  #store(
    former: KeyRing,
    ring: KeyRing,
    named: { readonly id: string; readonly name: string } | null,
  ): void {
    this.#state.assertOpen();
    this.#assertUnchanged(former);
    const ids = new Set(ring.header.slots.map(({ slotId }) => toHex(slotId)));
    const slotNames = this.#names(named).filter(({ slotId }) => ids.has(slotId));
    this.#state.commit({
      header: ring.encode(this.#state.epoch.keys.header),
      objects: [this.#state.sealDocument('slotNames', slotNames)],
    });
    this.#state.ring = ring;
    this.#state.documents = { ...this.#state.documents, slotNames };
    // The former header held the root key under a secret that may not open this vault any more.
    this.#state.scrub();
    this.#parts.pins?.keep(this.#state);
  }

  #assertUnchanged(former: KeyRing): void {
    if (this.#state.ring !== former) throw changedMeanwhile();
  }

  #assertOfThisEpoch(rootKey: VaultRootKey): void {
    if (!this.#isOfThisEpoch(rootKey)) throw changedMeanwhile();
  }

  #isOfThisEpoch(rootKey: VaultRootKey): boolean {
    using derived = deriveKey(rootKey, { label: 'header', salt: this.#parts.vaultId });
    const { header } = this.#state.epoch.keys;
    return derived.use((a) => header.use((b) => equalInConstantTime(a, b)));
  }

  #names(named: { readonly id: string; readonly name: string } | null) {
    const { slotNames } = this.#state.documents;
    if (named === null) return slotNames;
    const { id, name } = named;
    const known = slotNames.find(({ slotId }) => slotId === id);
    const createdAt = known?.createdAt ?? this.#parts.clock.now();
    return [...slotNames.filter((one) => one !== known), { slotId: id, name, createdAt }];
  }

  #passwordSlot(): KeySlot | null {
    const { slots } = this.#state.ring.header;
    return slots.find(({ type }) => type !== 'recovery') ?? null;
  }

  #slotFor(present: UnlockSecret): KeySlot {
    const slot = this.#state.ring.header.slots.find(({ type }) => type === present.type);
    if (slot === undefined) throw wrongSecret();
    return slot;
  }
}

function changedMeanwhile(): VaultError {
  return new VaultError('vault/write-failed', 'vault header: changed meanwhile', {
    details: { reason: 'header-changed' },
  });
}

function wrongSecret(): VaultError {
  return new VaultError('vault/wrong-password', 'the secret opens no slot of this vault');
}
