// Making a vault and unlocking one: the order of checks of docs/vault-format.md, from the header's first byte to the
// last row.
// SPDX-License-Identifier: MIT

import type { DeviceId } from '../../shared/brand.ts';
import { equalBytes, toHex } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { type Aead, readyAead } from '../crypto/aead.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { deriveVaultKeys, randomVaultRootKey, type VaultKeys } from '../crypto/keys.ts';
import {
  assertKdfWithinBounds,
  DEFAULT_KDF,
  derivePasswordKey,
  KDF_SALT_BYTES,
  type KdfParameters,
  type PasswordKdf,
} from '../crypto/password-kdf.ts';
import type { RandomSource } from '../crypto/random.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import { makeGenesis, vaultIdOf } from './genesis.ts';
import { ItemSealer } from './item-sealer.ts';
import { isSlotOfType, type KeySlot, openSlot, type OpenedSlot, sealSlot } from './key-slot.ts';
import { type LoadedItems, loadItems } from './load-items.ts';
import { EMPTY_MANIFEST, type Manifest, openManifest, sameRows, sealManifest } from './manifest.ts';
import { UnlockedVault } from './unlocked-vault.ts';
import { VaultError } from './vault-error.ts';
import {
  assertHeaderMac,
  encodeHeader,
  NO_ROSTER,
  type ParsedHeader,
  parseHeader,
  type VaultHeader,
} from './vault-header.ts';
import { type ObjectSeal, openMeta, sealMeta, type VaultMeta } from './vault-meta.ts';
import type { VaultContents, VaultStore } from './vault-store.ts';

interface VaultOptions {
  /** NFKC, UTF-8. Borrowed: the caller disposes it. */
  readonly password: SecretBytes;
  readonly random: RandomSource;
  readonly clock: Clock;
  /** Argon2id unless a test hands in another. */
  readonly deriveKey?: PasswordKdf;
}

export interface CreateVaultOptions extends VaultOptions {
  readonly kdf?: KdfParameters;
  readonly name?: string;
}

/** Makes a vault in an empty store, which it then owns. Throws `vault/already-exists`, `vault/parameters-refused`. */
export async function createVault(
  store: VaultStore,
  options: CreateVaultOptions,
): Promise<UnlockedVault> {
  const { password, random, clock, kdf = DEFAULT_KDF, deriveKey = derivePasswordKey } = options;
  refuseOutOfBounds(kdf);
  const aead = await readyAead();
  const genesis = makeGenesis(random, clock);
  const vaultId = vaultIdOf(genesis);
  const deviceId = toHex(random.bytes(16)) as DeviceId;
  const meta: VaultMeta = { genesis, deviceId, name: options.name ?? '' };
  const epoch = 1;
  const salt = random.bytes(KDF_SALT_BYTES);
  using secret = await deriveKey(password, salt, kdf);
  using rootKey = randomVaultRootKey(random);
  const context = { vaultId, epoch };
  const fields = { type: 'password', kdf } as const;
  const slot = sealSlot(aead, { fields, salt, secret, rootKey, context, random });
  const header = { vaultId, generation: 1, epoch, slots: [slot], rosterHash: NO_ROSTER };
  const keys = deriveVaultKeys(rootKey, vaultId);
  const seal = { aead, key: keys.meta, vaultId, epoch };
  const first = { revision: { lamport: 0, deviceId }, random };
  const contents = {
    header: encodeHeader(header, keys.header),
    meta: sealMeta(meta, seal, first),
    manifest: sealManifest(EMPTY_MANIFEST, seal, first),
  };
  return disposingOnThrow(keys, () => {
    store.initialise(contents);
    return openVault({ store, aead, keys, seal, header, contents, random, deriveKey });
  });
}

/**
 * One run of the KDF, whether the password is right or wrong. Owns the store once it returns a vault; on
 * `'wrong-password'` or a throw the store stays the caller's.
 */
export async function unlockVault(
  store: VaultStore,
  options: VaultOptions,
): Promise<UnlockedVault | 'wrong-password'> {
  const { password, random, deriveKey = derivePasswordKey } = options;
  const aead = await readyAead();
  const contents = store.loadContents();
  const header = parseHeader(contents.header);
  const opened = await openPasswordSlot({ aead, header, password, deriveKey });
  if (!opened.isOpen) return 'wrong-password';
  using rootKey = opened.rootKey;
  const { vaultId, epoch } = header;
  const keys = deriveVaultKeys(rootKey, vaultId);
  return disposingOnThrow(keys, () => {
    assertHeaderMac(header, keys.header);
    assertNoRoster(header);
    const seal = { aead, key: keys.meta, vaultId, epoch };
    return openVault({ store, aead, keys, seal, header, contents, random, deriveKey });
  });
}

interface VaultToOpen {
  readonly store: VaultStore;
  readonly aead: Aead;
  readonly keys: VaultKeys;
  readonly seal: ObjectSeal;
  readonly header: VaultHeader;
  readonly contents: VaultContents;
  readonly random: RandomSource;
  readonly deriveKey: PasswordKdf;
}

/** From a header that has been authenticated to an open vault: genesis, rows, manifest. */
function openVault(input: VaultToOpen): UnlockedVault {
  const { store, aead, keys, seal, header, contents, random, deriveKey } = input;
  const { vaultId, epoch } = header;
  const meta = openMeta(contents.meta, seal);
  if (!equalBytes(vaultIdOf(meta.genesis), vaultId)) {
    throw new VaultError('vault/corrupt', 'vault id: expected the hash of the genesis statement', {
      details: { object: 'genesis' },
    });
  }
  const { deviceId } = meta;
  const sealer = new ItemSealer({ aead, keys, vaultId, epoch, deviceId, random });
  const loaded = loadItems(store.loadItems(), sealer, keys.manifest);
  const stored = openManifest(contents.manifest, seal);
  return new UnlockedVault({
    store,
    keys,
    sealer,
    objectSeal: seal,
    meta,
    random,
    loaded,
    lamport: highestLamport(loaded, stored === null ? 0 : contents.manifest.revision.lamport),
    ...judgeManifest(stored, loaded.manifest),
    verifyPassword: async (password) => {
      const opened = await openPasswordSlot({ aead, header, password, deriveKey });
      if (opened.isOpen) opened.rootKey.dispose();
      return opened.isOpen;
    },
  });
}

/** Steps 5 to 7. */
async function openPasswordSlot(input: {
  readonly aead: Aead;
  readonly header: VaultHeader;
  readonly password: SecretBytes;
  readonly deriveKey: PasswordKdf;
}): Promise<OpenedSlot> {
  const { aead, header, password, deriveKey } = input;
  const slot = passwordSlotOf(header);
  using secret = await deriveKey(password, slot.salt, slot.kdf);
  return openSlot(aead, { slot, secret, context: header });
}

function passwordSlotOf(header: VaultHeader): KeySlot {
  const slot = header.slots.find((candidate) => isSlotOfType(candidate, 'password'));
  if (slot === undefined) {
    throw new VaultError('vault/header-damaged', 'vault header: expected a password slot', {
      details: { step: 'slots' },
    });
  }
  return slot;
}

/** Step 9: until there are devices, the roster is empty; what is authentic and not empty is from a later version. */
function assertNoRoster(header: ParsedHeader): void {
  if (!equalBytes(header.rosterHash, NO_ROSTER)) {
    throw new VaultError('vault/unsupported-version', 'vault header: has a device roster', {
      details: { step: 'roster' },
    });
  }
}

/** Step 10. A manifest that differs stays as it was written, so that the difference is still there next time. */
function judgeManifest(
  stored: Manifest | null,
  found: Manifest,
): { manifest: Manifest; integrity: UnlockedVault['integrity'] } {
  const manifest = stored ?? { ...found, isSuspect: true };
  return {
    manifest,
    integrity: {
      isIntact: !manifest.isSuspect && sameRows(manifest, found),
      expectedRows: manifest.count,
      foundRows: found.count,
    },
  };
}

/** Of authenticated rows only: a forged one must not be able to use up the counter. */
function highestLamport(loaded: LoadedItems, stored: number): number {
  let highest = stored;
  for (const { lamport } of loaded.revisions.values()) highest = Math.max(highest, lamport);
  return highest;
}

function refuseOutOfBounds(kdf: KdfParameters): void {
  try {
    assertKdfWithinBounds(kdf);
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error;
    const { message, details } = error;
    throw new VaultError('vault/parameters-refused', message, { cause: error, details });
  }
}

function disposingOnThrow<T>(keys: VaultKeys, action: () => T): T {
  try {
    return action();
  } catch (error) {
    keys[Symbol.dispose]();
    throw error;
  }
}
