// The act of erasing: what would go is looked up, the password is sent, and what became of it is told.
// SPDX-License-Identifier: MIT

import { useEffect, useRef, useState, type RefObject, type SubmitEvent } from 'react';
import type { ItemSummary } from '../../shared/model/item.ts';
import { toApiError, type ApiError } from '../api.ts';
import { formatAmount } from '../format.ts';
import { useServices } from '../main/services.ts';
import { eraseItems, readTrash } from './erase-items.ts';

export interface Erase {
  /** Null until it is known. */
  readonly items: readonly ItemSummary[] | null;
  readonly password: string;
  readonly setPassword: (password: string) => void;
  readonly input: RefObject<HTMLInputElement | null>;
  /** How many are gone while it works; null at rest. */
  readonly erased: number | null;
  readonly error: ApiError | null;
  readonly onSubmit: (event: SubmitEvent) => void;
  /** Ends it after the group that is under way. */
  readonly stop: () => void;
}

export function useErase(given: readonly ItemSummary[] | null, onClose: () => void): Erase {
  const services = useServices();
  const { api, toasts, actions, selection } = services;
  const [items, setItems] = useState(given);
  const [password, setPassword] = useState('');
  const [erased, setErased] = useState<number | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const isStopped = useRef(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (given !== null) return;
    readTrash(api).then(setItems, (reason: unknown) => {
      setError(toApiError(reason));
    });
  }, [api, given]);
  const run = async (all: readonly ItemSummary[]): Promise<void> => {
    const outcome = await eraseItems(api, {
      ...{ items: all, password, onProgress: setErased },
      isStopped: () => isStopped.current,
    });
    setPassword('');
    setErased(null);
    if (outcome.erased > 0) {
      // There is no way back from this, nor to what these items were before.
      actions.forgetUndo();
      selection.clear();
      toasts.show({ text: `${formatAmount(outcome.erased, 'item is', 'items are')} erased.` });
      setItems(all.slice(outcome.erased));
    }
    if (outcome.failure === null) {
      if (outcome.erased > 0) actions.select(null);
      onClose();
    } else {
      setError(toApiError(outcome.failure));
      input.current?.focus();
    }
  };
  return {
    ...{ items, password, setPassword, input, erased, error },
    onSubmit: (event) => {
      event.preventDefault();
      if (items === null || items.length === 0 || password === '' || erased !== null) return;
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
