// The steps of adding a recovery key. It exists on the main side as a proposal until its words were typed again; giving
// up or leaving discards it.
// SPDX-License-Identifier: MIT

import { useEffect, useRef, useState } from 'react';
import type { PresentedSecret, RecoverySheet } from '../../shared/model/keys.ts';
import { toApiError, type Api, type ApiError } from '../api.ts';
import { useServices } from '../main/services.ts';
import { withPasswordBytes } from '../password-bytes.ts';

export interface Recovery {
  /** The key that waits to be rehearsed, words and all; null before and after. */
  readonly sheet: RecoverySheet | null;
  readonly isBusy: boolean;
  readonly error: ApiError | null;
  readonly prepare: (present: PresentedSecret) => Promise<void>;
  /** `words`: those that were asked for, in that order. */
  readonly confirm: (words: readonly string[], name: string) => void;
  readonly giveUp: () => void;
}

export interface RecoveryEnds {
  readonly onAdded: () => void;
  readonly onGivenUp: () => void;
}

export function useRecovery({ onAdded, onGivenUp }: RecoveryEnds): Recovery {
  const { api } = useServices();
  const [sheet, setSheet] = useState<RecoverySheet | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const proposal = useProposal(api);
  const end = (): void => {
    proposal.keep(null);
    setSheet(null);
    setError(null);
  };
  return {
    ...{ sheet, isBusy, error },
    prepare: async (present) => {
      const prepared = await api['keys:prepare-recovery']({ present });
      proposal.keep(prepared.token);
      setSheet(prepared);
    },
    confirm: (words, name) => {
      if (!sheet || isBusy) return;
      setIsBusy(true);
      setError(null);
      const { token } = sheet;
      withPasswordBytes([words.join(' ')], (bytes = new Uint8Array()) =>
        api['keys:confirm-recovery']({ token, words: bytes, name }),
      )
        .then(
          () => {
            end();
            onAdded();
          },
          (reason: unknown) => {
            setError(toApiError(reason));
          },
        )
        .finally(() => {
          setIsBusy(false);
        });
    },
    giveUp: () => {
      proposal.discard();
      end();
      onGivenUp();
    },
  };
}

/** The key that was proposed and does not count yet. */
function useProposal(api: Api<'main'>) {
  const token = useRef<string | null>(null);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      discardProposal(api, token.current);
    };
  }, [api]);
  return {
    keep: (next: string | null) => {
      // An answer that arrives after the room was left.
      if (isGone.current) discardProposal(api, next);
      else token.current = next;
    },
    discard: () => {
      discardProposal(api, token.current);
      token.current = null;
    },
  };
}

function discardProposal(api: Api<'main'>, token: string | null): void {
  // The main side forgets it with the session as well: nothing is lost if this does not arrive.
  if (token !== null) api['keys:discard-recovery']({ token }).catch(() => undefined);
}
