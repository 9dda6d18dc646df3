// Bringing items of a backup back, in groups as large as one request may be, and taking all of it back again.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { ChangeReceipt } from '../../shared/model/item.ts';
import type { Api } from '../api.ts';

/** Ids of one request: `itemIds` in the table of requests. */
export const GROUP_SIZE = 1000;

export interface RestoreOutcome {
  /** How many items are back. */
  readonly restored: number;
  readonly changes: readonly number[];
  /** What ended it early; null where everything came back. */
  readonly failure: unknown;
}

export interface RestoreRequest {
  readonly key: string;
  readonly ids: readonly ItemId[];
  readonly onProgress: (restored: number) => void;
}

/** Never rejects: what came back before a failure is back, and is told. */
export async function restoreItems(
  api: Pick<Api<'main'>, 'backups:restore'>,
  { key, ids, onProgress }: RestoreRequest,
): Promise<RestoreOutcome> {
  const changes: number[] = [];
  for (let start = 0; start < ids.length; start += GROUP_SIZE) {
    const group = ids.slice(start, start + GROUP_SIZE);
    try {
      const { change }: ChangeReceipt = await api['backups:restore']({ key, ids: group });
      changes.push(change);
    } catch (failure) {
      return { restored: start, changes, failure };
    }
    onProgress(start + group.length);
  }
  return { restored: ids.length, changes, failure: null };
}

/** Takes `changes` back, the last one first. */
export async function undoChanges(
  api: Pick<Api<'main'>, 'items:undo'>,
  changes: readonly number[],
): Promise<void> {
  for (const change of [...changes].reverse()) await api['items:undo']({ change });
}
