// MemoryVaultStore: a VaultStore that lies in memory, held to the same conformance suite as the real one. Its contents
// outlive `close`, as a file does; tests may reach into them to play the attacker at rest.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../src/shared/brand.ts';
import { type Revision, sameRevision, type SealedItem } from '../../src/main/vault/sealed-item.ts';
import { VaultError } from '../../src/main/vault/vault-error.ts';
import type {
  SealedObject,
  VaultChange,
  VaultContents,
  VaultStore,
} from '../../src/main/vault/vault-store.ts';

/** What lies at rest. */
export interface MemoryVaultFile {
  contents: VaultContents | null;
  items: SealedItem[];
}

export class MemoryVaultStore implements VaultStore {
  readonly file: MemoryVaultFile;
  #isOpen = true;

  constructor(file: MemoryVaultFile = { contents: null, items: [] }) {
    this.file = file;
  }

  initialise(contents: VaultContents): void {
    this.#assertOpen();
    if (this.file.contents !== null) {
      throw new VaultError('vault/already-exists', 'vault store: holds a vault');
    }
    this.file.contents = structuredClone(contents);
  }

  loadContents(): VaultContents {
    return structuredClone(this.#contents());
  }

  loadItems(): readonly SealedItem[] {
    this.#contents();
    return structuredClone(this.file.items);
  }

  loadItem(id: ItemId, revision: Revision): SealedItem | null {
    this.#contents();
    const item = this.file.items.find(
      (row) => row.id === id && sameRevision(row.revision, revision),
    );
    return item === undefined ? null : structuredClone(item);
  }

  commit(change: VaultChange): void {
    const contents = this.#contents();
    let items = this.file.items;
    for (const { item, replaces } of change.items) {
      const rest = items.filter(
        (row) => row.id !== item.id || replaces === null || !sameRevision(row.revision, replaces),
      );
      const isClash = rest.some(
        (row) =>
          row.id === item.id && (replaces === null || sameRevision(row.revision, item.revision)),
      );
      if (isClash || items.length - rest.length !== (replaces === null ? 0 : 1)) {
        throw new VaultError('vault/write-failed', 'vault store: the former revision is gone');
      }
      items = [...rest, structuredClone(item)];
    }
    const manifest: SealedObject = structuredClone(change.manifest);
    this.file.items = items;
    this.file.contents = { ...contents, manifest };
  }

  close(): void {
    this.#isOpen = false;
  }

  #contents(): VaultContents {
    this.#assertOpen();
    if (this.file.contents === null) throw new VaultError('vault/not-found', 'vault store: empty');
    return this.file.contents;
  }

  #assertOpen(): void {
    if (!this.#isOpen) throw new VaultError('vault/locked', 'vault store: closed');
  }
}
