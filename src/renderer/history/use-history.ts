// The revisions of an item, and the one of them that is looked at.
// SPDX-License-Identifier: MIT

import { useEffect, useState } from 'react';
import type { ItemId } from '../../shared/brand.ts';
import type { RevisionDetail, RevisionInfo, RevisionRef } from '../../shared/model/item.ts';
import { toApiError, type ApiError } from '../api.ts';
import { useServices } from '../main/services.ts';

export interface History {
  /** Newest first; null until it is known. */
  readonly list: readonly RevisionInfo[] | null;
  readonly error: ApiError | null;
  /** The one that is looked at; null where there is none. */
  readonly chosen: RevisionInfo | null;
  readonly choose: (ref: RevisionRef) => void;
}

export function useHistory(id: ItemId): History {
  const { api } = useServices();
  const [list, setList] = useState<readonly RevisionInfo[] | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [ref, setRef] = useState<RevisionRef | null>(null);
  useEffect(() => {
    api['items:history']({ id }).then(setList, (reason: unknown) => {
      setError(toApiError(reason));
    });
  }, [api, id]);
  // The one before the present one is what people mostly look for.
  const first = list?.find(({ isCurrent }) => !isCurrent) ?? list?.[0] ?? null;
  const chosen = list?.find((revision) => revision.ref === ref) ?? first;
  return { list, error, chosen, choose: setRef };
}

export interface RevisionState {
  readonly revision: RevisionDetail | null;
  readonly error: ApiError | null;
}

export function useRevision(id: ItemId, ref: RevisionRef): RevisionState {
  const { api } = useServices();
  const [state, setState] = useState<RevisionState>({ revision: null, error: null });
  useEffect(() => {
    let isOld = false;
    api['items:revision']({ id, ref }).then(
      (revision) => {
        if (!isOld) setState({ revision, error: null });
      },
      (reason: unknown) => {
        if (!isOld) setState({ revision: null, error: toApiError(reason) });
      },
    );
    return () => {
      isOld = true;
    };
  }, [api, id, ref]);
  return state;
}
