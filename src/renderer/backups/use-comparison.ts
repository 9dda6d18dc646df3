// A backup held against the vault, and bringing back what was chosen of it.
// SPDX-License-Identifier: MIT

import { useCallback, useEffect, useState } from 'react';
import type { ItemId } from '../../shared/brand.ts';
import type { BackupComparison } from '../../shared/model/backup.ts';
import { toApiError, type Api, type ApiError } from '../api.ts';
import { formatAmount } from '../format.ts';
import { useServices, type MainServices } from '../main/services.ts';
import { GROUP_SIZE, restoreItems, undoChanges, type RestoreOutcome } from './restore-items.ts';
import { useSelection, type Selection } from './use-selection.ts';

export interface Comparison {
  readonly comparison: BackupComparison | null;
  /** Items in both of which something does not open in the vault. */
  readonly damagedHere: ReadonlySet<ItemId>;
  readonly error: ApiError | null;
  readonly selection: Selection;
  /** How many are back while it works; null at rest. */
  readonly restored: number | null;
  readonly restore: () => void;
}

export function useComparison(key: string): Comparison {
  const services = useServices();
  const { api } = services;
  const [{ comparison, damagedHere }, setFound] = useState<Found>(NOTHING_FOUND);
  const [error, setError] = useState<ApiError | null>(null);
  const [restored, setRestored] = useState<number | null>(null);
  const selection = useSelection();
  const compare = useCallback((): Promise<void> => {
    return compareWith(api, key).then(setFound, (reason: unknown) => {
      setError(toApiError(reason));
    });
  }, [api, key]);
  useEffect(() => {
    void compare();
  }, [compare]);
  const run = async (): Promise<void> => {
    const ids = [...selection.ids];
    const outcome = await restoreItems(api, { key, ids, onProgress: setRestored });
    selection.set(ids.slice(0, outcome.restored), false);
    announce(outcome, services);
    if (outcome.failure !== null) setError(toApiError(outcome.failure));
    await compare();
  };
  return {
    ...{ comparison, damagedHere, error, selection, restored },
    restore: () => {
      if (restored !== null || selection.ids.size === 0) return;
      setRestored(0);
      setError(null);
      void run().finally(() => {
        setRestored(null);
      });
    },
  };
}

type Found = Pick<Comparison, 'comparison' | 'damagedHere'>;

const NOTHING_FOUND: Found = { comparison: null, damagedHere: new Set() };

/** A comparison says of an item that a copy of it is damaged; which of the two, the vault's own list knows. */
async function compareWith(
  api: Pick<Api<'main'>, 'backups:compare' | 'items:summaries'>,
  key: string,
): Promise<Found> {
  const comparison = await api['backups:compare']({ key });
  const ids = comparison.different.filter(isDamagedSomewhere).map(({ id }) => id);
  const damagedHere = new Set<ItemId>();
  for (let start = 0; start < ids.length; start += GROUP_SIZE) {
    const here = await api['items:summaries']({ ids: ids.slice(start, start + GROUP_SIZE) });
    for (const { id, damage } of here) if (damage !== null) damagedHere.add(id);
  }
  return { comparison, damagedHere };
}

/** By the label that stands alone where the two cannot be held against each other. */
export function isDamagedSomewhere({ changed }: BackupComparison['different'][number]): boolean {
  return changed.length === 1 && changed[0] === 'Damaged';
}

function announce({ restored, changes }: RestoreOutcome, services: MainServices): void {
  const { api, toasts, report } = services;
  if (restored === 0) return;
  toasts.show({
    text: `${formatAmount(restored, 'item')} brought back.`,
    tone: 'good',
    action: {
      label: 'Undo',
      run: () => {
        undoChanges(api, changes).then(() => {
          toasts.show({ text: 'The vault is as it was before.' });
        }, report);
      },
    },
  });
}
