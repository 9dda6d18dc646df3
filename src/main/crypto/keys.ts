// The keys of a vault as types that cannot be mixed up, the one table of HKDF labels, and how a key is wrapped
// under another. Hierarchy: docs/vault-format.md, "Keys".
// SPDX-License-Identifier: MIT

import type { Brand } from '../../shared/brand.ts';
import { concatBytes, toUtf8 } from '../../shared/bytes.ts';
import type { Aead } from './aead.ts';
import { CryptoError } from './crypto-error.ts';
import { hkdfSha256 } from './digest.ts';
import type { RandomSource } from './random.ts';
import { SecretBytes } from './secret-bytes.ts';

export const KEY_BYTES = 32;

/** What HKDF makes of one slot's secret: parent of its MAC key and its KEK. */
export type SlotRoot = Brand<SecretBytes, 'SlotRoot'>;
export type SlotMacKey = Brand<SecretBytes, 'SlotMacKey'>;
/** Key encryption key of a slot: wraps the vault root key. */
export type Kek = Brand<SecretBytes, 'Kek'>;
/** Random, one per epoch: parent of every vault-wide key. */
export type VaultRootKey = Brand<SecretBytes, 'VaultRootKey'>;
export type HeaderMacKey = Brand<SecretBytes, 'HeaderMacKey'>;
/** Wraps item keys. */
export type WrapKey = Brand<SecretBytes, 'WrapKey'>;
/** Wraps passkey keys. */
export type PasskeyWrapKey = Brand<SecretBytes, 'PasskeyWrapKey'>;
export type ManifestKey = Brand<SecretBytes, 'ManifestKey'>;
/** Seals the packs of overviews. */
export type PackKey = Brand<SecretBytes, 'PackKey'>;
/** Seals the vault's own objects: meta, manifest, documents. */
export type MetaKey = Brand<SecretBytes, 'MetaKey'>;
/** MACs what a machine remembers of the vault, outside it. */
export type PinsKey = Brand<SecretBytes, 'PinsKey'>;
/** Random, one per item: seals its bodies. */
export type ItemKey = Brand<SecretBytes, 'ItemKey'>;
/** Random, one per item: seals a passkey's private key. */
export type PasskeyKey = Brand<SecretBytes, 'PasskeyKey'>;

/** Seals the chunks of one attachment; derived from the key of its item. */
export type AttachmentKey = Brand<SecretBytes, 'AttachmentKey'>;
/** Wraps the vault root key for quick unlock, in memory alone. */
export type QuickUnlockKey = Brand<SecretBytes, 'QuickUnlockKey'>;

/** Every label of the project; one that is listed is taken, whether or not it is in use yet. */
export const KEY_LABELS = {
  slot: 'v1/slot',
  slotMac: 'v1/slot-mac',
  kek: 'v1/kek',
  header: 'v1/header',
  wrap: 'v1/wrap',
  passkey: 'v1/passkey',
  manifest: 'v1/manifest',
  meta: 'v1/meta',
  log: 'v1/log',
  name: 'v1/name',
  roster: 'v1/roster',
  pack: 'v1/pack',
  attachment: 'v1/attachment',
  quickUnlock: 'v1/quick-unlock',
  pins: 'v1/pins',
} as const;

/** The vault-wide keys of one epoch. */
export interface VaultKeys extends Disposable {
  readonly header: HeaderMacKey;
  readonly wrap: WrapKey;
  readonly passkey: PasskeyWrapKey;
  readonly manifest: ManifestKey;
  readonly meta: MetaKey;
  readonly pack: PackKey;
  readonly pins: PinsKey;
}

/** What each label derives. */
interface DerivedKeys {
  readonly slot: SlotRoot;
  readonly slotMac: SlotMacKey;
  readonly kek: Kek;
  readonly header: HeaderMacKey;
  readonly wrap: WrapKey;
  readonly passkey: PasskeyWrapKey;
  readonly manifest: ManifestKey;
  readonly meta: MetaKey;
  readonly pack: PackKey;
  readonly pins: PinsKey;
  readonly attachment: AttachmentKey;
  readonly quickUnlock: QuickUnlockKey;
}

export function randomVaultRootKey(random: RandomSource): VaultRootKey {
  return SecretBytes.take(random.bytes(KEY_BYTES)) as VaultRootKey;
}

export function randomItemKey(random: RandomSource): ItemKey {
  return SecretBytes.take(random.bytes(KEY_BYTES)) as ItemKey;
}

export function randomPasskeyKey(random: RandomSource): PasskeyKey {
  return SecretBytes.take(random.bytes(KEY_BYTES)) as PasskeyKey;
}

/** A child key: HKDF-SHA256, its info the label and then `context`. The caller owns it. */
export function deriveKey<Label extends keyof DerivedKeys>(
  parent: SecretBytes,
  input: { readonly label: Label; readonly salt: Uint8Array; readonly context?: Uint8Array },
): DerivedKeys[Label] {
  const { label, salt, context = new Uint8Array(0) } = input;
  const info = concatBytes(toUtf8(KEY_LABELS[label]), context);
  const derived = parent.use((secret) => hkdfSha256(secret, { salt, info, length: KEY_BYTES }));
  return SecretBytes.take(derived) as DerivedKeys[Label];
}

/** All keys of an epoch from its root key, the vault id as HKDF salt. Disposing it erases them all. */
export function deriveVaultKeys(root: VaultRootKey, vaultId: Uint8Array): VaultKeys {
  const keys = {
    header: deriveKey(root, { label: 'header', salt: vaultId }),
    wrap: deriveKey(root, { label: 'wrap', salt: vaultId }),
    passkey: deriveKey(root, { label: 'passkey', salt: vaultId }),
    manifest: deriveKey(root, { label: 'manifest', salt: vaultId }),
    meta: deriveKey(root, { label: 'meta', salt: vaultId }),
    pack: deriveKey(root, { label: 'pack', salt: vaultId }),
    pins: deriveKey(root, { label: 'pins', salt: vaultId }),
  };
  return {
    ...keys,
    [Symbol.dispose]() {
      for (const key of Object.values(keys)) key.dispose();
    },
  };
}

interface KeyToWrap<Key extends SecretBytes, Under extends SecretBytes> {
  readonly key: Key;
  readonly under: Under;
  readonly aad: Uint8Array;
  readonly random: RandomSource;
  /** Public-length bytes that belong to the key and are sealed with it. */
  readonly note?: Uint8Array;
}

interface KeyToUnwrap<Under extends SecretBytes> {
  readonly sealed: Uint8Array;
  readonly under: Under;
  readonly aad: Uint8Array;
}

interface UnwrappedKey<Key extends SecretBytes> {
  readonly key: Key;
  readonly note: Uint8Array;
}

/** Seals a key under the one that may hold it, with the note that belongs to it. */
export function wrapKey(
  aead: Aead,
  input:
    | KeyToWrap<ItemKey, WrapKey>
    | KeyToWrap<PasskeyKey, PasskeyWrapKey>
    | KeyToWrap<VaultRootKey, Kek>
    | KeyToWrap<VaultRootKey, QuickUnlockKey>,
): Uint8Array<ArrayBuffer> {
  const { key, under, aad, random, note = new Uint8Array(0) } = input;
  const plaintext = key.use((bytes) => concatBytes(bytes, note));
  try {
    return aead.seal(under, { plaintext, aad, random });
  } finally {
    plaintext.fill(0);
  }
}

/** The key inside `sealed`, owned by the caller, and its note. Throws `crypto/authentication-failed`. */
export function unwrapKey(aead: Aead, input: KeyToUnwrap<WrapKey>): UnwrappedKey<ItemKey>;
export function unwrapKey(aead: Aead, input: KeyToUnwrap<PasskeyWrapKey>): UnwrappedKey<PasskeyKey>;
export function unwrapKey(
  aead: Aead,
  input: KeyToUnwrap<Kek> | KeyToUnwrap<QuickUnlockKey>,
): UnwrappedKey<VaultRootKey>;
export function unwrapKey(aead: Aead, input: KeyToUnwrap<SecretBytes>): UnwrappedKey<SecretBytes> {
  const plaintext = aead.open(input.under, input);
  if (plaintext.length < KEY_BYTES) {
    throw new CryptoError('crypto/authentication-failed', 'wrapped key: shorter than a key');
  }
  const note = plaintext.slice(KEY_BYTES);
  return { key: SecretBytes.take(plaintext.subarray(0, KEY_BYTES)), note };
}
