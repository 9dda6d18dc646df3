// The act of erasing: what would go is looked up, the secret is sent, and what became of it is told.
// SPDX-License-Identifier: MIT

import { useEffect, useRef, useState } from 'react';
import type { ItemSummary } from '../../shared/model/item.ts';
import { toApiError, type ApiError } from '../api.ts';
import { formatAmount } from '../format.ts';
import { useOpeningTypes } from '../keys/use-opening-types.ts';
import { isSlipOfWords, useSecret, type Secret } from '../keys/use-secret.ts';
import { useServices } from '../main/services.ts';
import { eraseItems, readTrash } from './erase-items.ts';

export interface Erase {
  /** Null until it is known. */
  readonly items: readonly ItemSummary[] | null;
  /** What verifies it, in any of the ways that the vault has. */
  readonly secret: Secret;
  /** How many are gone while it works; null at rest. */
  readonly erased: number | null;
  readonly error: ApiError | null;
  readonly start: () => void;
  /** Ends it after the group that is under way. */
  readonly stop: () => void;
}

export function useErase(given: readonly ItemSummary[] | null, onClose: () => void): Erase {
  const services = useServices();
  const { api, toasts, actions, selection } = services;
  const [items, setItems] = useState(given);
  const secret = useSecret(useOpeningTypes().types ?? []);
  const [erased, setErased] = useState<number | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const isStopped = useRef(false);
  useEffect(() => {
    if (given !== null) return;
    readTrash(api).then(setItems, (reason: unknown) => {
      setError(toApiError(reason));
    });
  }, [api, given]);
  const run = async (all: readonly ItemSummary[]): Promise<void> => {
    const outcome = await eraseItems(api, {
      ...{ items: all, secret: secret.entry, onProgress: setErased },
      isStopped: () => isStopped.current,
    });
    setErased(null);
    if (outcome.erased > 0) {
      // There is no way back from this, nor to what these items were before.
      actions.forgetUndo();
      selection.clear();
      toasts.show({ text: `${formatAmount(outcome.erased, 'item is', 'items are')} erased.` });
      setItems(all.slice(outcome.erased));
    }
    if (outcome.failure === null) {
      secret.clear();
      if (outcome.erased > 0) actions.select(null);
      onClose();
    } else {
      const failure = toApiError(outcome.failure);
      if (!isSlipOfWords(failure)) secret.clear();
      setError(failure);
    }
  };
  return {
    ...{ items, secret, erased, error },
    start: () => {
      if (items === null || items.length === 0 || !secret.isEntered || erased !== null) return;
      isStopped.current = false;
      setErased(0);
      setError(null);
      void run(items);
    },
    stop: () => {
      isStopped.current = true;
    },
  };
}
