// IntegrityCheck: holds every row of the file against the manifest, a few rows at a time, while the vault is in use.
// Saves that happen meanwhile are taken into account, so that it never mistakes a change of ours for one of others.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { digestRow, type ManifestRow, RowFold, type RowSet, sameRows } from './manifest.ts';
import { compareKeys, compareRevisions, type KeyPosition, type Revision } from './sealed-item.ts';
import type { EpochKeys, RowChange, VaultState } from './vault-state.ts';
import type { AttachmentPosition } from './vault-store.ts';
import { VaultError } from './vault-error.ts';

type Phase = 'bodies' | 'keys' | 'attachments' | 'done';

/** How far a table has been read; null before its first row. */
interface Reached {
  body: { readonly id: ItemId; readonly revision: Revision } | null;
  keys: KeyPosition | null;
  attachment: AttachmentPosition | null;
}

export interface IntegrityVerdict {
  readonly isIntact: boolean;
  readonly expectedRows: number;
  readonly foundRows: number;
}

export class IntegrityCheck {
  readonly #state: VaultState;
  #fold = new RowFold();
  #reached: Reached = { body: null, keys: null, attachment: null };
  #phase: Phase = 'bodies';
  /** False where a table ended at what cannot be read: nothing is known of the rows behind it. */
  #isComplete = true;
  /** Whose keys the digests are made with. */
  #epoch: EpochKeys;

  /** Begins at once to follow changes: make it before the first save. */
  constructor(state: VaultState) {
    this.#state = state;
    this.#epoch = state.epoch;
    state.watch = (change) => {
      this.#follow(change);
    };
  }

  /**
   * Reads up to `limit` rows more; true when all have been read. A page that cannot be read ends the table it is in: such
   * a file is not intact, whatever the sets say.
   */
  step(limit: number): boolean {
    if (this.#epoch !== this.#state.epoch) this.#begin();
    try {
      this.#step(limit);
    } catch (error) {
      // A disk that fails for a moment says nothing of the rows.
      if (!(error instanceof VaultError) || error.code !== 'vault/corrupt') throw error;
      this.#isComplete = false;
      this.#phase = nextPhase(this.#phase);
    }
    return this.#phase === 'done';
  }

  /** The rows that were found, those of changes since among them. */
  get found(): RowSet {
    return this.#fold.set;
  }

  /** Once it is done. */
  verdict(): IntegrityVerdict {
    const { rows, isSuspect } = this.#state.manifest;
    const found = this.#fold.set;
    this.#state.watch = null;
    return {
      isIntact: this.#isComplete && !isSuspect && sameRows(rows, found),
      expectedRows: rows.count,
      foundRows: found.count,
    };
  }

  /** Anew: the vault has been re-keyed, and every digest is another one. */
  #begin(): void {
    this.#epoch = this.#state.epoch;
    this.#fold = new RowFold();
    this.#reached = { body: null, keys: null, attachment: null };
    this.#phase = 'bodies';
    this.#isComplete = true;
  }

  #step(limit: number): void {
    const { store } = this.#state;
    const reached = this.#reached;
    let read = 0;
    switch (this.#phase) {
      case 'bodies':
        for (const row of store.scanBodies(reached.body, limit)) {
          this.#add({ of: 'body', row });
          reached.body = row;
          read += 1;
        }
        break;
      case 'keys':
        for (const row of store.scanKeys(reached.keys, limit)) {
          this.#add({ of: 'keys', row });
          reached.keys = row;
          read += 1;
        }
        break;
      case 'attachments':
        for (const row of store.scanAttachments(reached.attachment, limit)) {
          this.#add({ of: 'attachment', row });
          reached.attachment = row;
          read += 1;
        }
        break;
      case 'done':
        return;
    }
    if (read < limit) this.#phase = nextPhase(this.#phase);
  }

  /** What lies behind the place that has been reached will not be read any more. */
  #follow({ added, removed }: RowChange): void {
    const { manifest: key } = this.#state.epoch.keys;
    for (const row of added) if (this.#isBehind(row)) this.#add(row);
    for (const row of removed) if (this.#isBehind(row)) this.#fold.remove(digestRow(key, row));
  }

  #add(row: ManifestRow): void {
    this.#fold.add(digestRow(this.#state.epoch.keys.manifest, row));
  }

  #isBehind({ of, row }: ManifestRow): boolean {
    const phase = PHASES.indexOf(this.#phase);
    const { body, keys, attachment } = this.#reached;
    switch (of) {
      case 'body':
        if (phase > 0) return true;
        return (
          body !== null && isBefore(row.id, compareRevisions(row.revision, body.revision), body.id)
        );
      case 'keys':
        if (phase !== 1) return phase > 1;
        return keys !== null && isBefore(row.id, compareKeys(row, keys), keys.id);
      case 'attachment':
        if (phase !== 2) return phase > 2;
        return (
          attachment !== null &&
          isBefore(row.itemId, order(row.id, attachment.id), attachment.itemId)
        );
      case 'object':
      case 'pack':
        return false;
    }
  }
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

const PHASES: readonly Phase[] = ['bodies', 'keys', 'attachments', 'done'];

function nextPhase(phase: Phase): Phase {
  return PHASES[PHASES.indexOf(phase) + 1] ?? 'done';
}

/** Whether a row of item `id`, `within` places from the reached row if it is of the same item, is at or before it. */
function isBefore(id: ItemId, within: number, reachedId: ItemId): boolean {
  return id === reachedId ? within <= 0 : id < reachedId;
}
