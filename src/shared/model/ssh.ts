// SSH keys as the renderer may know them: what can be generated, what is public of a key, and why one was refused.
// The names of key types are those of RFC 4253, RFC 5656 and RFC 8709.
// SPDX-License-Identifier: MIT

export const SSH_KEY_TYPES = [
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
] as const;
export type SshKeyType = (typeof SSH_KEY_TYPES)[number];

/** Modulus lengths that are offered; others are taken in, not made. */
export const RSA_KEY_BITS = [2048, 3072, 4096] as const;
export type RsaKeyBits = (typeof RSA_KEY_BITS)[number];

export type SshKeyRequest =
  { readonly type: 'ed25519' } | { readonly type: 'rsa'; readonly bits: RsaKeyBits };

/** What may be shown of a key, and handed to anybody. */
export interface SshPublicKey {
  readonly keyType: SshKeyType;
  /** Of the modulus or of the curve. */
  readonly bits: number;
  /** One line as in `authorized_keys`: type, base64, and the comment if there is one. */
  readonly publicKey: string;
  /** `SHA256:` and unpadded base64, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  /** One line; may be empty. */
  readonly comment: string;
}

/** `details.reason` of `ssh/not-recognised`. */
export type SshNotRecognisedReason =
  | 'empty'
  | 'too-large'
  | 'not-a-key'
  /** The public half was given. */
  | 'public-key'
  | 'certificate'
  | 'several-keys'
  /** A key with other text before or behind it. */
  | 'extra-text'
  /** A known format whose content is cut off, changed or contradicts itself. */
  | 'damaged';

/** `details.reason` of `ssh/unsupported`. */
export type SshUnsupportedReason =
  /** A .ppk file: PuTTYgen exports it as an OpenSSH key. */
  | 'putty'
  | 'ssh1'
  /** The format of SSH Communications Security (RFC 4716's sibling for private keys). */
  | 'ssh2'
  /** The file only points to a key inside a FIDO device. */
  | 'security-key'
  | 'key-type'
  | 'curve'
  | 'rsa-size'
  | 'rsa-exponent'
  | 'cipher'
  | 'key-derivation'
  /** Its passphrase is stretched for longer than we are willing to compute. */
  | 'key-derivation-cost';
