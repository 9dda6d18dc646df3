// Importer: what every reader of a foreign file looks like to the rest, and the report it ends in.
// An importer is pure: a file in, contents and an account of every row out. It stores nothing and fetches nothing.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { ITEM_KINDS, type ItemKind } from '../../shared/model/item-kinds.ts';
import type {
  ImportFormat,
  ImportNotice,
  ImportReport,
  SkippedRow,
} from '../../shared/model/transfer.ts';
import type { PasswordKdf } from '../crypto/password-kdf.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import type { Item } from '../vault/item.ts';
import { overviewOf } from '../vault/item-overview.ts';
import type { ImportSource } from './import-source.ts';

type WithoutId<T> = T extends Item ? Omit<T, 'id'> : never;

/** An item without an id: whoever stores it makes a fresh one. Ids of others in it are those of the file. */
export type ImportedItem = WithoutId<Item>;

/** One that is to be taken. */
export interface ImportedEntry {
  /** Number of the record in the file, from 1: what other records of the file call it by. */
  readonly number: number;
  readonly item: ImportedItem;
  /** PKCS#8 of a passkey. Owned by whoever holds the result; see {@link disposeImport}. */
  readonly privateKey: SecretBytes | null;
  /** Number of the login that this passkey belongs to. */
  readonly belongsTo: number | null;
}

/** The files that the entries name, to be read when they are taken. */
export interface ImportedFiles extends Disposable {
  /** Pieces for the taker to erase. `id`: what the item calls the attachment by. */
  read(id: string): AsyncIterable<Uint8Array>;
}

/**
 * How much of an item is held against those of the vault: all of its content, or what every format carries. A login that
 * has been given a code since it came from a browser is still the one that the browser exports.
 */
export type ContentExtent = 'whole' | 'basics';

/** Port: what the open vault says of content that may be in it already. */
export interface KnownItems {
  /** The item of the same content; null where there is none. */
  find(item: ImportedItem, extent: ContentExtent): ItemId | null;
}

export interface ImportRequest {
  /** Read as long as the result is in use. */
  readonly file: ImportSource;
  /** Lent; null for formats without one. */
  readonly password: SecretBytes | null;
  /** Makes a key of the password. */
  readonly deriveKey: PasswordKdf;
  readonly known: KnownItems;
  /** Milliseconds since the epoch: the age of items in formats that carry no times. */
  readonly now: number;
  /** Called between small steps of long work. */
  readonly breathe: () => Promise<void>;
  /** Hears how many bytes of the file have been read. */
  readonly onProgress: (bytes: number) => void;
}

/** `rows` is always `entries.length + skipped.length`. */
export interface ImportResult {
  readonly rows: number;
  readonly entries: readonly ImportedEntry[];
  /** Records of the file that were skipped because the vault has them, and as what: others may belong to them. */
  readonly present: ReadonlyMap<number, ItemId>;
  readonly skipped: readonly SkippedRow[];
  readonly notices: readonly { readonly notice: ImportNotice; readonly count: number }[];
  /** Null for formats without files. */
  readonly files: ImportedFiles | null;
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
  const { rows, entries, skipped, notices } = result;
  const attachments = entries.flatMap(({ item }) => item.attachments);
  return {
    ...{ token: file.token, fileName: file.fileName, format: file.format },
    ...{ rows, taken: entries.length, skipped, notices },
    kinds: countKinds(entries.map(({ item }) => item.kind)),
    files: attachments.length,
    fileBytes: attachments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    sample: entries.slice(0, SAMPLE_SIZE).map(({ item }) => {
      const { title, subtitle } = overviewOf(withId(item, NO_ID));
      return { kind: item.kind, title, subtitle };
    }),
  };
}

/** How many there are of each kind. */
export function countKinds(kinds: Iterable<ItemKind>): Readonly<Record<ItemKind, number>> {
  const counts = Object.fromEntries(ITEM_KINDS.map((kind) => [kind, 0])) as Record<
    ItemKind,
    number
  >;
  for (const kind of kinds) counts[kind] += 1;
  return counts;
}

/** The item as one of the vault. */
export function withId(item: ImportedItem, id: ItemId): Item {
  return { ...item, id };
}

/** Stands where the id of an item says nothing. */
export const NO_ID = '0'.repeat(32) as ItemId;

/** Erases the private keys of a result that is given up or has been stored. */
export function disposeImport(result: ImportResult): void {
  for (const { privateKey } of result.entries) privateKey?.dispose();
  result.files?.[Symbol.dispose]();
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
