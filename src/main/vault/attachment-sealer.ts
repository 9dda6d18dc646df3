// Attachments: a file padded as a whole, in chunks of 64 KiB, each sealed by itself under a key of the attachment, bound to
// their place and to whether they are the last; so a file is written and read as a stream, and none of it can be cut,
// moved or swapped. docs/vault-format.md, "Attachments".
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { concatBytes, equalBytes } from '../../shared/bytes.ts';
import { AEAD_OVERHEAD_BYTES, type Aead } from '../crypto/aead.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { sha256 } from '../crypto/digest.ts';
import { type AttachmentKey, deriveKey } from '../crypto/keys.ts';
import { bucketFor } from '../crypto/padding.ts';
import type { RandomSource } from '../crypto/random.ts';
import { MAX_ATTACHMENT_BYTES } from '../../shared/model/field-limits.ts';
import { encodeAad } from './aad.ts';
import { FixedWidthReader, id16, u32, u64, u8 } from './fixed-width.ts';
import type { OpenedItemKey } from './item-sealer.ts';
import type { SealedAttachment } from './sealed-attachment.ts';
import type { Revision } from './sealed-item.ts';
import { VaultError } from './vault-error.ts';

export const CHUNK_BYTES = 64 * 1024;
const SCHEMA = 1;
const DIGEST_BYTES = 32;

/** What the head of an attachment says. */
export interface AttachmentHead {
  readonly sizeBytes: number;
  readonly chunks: number;
  /** Of all chunks as they are sealed. */
  readonly digest: Uint8Array;
}

/** The digest of a file's sealed chunks, one after the other: `SHA-256(digest so far ‖ chunk)`, from 32 zero bytes on. */
export class ChunkDigest {
  #value: Uint8Array = new Uint8Array(DIGEST_BYTES);

  add(sealed: Uint8Array): void {
    this.#value = sha256(this.#value, sealed);
  }

  get value(): Uint8Array {
    return this.#value;
  }
}

export interface AttachmentContext {
  readonly aead: Aead;
  readonly vaultId: Uint8Array;
  readonly random: RandomSource;
}

/** Number of chunks that a file of `sizeBytes` takes, padded: one at least, so that an empty file is one too. */
export function chunksFor(sizeBytes: number): number {
  return Math.ceil(bucketFor(sizeBytes) / CHUNK_BYTES);
}

/** One attachment's key and what its parts are bound to. Dispose it when the last chunk is done. */
export class AttachmentSealer implements Disposable {
  readonly #context: AttachmentContext;
  readonly #key: AttachmentKey;
  readonly #itemId: ItemId;
  readonly #id: string;
  readonly #epoch: number;
  readonly #mayHold: OpenedItemKey['mayHold'];

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
    this.#mayHold = itemKey.mayHold;
    this.#key = deriveKey(itemKey.key, { label: 'attachment', salt: id16(id) });
  }

  /** A chunk of a file that is padded already. `plaintext` stays the caller's to erase. */
  sealChunk(index: number, plaintext: Uint8Array, isLast: boolean): Uint8Array<ArrayBuffer> {
    const { aead, random } = this.#context;
    if (!isLast && plaintext.length !== CHUNK_BYTES) throw new Error('attachment: a short chunk');
    const aad = this.#encodeAad('attachmentChunk', concatBytes(u32(index), u8(isLast ? 1 : 0)));
    return aead.seal(this.#key, { plaintext, aad, random });
  }

  /** What chunk `index` has of a file of `sizeBytes`; the caller owns the bytes. Throws `vault/attachment-damaged`. */
  openChunk(sealed: Uint8Array, index: number, sizeBytes: number): Uint8Array {
    const isLast = index === chunksFor(sizeBytes) - 1;
    const aad = this.#encodeAad('attachmentChunk', concatBytes(u32(index), u8(isLast ? 1 : 0)));
    const plaintext = this.#open(sealed, aad);
    const length = chunkLength(sizeBytes, index);
    if (plaintext.length !== paddedLength(sizeBytes, index)) throw damaged('length');
    if (!plaintext.subarray(length).every((byte) => byte === 0)) throw damaged('padding');
    return plaintext.subarray(0, length);
  }

  sealHead(row: Omit<SealedAttachment, 'sealed'>, head: AttachmentHead): SealedAttachment {
    const { aead, random } = this.#context;
    const plaintext = concatBytes(u64(head.sizeBytes), u32(head.chunks), head.digest);
    const aad = this.#encodeAad('attachmentHead', NOTHING_MORE, row.revision);
    return { ...row, sealed: aead.seal(this.#key, { plaintext, aad, random }) };
  }

  /** Throws `vault/attachment-damaged`. */
  openHead(row: SealedAttachment): AttachmentHead {
    const aad = this.#encodeAad('attachmentHead', NOTHING_MORE, row.revision);
    const plaintext = this.#open(row.sealed, aad);
    if (!this.#mayHold(row.sealed)) throw damaged('former-key');
    const head = parseHead(plaintext);
    if (head.sizeBytes > MAX_ATTACHMENT_BYTES || head.chunks !== chunksFor(head.sizeBytes)) {
      throw damaged('head');
    }
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

const NOTHING_MORE = new Uint8Array(0);
const NO_REVISION: Revision = { lamport: 0, deviceId: '0'.repeat(32) as Revision['deviceId'] };

/** How much of a file of `sizeBytes` lies in chunk `index`: nothing where it is padding alone. */
export function chunkLength(sizeBytes: number, index: number): number {
  return lengthWithin(sizeBytes, index);
}

/** How long chunk `index` of a file of `sizeBytes` is with its padding. */
export function paddedLength(sizeBytes: number, index: number): number {
  return lengthWithin(bucketFor(sizeBytes), index);
}

function lengthWithin(total: number, index: number): number {
  return Math.max(0, Math.min(CHUNK_BYTES, total - index * CHUNK_BYTES));
}

/** How many bytes the chunks of a file take, sealed. */
export function sealedSize(sizeBytes: number): number {
  return bucketFor(sizeBytes) + chunksFor(sizeBytes) * AEAD_OVERHEAD_BYTES;
}

/** Throws `vault/attachment-damaged` where the chunks that were read are not those that were written. */
export function assertWhole(head: AttachmentHead, read: ChunkDigest): void {
  if (!equalBytes(head.digest, read.value)) throw damaged('digest');
}

function parseHead(bytes: Uint8Array): AttachmentHead {
  try {
    const reader = new FixedWidthReader(bytes);
    const head = {
      ...{ sizeBytes: reader.u64(), chunks: reader.u32() },
      digest: reader.bytes(DIGEST_BYTES),
    };
    reader.end();
    return head;
  } catch (error) {
    throw damaged('head', error);
  }
}

function damaged(step: string, cause?: unknown): VaultError {
  return new VaultError('vault/attachment-damaged', `attachment: its ${step} is not right`, {
    cause,
    details: { step },
  });
}
