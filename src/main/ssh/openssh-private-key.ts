// The format of OpenSSH's private key files (PROTOCOL.key, "openssh-key-v1"), read strictly and written unencrypted.
// One key per file. Names of fields are those of PROTOCOL.key.
// SPDX-License-Identifier: MIT

import { concatBytes, equalBytes, toUtf8 } from '../../shared/bytes.ts';
import type { RandomSource } from '../crypto/random.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import {
  EC_CURVES,
  ED25519_BYTES,
  encodePublicBlob,
  keyTypeOf,
  type EcCurve,
  type KeyMaterial,
} from './key-material.ts';
import { openSection, tagBytesOf, type EncryptedSection } from './openssh-cipher.ts';
import { encodePem } from './pem.ts';
import { damaged, passphraseNeeded, unsupported, wrongPassphrase } from './ssh-key-error.ts';
import { encodeMpint, encodeString, encodeUint32, SshReader } from './ssh-wire.ts';

const MAGIC = toUtf8('openssh-key-v1\0');
const LABEL = 'OPENSSH PRIVATE KEY';
const LINE_WIDTH = 70;
/** A little over 10 ms each: ssh-keygen's default of 24 takes a quarter of a second, this half a minute. */
const MOST_ROUNDS = 2048;
const MOST_SALT_BYTES = 64;
const PLAIN_BLOCK_BYTES = 8;
const CIPHER_BLOCK_BYTES = 16;
const CHECK_BYTES = 4;

export interface OpenSshKey {
  readonly material: KeyMaterial;
  readonly comment: string;
}

type Envelope = {
  readonly publicBlob: Uint8Array;
} & (
  | { readonly isEncrypted: false; readonly content: Uint8Array }
  | { readonly isEncrypted: true; readonly section: EncryptedSection }
);

/**
 * The key in the body of an OpenSSH file. `passphrase` is not looked at where there is no encryption.
 * Throws `SshKeyError`; rejects with the signal's reason when aborted. `use` gets views that are erased afterwards.
 */
export async function readOpenSsh<T>(
  body: Uint8Array,
  { passphrase, signal }: { passphrase: SecretBytes | null; signal?: AbortSignal | undefined },
  use: (key: OpenSshKey) => T,
): Promise<T> {
  const envelope = parseEnvelope(body);
  if (!envelope.isEncrypted) return use(parsePlain(envelope));
  if (passphrase === null || passphrase.length === 0) throw passphraseNeeded();
  const content = await openSection(envelope.section, passphrase, signal);
  try {
    if (!hasEqualChecks(content)) throw wrongPassphrase();
    return use(parseContent(content, CIPHER_BLOCK_BYTES, envelope.publicBlob));
  } finally {
    content.fill(0);
  }
}

/** The key in the body of a file that Latchkey wrote, hence unencrypted. Throws `SshKeyError`. */
export function parseUnencryptedOpenSsh(body: Uint8Array): OpenSshKey {
  const envelope = parseEnvelope(body);
  if (envelope.isEncrypted) throw passphraseNeeded();
  return parsePlain(envelope);
}

function parsePlain({ content, publicBlob }: Envelope & { isEncrypted: false }): OpenSshKey {
  if (!hasEqualChecks(content)) throw damaged('OpenSSH key: its check numbers differ');
  return parseContent(content, PLAIN_BLOCK_BYTES, publicBlob);
}

/** All that can be found wrong without the passphrase is found here, before that is asked for or stretched. */
function parseEnvelope(body: Uint8Array): Envelope {
  const reader = new SshReader(body, 'OpenSSH key');
  if (!equalBytes(reader.bytes(Math.min(MAGIC.length, body.length)), MAGIC)) {
    throw damaged('OpenSSH key: expected openssh-key-v1');
  }
  const cipher = reader.name();
  const kdf = reader.name();
  const options = reader.string();
  const count = reader.uint32();
  if (count !== 1) throw damaged(`OpenSSH key: expected one key, got ${count}`);
  const publicBlob = reader.string();
  const content = reader.string();
  const tag = reader.rest();
  if (cipher !== 'none') {
    assertSection({ cipher, content, tag });
    const section = { cipher, content, tag, ...parseKdf(kdf, options) };
    assertKeyType(publicBlob);
    return { isEncrypted: true, section, publicBlob };
  }
  if (kdf !== 'none' || options.length > 0 || tag.length > 0) {
    throw damaged('OpenSSH key: not encrypted, yet with a key derivation or something left over');
  }
  assertKeyType(publicBlob);
  return { isEncrypted: false, content, publicBlob };
}

function parseKdf(kdf: string, options: Uint8Array): { salt: Uint8Array; rounds: number } {
  if (kdf !== 'bcrypt') throw unsupported('key-derivation', 'OpenSSH key: expected bcrypt');
  const reader = new SshReader(options, 'bcrypt options');
  const salt = reader.string();
  const rounds = reader.uint32();
  reader.end();
  if (salt.length === 0 || salt.length > MOST_SALT_BYTES || rounds === 0) {
    throw damaged(`bcrypt options: ${salt.length} bytes of salt, ${rounds} rounds`);
  }
  if (rounds > MOST_ROUNDS) {
    throw unsupported(
      'key-derivation-cost',
      `bcrypt options: expected at most ${MOST_ROUNDS} rounds, got ${rounds}`,
    );
  }
  return { salt, rounds };
}

function assertSection({ cipher, content, tag }: Omit<EncryptedSection, 'salt' | 'rounds'>): void {
  const tagBytes = tagBytesOf(cipher);
  if (tagBytes === null) throw unsupported('cipher', 'OpenSSH key: encrypted with another cipher');
  if (tag.length !== tagBytes) {
    throw damaged(`OpenSSH key: expected ${tagBytes} bytes behind it, got ${tag.length}`);
  }
  if (content.length === 0 || content.length % CIPHER_BLOCK_BYTES !== 0) {
    throw damaged(`OpenSSH key: ${content.length} encrypted bytes are not whole blocks`);
  }
}

function assertKeyType(publicBlob: Uint8Array): void {
  const type = new SshReader(publicBlob, 'public key').name();
  if (type.startsWith('sk-')) {
    throw unsupported('security-key', 'OpenSSH key: it is inside a FIDO device');
  }
  if (!isKnownType(type)) {
    throw unsupported('key-type', 'OpenSSH key: expected an RSA, ECDSA or Ed25519 key');
  }
}

function isKnownType(type: string): boolean {
  return type === 'ssh-ed25519' || type === 'ssh-rsa' || curveOf(type) !== null;
}

function curveOf(type: string): EcCurve | null {
  const curves = Object.keys(EC_CURVES) as readonly EcCurve[];
  return curves.find((curve) => type === `ecdsa-sha2-${curve}`) ?? null;
}

function hasEqualChecks(content: Uint8Array): boolean {
  const second = content.subarray(CHECK_BYTES, 2 * CHECK_BYTES);
  return second.length === CHECK_BYTES && equalBytes(content.subarray(0, CHECK_BYTES), second);
}

function parseContent(content: Uint8Array, blockBytes: number, publicBlob: Uint8Array): OpenSshKey {
  const reader = new SshReader(content, 'OpenSSH private section');
  reader.bytes(2 * CHECK_BYTES);
  const material = parseMaterial(reader);
  const comment = new TextDecoder().decode(reader.string());
  const padding = reader.rest();
  // A whole block of padding is written by some programs, more by none.
  if (content.length % blockBytes !== 0 || padding.length > blockBytes) {
    throw damaged(`OpenSSH private section: ${padding.length} bytes of padding do not fit it`);
  }
  if (!padding.every((byte, index) => byte === index + 1)) {
    throw damaged('OpenSSH private section: expected the padding 1, 2, 3 and so on');
  }
  if (!equalBytes(encodePublicBlob(material), publicBlob)) {
    throw damaged('OpenSSH key: its public key is that of another key');
  }
  return { material, comment };
}

function parseMaterial(reader: SshReader): KeyMaterial {
  const type = reader.name();
  if (type === 'ssh-ed25519') return parseEd25519(reader);
  if (type === 'ssh-rsa') {
    const [n, e, d] = [reader.mpint(), reader.mpint(), reader.mpint()];
    const [iqmp, p, q] = [reader.mpint(), reader.mpint(), reader.mpint()];
    return { kind: 'rsa', n, e, d, iqmp, p, q };
  }
  const curve = curveOf(type);
  if (curve === null) throw damaged('OpenSSH private section: its type is not that of the key');
  return parseEcdsa(reader, curve);
}

function parseEd25519(reader: SshReader): KeyMaterial {
  const publicKey = reader.fixedString(ED25519_BYTES);
  const privateKey = reader.fixedString(2 * ED25519_BYTES);
  if (!equalBytes(privateKey.subarray(ED25519_BYTES), publicKey)) {
    throw damaged('OpenSSH private section: its public keys differ');
  }
  return { kind: 'ed25519', seed: privateKey.subarray(0, ED25519_BYTES), publicKey };
}

function parseEcdsa(reader: SshReader, curve: EcCurve): KeyMaterial {
  const { scalarBytes } = EC_CURVES[curve];
  if (reader.name() !== curve) throw damaged('OpenSSH private section: its curves differ');
  const point = reader.fixedString(1 + 2 * scalarBytes);
  const number = reader.mpint();
  if (number.length > scalarBytes) {
    throw damaged(`OpenSSH private section: expected ${scalarBytes} bytes, got ${number.length}`);
  }
  const scalar = new Uint8Array(scalarBytes);
  scalar.set(number, scalarBytes - number.length);
  return { kind: 'ecdsa', curve, scalar, point };
}

/** The file, unencrypted: what is stored in an item. `comment` is one line. */
export function encodeOpenSsh(
  material: KeyMaterial,
  comment: string,
  random: RandomSource,
): string {
  const none = encodeString('none');
  const content = encodeContent(material, comment, random);
  const section = encodeString(content);
  const head = concatBytes(MAGIC, none, none, encodeString(''), encodeUint32(1));
  const body = concatBytes(head, encodeString(encodePublicBlob(material)), section);
  const text = encodePem(LABEL, body, LINE_WIDTH);
  for (const secret of [content, section, body]) secret.fill(0);
  return text;
}

function encodeContent(material: KeyMaterial, comment: string, random: RandomSource): Uint8Array {
  const check = random.bytes(CHECK_BYTES);
  const type = encodeString(keyTypeOf(material));
  const fields = encodeMaterial(material);
  const content = concatBytes(check, check, type, ...fields, encodeString(comment));
  const padding = (PLAIN_BLOCK_BYTES - (content.length % PLAIN_BLOCK_BYTES)) % PLAIN_BLOCK_BYTES;
  const padded = concatBytes(
    content,
    Uint8Array.from({ length: padding }, (_, index) => index + 1),
  );
  for (const secret of [content, ...fields]) secret.fill(0);
  return padded;
}

function encodeMaterial(material: KeyMaterial): readonly Uint8Array[] {
  switch (material.kind) {
    case 'ed25519': {
      const { seed, publicKey } = material;
      const privateKey = concatBytes(seed, publicKey);
      const fields = [encodeString(publicKey), encodeString(privateKey)];
      privateKey.fill(0);
      return fields;
    }
    case 'rsa': {
      const { n, e, d, iqmp, p, q } = material;
      return [n, e, d, iqmp, p, q].map(encodeMpint);
    }
    case 'ecdsa': {
      const { curve, point, scalar } = material;
      return [encodeString(curve), encodeString(point), encodeMpint(scalar)];
    }
  }
}
