// What the unlock window does with a vault: asks for its ways in, and tries one. Main takes the window away on success.
// SPDX-License-Identifier: MIT

import { useCallback, useEffect, useState } from 'react';
import type { VaultWays } from '../../shared/model/keys.ts';
import { toApiError, type Api, type ApiError } from '../api.ts';
import { withPresented, type SecretEntry } from '../keys/secret-entry.ts';
import type { SecretKind } from '../keys/secret-sentences.ts';
import { withPasswordBytes } from '../password-bytes.ts';

export interface UnlockRefusal {
  readonly error: ApiError;
  /** What was presented. */
  readonly kind: SecretKind;
}

export interface Unlock {
  readonly ways: VaultWays | null;
  readonly waysError: ApiError | null;
  readonly reload: () => void;
  readonly isBusy: boolean;
  readonly refusal: UnlockRefusal | null;
  readonly hasTriedQuick: boolean;
  readonly clearError: () => void;
  /**
   * `onOpen` runs once the vault is open, for what was typed to be forgotten. `acceptOlder` where the person was told
   * that the file is an older copy, and means it.
   */
  readonly present: (entry: SecretEntry, onOpen: () => void, acceptOlder?: true) => void;
  /** A PIN, or null for Touch ID. */
  readonly quick: (pin: string | null, onOpen: () => void, acceptOlder?: true) => void;
}

export function useUnlock(api: Api<'unlock'>, key: string): Unlock {
  const { ways, waysError, reload } = useWays(api, key);
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<UnlockRefusal | null>(null);
  const [hasTriedQuick, setHasTriedQuick] = useState(false);
  const attempt = (kind: SecretKind, work: () => Promise<unknown>, onOpen: () => void): void => {
    if (isBusy) return;
    setIsBusy(true);
    setRefusal(null);
    const isQuick = kind === 'pin' || kind === 'touch-id';
    // After success it goes on showing that it works: main takes this window away.
    work().then(onOpen, (reason: unknown) => {
      setRefusal({ error: toApiError(reason), kind });
      setIsBusy(false);
      // How many tries are left is known to main alone.
      if (isQuick) {
        setHasTriedQuick(true);
        reload();
      }
    });
  };
  return {
    ...{ ways, waysError, reload, isBusy, refusal, hasTriedQuick },
    clearError: () => {
      setRefusal(null);
    },
    present: (entry, onOpen, acceptOlder) => {
      const open = () =>
        withPresented([entry], async ([secret]) => {
          if (secret) await api['vault:unlock']({ key, secret, acceptOlder });
        });
      attempt(entry.type, open, onOpen);
    },
    quick: (pin, onOpen, acceptOlder) => {
      const open = () => quickUnlock(api, { key, pin, acceptOlder });
      attempt(pin === null ? 'touch-id' : 'pin', open, onOpen);
    },
  };
}

interface QuickInput {
  readonly key: string;
  readonly pin: string | null;
  readonly acceptOlder: true | undefined;
}

function quickUnlock(api: Api<'unlock'>, { key, pin, acceptOlder }: QuickInput): Promise<null> {
  if (pin === null) return api['vault:quick-unlock']({ key, pin: null, acceptOlder });
  return withPasswordBytes([pin], (bytes = new Uint8Array()) =>
    api['vault:quick-unlock']({ key, pin: bytes, acceptOlder }),
  );
}

function useWays(api: Api<'unlock'>, key: string) {
  const [ways, setWays] = useState<VaultWays | null>(null);
  const [waysError, setWaysError] = useState<ApiError | null>(null);
  const reload = useCallback((): void => {
    api['vaults:ways']({ key }).then(
      (found) => {
        setWays(found);
        setWaysError(null);
      },
      (reason: unknown) => {
        setWaysError(toApiError(reason));
      },
    );
  }, [api, key]);
  useEffect(reload, [reload]);
  return { ways, waysError, reload };
}
