// What an import or export tells the person: every row of a file is accounted for.
// SPDX-License-Identifier: MIT

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
  readonly logins: number;
  readonly passkeys: number;
  readonly skipped: readonly SkippedRow[];
  readonly notices: readonly { readonly notice: ImportNotice; readonly count: number }[];
  /** Titles of the first few that would be taken, to recognise the file by. */
  readonly sample: readonly { readonly title: string; readonly subtitle: string }[];
}

export interface ImportOutcome {
  readonly imported: number;
  readonly skipped: number;
}

export interface ExportOutcome {
  readonly fileName: string;
  readonly items: number;
  readonly passkeys: number;
  readonly sizeBytes: number;
}
