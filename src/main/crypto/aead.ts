// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha) with random nonces. Sole door to the AEAD of `libsodium-wrappers`.
// A sealed object is `nonce(24) ‖ ciphertext ‖ tag(16)`; nothing in it is readable or can be changed unnoticed.
// SPDX-License-Identifier: MIT

import sodium from 'libsodium-wrappers';
import { concatBytes } from '../../shared/bytes.ts';
import { CryptoError } from './crypto-error.ts';
import type { RandomSource } from './random.ts';
import type { SecretBytes } from './secret-bytes.ts';

export const AEAD_KEY_BYTES = 32;
export const AEAD_NONCE_BYTES = 24;
export const AEAD_TAG_BYTES = 16;
/** How much longer a sealed object is than its plaintext. */
export const AEAD_OVERHEAD_BYTES = AEAD_NONCE_BYTES + AEAD_TAG_BYTES;

export interface Aead {
  /** Seals a copy of `plaintext`, which stays the caller's to erase. */
  seal(
    key: SecretBytes,
    input: {
      readonly plaintext: Uint8Array;
      readonly aad: Uint8Array;
      readonly random: RandomSource;
    },
  ): Uint8Array<ArrayBuffer>;
  /** The plaintext, owned by the caller. Throws `crypto/authentication-failed` for every other key, aad or byte. */
  open(
    key: SecretBytes,
    input: { readonly sealed: Uint8Array; readonly aad: Uint8Array },
  ): Uint8Array<ArrayBuffer>;
}

/** The AEAD, once its WebAssembly module has been loaded. */
export async function readyAead(): Promise<Aead> {
  await sodium.ready;
  return { seal, open };
}

const seal: Aead['seal'] = (key, { plaintext, aad, random }) => {
  assertKey(key);
  const nonce = random.bytes(AEAD_NONCE_BYTES);
  const ciphertext = key.use((bytes) =>
    sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, aad, null, nonce, bytes),
  );
  return concatBytes(nonce, ciphertext);
};

const open: Aead['open'] = (key, { sealed, aad }) => {
  assertKey(key);
  if (sealed.length < AEAD_OVERHEAD_BYTES) {
    throw new CryptoError(
      'crypto/authentication-failed',
      `sealed object: expected at least ${AEAD_OVERHEAD_BYTES} bytes, got ${sealed.length}`,
    );
  }
  const nonce = sealed.subarray(0, AEAD_NONCE_BYTES);
  const ciphertext = sealed.subarray(AEAD_NONCE_BYTES);
  try {
    const plaintext = key.use((bytes) =>
      sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, ciphertext, aad, nonce, bytes),
    );
    return plaintext as Uint8Array<ArrayBuffer>;
  } catch (cause) {
    // libsodium has one failure here, a tag that does not match, and says it with a plain Error.
    throw new CryptoError('crypto/authentication-failed', 'sealed object: does not verify', {
      cause,
    });
  }
};

/** A bug, not bad input: keeps libsodium's complaint about it apart from a tag that does not match. */
function assertKey(key: SecretBytes): void {
  if (key.length !== AEAD_KEY_BYTES) {
    throw new Error(`aead: keys have ${AEAD_KEY_BYTES} bytes, got ${key.length}`);
  }
}
