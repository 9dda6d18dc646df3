// The sealed part of an encrypted export: a STREAM of chunks (Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015) whose
// order, number and end are authenticated. First chunk: the manifest; last: SHA-256 of all plaintext before it.
// SPDX-License-Identifier: MIT

import { createHash } from 'node:crypto';
import { concatBytes } from '../../shared/bytes.ts';
import { type Aead, AEAD_OVERHEAD_BYTES } from '../crypto/aead.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { equalInConstantTime } from '../crypto/digest.ts';
import type { RandomSource } from '../crypto/random.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import { u32, u8 } from '../vault/fixed-width.ts';
import { MANIFEST_BYTES } from './export-manifest.ts';
import { TransferError } from './transfer-error.ts';

/** Plaintext of every chunk between the first and the last, but for the shorter one before the last. */
export const CHUNK_BYTES = 64 * 1024;
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + AEAD_OVERHEAD_BYTES;
export const SEALED_MANIFEST_BYTES = MANIFEST_BYTES + AEAD_OVERHEAD_BYTES;
const DIGEST_BYTES = 32;
export const SEALED_DIGEST_BYTES = DIGEST_BYTES + AEAD_OVERHEAD_BYTES;

/** What seals and opens the chunks of one container. */
export interface StreamContext {
  readonly aead: Aead;
  readonly key: SecretBytes;
  readonly containerId: Uint8Array;
  readonly headerMac: Uint8Array;
}

/** Number of chunks of a body. */
export function bodyChunks(bodyBytes: number): number {
  return Math.ceil(bodyBytes / CHUNK_BYTES);
}

/** All chunks of a stream whose body has `bodyBytes`. */
export function sealedStreamBytes(bodyBytes: number): number {
  const sealedBody = bodyBytes + bodyChunks(bodyBytes) * AEAD_OVERHEAD_BYTES;
  return SEALED_MANIFEST_BYTES + sealedBody + SEALED_DIGEST_BYTES;
}

/** Seals the chunks of one stream in their order. */
export class StreamSealer {
  readonly #context: StreamContext;
  readonly #random: RandomSource;
  readonly #digest = createHash('sha256');
  #index = 0;

  constructor(context: StreamContext, random: RandomSource) {
    this.#context = context;
    this.#random = random;
  }

  /** The next chunk; not the last one. `plaintext` stays the caller's to erase. */
  next(plaintext: Uint8Array): Uint8Array<ArrayBuffer> {
    this.#digest.update(plaintext);
    return this.#seal(plaintext, false);
  }

  /** The last chunk. */
  last(): Uint8Array<ArrayBuffer> {
    return this.#seal(this.#digest.digest(), true);
  }

  #seal(plaintext: Uint8Array, isFinal: boolean): Uint8Array<ArrayBuffer> {
    const { aead, key } = this.#context;
    const aad = chunkAad(this.#context, this.#index++, isFinal);
    return aead.seal(key, { plaintext, aad, random: this.#random });
  }
}

/** Opens the chunks of one stream in their order. Throws `transfer/damaged`. */
export class StreamOpener {
  readonly #context: StreamContext;
  readonly #digest = createHash('sha256');
  #index = 0;

  constructor(context: StreamContext) {
    this.#context = context;
  }

  /** The next chunk, for the caller to erase; not the last one. */
  next(sealed: Uint8Array): Uint8Array {
    const plaintext = openChunk(this.#context, sealed, this.#index++);
    this.#digest.update(plaintext);
    return plaintext;
  }

  /** The last chunk: nothing of what was opened is to be used before. */
  last(sealed: Uint8Array): void {
    const found = openChunk(this.#context, sealed, this.#index, true);
    if (equalInConstantTime(found, this.#digest.digest())) return;
    throw new TransferError('transfer/damaged', 'export: the digest of its content differs');
  }
}

/** One chunk by itself, at its place in the stream. Throws `transfer/damaged`. */
export function openChunk(
  context: StreamContext,
  sealed: Uint8Array,
  index: number,
  isFinal = false,
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
