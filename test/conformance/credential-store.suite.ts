// What every CredentialStore must do, whatever it is built on. The vault's own store and the one in memory pass it.
// SPDX-License-Identifier: MIT

import { beforeEach, describe, expect, it } from 'vitest';
import { SecretBytes } from '../../src/main/crypto/secret-bytes.ts';
import type { CredentialStore } from '../../src/main/webauthn/authenticator.ts';
import type { PublicKeyCredentialSource } from '../../src/main/webauthn/credential-source.ts';
import type { CredentialId } from '../../src/shared/brand.ts';
import { toHex } from '../../src/shared/bytes.ts';

export interface CredentialStoreHarness {
  readonly store: CredentialStore;
  /** Closes the store for good, as locking the vault does. */
  lock(): void | Promise<void>;
  /** The same store as a later start of the program finds it; `null` for one that keeps nothing. */
  reopen(): Promise<CredentialStore> | null;
  dispose?(): void | Promise<void>;
}

function sourceOf(
  seed: number,
  changes: Partial<PublicKeyCredentialSource> = {},
): PublicKeyCredentialSource {
  return {
    type: 'public-key',
    id: new Uint8Array(32).fill(seed) as Uint8Array as CredentialId,
    rpId: 'bank.example',
    userHandle: Uint8Array.of(1, 2, 3),
    algorithm: 'ES256',
    backupEligible: true,
    backupState: false,
    signCount: 0,
    otherUI: { rpName: 'Bank', userName: 'anna', userDisplayName: 'Anna Klein' },
    createdAt: 1_700_000_000_000 + seed,
    ...changes,
  };
}

const keyOf = (seed: number): SecretBytes => SecretBytes.take(new Uint8Array(138).fill(seed));
const idsOf = (sources: readonly PublicKeyCredentialSource[]): readonly (number | undefined)[] =>
  sources.map(({ id }) => id[0]);

export function credentialStoreSuite(
  name: string,
  open: () => CredentialStoreHarness | Promise<CredentialStoreHarness>,
): void {
  describe(`${name} as a CredentialStore`, () => {
    let harness: CredentialStoreHarness;
    beforeEach(async () => {
      harness = await open();
      return () => harness.dispose?.();
    });

    it('gives back a source as it was saved', async () => {
      const source = sourceOf(1, {
        userHandle: new Uint8Array(64).fill(255),
        otherUI: { rpName: '', userName: 'ü😀\n', userDisplayName: '' },
        backupEligible: false,
        signCount: 7,
      });
      await harness.store.save(source, keyOf(1));
      const [found] = await harness.store.findByRpId('bank.example');
      expect(found).toEqual(source);
    });

    it('finds by exactly the RP ID, the most recently made first', async () => {
      await harness.store.save(sourceOf(1), keyOf(1));
      await harness.store.save(sourceOf(3), keyOf(3));
      await harness.store.save(sourceOf(2), keyOf(2));
      await harness.store.save(sourceOf(4, { rpId: 'login.bank.example' }), keyOf(4));
      await harness.store.save(sourceOf(5, { rpId: 'fakebank.example' }), keyOf(5));
      expect(idsOf(await harness.store.findByRpId('bank.example'))).toEqual([3, 2, 1]);
      expect(idsOf(await harness.store.findByRpId('example'))).toEqual([]);
      expect(idsOf(await harness.store.findByRpId('BANK.example'))).toEqual([]);
      expect(idsOf(await harness.store.findByRpId(''))).toEqual([]);
    });

    it('keeps several passkeys of one account side by side', async () => {
      await harness.store.save(sourceOf(1), keyOf(1));
      await harness.store.save(sourceOf(2), keyOf(2));
      expect(idsOf(await harness.store.findByRpId('bank.example'))).toEqual([2, 1]);
    });

    it('opens the private key of each id, as often as it is asked', async () => {
      await harness.store.save(sourceOf(1), keyOf(1));
      await harness.store.save(sourceOf(2), keyOf(2));
      for (const seed of [2, 1, 1]) {
        using key = await harness.store.openPrivateKey(sourceOf(seed).id);
        expect(key.use(toHex)).toBe(toHex(new Uint8Array(138).fill(seed)));
      }
    });

    it('takes ownership of the private key', async () => {
      const key = keyOf(1);
      await harness.store.save(sourceOf(1), key);
      expect(key.isDisposed).toBe(true);
    });

    it('refuses a second credential under one id and keeps the first', async () => {
      await harness.store.save(sourceOf(1), keyOf(1));
      const second = keyOf(9);
      await expect(harness.store.save(sourceOf(1), second)).rejects.toThrow();
      expect(second.isDisposed).toBe(true);
      using key = await harness.store.openPrivateKey(sourceOf(1).id);
      expect(key.use((bytes) => bytes[0])).toBe(1);
      expect(idsOf(await harness.store.findByRpId('bank.example'))).toEqual([1]);
    });

    it('opens nothing for an id that it does not hold', async () => {
      await harness.store.save(sourceOf(1), keyOf(1));
      const unknown = new Uint8Array(32).fill(8) as Uint8Array as CredentialId;
      await expect(harness.store.openPrivateKey(unknown)).rejects.toThrow();
      const shortened = sourceOf(1).id.slice(0, 31) as Uint8Array as CredentialId;
      await expect(harness.store.openPrivateKey(shortened)).rejects.toThrow();
    });

    it('does not notice what its caller does to the bytes afterwards', async () => {
      const source = sourceOf(1);
      await harness.store.save(source, keyOf(1));
      source.userHandle.fill(0);
      source.id.fill(0);
      const [found] = await harness.store.findByRpId('bank.example');
      expect([found?.id[0], found?.userHandle[0]]).toEqual([1, 1]);
    });

    it('has saved durably when it says so', async () => {
      await harness.store.save(sourceOf(1), keyOf(1));
      const again = await harness.reopen();
      if (again === null) return;
      expect(await again.findByRpId('bank.example')).toEqual([sourceOf(1)]);
      using key = await again.openPrivateKey(sourceOf(1).id);
      expect(key.use((bytes) => bytes[0])).toBe(1);
    });

    it('throws vault/locked for everything once it is locked, and still erases the key', async () => {
      await harness.store.save(sourceOf(1), keyOf(1));
      await harness.lock();
      const locked = { code: 'vault/locked' };
      const key = keyOf(2);
      await expect(harness.store.findByRpId('bank.example')).rejects.toMatchObject(locked);
      await expect(harness.store.openPrivateKey(sourceOf(1).id)).rejects.toMatchObject(locked);
      await expect(harness.store.save(sourceOf(2), key)).rejects.toMatchObject(locked);
      expect(key.isDisposed).toBe(true);
    });
  });
}
