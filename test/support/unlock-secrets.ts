// The secrets that open the vaults of tests, each anew: whoever is given one erases it.
// SPDX-License-Identifier: MIT

import { toUtf8 } from '../../src/shared/bytes.ts';
import { sha256 } from '../../src/main/crypto/digest.ts';
import { SecretBytes } from '../../src/main/crypto/secret-bytes.ts';
import { digestKeyFile, type UnlockSecret } from '../../src/main/vault/slot-secret.ts';

export const PASSWORD = 'correct horse battery staple';

export function secret(text: string): SecretBytes {
  return SecretBytes.take(toUtf8(text));
}

export function passwordSecret(text = PASSWORD): UnlockSecret {
  return { type: 'password', password: secret(text) };
}

/** A password together with a key file that holds `file`. */
export function keyFileSecret(file: string, text = PASSWORD): UnlockSecret {
  return {
    type: 'password-key-file',
    password: secret(text),
    keyFile: digestKeyFile(toUtf8(file)),
  };
}

/** The recovery key that `label` stands for. */
export function recoverySecret(label: string): UnlockSecret & { readonly type: 'recovery' } {
  return { type: 'recovery', key: SecretBytes.take(sha256(toUtf8(`recovery ${label}`))) };
}
