// Writes a KDBX 4 file: what is needed to give KeePassXC the same entries under the same Argon2id, since its command line
// makes files with an older KDF alone. After the published description (keepass.info/help/kb/kdbx_4.html).
// SPDX-License-Identifier: MIT

import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { argon2id, hash } from 'argon2';
import type { KdfParameters } from '../../../src/main/crypto/password-kdf.ts';

const SIGNATURE = Buffer.from('03d9a29a67fb4bb500000400', 'hex');
const AES_256 = Buffer.from('31c1f2e6bf714350be5805216afc5aff', 'hex');
const ARGON2ID = Buffer.from('9e298b1956db4773b23dfc3ec6f0a1e6', 'hex');
const VERSION_1_3 = 0x13;
const BLOCK_BYTES = 1024 * 1024;
const CHACHA20 = 3;
/** Stands where a block's number would: the header's own. */
const HEADER_INDEX = 2n ** 64n - 1n;

/** The bytes of a database that `password` opens; `xml` is its content in KeePass's XML. */
export async function writeKdbx(
  xml: string,
  password: string,
  kdf: KdfParameters,
): Promise<Buffer> {
  const [masterSeed, iv, salt] = [randomBytes(32), randomBytes(16), randomBytes(32)];
  const header = Buffer.concat([
    SIGNATURE,
    ...[field(2, AES_256), field(3, u32(1)), field(4, masterSeed), field(7, iv)],
    ...[field(11, kdfDictionary(salt, kdf)), field(0, Buffer.from('\r\n\r\n'))],
  ]);
  const composite = sha256(sha256(Buffer.from(password)));
  const transformed = await hash(composite, {
    ...{ raw: true, type: argon2id, version: VERSION_1_3, hashLength: 32, salt },
    ...{ memoryCost: kdf.memoryKib, timeCost: kdf.passes, parallelism: kdf.lanes },
  });
  const hmacBase = sha512(masterSeed, transformed, Buffer.of(1));
  const cipher = createCipheriv('aes-256-cbc', sha256(masterSeed, transformed), iv);
  const content = gzipSync(Buffer.concat([innerHeader(), Buffer.from(xml)]));
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  const headerMac = hmac(hmacBase, HEADER_INDEX, header);
  return Buffer.concat([header, sha256(header), headerMac, ...blocks(sealed, hmacBase)]);
}

/** Nothing in the content is protected once more, but the key of the inner stream has to be there. */
function innerHeader(): Buffer {
  return Buffer.concat([
    ...[field(1, u32(CHACHA20)), field(2, randomBytes(64)), field(0, Buffer.alloc(0))],
  ]);
}

function blocks(sealed: Buffer, hmacBase: Buffer): readonly Buffer[] {
  const made: Buffer[] = [];
  for (let at = 0; at <= sealed.length; at += BLOCK_BYTES) {
    made.push(...block(BigInt(made.length / 3), sealed.subarray(at, at + BLOCK_BYTES), hmacBase));
  }
  const isClosed = sealed.length % BLOCK_BYTES === 0;
  const end = BigInt(made.length / 3);
  return isClosed ? made : [...made, ...block(end, Buffer.alloc(0), hmacBase)];
}

function block(index: bigint, data: Buffer, hmacBase: Buffer): readonly [Buffer, Buffer, Buffer] {
  const size = u32(data.length);
  return [hmac(hmacBase, index, u64(index), size, data), size, data];
}

function hmac(base: Buffer, index: bigint, ...parts: readonly Buffer[]): Buffer {
  const key = sha512(u64(index), base);
  return createHmac('sha256', key).update(Buffer.concat(parts)).digest();
}

function kdfDictionary(salt: Buffer, { memoryKib, passes, lanes }: KdfParameters): Buffer {
  const [ofBytes, ofU32, ofU64] = [0x42, 0x04, 0x05];
  return Buffer.concat([
    Buffer.of(0x00, 0x01),
    ...entry(ofBytes, '$UUID', ARGON2ID),
    ...entry(ofBytes, 'S', salt),
    ...entry(ofU32, 'P', u32(lanes)),
    ...entry(ofU64, 'M', u64(BigInt(memoryKib) * 1024n)),
    ...entry(ofU64, 'I', u64(BigInt(passes))),
    ...entry(ofU32, 'V', u32(VERSION_1_3)),
    Buffer.of(0),
  ]);
}

function entry(type: number, name: string, value: Buffer): readonly Buffer[] {
  return [Buffer.of(type), u32(name.length), Buffer.from(name), u32(value.length), value];
}

function field(type: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.of(type), u32(value.length), value]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

function sha256(...parts: readonly Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

function sha512(...parts: readonly Buffer[]): Buffer {
  return createHash('sha512').update(Buffer.concat(parts)).digest();
}
