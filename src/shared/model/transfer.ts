// What an import or export tells the person: every row of a file, and every item of a vault, is accounted for.
// SPDX-License-Identifier: MIT

import type { ItemKind } from './item-kinds.ts';

export type ImportFormat = 'browser-csv' | 'latchkey-export';

/** A file that was chosen; nothing of it is imported yet. */
export interface ImportCandidate {
  /** Names the chosen file towards the main side until it is committed or discarded. */
  readonly token: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly format: ImportFormat;
  /** An encrypted export: `transfer:preview-import` needs its password. */
  readonly needsPassword: boolean;
}

export type SkipReason =
  | 'empty'
  | 'duplicate-in-file'
  | 'already-in-vault'
  | 'wrong-number-of-columns'
  | 'field-too-long'
  | 'nul-byte';

export interface SkippedRow {
  /** Number of the record in the file, the header not counted, from 1. */
  readonly row: number;
  /** Line of the file at which the record starts, from 1; 0 where the format has no lines. */
  readonly line: number;
  readonly reason: SkipReason;
}

/** Says of a taken row what was changed or noticed on the way in. */
export type ImportNotice = 'title-made-from-url' | 'no-password' | 'no-username' | 'android-url';

export interface ImportReport {
  readonly token: string;
  readonly fileName: string;
  readonly format: ImportFormat;
  /** Always `taken + skipped.length`. */
  readonly rows: number;
  readonly taken: number;
  /** Of those taken. */
  readonly kinds: Readonly<Record<ItemKind, number>>;
  /** Files that come with those taken. */
  readonly files: number;
  readonly fileBytes: number;
  readonly skipped: readonly SkippedRow[];
  readonly notices: readonly { readonly notice: ImportNotice; readonly count: number }[];
  /** The first few that would be taken, to recognise the file by. */
  readonly sample: readonly {
    readonly kind: ItemKind;
    readonly title: string;
    readonly subtitle: string;
  }[];
}

export interface ImportOutcome {
  readonly imported: number;
  readonly kinds: Readonly<Record<ItemKind, number>>;
  readonly files: number;
  readonly skipped: number;
}

/**
 * Marks an item whose files are still on their way in. One that still has it later is of an import that was ended in the
 * middle, and lacks files.
 */
export const UNFINISHED_TAG = 'Import unfinished';

/** An item of the vault, or a file of one, that an export does not have. */
export interface LeftOutName {
  /** Null where not even that can be read. */
  readonly title: string | null;
  readonly kind: ItemKind | null;
  /** Null where it is the whole item. */
  readonly fileName: string | null;
  /** `damaged`: does not open; `bound`: a passkey that never leaves its vault. */
  readonly reason: 'damaged' | 'bound';
}

export interface LeftOut {
  readonly items: number;
  /** Of items that are in the export. */
  readonly files: number;
  /** As many of them as a person would read. */
  readonly names: readonly LeftOutName[];
}

export interface ExportOutcome {
  readonly fileName: string;
  readonly items: number;
  readonly kinds: Readonly<Record<ItemKind, number>>;
  readonly files: number;
  readonly sizeBytes: number;
  /** What is in the vault and not in the file. */
  readonly leftOut: LeftOut;
}
