// Groups of logins that are the same or nearly so, looked for anew when the vault changes.
// SPDX-License-Identifier: MIT

import { useEffect, useState } from 'react';
import type { DuplicateGroup } from '../../shared/model/item.ts';
import { toApiError, type ApiError } from '../api.ts';
import { useServices } from '../main/services.ts';

export interface Duplicates {
  /** Null until they are known. */
  readonly groups: readonly DuplicateGroup[] | null;
  readonly error: ApiError | null;
}

export function useDuplicates(): Duplicates {
  const { api, events } = useServices();
  const [state, setState] = useState<Duplicates>({ groups: null, error: null });
  useEffect(() => {
    let generation = 0;
    const look = (): void => {
      const mine = ++generation;
      api['items:duplicates']({}).then(
        (groups) => {
          if (mine === generation) setState({ groups, error: null });
        },
        (reason: unknown) => {
          if (mine === generation) setState({ groups: null, error: toApiError(reason) });
        },
      );
    };
    look();
    const stop = events['items:changed'](look);
    return () => {
      generation += 1;
      stop();
    };
  }, [api, events]);
  return state;
}
