// The ciphers of encrypted OpenSSH keys, opened with a key and nonce that bcrypt_pbkdf derives from the passphrase.
// Over node:crypto, with nothing that Electron's lacks: for that reason no chacha20-poly1305@openssh.com.
// SPDX-License-Identifier: MIT

import type { CipherGCMTypes } from 'node:crypto';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import { deriveBcryptKey } from './bcrypt-kdf.ts';
import { decryptGcm, decryptUnpadded } from './decrypt.ts';

const AES_BLOCK_BYTES = 16;
const GCM_NONCE_BYTES = 12;
const GCM_TAG_BYTES = 16;

interface CipherShape {
  readonly keyBytes: number;
  readonly nonceBytes: number;
  readonly tagBytes: number;
}

type OpenSshCipher = CipherShape &
  (
    | { readonly mode: 'plain'; readonly nodeName: string }
    | { readonly mode: 'gcm'; readonly nodeName: CipherGCMTypes }
  );

const plain = (nodeName: string, keyBytes: number): OpenSshCipher => {
  return { mode: 'plain', nodeName, keyBytes, nonceBytes: AES_BLOCK_BYTES, tagBytes: 0 };
};
const gcm = (nodeName: CipherGCMTypes, keyBytes: number): OpenSshCipher => {
  return { mode: 'gcm', nodeName, keyBytes, nonceBytes: GCM_NONCE_BYTES, tagBytes: GCM_TAG_BYTES };
};

const CIPHERS: ReadonlyMap<string, OpenSshCipher> = new Map([
  ['aes128-cbc', plain('aes-128-cbc', 16)],
  ['aes192-cbc', plain('aes-192-cbc', 24)],
  ['aes256-cbc', plain('aes-256-cbc', 32)],
  ['aes128-ctr', plain('aes-128-ctr', 16)],
  ['aes192-ctr', plain('aes-192-ctr', 24)],
  ['aes256-ctr', plain('aes-256-ctr', 32)],
  ['aes128-gcm@openssh.com', gcm('aes-128-gcm', 16)],
  ['aes256-gcm@openssh.com', gcm('aes-256-gcm', 32)],
]);

/** What was encrypted, and how. */
export interface EncryptedSection {
  readonly cipher: string;
  readonly salt: Uint8Array;
  readonly rounds: number;
  readonly content: Uint8Array;
  /** Empty for ciphers that do not authenticate. */
  readonly tag: Uint8Array;
}

/** Bytes of the tag behind the content, or `null` for a cipher that we do not have. */
export function tagBytesOf(cipher: string): number | null {
  return CIPHERS.get(cipher)?.tagBytes ?? null;
}

/**
 * The content in the clear, which the caller erases. Of the ciphers only GCM tells a wrong passphrase by itself;
 * the others give noise. Rejects with the signal's reason when aborted.
 */
export async function openSection(
  section: EncryptedSection,
  passphrase: SecretBytes,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const cipher = CIPHERS.get(section.cipher);
  if (cipher === undefined) throw new Error('openSection: the caller checks the cipher');
  const { salt, rounds } = section;
  const length = cipher.keyBytes + cipher.nonceBytes;
  const derived = await passphrase.use((bytes) =>
    deriveBcryptKey(bytes, { salt, rounds, length, signal }),
  );
  try {
    return decrypt(cipher, derived, section);
  } finally {
    derived.fill(0);
  }
}

function decrypt(
  cipher: OpenSshCipher,
  derived: Uint8Array,
  { content, tag }: EncryptedSection,
): Uint8Array {
  const key = derived.subarray(0, cipher.keyBytes);
  const nonce = derived.subarray(cipher.keyBytes);
  return cipher.mode === 'gcm'
    ? decryptGcm(cipher.nodeName, { key, nonce, tag }, content)
    : decryptUnpadded(cipher.nodeName, { key, nonce }, content);
}
