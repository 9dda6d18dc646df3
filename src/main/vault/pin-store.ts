// Port: what this machine remembers of vaults, one small record for each, outside of them and of their backups.
// SPDX-License-Identifier: MIT

export interface PinStore {
  /** `none` where nothing was ever saved; `unreadable` where something is there that cannot be read. Never throws. */
  load(vaultId: Uint8Array): Uint8Array | 'none' | 'unreadable';
  /** Durable when it returns, in the place of what was there. Throws `vault/write-failed`. */
  save(vaultId: Uint8Array, record: Uint8Array): void;
}
