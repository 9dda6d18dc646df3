// Port: the folder of backups beside a vault file. Errors are VaultError.
// SPDX-License-Identifier: MIT

/** A backup as a file. */
export interface BackupFile {
  /** Names it towards windows: 16 bytes in hex. */
  readonly key: string;
  readonly path: string;
  readonly madeAt: number;
  readonly sizeBytes: number;
  /** Revision of the vault when it was made. */
  readonly revision: number;
}

export interface BackupFiles {
  /** Newest first. */
  list(vaultPath: string): readonly BackupFile[];
  /** Where a copy is written before it has a name; nothing is there. */
  draftFor(vaultPath: string): string;
  /** Makes the draft durable under its name. */
  publish(
    vaultPath: string,
    draft: string,
    at: { readonly madeAt: number; readonly revision: number },
  ): void;
  /** Durable when it returns. */
  remove(path: string): void;
  /** Takes away what backups that were cut off have left. */
  clearDrafts(vaultPath: string): void;
}
