// The encryption that PKCS#1 and SEC 1 keys carry in their PEM headers: Proc-Type and DEK-Info (RFC 1421), with the
// key derivation of OpenSSL's EVP_BytesToKey, one pass of MD5. Read for old keys' sake, never written.
// SPDX-License-Identifier: MIT

import { createHash } from 'node:crypto';
import { concatBytes, fromHex } from '../../shared/bytes.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import { decryptPadded } from './decrypt.ts';
import type { PemBlock } from './pem.ts';
import { damaged, passphraseNeeded, unsupported } from './ssh-key-error.ts';

interface LegacyCipher {
  readonly nodeName: string;
  readonly keyBytes: number;
  readonly nonceBytes: number;
}

const CIPHERS: ReadonlyMap<string, LegacyCipher> = new Map([
  ['AES-128-CBC', { nodeName: 'aes-128-cbc', keyBytes: 16, nonceBytes: 16 }],
  ['AES-192-CBC', { nodeName: 'aes-192-cbc', keyBytes: 24, nonceBytes: 16 }],
  ['AES-256-CBC', { nodeName: 'aes-256-cbc', keyBytes: 32, nonceBytes: 16 }],
  ['DES-EDE3-CBC', { nodeName: 'des-ede3-cbc', keyBytes: 24, nonceBytes: 8 }],
]);
const SALT_BYTES = 8;

/** Whether the block carries such headers. */
export function isLegacyEncrypted(block: PemBlock): boolean {
  return block.headers.size > 0;
}

/** The DER inside, which the caller erases. A wrong passphrase may also give noise. Throws `SshKeyError`. */
export function openLegacyPem(block: PemBlock, passphrase: SecretBytes | null): Uint8Array {
  const { cipher, nonce } = parseHeaders(block.headers);
  if (block.body.length % nonce.length !== 0) {
    throw damaged(`PEM: ${block.body.length} encrypted bytes are not whole blocks`);
  }
  if (passphrase === null || passphrase.length === 0) throw passphraseNeeded();
  const key = passphrase.use((bytes) => deriveLegacyKey(bytes, nonce, cipher.keyBytes));
  try {
    return decryptPadded(cipher.nodeName, { key, nonce }, block.body);
  } finally {
    key.fill(0);
  }
}

function parseHeaders(headers: ReadonlyMap<string, string>): {
  readonly cipher: LegacyCipher;
  readonly nonce: Uint8Array;
} {
  const info = headers.get('DEK-Info')?.split(',') ?? [];
  if (headers.get('Proc-Type') !== '4,ENCRYPTED' || headers.size !== 2 || info.length !== 2) {
    throw damaged('PEM: expected the header lines Proc-Type and DEK-Info');
  }
  const [name = '', digits = ''] = info;
  const cipher = CIPHERS.get(name.trim());
  if (cipher === undefined) throw unsupported('cipher', 'PEM: encrypted with another cipher');
  if (digits.length !== 2 * cipher.nonceBytes || !/^[0-9A-Fa-f]+$/.test(digits)) {
    throw damaged(`PEM: expected ${2 * cipher.nonceBytes} hexadecimal digits in DEK-Info`);
  }
  return { cipher, nonce: fromHex(digits) };
}

function deriveLegacyKey(passphrase: Uint8Array, nonce: Uint8Array, length: number): Uint8Array {
  const salt = nonce.subarray(0, SALT_BYTES);
  let key = new Uint8Array();
  let last = new Uint8Array();
  while (key.length < length) {
    last = Uint8Array.from(createHash('md5').update(last).update(passphrase).update(salt).digest());
    key = concatBytes(key, last);
  }
  return key.subarray(0, length);
}
