// The history of the generator while it is in sight, and the one value of it that is uncovered. It covers itself again
// after as long as the secrets of items do.
// SPDX-License-Identifier: MIT

import { useCallback, useEffect, useState } from 'react';
import type { GeneratorEntry } from '../../shared/model/generator.ts';
import { toApiError, type ApiError } from '../api.ts';
import { useServices } from '../main/services.ts';

const SHOWN_MS = 30_000;

export interface History {
  /** Newest first; null until read. */
  readonly entries: readonly GeneratorEntry[] | null;
  readonly error: ApiError | null;
  /** The value in sight; values are in the history once each. */
  readonly revealed: string | null;
  readonly refresh: () => void;
  readonly toggle: (value: string) => void;
  readonly clear: () => void;
}

export function useHistory(): History {
  const { api } = useServices();
  const [entries, setEntries] = useState<readonly GeneratorEntry[] | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [revealed, toggle] = useRevealed();
  const attempt = useCallback((work: Promise<readonly GeneratorEntry[]>) => {
    work.then(
      (list) => {
        setEntries(list);
        setError(null);
      },
      (reason: unknown) => {
        setError(toApiError(reason));
      },
    );
  }, []);
  const refresh = useCallback(() => {
    attempt(api['generator:history']({}));
  }, [api, attempt]);
  useEffect(refresh, [refresh]);
  const clear = (): void => {
    attempt(api['generator:clear-history']({}).then(() => []));
  };
  return { entries, error, revealed, refresh, toggle, clear };
}

function useRevealed() {
  const { clock } = useServices();
  const [revealed, setRevealed] = useState<string | null>(null);
  useEffect(() => {
    if (revealed === null) return undefined;
    return clock.after(SHOWN_MS, () => {
      setRevealed(null);
    });
  }, [clock, revealed]);
  const toggle = (value: string): void => {
    setRevealed((before) => (before === value ? null : value));
  };
  return [revealed, toggle] as const;
}
