// The encrypted export: a whole vault in one file under a password of its own, passkeys with their private keys and
// attachments included. Format: docs/export-format.md. Nothing of a file is given out before all of it was verified.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';
import { type Aead, readyAead } from '../crypto/aead.ts';
import {
  assertKdfWithinBounds,
  DEFAULT_KDF,
  derivePasswordKey,
  KDF_SALT_BYTES,
  type KdfParameters,
  type PasswordKdf,
} from '../crypto/password-kdf.ts';
import type { RandomSource } from '../crypto/random.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import { bodyChunksOf, BodyReader, type ExportContent, type ExportPlan } from './export-body.ts';
import type { ExportedEntry } from './export-entry.ts';
import { ExportFiles } from './export-files.ts';
import {
  CONTAINER_ID_BYTES,
  deriveExportKeys,
  encodeExportHeader,
  encodeHeaderFields,
  EXPORT_HEADER_BYTES,
  type ExportHeader,
  headerMac,
  isHeaderOf,
  parseExportHeader,
} from './export-header.ts';
import {
  bodyBytes,
  encodeExportManifest,
  type ExportManifest,
  parseExportManifest,
} from './export-manifest.ts';
import {
  bodyChunks,
  SEALED_DIGEST_BYTES,
  SEALED_MANIFEST_BYTES,
  sealedStreamBytes,
  type StreamContext,
  StreamOpener,
  StreamSealer,
} from './export-stream.ts';
import { type ImportSource, sourceOf } from './import-source.ts';
import { readSealed, sealedBodyChunks } from './sealed-chunks.ts';
import { TransferError } from './transfer-error.ts';

export interface WriteExportOptions {
  /** The export's own password; lent until the last chunk has been taken. */
  readonly password: SecretBytes;
  readonly kdf?: KdfParameters;
  readonly random: RandomSource;
  readonly clock: Pick<Clock, 'now'>;
  /** Tests hand in a quick one. */
  readonly derive?: PasswordKdf;
}

export interface ReadExportOptions {
  readonly derive?: PasswordKdf;
  /** Hears how many bytes of the file have been verified. */
  readonly onProgress?: (bytes: number) => void;
}

export interface ExportContents {
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** In the order in which they were written. Whoever holds them owns the private keys. */
  readonly entries: readonly ExportedEntry[];
  /** Reads the file once more, and needs the source for as long. Dispose it when done. */
  readonly files: ExportFiles;
}

/** How long the file of a plan is. */
export function exportFileBytes({ manifest }: ExportPlan): number {
  return EXPORT_HEADER_BYTES + sealedStreamBytes(bodyBytes(manifest));
}

/**
 * The bytes of an export, header first; of its content no more than a chunk is held at once. Throws
 * `crypto/parameters-refused` for a KDF out of bounds, and what `content` throws where something no longer opens.
 */
export async function* writeExport(
  plan: ExportPlan,
  content: ExportContent,
  options: WriteExportOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const { password, random, kdf = DEFAULT_KDF, derive = derivePasswordKey } = options;
  assertKdfWithinBounds(kdf);
  const aead = await readyAead();
  const salt = random.bytes(KDF_SALT_BYTES);
  const containerId = random.bytes(CONTAINER_ID_BYTES);
  const fields = encodeHeaderFields({ kdf, salt, containerId, createdAt: options.clock.now() });
  using passwordKey = await derive(password, salt, kdf);
  using keys = deriveExportKeys(passwordKey, fields);
  const mac = headerMac(keys, fields);
  const context = { aead, key: keys.stream, containerId, headerMac: mac };
  const sealer = new StreamSealer(context, random);
  yield encodeExportHeader(fields, mac);
  yield sealer.next(encodeExportManifest(plan.manifest));
  for (const chunk of bodyChunksOf(plan, content)) yield sealer.next(chunk);
  yield sealer.last();
}

/**
 * What an export holds. Throws `transfer/not-recognised`, `transfer/unsupported-version`, `transfer/truncated`,
 * `transfer/damaged`, `transfer/too-large`, or what the source throws. Borrows the password; the KDF runs once, and
 * only for a sound header.
 */
export async function readExport(
  file: ImportSource | Uint8Array,
  password: SecretBytes,
  { derive = derivePasswordKey, onProgress = () => undefined }: ReadExportOptions = {},
): Promise<ExportContents | 'wrong-password'> {
  const source = file instanceof Uint8Array ? sourceOf(file) : file;
  const header = parseExportHeader(await source.read(0, EXPORT_HEADER_BYTES));
  using passwordKey = await derive(password, header.salt, header.kdf);
  using keys = deriveExportKeys(passwordKey, header.fields);
  if (!isHeaderOf(keys, header)) return 'wrong-password';
  const context = contextOf(await readyAead(), keys.stream, header);
  const { manifest, entries } = await readStream(source, context, onProgress);
  // Its key outlives those of this call: files are read when the entries have been taken.
  const files = new ExportFiles(
    source,
    { ...context, key: context.key.clone() },
    manifest,
    entries,
  );
  return { createdAt: header.createdAt, entries, files };
}

/** Opens every chunk once, in order, and gives out the entries when the last one has been verified. */
async function readStream(
  source: ImportSource,
  context: StreamContext,
  onProgress: (bytes: number) => void,
): Promise<{ readonly manifest: ExportManifest; readonly entries: readonly ExportedEntry[] }> {
  const opener = new StreamOpener(context);
  const first = await readSealed(source, EXPORT_HEADER_BYTES, SEALED_MANIFEST_BYTES);
  const manifest = parseExportManifest(opener.next(first));
  assertLength(source, manifest);
  const body = new BodyReader(manifest);
  try {
    const chunks = { first: 0, end: bodyChunks(bodyBytes(manifest)) };
    for await (const { sealed, end } of sealedBodyChunks(source, manifest, chunks)) {
      const plaintext = opener.next(sealed);
      body.push(plaintext);
      plaintext.fill(0);
      onProgress(end);
    }
    const lastAt = source.sizeBytes - SEALED_DIGEST_BYTES;
    opener.last(await readSealed(source, lastAt, SEALED_DIGEST_BYTES));
    return { manifest, entries: body.finish() };
  } catch (error) {
    body[Symbol.dispose]();
    throw error;
  }
}

function assertLength({ sizeBytes }: ImportSource, manifest: ExportManifest): void {
  const expected = EXPORT_HEADER_BYTES + sealedStreamBytes(bodyBytes(manifest));
  if (sizeBytes === expected) return;
  throw new TransferError(
    sizeBytes < expected ? 'transfer/truncated' : 'transfer/damaged',
    `export: expected ${expected} bytes, got ${sizeBytes}`,
  );
}

function contextOf(aead: Aead, key: SecretBytes, header: ExportHeader): StreamContext {
  return { aead, key, containerId: header.containerId, headerMac: header.mac };
}
