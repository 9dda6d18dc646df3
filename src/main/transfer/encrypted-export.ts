// The encrypted export: a whole vault in one file under a password of its own, passkeys with their private keys
// included. Format: docs/export-format.md. Nothing of a file is given out before all of it has been verified.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';
import { concatBytes } from '../../shared/bytes.ts';
import { readyAead } from '../crypto/aead.ts';
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
import {
  encodeExportBody,
  type ExportedEntry,
  type ExportEntry,
  parseExportBody,
} from './export-body.ts';
import {
  CONTAINER_ID_BYTES,
  deriveExportKeys,
  encodeExportHeader,
  encodeHeaderFields,
  EXPORT_HEADER_BYTES,
  headerMac,
  isHeaderOf,
  parseExportHeader,
} from './export-header.ts';
import { openStream, sealStream } from './export-stream.ts';
import { TransferError } from './transfer-error.ts';

/** Far above any vault; a stream that goes on is not read to its end. */
export const MAX_EXPORT_BYTES = 512 * 1024 * 1024;

export interface WriteExportOptions {
  /** The export's own password; lent until the last chunk has been taken. */
  readonly password: SecretBytes;
  readonly kdf?: KdfParameters;
  readonly random: RandomSource;
  readonly clock: Pick<Clock, 'now'>;
  /** Tests hand in a quick one. */
  readonly derive?: PasswordKdf;
}

export interface ExportContents {
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** In the order in which they were written. Whoever holds them owns the private keys. */
  readonly entries: readonly ExportedEntry[];
}

/**
 * The bytes of an export, header first. Entries are read at once, before the first bytes come out, each private
 * key only until the next entry is asked for. Throws `crypto/parameters-refused` for a KDF out of bounds.
 */
export async function* writeExport(
  entries: Iterable<ExportEntry>,
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
  const contents = encodeExportBody(entries);
  try {
    yield encodeExportHeader(fields, mac);
    yield* sealStream({ aead, key: keys.stream, containerId, headerMac: mac }, contents, random);
  } finally {
    contents.body.fill(0);
  }
}

/**
 * What an export holds. Throws `transfer/not-recognised`, `transfer/unsupported-version`, `transfer/truncated`,
 * `transfer/damaged` or `transfer/too-large`. Borrows the password; the KDF runs once, and only for a sound header.
 */
export async function readExport(
  source: AsyncIterable<Uint8Array> | Uint8Array,
  password: SecretBytes,
  options: { readonly derive?: PasswordKdf } = {},
): Promise<ExportContents | 'wrong-password'> {
  const { derive = derivePasswordKey } = options;
  const file = source instanceof Uint8Array ? source : await collect(source);
  const header = parseExportHeader(file);
  using passwordKey = await derive(password, header.salt, header.kdf);
  using keys = deriveExportKeys(passwordKey, header.fields);
  if (!isHeaderOf(keys, header)) return 'wrong-password';
  const context = {
    aead: await readyAead(),
    key: keys.stream,
    containerId: header.containerId,
    headerMac: header.mac,
  };
  const { manifest, body } = openStream(context, file.subarray(EXPORT_HEADER_BYTES));
  try {
    return { createdAt: header.createdAt, entries: parseExportBody(manifest, body) };
  } finally {
    body.fill(0);
  }
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of source) {
    length += part.length;
    if (length > MAX_EXPORT_BYTES) {
      throw new TransferError(
        'transfer/too-large',
        `export: expected at most ${MAX_EXPORT_BYTES} bytes`,
        { details: { maxBytes: MAX_EXPORT_BYTES } },
      );
    }
    parts.push(part);
  }
  return concatBytes(...parts);
}
