// VaultAttachments: files of items, written and read as streams of chunks. A file is there once its item names it;
// chunks of one that was given up, or cut off by a crash, are taken away.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { joinBytes } from '../../shared/bytes.ts';
import { MAX_ATTACHMENT_BYTES } from '../../shared/model/field-limits.ts';
import {
  type AttachmentContext,
  type AttachmentHead,
  AttachmentSealer,
  assertWhole,
  CHUNK_BYTES,
  ChunkDigest,
  chunkLength,
  chunksFor,
  paddedLength,
} from './attachment-sealer.ts';
import { allAttachments } from './scan-rows.ts';
import type { SealedAttachment } from './sealed-attachment.ts';
import { isNamedBy, type KeyRef, refOf, type SealedItemKeys } from './sealed-item.ts';
import { VaultError } from './vault-error.ts';
import type { ItemSealer } from './item-sealer.ts';
import type { VaultState } from './vault-state.ts';
import type { VaultStore } from './vault-store.ts';

/** How many chunks are made durable at once: 1 MiB. */
const CHUNKS_PER_WRITE = 16;

export class VaultAttachments {
  readonly #state: VaultState;
  readonly #context: AttachmentContext;

  constructor(state: VaultState, context: AttachmentContext) {
    this.#state = state;
    this.#context = context;
  }

  /** Begins a file of the item that has `keys`, under them. `id`: 16 random bytes in hex. */
  write(keys: SealedItemKeys, id: string): AttachmentWriter {
    const itemId = keys.id;
    const sealer = this.#sealer(keys, itemId, id);
    return new AttachmentWriter(this.#state, { id, itemId, ref: refOf(keys), sealer });
  }

  /** Throws `vault/attachment-not-found`, `vault/attachment-damaged`. Dispose it when read. */
  read(itemId: ItemId, id: string): AttachmentReader {
    const { store, epoch } = this.#state;
    return openAttachment({ store, items: epoch.items, context: this.#context }, itemId, id);
  }

  /** Every file that lies there for an item, also those that only an older revision names. */
  rows(itemId: ItemId): readonly SealedAttachment[] {
    return this.#state.store.loadAttachments(itemId);
  }

  /** Every file of the vault. */
  all(): Iterable<SealedAttachment> {
    return allAttachments(this.#state.store);
  }

  /** Removes files for good. Durable when it returns. */
  remove(rows: readonly SealedAttachment[]): void {
    if (rows.length === 0) return;
    this.#state.commit(
      { removedAttachments: rows.map(({ number }) => number) },
      rows.map((row) => ({ of: 'attachment', row }) as const),
    );
  }

  #sealer(keys: SealedItemKeys, itemId: ItemId, id: string): AttachmentSealer {
    using itemKey = this.#state.epoch.items.openKey(keys);
    return new AttachmentSealer(this.#context, { itemId, id, itemKey });
  }
}

/** Where files can be read: the open vault, or a copy of it. */
export interface AttachmentSource {
  readonly store: VaultStore;
  readonly items: ItemSealer;
  readonly context: AttachmentContext;
}

/** Throws `vault/attachment-not-found`, `vault/attachment-damaged`. Dispose it when read. */
export function openAttachment(
  { store, items, context }: AttachmentSource,
  itemId: ItemId,
  id: string,
): AttachmentReader {
  const row = store.loadAttachments(itemId).find((one) => one.id === id);
  const keys = store.loadKeys(itemId).find((one) => row !== undefined && isNamedBy(one, row));
  if (row === undefined || keys === undefined) {
    throw new VaultError('vault/attachment-not-found', 'attachment: not in this vault');
  }
  using itemKey = items.openKey(keys);
  const sealer = new AttachmentSealer(context, { itemId, id, itemKey });
  try {
    return new AttachmentReader(store, sealer, row);
  } catch (error) {
    sealer[Symbol.dispose]();
    throw error;
  }
}

interface WriterParts {
  readonly id: string;
  readonly itemId: ItemId;
  readonly ref: KeyRef;
  readonly sealer: AttachmentSealer;
}

/** A file on its way in. It holds at most 1 MiB of it. */
export class AttachmentWriter {
  readonly id: string;
  readonly #state: VaultState;
  readonly #parts: WriterParts;
  readonly #number: number;
  /** Sealed and not written yet. */
  #sealed: Uint8Array[] = [];
  #written = 0;
  readonly #digest = new ChunkDigest();
  #rest: Uint8Array = new Uint8Array(0);
  #sizeBytes = 0;

  constructor(state: VaultState, parts: WriterParts) {
    this.id = parts.id;
    this.#state = state;
    this.#parts = parts;
    this.#number = state.store.newAttachmentNumber();
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Takes the next bytes; they stay the caller's. Throws `vault/too-large`, `vault/write-failed`. */
  write(bytes: Uint8Array): void {
    this.#sizeBytes += bytes.length;
    if (this.#sizeBytes > MAX_ATTACHMENT_BYTES) {
      throw new VaultError('vault/too-large', 'attachment: larger than a vault may hold', {
        details: { maxBytes: MAX_ATTACHMENT_BYTES },
      });
    }
    let rest = joinBytes([this.#rest, bytes]);
    this.#rest.fill(0);
    // One byte stays behind: only the end tells which chunk is the last.
    while (rest.length > CHUNK_BYTES) {
      this.#seal(rest.subarray(0, CHUNK_BYTES), false);
      rest = rest.subarray(CHUNK_BYTES);
    }
    // A copy, so that all that came in at once is not held on to.
    this.#rest = rest.slice();
    rest.fill(0);
  }

  /** The head that goes into the transaction in which the item comes to name the file. */
  finish(): SealedAttachment {
    const sizeBytes = this.#sizeBytes;
    const chunks = chunksFor(sizeBytes);
    for (let index = this.#written + this.#sealed.length; index < chunks; index += 1) {
      const padded = new Uint8Array(paddedLength(sizeBytes, index));
      padded.set(this.#rest);
      this.#rest.fill(0);
      this.#rest = new Uint8Array(0);
      this.#seal(padded, index === chunks - 1);
    }
    this.#flush();
    const { id, itemId, ref, sealer } = this.#parts;
    const row = { number: this.#number, id, itemId, ...ref, revision: this.#state.next };
    const head = { sizeBytes, chunks, digest: this.#digest.value };
    const sealed = sealer.sealHead(row, head);
    sealer[Symbol.dispose]();
    return sealed;
  }

  /** Takes away what has been written. */
  abort(): void {
    this.#parts.sealer[Symbol.dispose]();
    this.#rest.fill(0);
    this.#state.store.removeChunks(this.#number);
  }

  #seal(plaintext: Uint8Array, isLast: boolean): void {
    const index = this.#written + this.#sealed.length;
    const sealed = this.#parts.sealer.sealChunk(index, plaintext, isLast);
    plaintext.fill(0);
    this.#digest.add(sealed);
    this.#sealed.push(sealed);
    if (this.#sealed.length >= CHUNKS_PER_WRITE) this.#flush();
  }

  #flush(): void {
    if (this.#sealed.length === 0) return;
    this.#state.store.writeChunks(this.#number, this.#written, this.#sealed);
    this.#written += this.#sealed.length;
    this.#sealed = [];
  }
}

/** A file on its way out. */
export class AttachmentReader implements Disposable {
  readonly head: AttachmentHead;
  readonly #store: VaultStore;
  readonly #sealer: AttachmentSealer;
  readonly #row: SealedAttachment;

  /** Owns the sealer once it is made. Throws `vault/attachment-damaged`. */
  constructor(store: VaultStore, sealer: AttachmentSealer, row: SealedAttachment) {
    this.#store = store;
    this.#sealer = sealer;
    this.#row = row;
    this.head = sealer.openHead(row);
  }

  /**
   * The file in order, in parts for the caller to erase. Throws `vault/attachment-damaged`, also after the last part: only
   * who reads to the end knows that the file is whole.
   */
  *chunks(): Iterable<Uint8Array> {
    const { sizeBytes, chunks } = this.head;
    const digest = new ChunkDigest();
    for (let index = 0; index < chunks; index += 1) {
      const sealed = this.#store.readChunk(this.#row.number, index);
      if (sealed === null) {
        throw new VaultError('vault/attachment-damaged', 'attachment: a chunk is gone', {
          details: { step: 'chunk', index },
        });
      }
      digest.add(sealed);
      const part = this.#sealer.openChunk(sealed, index, sizeBytes);
      if (index === 0 || chunkLength(sizeBytes, index) > 0) yield part;
    }
    assertWhole(this.head, digest);
  }

  [Symbol.dispose](): void {
    this.#sealer[Symbol.dispose]();
  }
}
