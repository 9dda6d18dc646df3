// Attachments: chunks of 64 KiB, each sealed by itself under a key of the attachment, bound to their place and to
// whether they are the last; so a file is written and read as a stream, and none of it can be cut, moved or swapped.
// docs/vault-format.md, "Attachments".
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { concatBytes } from '../../shared/bytes.ts';
import { AEAD_OVERHEAD_BYTES, type Aead } from '../crypto/aead.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { type AttachmentKey, deriveKey } from '../crypto/keys.ts';
import { bucketFor } from '../crypto/padding.ts';
import type { RandomSource } from '../crypto/random.ts';
import { encodeAad } from './aad.ts';
import { FixedWidthReader, id16, u32, u64, u8 } from './fixed-width.ts';
import type { OpenedItemKey } from './item-sealer.ts';
import type { SealedAttachment } from './sealed-attachment.ts';
import type { Revision } from './sealed-item.ts';
import { VaultError } from './vault-error.ts';

export const CHUNK_BYTES = 64 * 1024;
const SCHEMA = 1;

/** What the head of an attachment says. */
export interface AttachmentHead {
  readonly sizeBytes: number;
  readonly chunks: number;
}

export interface AttachmentContext {
  readonly aead: Aead;
  readonly vaultId: Uint8Array;
  readonly random: RandomSource;
}

/** Number of chunks that a file of `sizeBytes` takes: one at least, so that an empty file is one too. */
export function chunksFor(sizeBytes: number): number {
  return Math.max(1, Math.ceil(sizeBytes / CHUNK_BYTES));
}

/** One attachment's key and what its parts are bound to. Dispose it when the last chunk is done. */
export class AttachmentSealer implements Disposable {
  readonly #context: AttachmentContext;
  readonly #key: AttachmentKey;
  readonly #itemId: ItemId;
  readonly #id: string;
  readonly #epoch: number;

  /** `itemKey` is borrowed. */
  constructor(
    context: AttachmentContext,
    input: { readonly itemId: ItemId; readonly id: string; readonly itemKey: OpenedItemKey },
  ) {
    const { itemId, id, itemKey } = input;
    this.#context = context;
    this.#itemId = itemId;
    this.#id = id;
    this.#epoch = itemKey.madeIn;
    this.#key = deriveKey(itemKey.key, { label: 'attachment', salt: id16(id) });
  }

  /** A chunk; the last one is padded to its bucket. `plaintext` stays the caller's to erase. */
  sealChunk(index: number, plaintext: Uint8Array, isLast: boolean): Uint8Array<ArrayBuffer> {
    const { aead, random } = this.#context;
    const padded = isLast ? padTail(plaintext) : plaintext;
    if (!isLast && plaintext.length !== CHUNK_BYTES) throw new Error('attachment: a short chunk');
    const aad = this.#encodeAad('attachmentChunk', concatBytes(u32(index), u8(isLast ? 1 : 0)));
    const sealed = aead.seal(this.#key, { plaintext: padded, aad, random });
    if (isLast) padded.fill(0);
    return sealed;
  }

  /** Throws `vault/attachment-damaged`. `length` is what the head says of this chunk; the caller owns the bytes. */
  openChunk(
    sealed: Uint8Array,
    place: { readonly index: number; readonly isLast: boolean; readonly length: number },
  ): Uint8Array {
    const { index, isLast, length } = place;
    const aad = this.#encodeAad('attachmentChunk', concatBytes(u32(index), u8(isLast ? 1 : 0)));
    const plaintext = this.#open(sealed, aad);
    const expected = isLast ? tailBucket(length) : CHUNK_BYTES;
    if (plaintext.length !== expected) throw damaged('length');
    if (plaintext.subarray(length).some((byte) => byte !== 0)) throw damaged('padding');
    return plaintext.subarray(0, length);
  }

  sealHead(row: Omit<SealedAttachment, 'sealed'>, head: AttachmentHead): SealedAttachment {
    const { aead, random } = this.#context;
    const plaintext = concatBytes(u64(head.sizeBytes), u32(head.chunks));
    const aad = this.#encodeAad('attachmentHead', u64(row.number), row.revision);
    return { ...row, sealed: aead.seal(this.#key, { plaintext, aad, random }) };
  }

  /** Throws `vault/attachment-damaged`. */
  openHead(row: SealedAttachment): AttachmentHead {
    const aad = this.#encodeAad('attachmentHead', u64(row.number), row.revision);
    const head = parseHead(this.#open(row.sealed, aad));
    if (head.chunks !== chunksFor(head.sizeBytes)) throw damaged('head');
    return head;
  }

  [Symbol.dispose](): void {
    this.#key.dispose();
  }

  #open(sealed: Uint8Array, aad: Uint8Array): Uint8Array {
    try {
      return this.#context.aead.open(this.#key, { sealed, aad });
    } catch (error) {
      if (error instanceof CryptoError) throw damaged('seal', error);
      throw error;
    }
  }

  /** Chunks belong to the attachment, not to a revision: theirs is zero. */
  #encodeAad(
    role: 'attachmentHead' | 'attachmentChunk',
    extra: Uint8Array,
    revision: Revision = NO_REVISION,
  ): Uint8Array<ArrayBuffer> {
    const { vaultId } = this.#context;
    const bound = { vaultId, epoch: this.#epoch, revision, schema: SCHEMA };
    const named = concatBytes(id16(this.#id), extra);
    return encodeAad({
      ...bound,
      objectType: 'attachment',
      itemId: this.#itemId,
      role,
      extra: named,
    });
  }
}

const NO_REVISION: Revision = { lamport: 0, deviceId: '0'.repeat(32) as Revision['deviceId'] };

/** Length of chunk `index` of a file of `sizeBytes`. */
export function chunkLength(sizeBytes: number, index: number): number {
  return Math.min(CHUNK_BYTES, sizeBytes - index * CHUNK_BYTES);
}

/** How many bytes the chunks of a file take, sealed. */
export function sealedSize(sizeBytes: number): number {
  const chunks = chunksFor(sizeBytes);
  const tail = tailBucket(sizeBytes - (chunks - 1) * CHUNK_BYTES);
  return (chunks - 1) * (CHUNK_BYTES + AEAD_OVERHEAD_BYTES) + tail + AEAD_OVERHEAD_BYTES;
}

function parseHead(bytes: Uint8Array): AttachmentHead {
  try {
    const reader = new FixedWidthReader(bytes);
    const head = { sizeBytes: reader.u64(), chunks: reader.u32() };
    reader.end();
    return head;
  } catch (error) {
    throw damaged('head', error);
  }
}

function tailBucket(length: number): number {
  return Math.min(CHUNK_BYTES, bucketFor(length));
}

function padTail(plaintext: Uint8Array): Uint8Array {
  const padded = new Uint8Array(tailBucket(plaintext.length));
  padded.set(plaintext);
  return padded;
}

function damaged(step: string, cause?: unknown): VaultError {
  return new VaultError('vault/attachment-damaged', `attachment: its ${step} is not right`, {
    cause,
    details: { step },
  });
}
