// A PinStore in memory, and what a test wants to know and do about it.
// SPDX-License-Identifier: MIT

import { toHex } from '../../src/shared/bytes.ts';
import type { PinStore } from '../../src/main/vault/pin-store.ts';
import { VaultError } from '../../src/main/vault/vault-error.ts';

export class MemoryPinStore implements PinStore {
  readonly records = new Map<string, Uint8Array>();
  /** How often something was saved. */
  saves = 0;
  isReadable = true;
  isWritable = true;

  load(vaultId: Uint8Array): Uint8Array | 'none' | 'unreadable' {
    const record = this.records.get(toHex(vaultId));
    if (record === undefined) return 'none';
    return this.isReadable ? Uint8Array.from(record) : 'unreadable';
  }

  save(vaultId: Uint8Array, record: Uint8Array): void {
    if (!this.isWritable) throw new VaultError('vault/write-failed', 'pin: full');
    this.saves += 1;
    this.records.set(toHex(vaultId), Uint8Array.from(record));
  }
}
