// The body of an encrypted export: all entries, then the content of all files they name, then zeros up to a bucket.
// Written and read as a stream; no more of it is in memory than one entry or one chunk. docs/export-format.md, "Body".
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { ITEM_KINDS, type ItemKind } from '../../shared/model/item-kinds.ts';
import { ITEM_SCHEMA } from '../vault/item-codec.ts';
import { VaultError } from '../vault/vault-error.ts';
import {
  damagedEntry,
  EntryDecoder,
  EntryEncoder,
  type ExportedEntry,
  type ExportEntry,
  type FileRef,
} from './export-entry.ts';
import {
  assertEntriesFit,
  bodyBytes,
  EXPORT_SCHEMA,
  type ExportManifest,
} from './export-manifest.ts';
import { CHUNK_BYTES } from './export-stream.ts';
import { countKinds } from './importer.ts';
import { PartCutter } from './part-cutter.ts';
import { TransferError } from './transfer-error.ts';

/** What is to be exported; it is gone through twice and must be the same both times. */
export interface ExportContent {
  /** In the order in which they are written: a login before its passkeys. */
  readonly ids: readonly ItemId[];
  /** Null for an item that cannot be exported. */
  open(id: ItemId): ExportEntry | null;
  /** The whole of a file in pieces of at most 64 KiB, each for the taker to erase. */
  file(itemId: ItemId, attachment: string): Iterable<Uint8Array>;
}

/** What an export will hold, once everything has been looked at; the length of the whole follows from it. */
export interface ExportPlan {
  readonly manifest: ExportManifest;
  /** Those that can be exported. */
  readonly ids: readonly ItemId[];
  readonly files: readonly FileRef[];
}

/** Opens every item once. `breathe` is called between them. Throws `transfer/too-large`. */
export async function planExport(
  content: ExportContent,
  breathe: () => Promise<void>,
): Promise<ExportPlan> {
  const encoder = new EntryEncoder();
  const kinds: ItemKind[] = [];
  const ids: ItemId[] = [];
  let entryBytes = 0;
  for (const id of content.ids) {
    const entry = content.open(id);
    if (entry !== null) {
      entryBytes += measure(encoder, entry);
      kinds.push(entry.item.kind);
      ids.push(id);
    }
    await breathe();
  }
  const { files } = encoder;
  const fileBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const schemas = { schema: EXPORT_SCHEMA, itemSchema: ITEM_SCHEMA };
  const counts = countKinds(kinds);
  const manifest = { ...schemas, counts, entryBytes, files: files.length, fileBytes };
  assertEntriesFit(manifest);
  return { manifest, ids, files };
}

/**
 * The body in chunks of 64 KiB, in one buffer that is filled again each time; the last one is what remains. Throws
 * `vault/item-damaged` and what `content` throws where something no longer opens.
 */
export function* bodyChunksOf(plan: ExportPlan, content: ExportContent): Generator<Uint8Array> {
  const chunk = new Uint8Array(CHUNK_BYTES);
  let filled = 0;
  try {
    for (const piece of piecesOf(plan, content)) {
      for (let taken = 0; taken < piece.length;) {
        const part = piece.subarray(taken, taken + CHUNK_BYTES - filled);
        chunk.set(part, filled);
        filled += part.length;
        taken += part.length;
        if (filled < CHUNK_BYTES) continue;
        yield chunk;
        filled = 0;
      }
      piece.fill(0);
    }
    if (filled > 0) yield chunk.subarray(0, filled);
  } finally {
    chunk.fill(0);
  }
}

/** Reads a body as it comes out of its chunks. */
export class BodyReader {
  readonly #manifest: ExportManifest;
  readonly #decoder: EntryDecoder;
  readonly #parts = new PartCutter();
  readonly #entries: ExportedEntry[] = [];
  #json: Uint8Array | null = null;
  #offset = 0;
  #failure: TransferError | null = null;

  constructor(manifest: ExportManifest) {
    this.#manifest = manifest;
    this.#decoder = new EntryDecoder(manifest.itemSchema);
  }

  /** The next bytes of the body; they stay the caller's. What is wrong with them is said at the end. */
  push(bytes: Uint8Array): void {
    const { entryBytes, fileBytes } = this.#manifest;
    const ofEntries = Math.max(0, entryBytes - this.#offset);
    const toPadding = Math.max(0, entryBytes + fileBytes - this.#offset);
    this.#offset += bytes.length;
    if (this.#failure !== null) return;
    try {
      this.#takeEntries(bytes.subarray(0, ofEntries));
      if (bytes.subarray(toPadding).some((byte) => byte !== 0)) {
        throw new TransferError('transfer/damaged', 'export: its padding is not zeros');
      }
    } catch (error) {
      if (!(error instanceof TransferError)) throw error;
      this.#failure = error;
    }
  }

  /**
   * The entries, once the stream has been verified. Throws `transfer/unsupported-version` for items of a newer schema
   * and `transfer/damaged` where body and manifest are not what an export writes; then no private key stays behind.
   */
  finish(): readonly ExportedEntry[] {
    try {
      if (this.#failure !== null) throw this.#failure;
      this.#assertAsPromised();
      return this.#entries;
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  /** Gives up what was read. */
  [Symbol.dispose](): void {
    this.#json?.fill(0);
    this.#parts[Symbol.dispose]();
    for (const { privateKey } of this.#entries) privateKey?.dispose();
  }

  #takeEntries(bytes: Uint8Array): void {
    for (const part of this.#parts.push(bytes, this.#manifest.entryBytes)) {
      if (this.#json === null) {
        this.#json = part;
        continue;
      }
      this.#entries.push(this.#decoder.decode(this.#json, part));
      for (const erased of [this.#json, part]) erased.fill(0);
      this.#json = null;
    }
  }

  #assertAsPromised(): void {
    const { counts, files, fileBytes } = this.#manifest;
    if (this.#offset !== bodyBytes(this.#manifest)) throw damagedEntry('a body of another length');
    if (this.#json !== null || !this.#parts.isBetween) throw damagedEntry('a cut entry');
    const found = this.#decoder.files;
    const total = found.reduce((sum, size) => sum + size, 0);
    const isPromised =
      found.length === files &&
      total === fileBytes &&
      ITEM_KINDS.every((kind) => counts[kind] === this.#decoder.countOf(kind));
    if (!isPromised) throw damagedEntry('a number of items or files');
  }
}

function* piecesOf({ manifest, ids, files }: ExportPlan, content: ExportContent) {
  const encoder = new EntryEncoder();
  let written = 0;
  for (const id of ids) {
    const entry = content.open(id);
    if (entry === null) throw new VaultError('vault/item-damaged', 'export: no longer opens');
    written += yield* counted([encode(encoder, entry)]);
  }
  if (written !== manifest.entryBytes) throw new Error('export: its items are not as planned');
  for (const { itemId, attachment, sizeBytes } of files) {
    const size = yield* counted(content.file(itemId, attachment));
    if (size !== sizeBytes) throw new Error('export: a file is not as planned');
    written += size;
  }
  const zeros = new Uint8Array(CHUNK_BYTES);
  for (let left = bodyBytes(manifest) - written; left > 0; left -= CHUNK_BYTES) {
    yield zeros.subarray(0, left);
  }
}

/** Passes pieces on; their length altogether is what it returns. */
function* counted(pieces: Iterable<Uint8Array>): Generator<Uint8Array, number> {
  let length = 0;
  for (const piece of pieces) {
    length += piece.length;
    yield piece;
  }
  return length;
}

function measure(encoder: EntryEncoder, entry: ExportEntry): number {
  const bytes = encode(encoder, entry);
  bytes.fill(0);
  return bytes.length;
}

function encode(encoder: EntryEncoder, entry: ExportEntry): Uint8Array {
  try {
    return encoder.encode(entry);
  } finally {
    entry.privateKey?.dispose();
  }
}
