// One act that asks for verification: a secret is entered in place, sent as bytes with the act, and forgotten whatever
// comes of it.
// SPDX-License-Identifier: MIT

import { useState, type SubmitEvent } from 'react';
import type { PresentedSecret, SlotType } from '../../shared/model/keys.ts';
import { toApiError, type ApiError } from '../api.ts';
import { withPresented } from './secret-entry.ts';
import { isSlipOfWords, useSecret, type Secret } from './use-secret.ts';

export interface ActPlan<T> {
  /** The kinds of secret that verify it. */
  readonly types: readonly SlotType[];
  /** Whether everything else is filled in; yes, where missing. */
  readonly isReady?: boolean;
  readonly run: (present: PresentedSecret) => Promise<T>;
  readonly onDone: (result: T) => void;
  /** Runs in any case, for other secrets of the form to be forgotten. */
  readonly onSettled?: () => void;
}

export interface Act {
  readonly secret: Secret;
  readonly isReady: boolean;
  readonly isBusy: boolean;
  readonly error: ApiError | null;
  readonly onSubmit: (event: SubmitEvent) => void;
}

export function useAct<T>(plan: ActPlan<T>): Act {
  const secret = useSecret(plan.types);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const isReady = (plan.isReady ?? true) && secret.isEntered;
  const present = async (): Promise<T> =>
    withPresented([secret.entry], async ([presented]) => {
      if (!presented) throw new Error('useAct: nothing was presented');
      return plan.run(presented);
    });
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isReady || isBusy) return;
    setIsBusy(true);
    setError(null);
    present()
      .then(
        (result) => {
          secret.clear();
          plan.onDone(result);
        },
        (reason: unknown) => {
          const failure = toApiError(reason);
          if (!isSlipOfWords(failure)) secret.clear();
          setError(failure);
        },
      )
      .finally(() => {
        plan.onSettled?.();
        setIsBusy(false);
      });
  };
  return { secret, isReady, isBusy, error, onSubmit };
}
