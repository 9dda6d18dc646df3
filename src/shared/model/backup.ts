// Backups of a vault file: copies that Latchkey makes by itself, as encrypted as the file.
// SPDX-License-Identifier: MIT

import type { ItemSummary } from './item.ts';

/**
 * `ready`: opens by the present ways into the vault. `unchecked`: of this vault, and could not be brought to the present
 * ways in, since something of it does not open; the former ones may still open it. `unreadable`: no backup of this vault
 * that can be read with its present keys. `unavailable`: cannot be looked at now, since another program holds it or the
 * disk does not allow it; what it is, nobody knows. Only those that are ready give way to newer ones: the others stay until
 * a person takes them away.
 */
export type BackupState = 'ready' | 'unchecked' | 'unreadable' | 'unavailable';

export interface BackupInfo {
  /** Names the backup towards the main side. */
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
  readonly sizeBytes: number;
  readonly state: BackupState;
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
