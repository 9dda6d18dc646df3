// What the tests of SSH keys share: parsing with fixed randomness, and OpenSSH files put together field by field with
// nothing from the code under test, so that any field can be wrong.
// SPDX-License-Identifier: MIT

import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { parseSshPrivateKey } from '../../../src/main/ssh/parse-ssh-private-key.ts';
import { SshKeyError } from '../../../src/main/ssh/ssh-key-error.ts';
import { toPkcs8Pem, type SshKey } from '../../../src/main/ssh/ssh-key.ts';
import { seededRandom } from '../../support/seeded-random.ts';

export type Text = string | Uint8Array;

export async function parse(text: Text, passphrase: string | null = null): Promise<SshKey> {
  const bytes = Uint8Array.from(Buffer.from(text));
  const secret = passphrase === null ? null : SecretBytes.take(Buffer.from(passphrase));
  return parseSshPrivateKey(bytes, secret, { random: seededRandom('ssh') });
}

/** The code and reason that `text` is refused with, such as `ssh/unsupported putty`. Other errors are thrown. */
export async function refusalOf(text: Text, passphrase: string | null = null): Promise<string> {
  try {
    const { keyType } = await parse(text, passphrase);
    return `taken as ${keyType}`;
  } catch (error) {
    if (!(error instanceof SshKeyError)) throw error;
    return [error.code, ...Object.values(error.details)].join(' ');
  }
}

/** All that makes two keys the same: type, public key without comment, private key. */
export function identityOf(key: SshKey): string {
  const publicKey = key.publicKey.split(' ').slice(0, 2).join(' ');
  return [key.keyType, key.bits, key.fingerprint, publicKey, toPkcs8Pem(key.privateKey)].join('\n');
}

export function pem(label: string, body: Uint8Array, headers: readonly string[] = []): string {
  const lines =
    Buffer.from(body)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  const head = headers.length > 0 ? [...headers, ''] : [];
  return [`-----BEGIN ${label}-----`, ...head, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** The bytes between the first BEGIN and END line. */
export function bodyOf(text: string): Buffer {
  const lines = text.split('\n').slice(1);
  return Buffer.from(
    lines
      .slice(
        0,
        lines.findIndex((line) => line.startsWith('-')),
      )
      .join(''),
    'base64',
  );
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function str(value: Text): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u32(bytes.length), bytes]);
}

/** An mpint of hexadecimal digits as they are: the caller minds the sign. */
export function mpint(hex: string): Buffer {
  return str(Buffer.from(hex, 'hex'));
}

interface OpenSshFields {
  readonly magic: string;
  readonly cipher: string;
  readonly kdf: string;
  readonly options: Uint8Array;
  readonly count: number;
  readonly publicBlob: Uint8Array;
  readonly content: Uint8Array;
  readonly trailing: Uint8Array;
}

export function opensshBody(fields: Partial<OpenSshFields>): Buffer {
  const publicBlob = fields.publicBlob ?? ED25519_BLOB;
  return Buffer.concat([
    Buffer.from(fields.magic ?? 'openssh-key-v1\0', 'latin1'),
    str(fields.cipher ?? 'none'),
    str(fields.kdf ?? 'none'),
    str(fields.options ?? Buffer.alloc(0)),
    u32(fields.count ?? 1),
    str(publicBlob),
    str(fields.content ?? contentOf({})),
    fields.trailing ?? Buffer.alloc(0),
  ]);
}

export function openssh(fields: Partial<OpenSshFields>): string {
  return pem('OPENSSH PRIVATE KEY', opensshBody(fields));
}

/** RFC 8032, section 7.1, test 1. */
export const SEED = Buffer.from(
  '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
  'hex',
);
export const PUBLIC_KEY = Buffer.from(
  'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  'hex',
);
const ED25519_BLOB = Buffer.concat([str('ssh-ed25519'), str(PUBLIC_KEY)]);

interface ContentFields {
  readonly checks: readonly [number, number];
  /** Type and fields of the key. */
  readonly key: Uint8Array;
  readonly comment: Uint8Array;
  readonly padding: Uint8Array | null;
}

export function contentOf(fields: Partial<ContentFields>): Buffer {
  const [first, second] = fields.checks ?? [7, 7];
  const content = Buffer.concat([
    u32(first),
    u32(second),
    fields.key ?? ed25519Key({}),
    str(fields.comment ?? 'comment'),
  ]);
  const length = (8 - (content.length % 8)) % 8;
  const padding = fields.padding ?? Uint8Array.from({ length }, (_, index) => index + 1);
  return Buffer.concat([content, padding]);
}

export function ed25519Key(fields: {
  readonly type?: string;
  readonly publicKey?: Uint8Array;
  readonly privateKey?: Uint8Array;
}): Buffer {
  const { type = 'ssh-ed25519', publicKey = PUBLIC_KEY } = fields;
  const privateKey = fields.privateKey ?? Buffer.concat([SEED, PUBLIC_KEY]);
  return Buffer.concat([str(type), str(publicKey), str(privateKey)]);
}

/** The KDF options of an encrypted file. */
export function bcryptOptions(salt: Uint8Array, rounds: number): Buffer {
  return Buffer.concat([str(salt), u32(rounds)]);
}
