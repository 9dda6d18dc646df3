// The sealed part of an encrypted export: a STREAM of chunks (Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015) whose
// order, number and end are authenticated. First chunk: the manifest; last: SHA-256 of all plaintext before it.
// SPDX-License-Identifier: MIT

import { concatBytes } from '../../shared/bytes.ts';
import { type Aead, AEAD_OVERHEAD_BYTES } from '../crypto/aead.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { equalInConstantTime, sha256 } from '../crypto/digest.ts';
import type { RandomSource } from '../crypto/random.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import { u32, u8 } from '../vault/fixed-width.ts';
import {
  encodeExportManifest,
  type ExportManifest,
  MANIFEST_BYTES,
  parseExportManifest,
} from './export-manifest.ts';
import { TransferError } from './transfer-error.ts';

/** Plaintext of every chunk between the first and the last, but for the shorter one before the last. */
export const CHUNK_BYTES = 64 * 1024;

const DIGEST_BYTES = 32;
const FIRST_SEALED_BYTES = MANIFEST_BYTES + AEAD_OVERHEAD_BYTES;
const LAST_SEALED_BYTES = DIGEST_BYTES + AEAD_OVERHEAD_BYTES;

/** What seals and opens the chunks of one container. */
export interface StreamContext {
  readonly aead: Aead;
  readonly key: SecretBytes;
  readonly containerId: Uint8Array;
  readonly headerMac: Uint8Array;
}

/** What was sealed, wholly verified. The caller owns `body` and erases it. */
export interface StreamContents {
  readonly manifest: ExportManifest;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The sealed chunks, one by one. Borrows `body`, which must not change before the last one. */
export function* sealStream(
  context: StreamContext,
  contents: { readonly manifest: ExportManifest; readonly body: Uint8Array },
  random: RandomSource,
): Generator<Uint8Array<ArrayBuffer>, void> {
  const { body } = contents;
  const manifest = encodeExportManifest(contents.manifest);
  const count = bodyChunkCount(body.length);
  const seal = (plaintext: Uint8Array, index: number, isFinal: boolean) =>
    context.aead.seal(context.key, { plaintext, aad: chunkAad(context, index, isFinal), random });
  yield seal(manifest, 0, false);
  for (let index = 1; index <= count; index++) {
    yield seal(body.subarray((index - 1) * CHUNK_BYTES, index * CHUNK_BYTES), index, false);
  }
  yield seal(sha256(manifest, body), count + 1, true);
}

/**
 * Opens the stream and verifies the whole of it before giving any of it out. Throws `transfer/truncated` where it
 * ends before the length that its manifest states, `transfer/damaged` for every other difference.
 */
export function openStream(context: StreamContext, sealed: Uint8Array): StreamContents {
  assertNotShorter(sealed, FIRST_SEALED_BYTES);
  const first = openChunk(context, sealed.subarray(0, FIRST_SEALED_BYTES), 0, false);
  const manifest = parseExportManifest(first);
  const expected = FIRST_SEALED_BYTES + sealedBodyBytes(manifest.bodyBytes) + LAST_SEALED_BYTES;
  assertNotShorter(sealed, expected);
  if (sealed.length > expected) {
    throw new TransferError(
      'transfer/damaged',
      `export: expected ${expected} sealed bytes, got ${sealed.length}`,
    );
  }
  const body = new Uint8Array(manifest.bodyBytes);
  try {
    const index = openBody(context, sealed.subarray(FIRST_SEALED_BYTES), body);
    const last = openChunk(context, sealed.subarray(-LAST_SEALED_BYTES), index, true);
    if (!equalInConstantTime(last, sha256(first, body))) {
      throw new TransferError('transfer/damaged', 'export: the digest of its content differs');
    }
  } catch (error) {
    body.fill(0);
    throw error;
  }
  return { manifest, body };
}

/** Fills `body` from the chunks at the beginning of `sealed`; returns the index of the chunk after them. */
function openBody(context: StreamContext, sealed: Uint8Array, body: Uint8Array): number {
  const count = bodyChunkCount(body.length);
  for (let index = 1; index <= count; index++) {
    const from = (index - 1) * CHUNK_BYTES;
    const length = Math.min(CHUNK_BYTES, body.length - from);
    const at = (index - 1) * (CHUNK_BYTES + AEAD_OVERHEAD_BYTES);
    const chunk = sealed.subarray(at, at + length + AEAD_OVERHEAD_BYTES);
    const plaintext = openChunk(context, chunk, index, false);
    body.set(plaintext, from);
    plaintext.fill(0);
  }
  return count + 1;
}

function openChunk(
  context: StreamContext,
  sealed: Uint8Array,
  index: number,
  isFinal: boolean,
): Uint8Array {
  try {
    return context.aead.open(context.key, { sealed, aad: chunkAad(context, index, isFinal) });
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause;
    throw new TransferError('transfer/damaged', `export: chunk ${index} does not verify`, {
      cause,
      details: { chunk: index },
    });
  }
}

/** `containerId ‖ headerMAC ‖ index u32 ‖ final u8`. */
function chunkAad(context: StreamContext, index: number, isFinal: boolean): Uint8Array {
  return concatBytes(context.containerId, context.headerMac, u32(index), u8(isFinal ? 1 : 0));
}

function bodyChunkCount(bodyBytes: number): number {
  return Math.ceil(bodyBytes / CHUNK_BYTES);
}

function sealedBodyBytes(bodyBytes: number): number {
  return bodyBytes + bodyChunkCount(bodyBytes) * AEAD_OVERHEAD_BYTES;
}

function assertNotShorter(sealed: Uint8Array, expected: number): void {
  if (sealed.length >= expected) return;
  throw new TransferError(
    'transfer/truncated',
    `export: expected at least ${expected} sealed bytes, got ${sealed.length}`,
  );
}
