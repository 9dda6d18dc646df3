// Unlock: opens or makes a vault file and holds the open vault for the other services. Locking is the end of the whole
// process, so there is only one way out of the unlocked state here: `close`.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { KdfParameters } from '../crypto/password-kdf.ts';
import type { RandomSource } from '../crypto/random.ts';
import { SecretBytes } from '../crypto/secret-bytes.ts';
import { createVault, unlockVault } from '../vault/vault.ts';
import type { UnlockedVault } from '../vault/unlocked-vault.ts';
import type { VaultStore } from '../vault/vault-store.ts';

/** A master password has at least this many bytes; the meter asks for much more. */
export const SHORTEST_PASSWORD = 8;

export interface UnlockPorts {
  /** Opens the file at `path`; makes it first where `mode` is `create`. Throws VaultError. */
  readonly openStore: (path: string, mode: 'open' | 'create') => VaultStore;
  readonly random: RandomSource;
  readonly clock: Clock;
  /** Cost of new vaults; the default of the format where absent. */
  readonly kdf?: KdfParameters;
  readonly onUnlocked: (path: string) => void;
}

interface OpenVault {
  readonly vault: UnlockedVault;
  readonly path: string;
}

export class UnlockService {
  readonly #ports: UnlockPorts;
  #open: OpenVault | null = null;
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

  /** Makes a vault file and leaves it unlocked. Takes ownership of `password` and zeroes it. */
  async create(path: string, password: Uint8Array): Promise<void> {
    using secret = SecretBytes.take(password);
    if (secret.length < SHORTEST_PASSWORD) {
      throw new AppError('vault/password-too-short', `fewer than ${SHORTEST_PASSWORD} bytes`, {
        details: { shortest: SHORTEST_PASSWORD },
      });
    }
    await this.#inTurn(async () => {
      if (this.#open) throw anotherIsOpen();
      const store = this.#ports.openStore(path, 'create');
      const { random, clock, kdf } = this.#ports;
      const options = { password: secret, random, clock, ...(kdf ? { kdf } : {}) };
      this.#hold(await closingOnFailure(store, () => createVault(store, options)), path);
    });
  }

  /**
   * Unlocks a vault file; false for a wrong password. One that is open already is asked whether the password is its
   * own. Throws `vault/another-is-open`. Takes ownership of `password` and zeroes it.
   */
  async unlock(path: string, password: Uint8Array): Promise<boolean> {
    using secret = SecretBytes.take(password);
    return await this.#inTurn(async () => {
      if (this.#open?.path === path) return await this.#open.vault.verifyPassword(secret);
      if (this.#open) throw anotherIsOpen();
      const store = this.#ports.openStore(path, 'open');
      const { random, clock } = this.#ports;
      const opened = await closingOnFailure(store, () =>
        unlockVault(store, { password: secret, random, clock }),
      );
      if (opened === 'wrong-password') {
        store.close();
        return false;
      }
      this.#hold(opened, path);
      return true;
    });
  }

  /** Whether `password` opens the vault that is open now: one full KDF run. Zeroes the argument. */
  async verifyPassword(password: Uint8Array): Promise<boolean> {
    using secret = SecretBytes.take(password);
    return await this.vault.verifyPassword(secret);
  }

  /** Closes the file; an opening that is under way is waited for. */
  async close(): Promise<void> {
    await this.#inTurn(() => {
      this.#open?.vault.close();
      this.#open = null;
      return Promise.resolve();
    });
  }

  #opened(): OpenVault {
    if (!this.#open) throw new AppError('vault/locked', 'the vault is locked');
    return this.#open;
  }

  #hold(vault: UnlockedVault, path: string): void {
    this.#open = { vault, path };
    this.#ports.onUnlocked(path);
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(action);
    // A failed turn is its caller's to hear of; the next one starts all the same.
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

function anotherIsOpen(): AppError {
  return new AppError('vault/another-is-open', 'a vault is open already');
}

async function closingOnFailure<T>(store: VaultStore, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    store.close();
    throw error;
  }
}
