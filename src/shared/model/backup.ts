// Backups of a vault file: copies that Latchkey makes by itself, as encrypted as the file.
// SPDX-License-Identifier: MIT

import type { ItemSummary } from './item.ts';

export interface BackupInfo {
  /** Names the backup towards the main side. */
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
  readonly sizeBytes: number;
}

/** What taking a backup back would bring: every item of either side that is not the same in both. */
export interface BackupComparison {
  readonly key: string;
  /** Items of the backup. */
  readonly total: number;
  readonly same: number;
  /** In the backup and not in the vault. */
  readonly onlyThere: readonly ItemSummary[];
  /** In both, with other content; as it is in the backup. */
  readonly different: readonly (ItemSummary & { readonly changed: readonly string[] })[];
  /** In the vault and not in the backup: restoring leaves them alone. */
  readonly onlyHere: readonly ItemSummary[];
}
