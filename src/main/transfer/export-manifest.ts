// The manifest of an encrypted export: what its body holds and how long each part of it is, read before the body is.
// The length of the whole file follows from it.
// SPDX-License-Identifier: MIT

import { z } from 'zod';
import { concatBytes, fromUtf8, toUtf8 } from '../../shared/bytes.ts';
import { toCanonicalJson } from '../../shared/canonical-json.ts';
import { ITEM_KINDS, type ItemKind } from '../../shared/model/item-kinds.ts';
import { bucketFor } from '../crypto/padding.ts';
import { FixedWidthReader, u32 } from '../vault/fixed-width.ts';
import { TransferError } from './transfer-error.ts';

/** Schema of the manifest and of how entries and files follow each other in the body. */
export const EXPORT_SCHEMA = 1;

/** The manifest's plaintext always has this size. */
export const MANIFEST_BYTES = 512;

/** Entries are held in memory while they are looked through; files never are. */
export const MAX_ENTRY_BYTES = 512 * 1024 * 1024;

export type KindCounts = Readonly<Record<ItemKind, number>>;

export interface ExportManifest {
  readonly schema: number;
  /** Encoding of the items, as the vault counts it. */
  readonly itemSchema: number;
  readonly counts: KindCounts;
  /** Bytes of all entries. */
  readonly entryBytes: number;
  /** How many files the entries name. */
  readonly files: number;
  /** Bytes of all files. */
  readonly fileBytes: number;
}

const count = z.int().min(0).max(0xffff_ffff);
const shape = z.strictObject({
  schema: z.literal(EXPORT_SCHEMA),
  itemSchema: z.int().min(1).max(0xffff),
  counts: z.strictObject(
    Object.fromEntries(ITEM_KINDS.map((kind) => [kind, count])) as Record<ItemKind, typeof count>,
  ),
  entryBytes: count,
  files: count,
  // So that chunks can be counted in 32 bits.
  fileBytes: z
    .int()
    .min(0)
    .max(2 ** 46),
});

/** The body: entries, files and padding. */
export function bodyBytes({ entryBytes, fileBytes }: ExportManifest): number {
  return bucketFor(entryBytes + fileBytes);
}

/** `length u32 ‖ canonical JSON ‖ zeros`. */
export function encodeExportManifest(manifest: ExportManifest): Uint8Array<ArrayBuffer> {
  const json = toUtf8(toCanonicalJson(shape.parse(manifest)));
  const zeros = new Uint8Array(MANIFEST_BYTES - 4 - json.length);
  return concatBytes(u32(json.length), json, zeros);
}

/**
 * Throws `transfer/unsupported-version` for a newer schema, `transfer/too-large` for more entries than are read, and
 * `transfer/damaged` for anything but what we write.
 */
export function parseExportManifest(bytes: Uint8Array): ExportManifest {
  const text = readText(bytes);
  const value = readJson(text);
  const { schema } = z.object({ schema: z.unknown() }).catch({ schema: null }).parse(value);
  if (typeof schema === 'number' && schema > EXPORT_SCHEMA) {
    throw new TransferError(
      'transfer/unsupported-version',
      `export: expected schema ${EXPORT_SCHEMA}, got ${schema}`,
      { details: { schema } },
    );
  }
  const parsed = shape.safeParse(value);
  if (!parsed.success || toCanonicalJson(parsed.data) !== text) throw notAManifest();
  assertEntriesFit(parsed.data);
  return parsed.data;
}

/** Throws `transfer/too-large`. */
export function assertEntriesFit({ entryBytes }: Pick<ExportManifest, 'entryBytes'>): void {
  if (entryBytes <= MAX_ENTRY_BYTES) return;
  throw new TransferError(
    'transfer/too-large',
    `export: expected at most ${MAX_ENTRY_BYTES} bytes of entries, got ${entryBytes}`,
    { details: { entryBytes, maxBytes: MAX_ENTRY_BYTES } },
  );
}

function readText(bytes: Uint8Array): string {
  try {
    if (bytes.length !== MANIFEST_BYTES) throw new TypeError('another length');
    const reader = new FixedWidthReader(bytes);
    const text = fromUtf8(reader.view(reader.u32()));
    if (bytes.subarray(reader.offset).some((byte) => byte !== 0)) throw new TypeError('not zeros');
    return text;
  } catch (cause) {
    throw notAManifest(cause);
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The reason quotes what was read, so it is not kept as cause.
    throw notAManifest();
  }
}

function notAManifest(cause?: unknown): TransferError {
  return new TransferError('transfer/damaged', 'export: its first chunk is not a manifest', {
    cause,
  });
}
