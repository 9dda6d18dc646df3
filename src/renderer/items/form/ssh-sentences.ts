// Why an SSH key was not taken in, in a sentence for each reason.
// SPDX-License-Identifier: MIT

import type { SshNotRecognisedReason, SshUnsupportedReason } from '../../../shared/model/ssh.ts';
import type { ApiError } from '../../api.ts';

const SENTENCES: Readonly<Record<SshNotRecognisedReason | SshUnsupportedReason, string>> = {
  empty: 'There is nothing in it.',
  'too-large': 'It is far larger than any key.',
  'not-a-key': 'It has neither an OpenSSH nor a PKCS#8 private key in it.',
  'public-key': 'This is the public half. The private key is the file without .pub.',
  certificate: 'This is a certificate, not a private key.',
  'several-keys': 'There are several keys in it. Import one at a time.',
  'extra-text': 'There is other text before or behind the key.',
  damaged: 'The key is cut off or was changed.',
  putty: 'This is a PuTTY file. PuTTYgen exports it as an OpenSSH key.',
  ssh1: 'This is a key of SSH version 1, which is no longer in use.',
  ssh2: 'This is a key in the format of SSH Communications Security. ssh-keygen converts it.',
  'security-key': 'This file only points to a key inside a FIDO device.',
  'key-type': 'Keys of this type are not supported: Ed25519, RSA and ECDSA are.',
  curve: 'Keys on this curve are not supported: P-256, P-384 and P-521 are.',
  'rsa-size': 'RSA keys of this length are not supported.',
  'rsa-exponent': 'RSA keys with this exponent are not supported.',
  cipher: 'It is encrypted with a cipher that is not supported. ssh-keygen -p encrypts it anew.',
  'key-derivation': 'Its passphrase is stretched in a way that is not supported.',
  'key-derivation-cost': 'Its passphrase is stretched for longer than is reasonable.',
};

/** The reason inside an error about an SSH key; null for any other error. */
export function sshReason({ code, details }: ApiError): string | null {
  if (!code.startsWith('ssh/') || typeof details.reason !== 'string') return null;
  const sentences: Readonly<Record<string, string>> = SENTENCES;
  return sentences[details.reason] ?? null;
}
