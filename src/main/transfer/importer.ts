// Importer: what every reader of a foreign file looks like to the rest, and the report it ends in.
// An importer is pure: bytes in, contents and an account of every row out. It stores nothing and fetches nothing.
// SPDX-License-Identifier: MIT

import type {
  ImportFormat,
  ImportNotice,
  ImportReport,
  SkippedRow,
} from '../../shared/model/transfer.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import type { LoginItem, PasskeyItem } from '../vault/item.ts';

/** A login without an id: whoever stores it makes a fresh one. */
export type ImportedLogin = Omit<LoginItem, 'id'>;

/** A passkey without an id, and its private key (PKCS#8) apart from it. */
export interface ImportedPasskey {
  readonly item: Omit<PasskeyItem, 'id'>;
  /** Owned by whoever holds the result; see {@link disposeImport}. */
  readonly privateKey: SecretBytes;
}

/** Port: what the open vault says of content that may be in it already. */
export interface KnownItems {
  hasLogin(fingerprint: string): boolean;
  hasPasskey(credentialId: Uint8Array): boolean;
}

export interface ImportRequest {
  /** The whole file; lent, not kept. */
  readonly bytes: Uint8Array;
  /** Lent; null for formats without one. */
  readonly password: SecretBytes | null;
  readonly known: KnownItems;
  /** Milliseconds since the epoch: the age of items in formats that carry no times. */
  readonly now: number;
}

/** `rows` is always `logins.length + passkeys.length + skipped.length`. */
export interface ImportResult {
  readonly rows: number;
  readonly logins: readonly ImportedLogin[];
  readonly passkeys: readonly ImportedPasskey[];
  readonly skipped: readonly SkippedRow[];
  readonly notices: readonly { readonly notice: ImportNotice; readonly count: number }[];
}

export interface Importer {
  readonly format: ImportFormat;
  readonly needsPassword: boolean;
  /** Whether the content is of this format, sound or not. The name is a hint and decides nothing alone. */
  recognise(firstBytes: Uint8Array, fileName: string): boolean;
  /** Throws `TransferError` when the file cannot be read as a whole; then nothing is taken. */
  read(request: ImportRequest): Promise<ImportResult | 'wrong-password'>;
}

const SAMPLE_SIZE = 5;

/** The report that the person sees before anything is stored. */
export function toImportReport(
  result: ImportResult,
  file: { readonly token: string; readonly fileName: string; readonly format: ImportFormat },
): ImportReport {
  const logins = result.logins.slice(0, SAMPLE_SIZE);
  const passkeys = result.passkeys.slice(0, SAMPLE_SIZE - logins.length);
  return {
    token: file.token,
    fileName: file.fileName,
    format: file.format,
    rows: result.rows,
    taken: result.logins.length + result.passkeys.length,
    logins: result.logins.length,
    passkeys: result.passkeys.length,
    skipped: result.skipped,
    notices: result.notices,
    sample: [
      ...logins.map(({ title, username }) => ({ title, subtitle: username })),
      ...passkeys.map(({ item }) => ({ title: item.title, subtitle: item.userName })),
    ],
  };
}

/** Erases the private keys of a result that is given up or has been stored. */
export function disposeImport(result: ImportResult): void {
  for (const { privateKey } of result.passkeys) privateKey.dispose();
}

/** Counts what was noticed on the way in, in the order of first occurrence. */
export class NoticeCounter {
  readonly #counts = new Map<ImportNotice, number>();

  add(notice: ImportNotice): void {
    this.#counts.set(notice, (this.#counts.get(notice) ?? 0) + 1);
  }

  list(): ImportResult['notices'] {
    return Array.from(this.#counts, ([notice, count]) => ({ notice, count }));
  }
}
