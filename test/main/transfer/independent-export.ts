// A second implementation of the encrypted export, written from docs/export-format.md: other cipher library, other
// KDF, nothing of src. Reads what the product writes, and writes what the product must refuse.
// SPDX-License-Identifier: MIT

import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';

export const MAGIC = Buffer.from('894c4b450d0a1a0a', 'hex');
export const HEADER_BYTES = 129;
export const FIELDS_BYTES = 65;
export const CHUNK_BYTES = 65_536;
export const MANIFEST_SEALED_BYTES = 512 + 40;
export const LAST_SEALED_BYTES = 32 + 40;

export interface Keys {
  readonly mac: Buffer;
  readonly stream: Buffer;
}

export interface Chunk {
  readonly plaintext: Uint8Array;
  readonly index: number;
  readonly final: boolean;
}

export interface DecodedEntry {
  readonly item: Record<string, unknown> & { readonly kind: string };
  readonly privateKey: Buffer;
  /** Content of its attachments, in their order. */
  readonly files: readonly Buffer[];
}

export const KINDS = [
  ...['card', 'identity', 'licence', 'login', 'note', 'one-time-code', 'passkey', 'ssh-key'],
  'wifi',
] as const;

export const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  createHash('sha256').update(Buffer.concat(parts)).digest();

export function keysOf(passwordKey: Uint8Array, fields: Uint8Array): Keys {
  const containerId = fields.subarray(41, 57);
  const derive = (label: string) =>
    Buffer.from(
      hkdfSync(
        'sha256',
        passwordKey,
        containerId,
        Buffer.concat([Buffer.from(label), sha256(fields)]),
        32,
      ),
    );
  return { mac: derive('v1/export-mac'), stream: derive('v1/export-stream') };
}

export function macOf(keys: Keys, fields: Uint8Array): Buffer {
  return createHmac('sha256', keys.mac).update(fields).digest();
}

export interface FieldsInput {
  readonly version?: number;
  readonly suite?: number;
  readonly memoryKib?: number;
  readonly passes?: number;
  readonly lanes?: number;
  readonly created?: bigint;
}

export function encodeFields(input: FieldsInput = {}): Buffer {
  const fields = Buffer.alloc(FIELDS_BYTES);
  MAGIC.copy(fields, 0);
  fields.writeUInt16BE(input.version ?? 1, 8);
  fields.writeUInt8(input.suite ?? 1, 10);
  fields.writeUInt8(2, 11);
  fields.writeUInt8(0x13, 12);
  fields.writeUInt32BE(input.memoryKib ?? 65_536, 13);
  fields.writeUInt32BE(input.passes ?? 3, 17);
  fields.writeUInt32BE(input.lanes ?? 1, 21);
  randomBytes(32).copy(fields, 25);
  fields.writeBigUInt64BE(input.created ?? 1_790_000_000_000n, 57);
  return fields;
}

/** Header and chunks just as told, right or wrong. */
export function encodeContainer(
  passwordKey: (fields: Uint8Array) => Uint8Array,
  fields: Buffer,
  chunks: readonly Chunk[],
): Buffer {
  const keys = keysOf(passwordKey(fields), fields);
  const mac = macOf(keys, fields);
  const sealed = chunks.map(({ plaintext, index, final }) => {
    const nonce = randomBytes(24);
    const aad = aadOf(fields, mac, index, final);
    return Buffer.concat([nonce, xchacha20poly1305(keys.stream, nonce, aad).encrypt(plaintext)]);
  });
  return Buffer.concat([fields, mac, sha256(fields, mac), ...sealed]);
}

/** The chunks of a sound stream around `manifest` and `body`. */
export function chunksOf(manifest: Uint8Array, body: Uint8Array): Chunk[] {
  const chunks: Chunk[] = [{ plaintext: manifest, index: 0, final: false }];
  for (let at = 0; at < body.length; at += CHUNK_BYTES) {
    const plaintext = body.subarray(at, at + CHUNK_BYTES);
    chunks.push({ plaintext, index: chunks.length, final: false });
  }
  chunks.push({ plaintext: sha256(manifest, body), index: chunks.length, final: true });
  return chunks;
}

export function manifestOf(value: unknown): Buffer {
  return padTo(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), 512);
}

/** A manifest's members in order, with none of any kind but those in `counts`. */
export function manifestFields(fields: {
  readonly counts?: Readonly<Record<string, number>>;
  readonly entryBytes: number;
  readonly fileBytes?: number;
  readonly files?: number;
}): Record<string, unknown> {
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, fields.counts?.[kind] ?? 0]));
  const { entryBytes, fileBytes = 0, files = 0 } = fields;
  return { counts, entryBytes, fileBytes, files, itemSchema: 1, schema: 1 };
}

/** `content` and zeros up to the bucket. */
export function bodyOf(content: Uint8Array): Buffer {
  return Buffer.concat([content, Buffer.alloc(bucket(content.length) - content.length)]);
}

/** Multiples of 256 up to 4,096; above that Padmé, written out over bits. */
export function bucket(length: number): number {
  if (length <= 4096) return Math.max(256, 256 * Math.ceil(length / 256));
  const exponent = length.toString(2).length - 1;
  const step = 2 ** (exponent - exponent.toString(2).length);
  return step * Math.ceil(length / step);
}

/** `length ‖ content ‖ zeros`, up to `size`. */
export function padTo(content: Uint8Array, size: number): Buffer {
  const padded = Buffer.alloc(size);
  padded.writeUInt32BE(content.length, 0);
  padded.set(content, 4);
  return padded;
}

/** What the format's description says a container holds; throws a plain Error on any difference. */
export function decodeContainer(
  file: Buffer,
  passwordKey: (fields: Uint8Array) => Uint8Array,
): { readonly manifest: Record<string, unknown>; readonly entries: readonly DecodedEntry[] } {
  const fields = file.subarray(0, FIELDS_BYTES);
  const mac = file.subarray(FIELDS_BYTES, FIELDS_BYTES + 32);
  const keys = keysOf(passwordKey(fields), fields);
  check(fields.subarray(0, 8).equals(MAGIC), 'magic');
  check(sha256(fields, mac).equals(file.subarray(97, HEADER_BYTES)), 'checksum');
  check(macOf(keys, fields).equals(mac), 'MAC');
  const rest = file.subarray(HEADER_BYTES);
  const open = (sealed: Buffer, index: number, final: boolean) => {
    const cipher = xchacha20poly1305(
      keys.stream,
      sealed.subarray(0, 24),
      aadOf(fields, mac, index, final),
    );
    return Buffer.from(cipher.decrypt(sealed.subarray(24)));
  };
  const first = open(rest.subarray(0, MANIFEST_SEALED_BYTES), 0, false);
  const middle = rest.subarray(MANIFEST_SEALED_BYTES, rest.length - LAST_SEALED_BYTES);
  const body: Buffer[] = [];
  for (let at = 0; at < middle.length; at += CHUNK_BYTES + 40) {
    body.push(open(middle.subarray(at, at + CHUNK_BYTES + 40), body.length + 1, false));
  }
  const last = open(rest.subarray(-LAST_SEALED_BYTES), body.length + 1, true);
  check(last.equals(sha256(first, ...body)), 'digest');
  const manifest = JSON.parse(unpad(first).toString('utf8')) as Record<string, unknown>;
  return { manifest, entries: entriesOf(Buffer.concat(body), manifest) };
}

function aadOf(fields: Uint8Array, mac: Uint8Array, index: number, final: boolean): Buffer {
  const position = Buffer.alloc(5);
  position.writeUInt32BE(index, 0);
  position.writeUInt8(final ? 1 : 0, 4);
  return Buffer.concat([fields.subarray(41, 57), mac, position]);
}

function entriesOf(body: Buffer, manifest: Record<string, unknown>): readonly DecodedEntry[] {
  const { entryBytes, fileBytes, files, counts } = manifest as Record<string, number> & {
    readonly counts: Readonly<Record<string, number>>;
  };
  const length = Number(entryBytes) + Number(fileBytes);
  check(body.length === bucket(length), 'bucket');
  const isZero = body.subarray(length).every((byte) => byte === 0);
  check(isZero, 'zeros after the content');
  const entries: DecodedEntry[] = [];
  let [fileAt, file] = [Number(entryBytes), 0];
  const parts = partsOf(body.subarray(0, fileAt));
  for (let at = 0; at < parts.length; at += 2) {
    const item = JSON.parse(String(parts[at])) as DecodedEntry['item'];
    const attachments = item.attachments as { id: string; sizeBytes: number }[];
    const contents = attachments.map(({ id, sizeBytes }) => {
      file += 1;
      check(Number.parseInt(id, 16) === file, 'number of a file');
      fileAt += sizeBytes;
      return body.subarray(fileAt - sizeBytes, fileAt);
    });
    entries.push({ item, privateKey: parts[at + 1] ?? Buffer.alloc(0), files: contents });
  }
  check(file === files && fileAt === length, 'number and size of files');
  for (const kind of KINDS) {
    const found = entries.filter(({ item }) => item.kind === kind).length;
    check(found === counts[kind], `count of ${kind}`);
  }
  return entries;
}

function partsOf(content: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < content.length;) {
    const length = content.readUInt32BE(at);
    parts.push(content.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return parts;
}

function unpad(padded: Buffer): Buffer {
  const end = 4 + padded.readUInt32BE(0);
  check(
    padded.subarray(end).every((byte) => byte === 0),
    'zeros after the content',
  );
  return padded.subarray(4, end);
}

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`independent decoder: ${what} differs`);
}
