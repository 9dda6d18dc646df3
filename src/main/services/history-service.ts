// History: every revision of an item, what differs, and the way back to any of them.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { Clock } from '../../shared/clock.ts';
import type {
  ChangeReceipt,
  ItemDetail,
  RevisionDetail,
  RevisionInfo,
  RevisionRef,
} from '../../shared/model/item.ts';
import type { Item } from '../vault/item.ts';
import { sameRevision } from '../vault/sealed-item.ts';
import { VaultError } from '../vault/vault-error.ts';
import type { ItemChanges } from './item-changes.ts';
import { differencesBetween } from './item-differences.ts';
import { parseRevisionRef, toRevisionRef } from './revision-ref.ts';

export interface HistoryPorts {
  readonly changes: ItemChanges;
  readonly clock: Clock;
  readonly detailOf: (item: Item) => ItemDetail;
}

export class HistoryService {
  readonly #ports: HistoryPorts;

  constructor(ports: HistoryPorts) {
    this.#ports = ports;
  }

  /** Newest first. Revisions that do not open are left out: there is nothing to go back to. */
  list(id: ItemId): readonly RevisionInfo[] {
    const { vault } = this.#ports.changes;
    const current = vault.revisionOf(id);
    const opened = vault.history(id).flatMap((revision) => {
      const item = tryGet(() => vault.getRevision(id, revision));
      return item === null ? [] : [{ revision, item }];
    });
    return opened.map(({ revision, item }, index) => {
      const before = opened[index + 1]?.item ?? null;
      const changed = before === null ? [] : differencesBetween(before, item);
      return {
        ref: toRevisionRef(revision),
        savedAt: savedAt(item),
        changed: [...new Set(changed.map(({ label }) => label))],
        isCurrent: sameRevision(revision, current),
      };
    });
  }

  /** Throws `vault/item-not-found`, `vault/item-damaged`. */
  get(id: ItemId, ref: RevisionRef): RevisionDetail {
    const { vault } = this.#ports.changes;
    const then = vault.getRevision(id, parseRevisionRef(ref));
    const now = tryGet(() => vault.get(id)) ?? then;
    return { detail: this.#ports.detailOf(then), differences: differencesBetween(then, now) };
  }

  /** As a new revision: what stands now is not lost by it. */
  restore(id: ItemId, ref: RevisionRef): ChangeReceipt {
    const { changes, clock } = this.#ports;
    const follows = parseRevisionRef(ref);
    const then = changes.vault.getRevision(id, follows);
    return changes.save([{ item: { ...then, modifiedAt: clock.now(), trashedAt: null }, follows }]);
  }
}

/** Null for a revision that does not open. */
function tryGet(get: () => Item): Item | null {
  try {
    return get();
  } catch (error) {
    if (error instanceof VaultError) return null;
    throw error;
  }
}

/** Trash and archive leave `modifiedAt` alone. */
function savedAt({ modifiedAt, trashedAt, archivedAt }: Item): number {
  return Math.max(modifiedAt, trashedAt ?? 0, archivedAt ?? 0);
}
