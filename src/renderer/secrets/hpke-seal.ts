// The sending side of HPKE (RFC 9180) over WebCrypto: base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM,
// one message per key. A window seals with it what a person typed.
// SPDX-License-Identifier: MIT

import {
  HPKE_LENGTHS,
  type HpkePart,
  kemContext,
  keyScheduleContext,
  labeledInfo,
  labeledInput,
} from '../../shared/hpke-suite.ts';
import { concatBytes } from '../../shared/bytes.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface HpkePlaintext {
  readonly info: Uint8Array;
  readonly aad: Bytes;
  readonly plaintext: Bytes;
}

export interface HpkeSealed {
  readonly enc: Bytes;
  /** With the tag at its end. */
  readonly ciphertext: Bytes;
}

const X25519 = { name: 'X25519' };
const NOTHING = new Uint8Array(0);
/** HMAC takes no empty key here; RFC 5869, section 2.2, says what stands for one. */
const NO_SALT = new Uint8Array(32);
const LAST_BLOCK = Uint8Array.of(1);

export async function newEphemeral(): Promise<CryptoKeyPair> {
  return (await crypto.subtle.generateKey(X25519, false, ['deriveBits'])) as CryptoKeyPair;
}

/** Section 6.1, `SealBase`. Rejects for a public key that no honest receiver has. */
export async function sealHpke(
  receiver: Bytes,
  message: HpkePlaintext,
  ephemeral?: CryptoKeyPair,
): Promise<HpkeSealed> {
  const pair = ephemeral ?? (await newEphemeral());
  const enc = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const shared = await encapsulate(pair.privateKey, { enc, receiver });
  const { key, nonce } = await keySchedule(shared, message.info);
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: message.aad },
    key,
    message.plaintext,
  );
  return { enc, ciphertext: new Uint8Array(sealed) };
}

/** Section 4.1, `Encap`; section 7.1.4: a shared secret of zeroes is refused. */
async function encapsulate(
  privateKey: CryptoKey,
  { enc, receiver }: { readonly enc: Bytes; readonly receiver: Bytes },
): Promise<Bytes> {
  const theirs = await crypto.subtle.importKey('raw', receiver, X25519, false, []);
  const exchanged = new Uint8Array(
    await crypto.subtle.deriveBits({ ...X25519, public: theirs }, privateKey, 256),
  );
  if (exchanged.every((byte) => byte === 0)) throw new Error('hpke: a public key of small order');
  const prk = await extract('kem', { salt: NO_SALT, label: 'eae_prk', input: exchanged });
  exchanged.fill(0);
  const info = kemContext(enc, receiver);
  const shared = await expand('kem', prk, {
    ...{ label: 'shared_secret', info, length: HPKE_LENGTHS.secret },
  });
  prk.fill(0);
  return shared;
}

/** Section 5.1, `KeySchedule`, for the mode without a pre-shared key. Erases `shared`. */
async function keySchedule(shared: Bytes, info: Uint8Array) {
  const pskIdHash = await extract('hpke', { salt: NO_SALT, label: 'psk_id_hash', input: NOTHING });
  const infoHash = await extract('hpke', { salt: NO_SALT, label: 'info_hash', input: info });
  const context = { info: keyScheduleContext(pskIdHash, infoHash) };
  const secret = await extract('hpke', { salt: shared, label: 'secret', input: NOTHING });
  shared.fill(0);
  const { key: keyBytes, nonce: nonceBytes } = HPKE_LENGTHS;
  const key = await expand('hpke', secret, { ...context, label: 'key', length: keyBytes });
  const nonce = await expand('hpke', secret, {
    ...{ ...context, label: 'base_nonce', length: nonceBytes },
  });
  secret.fill(0);
  const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  key.fill(0);
  return { key: imported, nonce };
}

async function extract(
  part: HpkePart,
  parts: { readonly salt: Bytes; readonly label: string; readonly input: Uint8Array },
): Promise<Bytes> {
  const input = labeledInput(part, parts.label, parts.input);
  const prk = await hmac(parts.salt, input);
  input.fill(0);
  return prk;
}

/** One block of HKDF's expand: nothing here is longer than a digest. */
async function expand(
  part: HpkePart,
  prk: Bytes,
  wanted: { readonly label: string; readonly info: Uint8Array; readonly length: number },
): Promise<Bytes> {
  const block = await hmac(prk, concatBytes(labeledInfo(part, wanted.label, wanted), LAST_BLOCK));
  const bytes = block.slice(0, wanted.length);
  block.fill(0);
  return bytes;
}

async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  const sha256 = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', key, sha256, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, message));
}
