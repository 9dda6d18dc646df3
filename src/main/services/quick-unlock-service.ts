// Quick unlock, as far as it needs keys: the root key is sealed under a PIN and random bytes of the OS keystore, or under
// those bytes alone where Touch ID guards them. What is sealed goes back to main, which holds it in memory and counts the
// tries; nothing of it is ever written. docs/vault-format.md, "Quick unlock".
// SPDX-License-Identifier: MIT

import { AppError } from '../../shared/errors.ts';
import type { PresentedSecret } from '../../shared/model/keys.ts';
import { concatBytes } from '../../shared/bytes.ts';
import { deriveKey, type QuickUnlockKey } from '../crypto/keys.ts';
import { DEFAULT_KDF, KDF_SALT_BYTES, type PasswordKdf } from '../crypto/password-kdf.ts';
import type { RandomSource } from '../crypto/random.ts';
import { SecretBytes } from '../crypto/secret-bytes.ts';
import type { SealedQuickUnlock } from '../link/vault-link.ts';
import type { UnlockedVault } from '../vault/unlocked-vault.ts';
import type { PresentedSecrets } from './presented-secrets.ts';

/** A PIN has at least this many digits. */
export const SHORTEST_PIN = 6;

export interface QuickUnlockPorts {
  readonly vault: () => UnlockedVault;
  readonly secrets: PresentedSecrets;
  readonly deriveKey: PasswordKdf;
  readonly random: RandomSource;
  /** By the key and what it seals; false where it does not open it. */
  readonly unlock: (
    path: string,
    by: { readonly key: QuickUnlockKey; readonly sealed: Uint8Array },
    acceptOlder?: boolean,
  ) => Promise<boolean>;
}

export class QuickUnlockService {
  readonly #ports: QuickUnlockPorts;

  constructor(ports: QuickUnlockPorts) {
    this.#ports = ports;
  }

  /** Takes ownership of all bytes. Throws `vault/wrong-password`, `keys/pin-too-short`. */
  async seal(input: {
    readonly present: PresentedSecret;
    readonly pin: Uint8Array | null;
    /** 32 random bytes that the OS keystore guards. */
    readonly guarded: Uint8Array;
  }): Promise<SealedQuickUnlock> {
    using guarded = SecretBytes.take(input.guarded);
    using pin = input.pin === null ? null : SecretBytes.take(input.pin);
    // The last: what is presented may be refused.
    using present = this.#ports.secrets.take(input.present);
    if (pin !== null) assertPin(pin);
    const salt = this.#ports.random.bytes(KDF_SALT_BYTES);
    using key = await this.#derive(pin, guarded, salt);
    const sealed = await this.#ports.vault().access.sealForQuickUnlock(present, key);
    return { salt, sealed };
  }

  /** False for a wrong PIN. Takes ownership of PIN and guarded bytes. */
  async unlock(input: {
    readonly path: string;
    readonly pin: Uint8Array | null;
    readonly guarded: Uint8Array;
    readonly kept: SealedQuickUnlock;
    readonly acceptOlder?: boolean | undefined;
  }): Promise<boolean> {
    const { path, kept, acceptOlder } = input;
    using guarded = SecretBytes.take(input.guarded);
    using pin = input.pin === null ? null : SecretBytes.take(input.pin);
    using key = await this.#derive(pin, guarded, kept.salt);
    return await this.#ports.unlock(path, { key, sealed: kept.sealed }, acceptOlder);
  }

  /** `HKDF(Argon2id(PIN) ‖ guarded bytes, salt, "v1/quick-unlock")`; without a PIN, of the guarded bytes alone. */
  async #derive(
    pin: SecretBytes | null,
    guarded: SecretBytes,
    salt: Uint8Array,
  ): Promise<QuickUnlockKey> {
    if (pin === null) return deriveKey(guarded, { label: 'quickUnlock', salt });
    using stretched = await this.#ports.deriveKey(pin, salt, DEFAULT_KDF);
    using both = stretched.use((a) => guarded.use((b) => SecretBytes.take(concatBytes(a, b))));
    return deriveKey(both, { label: 'quickUnlock', salt });
  }
}

function assertPin(pin: SecretBytes): void {
  const isPin = pin.use(
    (bytes) => bytes.length >= SHORTEST_PIN && bytes.every((byte) => byte >= 0x30 && byte <= 0x39),
  );
  if (isPin) return;
  throw new AppError('keys/pin-too-short', `a PIN has at least ${SHORTEST_PIN} digits`, {
    details: { shortest: SHORTEST_PIN },
  });
}
