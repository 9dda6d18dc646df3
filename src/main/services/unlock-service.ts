// Unlock: opens or makes a vault file and holds the open vault for the other services. Locking is the end of the whole
// process, so there is only one way out of the unlocked state here: `close`.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { PresentedSecret, SlotType } from '../../shared/model/keys.ts';
import type { QuickUnlockKey } from '../crypto/keys.ts';
import type { PasswordKdf } from '../crypto/password-kdf.ts';
import type { RandomSource } from '../crypto/random.ts';
import { SecretBytes } from '../crypto/secret-bytes.ts';
import type { PinStore } from '../vault/pin-store.ts';
import type { UnlockSecret } from '../vault/slot-secret.ts';
import type { UnlockedVault } from '../vault/unlocked-vault.ts';
import { parseHeader } from '../vault/vault-header.ts';
import type { VaultStore } from '../vault/vault-store.ts';
import { createVault, quickUnlockVault, unlockVault } from '../vault/vault.ts';
import { isBelowDefault, type KdfPolicy } from './kdf-policy.ts';
import type { PresentedSecrets } from './presented-secrets.ts';

/** A master password has at least this many bytes; the meter asks for much more. */
export const SHORTEST_PASSWORD = 8;

/** How far this machine's memory of the open vault may be behind it. */
export const PIN_EVERY_MS = 5 * 60 * 1_000;

export interface UnlockPorts {
  /** Opens the file at `path`; makes it first where `mode` is `create`. Throws VaultError. */
  readonly openStore: (path: string, mode: 'open' | 'create') => VaultStore;
  readonly pins: PinStore;
  readonly secrets: PresentedSecrets;
  readonly kdf: KdfPolicy;
  readonly deriveKey: PasswordKdf;
  readonly random: RandomSource;
  readonly clock: Clock;
  readonly onUnlocked: (path: string) => void;
}

interface OpenVault {
  readonly vault: UnlockedVault;
  readonly path: string;
  readonly isCostRaised: boolean;
}

export class UnlockService {
  readonly #ports: UnlockPorts;
  #open: OpenVault | null = null;
  #stopPins: () => void = () => undefined;
  /** One opening or closing at a time: windows and approvals may ask at once, and only one vault is ever open. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(ports: UnlockPorts) {
    this.#ports = ports;
  }

  get isUnlocked(): boolean {
    return this.#open !== null;
  }

  /** The open vault. Throws `vault/locked`. */
  get vault(): UnlockedVault {
    return this.#opened().vault;
  }

  /** The file of the open vault. Throws `vault/locked`. */
  get path(): string {
    return this.#opened().path;
  }

  /** Whether the cost of the KDF was raised when the vault was unlocked. */
  get isCostRaised(): boolean {
    return this.#opened().isCostRaised;
  }

  /** Makes a vault file and leaves it unlocked. Takes ownership of `password` and zeroes it. */
  async create(path: string, password: Uint8Array): Promise<void> {
    using secret = SecretBytes.take(password);
    assertLongEnough(secret);
    await this.#inTurn(async () => {
      if (this.#open) throw anotherIsOpen();
      const store = this.#ports.openStore(path, 'create');
      const { random, clock, deriveKey, pins } = this.#ports;
      const vault = await closingOnFailure(store, async () => {
        const kdf = await this.#ports.kdf.calibrated();
        return createVault(store, { password: secret, random, clock, deriveKey, kdf, pins });
      });
      this.#hold({ vault, path, isCostRaised: false });
    });
  }

  /** The types of slot that the file at `path` has, read without a secret. Throws VaultError. */
  async slotTypes(path: string): Promise<readonly SlotType[]> {
    return await this.#inTurn(() => {
      if (this.#open?.path === path) {
        return Promise.resolve(this.#open.vault.access.slots().map(({ type }) => type));
      }
      const store = this.#ports.openStore(path, 'open');
      try {
        const { slots } = parseHeader(store.loadHeader());
        return Promise.resolve(slots.map(({ type }) => type));
      } finally {
        store.close();
      }
    });
  }

  /**
   * The types of secret that would do for the file at `path` now. Beside an open vault that knows the key file it
   * requires, the master password is enough.
   */
  async presentableTypes(path: string): Promise<readonly SlotType[]> {
    const types = await this.slotTypes(path);
    if (this.#open?.path !== path || !this.#open.vault.access.knowsKeyFile) return types;
    return types.map((type) => (type === 'password-key-file' ? 'password' : type));
  }

  /**
   * Unlocks a vault file; false for a wrong secret. One that is open already is asked whether the secret is its own.
   * Throws `vault/another-is-open`, and `vault/older-copy` unless a person has said that such a one is meant. Takes
   * ownership of the bytes in `presented` and zeroes them.
   */
  async unlock(path: string, presented: PresentedSecret, acceptOlder = false): Promise<boolean> {
    using secret = this.#ports.secrets.take(presented);
    return await this.#inTurn(async () => {
      if (this.#open?.path === path) return await isOwnSecret(this.#open.vault, secret);
      const { random, clock, deriveKey, pins } = this.#ports;
      return await this.#openWith(path, secret, (store) =>
        unlockVault(store, { secret, random, clock, deriveKey, pins, acceptOlder }),
      );
    });
  }

  /**
   * By a root key that was sealed for quick unlock; false where the key does not open it. A vault that is open already
   * is asked whether it is its own. Borrows both.
   */
  async quickUnlock(
    path: string,
    by: { readonly key: QuickUnlockKey; readonly sealed: Uint8Array },
    acceptOlder = false,
  ): Promise<boolean> {
    return await this.#inTurn(async () => {
      if (this.#open?.path === path) return this.#open.vault.access.verifyQuickUnlock(by);
      const { random, clock, deriveKey, pins } = this.#ports;
      return await this.#openWith(path, null, (store) =>
        quickUnlockVault(store, { ...by, random, clock, deriveKey, pins, acceptOlder }),
      );
    });
  }

  /**
   * Whether it opens the vault that is open now: one full KDF run where there is a password. Takes ownership of the bytes
   * in `presented` and zeroes them. Throws `vault/locked`.
   */
  async verify(presented: PresentedSecret): Promise<boolean> {
    using secret = this.#ports.secrets.take(presented);
    return await isOwnSecret(this.vault, secret);
  }

  /** Closes the file; an opening that is under way is waited for. */
  async close(): Promise<void> {
    await this.#inTurn(() => {
      this.#stopPins();
      this.#open?.vault.close();
      this.#open = null;
      return Promise.resolve();
    });
  }

  async #openWith(
    path: string,
    secret: UnlockSecret | null,
    open: (store: VaultStore) => Promise<UnlockedVault | 'wrong-password'>,
  ): Promise<boolean> {
    if (this.#open) throw anotherIsOpen();
    const store = this.#ports.openStore(path, 'open');
    const vault = await closingOnFailure(store, () => open(store));
    if (vault === 'wrong-password') {
      store.close();
      return false;
    }
    const isCostRaised = secret !== null && (await this.#raiseCost(vault, secret));
    this.#hold({ vault, path, isCostRaised });
    return true;
  }

  /**
   * A slot that was made when less was usual is made anew at today's cost. Neither a disk that refuses nor too little
   * memory for that cost keeps anyone out: the vault is open by then.
   */
  async #raiseCost(vault: UnlockedVault, secret: UnlockSecret): Promise<boolean> {
    const slot = vault.access.slots().find(({ type }) => type === secret.type);
    const kdf = slot?.kdf ?? null;
    if (kdf === null || !isBelowDefault(kdf)) return false;
    try {
      const today = await this.#ports.kdf.calibrated();
      if (!isBelowDefault(kdf, today)) return false;
      await vault.access.raiseCost(secret, today);
      return true;
    } catch {
      return false;
    }
  }

  #opened(): OpenVault {
    if (!this.#open) throw new AppError('vault/locked', 'the vault is locked');
    return this.#open;
  }

  #hold(open: OpenVault): void {
    this.#open = open;
    this.#keepPinsLater(open.vault);
    this.#ports.onUnlocked(open.path);
  }

  /** Aside from saving, which does not wait for it. */
  #keepPinsLater(vault: UnlockedVault): void {
    this.#stopPins = this.#ports.clock.after(PIN_EVERY_MS, () => {
      vault.keepPins();
      this.#keepPinsLater(vault);
    });
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(action);
    // A failed turn is its caller's to hear of; the next one starts all the same.
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** Throws `vault/password-too-short`. */
export function assertLongEnough(password: SecretBytes): void {
  if (password.length >= SHORTEST_PASSWORD) return;
  throw new AppError('vault/password-too-short', `fewer than ${SHORTEST_PASSWORD} bytes`, {
    details: { shortest: SHORTEST_PASSWORD },
  });
}

/** The password alone will do where the key file that goes with it is known since the vault was opened. */
function isOwnSecret({ access }: UnlockedVault, secret: UnlockSecret): Promise<boolean> {
  return secret.type === 'password'
    ? access.verifyPassword(secret.password)
    : access.verify(secret);
}

async function closingOnFailure<T>(store: VaultStore, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    store.close();
    throw error;
  }
}

function anotherIsOpen(): AppError {
  return new AppError('vault/another-is-open', 'another vault is open');
}
