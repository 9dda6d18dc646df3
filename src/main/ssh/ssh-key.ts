// SshKey: a key pair as the vault keeps it. Its private half is one unencrypted OpenSSH file, in the form that we write;
// everything else can be told from that and is kept beside it to be shown.
// SPDX-License-Identifier: MIT

import { toUtf8 } from '../../shared/bytes.ts';
import type { SshPublicKey } from '../../shared/model/ssh.ts';
import { sha256 } from '../crypto/digest.ts';
import type { RandomSource } from '../crypto/random.ts';
import { assertSound } from './assert-sound.ts';
import { encodePublicBlob, keyBitsOf, keyTypeOf, type KeyMaterial } from './key-material.ts';
import { encodeOpenSsh, parseUnencryptedOpenSsh } from './openssh-private-key.ts';
import { encodePem, parsePem, toBase64 } from './pem.ts';
import { encodePkcs8 } from './pkcs8.ts';
import { damaged } from './ssh-key-error.ts';

export interface SshKey extends SshPublicKey {
  /** OpenSSH PEM, unencrypted. A secret: it belongs into the sealed part of an item. */
  readonly privateKey: string;
}

const PKCS8_LINE_WIDTH = 64;
const LONGEST_COMMENT = 1024;

/** Throws `SshKeyError` unless `material` is one whole key that works. */
export function toSshKey(material: KeyMaterial, comment: string, random: RandomSource): SshKey {
  assertSound(material);
  const blob = encodePublicBlob(material);
  const keyType = keyTypeOf(material);
  const line = toCommentLine(comment);
  return {
    keyType,
    bits: keyBitsOf(material),
    privateKey: encodeOpenSsh(material, line, random),
    publicKey: [keyType, toBase64(blob), line].filter((part) => part !== '').join(' '),
    fingerprint: `SHA256:${toBase64(sha256(blob)).replace(/=+$/, '')}`,
    comment: line,
  };
}

/**
 * The `privateKey` of an `SshKey` as unencrypted PKCS#8 in PEM (RFC 5958, RFC 7468): a secret, for export.
 * The comment has no place there. Throws `SshKeyError`.
 */
export function toPkcs8Pem(privateKey: string): string {
  const text = toUtf8(privateKey);
  const blocks = parsePem(text);
  text.fill(0);
  try {
    const [block] = blocks;
    if (block?.label !== 'OPENSSH PRIVATE KEY' || blocks.length > 1 || block.headers.size > 0) {
      throw damaged('SSH key: expected the OpenSSH file of one key');
    }
    const { material } = parseUnencryptedOpenSsh(block.body);
    assertSound(material);
    const der = encodePkcs8(material);
    const pem = encodePem('PRIVATE KEY', der, PKCS8_LINE_WIDTH);
    der.fill(0);
    return pem;
  } finally {
    for (const { body } of blocks) body.fill(0);
  }
}

/** One line: a line break in a comment would be a line of its own in somebody's `authorized_keys`. */
function toCommentLine(comment: string): string {
  return comment
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_COMMENT)
    .toWellFormed();
}
