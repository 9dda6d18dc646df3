// The receiving side of HPKE (RFC 9180) over node:crypto: base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM,
// one message per key. It carries what is typed in a window to the process that holds the keys; no stored byte is of it.
// SPDX-License-Identifier: MIT

import {
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { toBase64Url, fromBase64Url } from '../../shared/bytes.ts';
import {
  HPKE_LENGTHS,
  type HpkePart,
  kemContext,
  keyScheduleContext,
  labeledInfo,
  labeledInput,
} from '../../shared/hpke-suite.ts';
import { CryptoError } from './crypto-error.ts';
import { hmacSha256 } from './digest.ts';

const NOTHING = new Uint8Array(0);
const LAST_BLOCK = Uint8Array.of(1);

export interface HpkeReceiver {
  readonly privateKey: KeyObject;
  /** X25519, 32 bytes. */
  readonly publicKey: Uint8Array;
}

export interface HpkeMessage {
  readonly enc: Uint8Array;
  readonly info: Uint8Array;
  readonly aad: Uint8Array;
  /** With the tag at its end. */
  readonly ciphertext: Uint8Array;
}

export function newHpkeReceiver(): HpkeReceiver {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return { privateKey, publicKey: fromBase64Url(x) };
}

/** Section 6.1, `OpenBase`. The caller owns the plaintext. Throws `crypto/authentication-failed`. */
export function openHpke(receiver: HpkeReceiver, message: HpkeMessage): Uint8Array<ArrayBuffer> {
  const { enc, info, aad, ciphertext } = message;
  if (enc.length !== HPKE_LENGTHS.publicKey || ciphertext.length < HPKE_LENGTHS.tag)
    throw refused();
  const shared = decapsulate(receiver, enc);
  const { key, nonce } = keySchedule(shared, info);
  shared.fill(0);
  try {
    return openGcm(key, { nonce, aad, ciphertext });
  } finally {
    key.fill(0);
  }
}

/** Section 4.1, `Decap`; section 7.1.4: a shared secret of zeroes is refused. */
function decapsulate({ privateKey, publicKey }: HpkeReceiver, enc: Uint8Array): Uint8Array {
  const exchanged = exchange(privateKey, enc);
  const prk = extract('kem', { salt: NOTHING, label: 'eae_prk', input: exchanged });
  exchanged.fill(0);
  const info = kemContext(enc, publicKey);
  return expand('kem', prk, { label: 'shared_secret', info, length: HPKE_LENGTHS.secret });
}

function exchange(privateKey: KeyObject, enc: Uint8Array): Uint8Array {
  let exchanged: Uint8Array;
  try {
    const jwk = { kty: 'OKP', crv: 'X25519', x: toBase64Url(enc) };
    const publicKey = createPublicKey({ format: 'jwk', key: jwk });
    exchanged = diffieHellman({ privateKey, publicKey });
  } catch (cause) {
    throw refused(cause);
  }
  if (exchanged.every((byte) => byte === 0)) throw refused();
  return exchanged;
}

/** Section 5.1, `KeySchedule`, for the mode without a pre-shared key. */
function keySchedule(shared: Uint8Array, info: Uint8Array) {
  const pskIdHash = extract('hpke', { salt: NOTHING, label: 'psk_id_hash', input: NOTHING });
  const infoHash = extract('hpke', { salt: NOTHING, label: 'info_hash', input: info });
  const context = keyScheduleContext(pskIdHash, infoHash);
  const secret = extract('hpke', { salt: shared, label: 'secret', input: NOTHING });
  const [forKey, forNonce] = [Uint8Array.from(secret), secret];
  return {
    key: expand('hpke', forKey, { label: 'key', info: context, length: HPKE_LENGTHS.key }),
    nonce: expand('hpke', forNonce, {
      ...{ label: 'base_nonce', info: context, length: HPKE_LENGTHS.nonce },
    }),
  };
}

function extract(
  part: HpkePart,
  parts: { readonly salt: Uint8Array; readonly label: string; readonly input: Uint8Array },
): Uint8Array {
  const input = labeledInput(part, parts.label, parts.input);
  const prk = hmacSha256(parts.salt, input);
  input.fill(0);
  return prk;
}

/** One block of HKDF's expand: nothing here is longer than a digest. Erases `prk`. */
function expand(
  part: HpkePart,
  prk: Uint8Array,
  wanted: { readonly label: string; readonly info: Uint8Array; readonly length: number },
): Uint8Array {
  const block = hmacSha256(prk, labeledInfo(part, wanted.label, wanted), LAST_BLOCK);
  prk.fill(0);
  const bytes = block.slice(0, wanted.length);
  block.fill(0);
  return bytes;
}

function openGcm(
  key: Uint8Array,
  sealed: { readonly nonce: Uint8Array; readonly aad: Uint8Array; readonly ciphertext: Uint8Array },
): Uint8Array<ArrayBuffer> {
  const { nonce, aad, ciphertext } = sealed;
  const split = ciphertext.length - HPKE_LENGTHS.tag;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: HPKE_LENGTHS.tag });
  decipher.setAAD(aad);
  decipher.setAuthTag(ciphertext.subarray(split));
  const opened = decipher.update(ciphertext.subarray(0, split));
  try {
    decipher.final();
    return Uint8Array.from(opened);
  } catch (cause) {
    throw refused(cause);
  } finally {
    opened.fill(0);
  }
}

function refused(cause?: unknown): CryptoError {
  return new CryptoError('crypto/authentication-failed', 'hpke: not sealed to this key so', {
    cause,
  });
}
