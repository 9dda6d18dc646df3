// The manifest of an encrypted export: what its body holds and how long it is, read before the body is.
// SPDX-License-Identifier: MIT

import { z } from 'zod';
import { fromUtf8, toUtf8 } from '../../shared/bytes.ts';
import { toCanonicalJson } from '../../shared/canonical-json.ts';
import type { ItemKind } from '../../shared/model/item.ts';
import { pad, unpad } from '../crypto/padding.ts';
import { TransferError } from './transfer-error.ts';

/** Schema of the manifest and of how entries follow each other in the body. */
export const EXPORT_SCHEMA = 1;

/** The manifest's plaintext always has this size: the smallest bucket. */
export const MANIFEST_BYTES = 256;

export interface ExportManifest {
  readonly schema: number;
  /** Encoding of the items, as the vault counts it. */
  readonly itemSchema: number;
  /** Bytes of the padded body. */
  readonly bodyBytes: number;
  readonly counts: Readonly<Record<ItemKind, number>>;
}

const count = z.int().min(0).max(0xffff_ffff);
const shape = z.strictObject({
  schema: z.literal(EXPORT_SCHEMA),
  itemSchema: z.int().min(1).max(0xffff),
  bodyBytes: z.int().min(1).max(0xffff_ffff),
  counts: z.strictObject({ login: count, passkey: count }),
});

/** Canonical JSON, padded. */
export function encodeExportManifest(manifest: ExportManifest): Uint8Array<ArrayBuffer> {
  const padded = pad(toUtf8(toCanonicalJson(manifest)));
  if (padded.length !== MANIFEST_BYTES) throw new Error('export manifest: outgrew its chunk');
  return padded;
}

/** Throws `transfer/unsupported-version` for a newer schema, `transfer/damaged` for anything but what we write. */
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
  return parsed.data;
}

function readText(bytes: Uint8Array): string {
  try {
    return fromUtf8(unpad(bytes));
  } catch (cause) {
    throw notAManifest(cause);
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notAManifest(cause);
  }
}

function notAManifest(cause?: unknown): TransferError {
  return new TransferError('transfer/damaged', 'export: its first chunk is not a manifest', {
    cause,
  });
}
