// A backup held against the vault, and bringing back what was chosen of it.
// SPDX-License-Identifier: MIT

import { useCallback, useEffect, useState } from 'react';
import type { BackupComparison } from '../../shared/model/backup.ts';
import { toApiError, type ApiError } from '../api.ts';
import { formatAmount } from '../format.ts';
import { useServices, type MainServices } from '../main/services.ts';
import { restoreItems, undoChanges, type RestoreOutcome } from './restore-items.ts';
import { useSelection, type Selection } from './use-selection.ts';

export interface Comparison {
  readonly comparison: BackupComparison | null;
  readonly error: ApiError | null;
  readonly selection: Selection;
  /** How many are back while it works; null at rest. */
  readonly restored: number | null;
  readonly restore: () => void;
}

export function useComparison(key: string): Comparison {
  const services = useServices();
  const { api } = services;
  const [comparison, setComparison] = useState<BackupComparison | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [restored, setRestored] = useState<number | null>(null);
  const selection = useSelection();
  const compare = useCallback((): Promise<void> => {
    return api['backups:compare']({ key }).then(setComparison, (reason: unknown) => {
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
    ...{ comparison, error, selection, restored },
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
