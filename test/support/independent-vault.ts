// A second reader of the vault format, written from docs/vault-format.md over noble and by byte offsets. It shares no
// code with src/main/vault or src/main/crypto, so that what both agree on is the format and not a common mistake.
// SPDX-License-Identifier: MIT

import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

export interface IndependentRow {
  readonly id: string;
  readonly lamport: number;
  readonly deviceId: string;
  readonly schema: number;
  readonly body: Uint8Array;
  readonly keyVersion: number;
  readonly keyDeviceId: string;
  readonly epoch: number;
  readonly itemKey: Uint8Array;
  readonly passkeyKey: Uint8Array;
}

const number = (value: number, width: number): Uint8Array =>
  hexToBytes(value.toString(16).padStart(width * 2, '0'));
const hash = (text: string | Uint8Array): Uint8Array =>
  sha256(typeof text === 'string' ? utf8ToBytes(text) : text);

export function openBox(key: Uint8Array, box: Uint8Array, aad: Uint8Array): Uint8Array {
  return xchacha20poly1305(key, box.subarray(0, 24), aad).decrypt(box.subarray(24));
}

export function sealBox(
  key: Uint8Array,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  aad: Uint8Array,
): Uint8Array {
  return concatBytes(nonce, xchacha20poly1305(key, nonce, aad).encrypt(plaintext));
}

/** The one slot of a header, by offset, with the keys that `secret` (the KDF's output) gives. */
export function readSlot(header: Uint8Array, secret: Uint8Array) {
  const suite = header.subarray(10, 12);
  const vaultId = header.subarray(12, 44);
  const epoch = header.subarray(48, 52);
  const slotId = header.subarray(53, 69);
  const type = header.subarray(69, 70);
  const kdfBlock = header.subarray(70, 84);
  const salt = header.subarray(84, 100);
  const sealedRootKey = header.subarray(100, 172);
  const mac = header.subarray(172, 204);
  const bound = hash(concatBytes(suite, vaultId, slotId, type, kdfBlock));
  const root = hkdf(sha256, secret, salt, concatBytes(utf8ToBytes('v1/slot'), bound), 32);
  const macKey = hkdf(sha256, root, salt, utf8ToBytes('v1/slot-mac'), 32);
  const kek = hkdf(sha256, root, salt, utf8ToBytes('v1/kek'), 32);
  const aad = concatBytes(suite, vaultId, epoch, slotId, type, kdfBlock, salt);
  const macOf = (box: Uint8Array): Uint8Array => hmac(sha256, macKey, concatBytes(aad, box));
  return { vaultId, salt, sealedRootKey, mac, kek, aad, macOf };
}

/** The keys that lie under a vault root key. */
export function vaultKey(rootKey: Uint8Array, vaultId: Uint8Array, label: string): Uint8Array {
  return hkdf(sha256, rootKey, vaultId, utf8ToBytes(label), 32);
}

export function headerMac(rootKey: Uint8Array, header: Uint8Array): Uint8Array {
  const key = vaultKey(rootKey, header.subarray(12, 44), 'v1/header');
  return hmac(sha256, key, header.subarray(0, header.length - 32));
}

export interface AadInput {
  readonly vaultId: Uint8Array;
  readonly epoch: number;
  readonly type: number;
  readonly id: string;
  readonly role: number;
  readonly lamport: number;
  readonly deviceId: string;
  readonly schema: number;
  readonly extra?: Uint8Array;
}

export function aadOf(input: AadInput): Uint8Array {
  return concatBytes(
    utf8ToBytes('vlt1'),
    Uint8Array.of(1, 0, 1),
    input.vaultId,
    number(input.epoch, 4),
    number(input.type, 1),
    hexToBytes(input.id),
    number(input.role, 1),
    number(input.lamport, 8),
    hexToBytes(input.deviceId),
    number(input.schema, 2),
    input.extra ?? new Uint8Array(0),
  );
}

/** The credential that a private key is bound to. */
export function credentialOf(passkey: {
  readonly rpId: string;
  readonly credentialId: Uint8Array;
  readonly userHandle: Uint8Array;
  readonly algorithm: string;
}): Uint8Array {
  const algorithm = utf8ToBytes(passkey.algorithm);
  return concatBytes(
    hash(passkey.rpId),
    number(passkey.credentialId.length, 2),
    passkey.credentialId,
    hash(passkey.userHandle),
    number(algorithm.length, 1),
    algorithm,
  );
}

function keyAad(row: IndependentRow, vaultId: Uint8Array, role: number, extra?: Uint8Array) {
  const { id, epoch, keyVersion: lamport, keyDeviceId: deviceId } = row;
  const base = { vaultId, epoch, type: 1, id, role, lamport, deviceId, schema: 1 };
  return aadOf(extra ? { ...base, extra } : base);
}

/** The item key and the AAD that its body is sealed with. */
export function openItemKey(row: IndependentRow, rootKey: Uint8Array, vaultId: Uint8Array) {
  const wrap = vaultKey(rootKey, vaultId, 'v1/wrap');
  const opened = openBox(wrap, row.itemKey, keyAad(row, vaultId, 2));
  const epoch = new DataView(opened.buffer, opened.byteOffset).getUint32(32);
  const { id, lamport, deviceId, schema } = row;
  const aad = aadOf({ vaultId, epoch, type: 1, id, role: 1, lamport, deviceId, schema });
  return { itemKey: opened.slice(0, 32), aad };
}

/** The three parts of a body. */
export function splitBody(plaintext: Uint8Array): [Uint8Array, Uint8Array, Uint8Array] {
  const content = unpadded(plaintext);
  const view = new DataView(content.buffer, content.byteOffset);
  let offset = 0;
  const next = (): Uint8Array => {
    const length = view.getUint32(offset);
    offset += 4 + length;
    return content.subarray(offset - length, offset);
  };
  return [next(), next(), next()];
}

export function unpadded(padded: Uint8Array): Uint8Array {
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  return padded.slice(4, 4 + length);
}

/** The PKCS#8 document inside a body's third part. */
export function openPrivateKeyOf(
  row: IndependentRow,
  sealed: Uint8Array,
  context: {
    readonly rootKey: Uint8Array;
    readonly vaultId: Uint8Array;
    readonly credential: Uint8Array;
  },
): Uint8Array {
  const { rootKey, vaultId, credential } = context;
  const under = vaultKey(rootKey, vaultId, 'v1/passkey');
  const passkeyKey = openBox(under, row.passkeyKey, keyAad(row, vaultId, 3, credential));
  const view = new DataView(sealed.buffer, sealed.byteOffset);
  const aad = aadOf({
    vaultId,
    epoch: view.getUint32(24),
    type: 1,
    id: row.id,
    role: 4,
    lamport: Number(view.getBigUint64(0)),
    deviceId: Buffer.from(sealed.subarray(8, 24)).toString('hex'),
    schema: 1,
    extra: credential,
  });
  return unpadded(openBox(passkeyKey, sealed.subarray(28), aad));
}
