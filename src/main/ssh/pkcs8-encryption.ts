// EncryptedPrivateKeyInfo (PKCS#8, RFC 5958) under PBES2 with PBKDF2 (PKCS#5, RFC 8018), over node:crypto.
// Costs are bounded before the passphrase is stretched. PBES1 and scrypt are told apart and refused.
// SPDX-License-Identifier: MIT

import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import { decryptPadded } from './decrypt.ts';
import { DER_TAG, DerReader } from './der-value.ts';
import { damaged, passphraseNeeded, unsupported } from './ssh-key-error.ts';

const stretch = promisify(pbkdf2);

const PBES2 = '2a864886f70d01050d';
const PBKDF2 = '2a864886f70d01050c';
const HMAC_SHA1 = '2a864886f70d0207';
const PRFS: ReadonlyMap<string, string> = new Map([
  [HMAC_SHA1, 'sha1'],
  ['2a864886f70d0208', 'sha224'],
  ['2a864886f70d0209', 'sha256'],
  ['2a864886f70d020a', 'sha384'],
  ['2a864886f70d020b', 'sha512'],
]);

interface Pbes2Cipher {
  readonly nodeName: string;
  readonly keyBytes: number;
  readonly nonceBytes: number;
}

const CIPHERS: ReadonlyMap<string, Pbes2Cipher> = new Map([
  ['608648016503040102', { nodeName: 'aes-128-cbc', keyBytes: 16, nonceBytes: 16 }],
  ['608648016503040116', { nodeName: 'aes-192-cbc', keyBytes: 24, nonceBytes: 16 }],
  ['60864801650304012a', { nodeName: 'aes-256-cbc', keyBytes: 32, nonceBytes: 16 }],
  ['2a864886f70d0307', { nodeName: 'des-ede3-cbc', keyBytes: 24, nonceBytes: 8 }],
]);

/** A few seconds on the thread pool; OpenSSL writes 2,048. */
const MOST_ITERATIONS = 10_000_000;
const MOST_SALT_BYTES = 64;

interface Stretching {
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly keyBytes: number | null;
  readonly prf: string;
}

/** The PKCS#8 inside, which the caller erases. A wrong passphrase may also give noise. Throws `SshKeyError`. */
export async function openPkcs8(
  der: Uint8Array,
  passphrase: SecretBytes | null,
): Promise<Uint8Array> {
  const { stretching, cipher, nonce, content } = parseEncrypted(der);
  if (passphrase === null || passphrase.length === 0) throw passphraseNeeded();
  const { salt, iterations, prf } = stretching;
  const key = await passphrase.use((bytes) =>
    stretch(bytes, salt, iterations, cipher.keyBytes, prf),
  );
  try {
    return decryptPadded(cipher.nodeName, { key, nonce }, content);
  } finally {
    key.fill(0);
  }
}

function parseEncrypted(der: Uint8Array): {
  readonly stretching: Stretching;
  readonly cipher: Pbes2Cipher;
  readonly nonce: Uint8Array;
  readonly content: Uint8Array;
} {
  const outer = new DerReader(der, 'encrypted PKCS#8');
  const info = outer.enter();
  outer.end();
  const scheme = info.enter();
  const content = info.read(DER_TAG.octetString);
  info.end();
  if (scheme.oid() !== PBES2) {
    throw unsupported('key-derivation', 'encrypted PKCS#8: expected PBES2');
  }
  const parameters = scheme.enter();
  scheme.end();
  const stretching = parsePbkdf2(parameters.enter());
  const { cipher, nonce } = parseCipher(parameters.enter());
  parameters.end();
  if (stretching.keyBytes !== null && stretching.keyBytes !== cipher.keyBytes) {
    throw damaged('encrypted PKCS#8: its key lengths differ');
  }
  if (content.length === 0 || content.length % nonce.length !== 0) {
    throw damaged(`encrypted PKCS#8: ${content.length} bytes are not whole blocks`);
  }
  return { stretching, cipher, nonce, content };
}

function parsePbkdf2(kdf: DerReader): Stretching {
  if (kdf.oid() !== PBKDF2) {
    throw unsupported('key-derivation', 'encrypted PKCS#8: expected PBKDF2');
  }
  const parameters = kdf.enter();
  kdf.end();
  const salt = parameters.read(DER_TAG.octetString);
  const iterations = parameters.number();
  const keyBytes = parameters.isNext(DER_TAG.integer) ? parameters.number() : null;
  const prfOid = parameters.isAtEnd ? HMAC_SHA1 : parsePrf(parameters);
  parameters.end();
  const prf = PRFS.get(prfOid);
  if (prf === undefined) {
    throw unsupported('key-derivation', 'encrypted PKCS#8: PBKDF2 with another function');
  }
  if (salt.length === 0 || salt.length > MOST_SALT_BYTES || iterations === 0) {
    throw damaged(`encrypted PKCS#8: ${salt.length} bytes of salt, ${iterations} iterations`);
  }
  if (iterations > MOST_ITERATIONS) {
    throw unsupported(
      'key-derivation-cost',
      `encrypted PKCS#8: expected at most ${MOST_ITERATIONS} iterations, got ${iterations}`,
    );
  }
  return { salt, iterations, keyBytes, prf };
}

function parsePrf(parameters: DerReader): string {
  const prf = parameters.enter();
  const oid = prf.oid();
  if (!prf.isAtEnd) prf.read(DER_TAG.null);
  prf.end();
  return oid;
}

function parseCipher(scheme: DerReader): {
  readonly cipher: Pbes2Cipher;
  readonly nonce: Uint8Array;
} {
  const cipher = CIPHERS.get(scheme.oid());
  if (cipher === undefined) {
    throw unsupported('cipher', 'encrypted PKCS#8: encrypted with another cipher');
  }
  const nonce = scheme.read(DER_TAG.octetString);
  scheme.end();
  if (nonce.length !== cipher.nonceBytes) {
    throw damaged(`encrypted PKCS#8: expected ${cipher.nonceBytes} bytes, got ${nonce.length}`);
  }
  return { cipher, nonce };
}
