// The kinds of secret that open the vault that is open now, for an act that asks for one of them.
// SPDX-License-Identifier: MIT

import { useEffect, useState } from 'react';
import type { SlotType } from '../../shared/model/keys.ts';
import { toApiError, type ApiError } from '../api.ts';
import { useServices } from '../main/services.ts';
import { openingTypes } from './slot-acts.tsx';

export interface OpeningTypes {
  /** Null until they are known. */
  readonly types: readonly SlotType[] | null;
  readonly error: ApiError | null;
}

export function useOpeningTypes(): OpeningTypes {
  const { api } = useServices();
  const [state, setState] = useState<OpeningTypes>({ types: null, error: null });
  useEffect(() => {
    let isGone = false;
    api['keys:list']({}).then(
      (slots) => {
        if (!isGone) setState({ types: openingTypes(slots), error: null });
      },
      (reason: unknown) => {
        if (!isGone) setState({ types: null, error: toApiError(reason) });
      },
    );
    return () => {
      isGone = true;
    };
  }, [api]);
  return state;
}
