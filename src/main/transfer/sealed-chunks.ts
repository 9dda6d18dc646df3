// The sealed chunks of an export's body, read from the file in blocks.
// SPDX-License-Identifier: MIT

import { EXPORT_HEADER_BYTES } from './export-header.ts';
import { bodyBytes, type ExportManifest } from './export-manifest.ts';
import {
  bodyChunks,
  CHUNK_BYTES,
  SEALED_CHUNK_BYTES,
  SEALED_MANIFEST_BYTES,
} from './export-stream.ts';
import type { ImportSource } from './import-source.ts';
import { TransferError } from './transfer-error.ts';
import { AEAD_OVERHEAD_BYTES } from '../crypto/aead.ts';

/** How many are read at once: 1 MiB. */
const CHUNKS_PER_READ = 16;
const BODY_AT = EXPORT_HEADER_BYTES + SEALED_MANIFEST_BYTES;

export interface SealedChunk {
  /** Its place in the body, from 0. */
  readonly number: number;
  readonly sealed: Uint8Array;
  /** Where in the file it ends. */
  readonly end: number;
}

/** Chunks `first` to `end`, the latter not among them. Throws `transfer/truncated` where the file ends before. */
export async function* sealedBodyChunks(
  source: ImportSource,
  manifest: ExportManifest,
  { first, end }: { readonly first: number; readonly end: number },
): AsyncGenerator<SealedChunk> {
  const chunks = bodyChunks(bodyBytes(manifest));
  const sealedBody = bodyBytes(manifest) + chunks * AEAD_OVERHEAD_BYTES;
  const startOf = (number: number): number =>
    BODY_AT + Math.min(number * SEALED_CHUNK_BYTES, sealedBody);
  for (let from = first; from < end; from += CHUNKS_PER_READ) {
    const to = Math.min(end, from + CHUNKS_PER_READ);
    const at = startOf(from);
    const block = await readSealed(source, at, startOf(to) - at);
    for (let number = from; number < to; number += 1) {
      const [start, stop] = [startOf(number), startOf(number + 1)];
      yield { number, sealed: block.subarray(start - at, stop - at), end: stop };
    }
  }
}

/** Exactly `length` bytes. Throws `transfer/truncated`. */
export async function readSealed(
  source: ImportSource,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const bytes = await source.read(offset, length);
  if (bytes.length === length) return bytes;
  throw new TransferError(
    'transfer/truncated',
    `export: expected ${length} bytes at ${offset}, got ${bytes.length}`,
  );
}

/** The chunks that hold the bytes from `offset` to `end` of the body. */
export function chunksAround(offset: number, end: number): { first: number; end: number } {
  return { first: Math.floor(offset / CHUNK_BYTES), end: Math.ceil(end / CHUNK_BYTES) };
}
