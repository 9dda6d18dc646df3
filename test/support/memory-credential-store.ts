// A CredentialStore in memory, with the lock of a vault: what the ceremonies' tests stand on.
// It passes the same conformance suite as the vault's own.
// SPDX-License-Identifier: MIT

import type { SecretBytes } from '../../src/main/crypto/secret-bytes.ts';
import type { CredentialStore, VaultGate } from '../../src/main/webauthn/authenticator.ts';
import type { PublicKeyCredentialSource } from '../../src/main/webauthn/credential-source.ts';
import type { CredentialId } from '../../src/shared/brand.ts';
import { toBase64Url } from '../../src/shared/bytes.ts';
import { AppError } from '../../src/shared/errors.ts';

class MemoryStoreError extends AppError<
  'vault/locked' | 'vault/item-not-found' | 'vault/write-failed'
> {}

interface Kept {
  readonly source: PublicKeyCredentialSource;
  readonly privateKey: SecretBytes;
}

export class MemoryCredentialStore implements CredentialStore, VaultGate {
  readonly #kept = new Map<string, Kept>();
  #isUnlocked = true;
  /** Makes the next `save` fail as a full disk would. */
  failsNextSave = false;
  /** Counts what was asked, to show that a refused ceremony touched nothing. */
  readonly calls = { findByRpId: 0, save: 0, openPrivateKey: 0 };

  isUnlocked(): boolean {
    return this.#isUnlocked;
  }

  lock(): void {
    this.#isUnlocked = false;
  }

  unlock(): void {
    this.#isUnlocked = true;
  }

  /** All sources, oldest first. */
  get sources(): readonly PublicKeyCredentialSource[] {
    return [...this.#kept.values()].map(({ source }) => source);
  }

  findByRpId(rpId: string): Promise<readonly PublicKeyCredentialSource[]> {
    return this.#whenOpen('findByRpId', () =>
      this.sources
        .filter((source) => source.rpId === rpId)
        .toReversed()
        .sort((a, b) => b.createdAt - a.createdAt),
    );
  }

  save(source: PublicKeyCredentialSource, privateKey: SecretBytes): Promise<void> {
    const kept = { source: structuredClone(source), privateKey: privateKey.clone() };
    privateKey.dispose();
    return this.#whenOpen('save', () => {
      if (this.failsNextSave) {
        this.failsNextSave = false;
        throw new MemoryStoreError('vault/write-failed', 'store: told to fail');
      }
      const key = toBase64Url(source.id);
      if (this.#kept.has(key)) throw new MemoryStoreError('vault/write-failed', 'store: id in use');
      this.#kept.set(key, kept);
    });
  }

  openPrivateKey(credentialId: CredentialId): Promise<SecretBytes> {
    return this.#whenOpen('openPrivateKey', () => {
      const kept = this.#kept.get(toBase64Url(credentialId));
      if (kept === undefined) {
        throw new MemoryStoreError('vault/item-not-found', 'store: no such credential');
      }
      return kept.privateKey.clone();
    });
  }

  #whenOpen<T>(call: keyof MemoryCredentialStore['calls'], action: () => T): Promise<T> {
    this.calls[call] += 1;
    return new Promise((resolve) => {
      if (!this.#isUnlocked) throw new MemoryStoreError('vault/locked', 'store: locked');
      resolve(action());
    });
  }
}
