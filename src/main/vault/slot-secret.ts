// What a person presents to open a slot, and the secret that it makes: the same for opening and for making a slot.
// docs/vault-format.md, "Slots".
// SPDX-License-Identifier: MIT

import { concatBytes } from '../../shared/bytes.ts';
import { sha256 } from '../crypto/digest.ts';
import type { PasswordKdf } from '../crypto/password-kdf.ts';
import { SecretBytes } from '../crypto/secret-bytes.ts';
import type { SlotFields } from './key-slot.ts';

export const RECOVERY_KEY_BYTES = 32;

/** All bytes are borrowed by whoever is handed one. */
export type UnlockSecret =
  /** NFKC, UTF-8. */
  | { readonly type: 'password'; readonly password: SecretBytes }
  | {
      readonly type: 'password-key-file';
      readonly password: SecretBytes;
      /** SHA-256 of the key file: 32 bytes. */
      readonly keyFile: SecretBytes;
    }
  /** 32 random bytes. */
  | { readonly type: 'recovery'; readonly key: SecretBytes };

/** The digest that stands for a key file: of any file, whatever is in it. */
export function digestKeyFile(content: Uint8Array): SecretBytes {
  return SecretBytes.take(sha256(content));
}

/**
 * `Argon2id(password)`, `Argon2id(password) ‖ SHA-256(key file)`, or the recovery key: 32 or 64 bytes, the caller's.
 * One run of the KDF where there is a password, none where there is not.
 */
export async function deriveSlotSecret(
  secret: UnlockSecret,
  slot: SlotFields & { readonly salt: Uint8Array },
  deriveKey: PasswordKdf,
): Promise<SecretBytes> {
  if (secret.type !== slot.type) throw new Error('slot: a secret of another type');
  if (secret.type === 'recovery' || slot.kdf === null) {
    if (secret.type !== 'recovery') throw new Error('slot: a password without a KDF');
    return secret.key.clone();
  }
  const stretched = await deriveKey(secret.password, slot.salt, slot.kdf);
  if (secret.type === 'password') return stretched;
  using half = stretched;
  return half.use((a) => secret.keyFile.use((b) => SecretBytes.take(concatBytes(a, b))));
}
