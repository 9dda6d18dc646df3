// The files inside an encrypted export that has been verified: each read from the file once more, chunk by chunk, when it
// is taken. What was changed since then does not open.
// SPDX-License-Identifier: MIT

import type { ExportedEntry } from './export-entry.ts';
import type { ExportManifest } from './export-manifest.ts';
import { CHUNK_BYTES, openChunk, type StreamContext } from './export-stream.ts';
import type { ImportSource } from './import-source.ts';
import { chunksAround, sealedBodyChunks } from './sealed-chunks.ts';

interface Place {
  readonly offset: number;
  readonly sizeBytes: number;
}

export class ExportFiles implements Disposable {
  readonly #source: ImportSource;
  readonly #context: StreamContext;
  readonly #manifest: ExportManifest;
  /** Where in the body each file lies, in the order of their numbers. */
  readonly #places: readonly Place[];

  /** Owns the key of `context`. */
  constructor(
    source: ImportSource,
    context: StreamContext,
    manifest: ExportManifest,
    entries: readonly ExportedEntry[],
  ) {
    this.#source = source;
    this.#context = context;
    this.#manifest = manifest;
    let offset = manifest.entryBytes;
    this.#places = entries.flatMap(({ item }) =>
      item.attachments.map(({ sizeBytes }) => {
        const place = { offset, sizeBytes };
        offset += sizeBytes;
        return place;
      }),
    );
  }

  /**
   * The content of a file, in pieces for the taker to erase. `number` is what stands in the place of its id. Throws
   * `transfer/damaged` and `transfer/truncated` for a file that is no longer what was verified.
   */
  async *read(number: number): AsyncGenerator<Uint8Array> {
    const place = this.#places[number - 1];
    if (place === undefined) throw new Error('export: it has no file of this number');
    const { offset, sizeBytes } = place;
    const end = offset + sizeBytes;
    if (sizeBytes === 0) return;
    const around = chunksAround(offset, end);
    for await (const { number: at, sealed } of sealedBodyChunks(
      this.#source,
      this.#manifest,
      around,
    )) {
      // The manifest is chunk 0 of the stream.
      const plaintext = openChunk(this.#context, sealed, at + 1);
      const start = at * CHUNK_BYTES;
      try {
        yield plaintext.subarray(Math.max(0, offset - start), end - start);
      } finally {
        plaintext.fill(0);
      }
    }
  }

  [Symbol.dispose](): void {
    this.#context.key.dispose();
  }
}
