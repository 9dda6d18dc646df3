// Decryption over node:crypto as the formats of private keys need it: CBC with padding, GCM, and modes without either.
// The caller erases what it gets.
// SPDX-License-Identifier: MIT

import { createDecipheriv, type CipherGCMTypes } from 'node:crypto';
import { concatBytes } from '../../shared/bytes.ts';
import { wrongPassphrase } from './ssh-key-error.ts';

const GCM_TAG_BYTES = 16;

export interface DecryptionKey {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
}

/** CBC with the padding of PKCS#7. Throws `ssh/wrong-passphrase` where the padding is none. */
export function decryptPadded(
  nodeName: string,
  { key, nonce }: DecryptionKey,
  content: Uint8Array,
): Uint8Array {
  return finish(createDecipheriv(nodeName, key, nonce), content);
}

/** Whole blocks or a stream: a wrong passphrase gives noise. */
export function decryptUnpadded(
  nodeName: string,
  { key, nonce }: DecryptionKey,
  content: Uint8Array,
): Uint8Array {
  return finish(createDecipheriv(nodeName, key, nonce).setAutoPadding(false), content);
}

/** Throws `ssh/wrong-passphrase` where the tag does not fit. */
export function decryptGcm(
  nodeName: CipherGCMTypes,
  { key, nonce, tag }: DecryptionKey & { readonly tag: Uint8Array },
  content: Uint8Array,
): Uint8Array {
  const decipher = createDecipheriv(nodeName, key, nonce, { authTagLength: GCM_TAG_BYTES });
  return finish(decipher.setAuthTag(tag), content);
}

function finish(
  decipher: { update: (content: Uint8Array) => Buffer; final: () => Buffer },
  content: Uint8Array,
): Uint8Array {
  const opened = decipher.update(content);
  try {
    const last = decipher.final();
    const joined = concatBytes(opened, last);
    last.fill(0);
    return joined;
  } catch (cause) {
    throw wrongPassphrase(cause);
  } finally {
    opened.fill(0);
  }
}
