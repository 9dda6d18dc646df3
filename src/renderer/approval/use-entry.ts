// The secret that a prompt asks for while it is entered: what the vault's slots allow, and what was chosen of it.
// SPDX-License-Identifier: MIT

import { useCallback, useEffect, useState } from 'react';
import type { ApprovalPrompt, ApprovalSecretKind } from '../../shared/model/approval.ts';
import type { VaultWays } from '../../shared/model/keys.ts';
import { ApiError, toApiError, type Api } from '../api.ts';
import { offeredWays, type OfferedWays, type WayChoice } from '../keys/offered-ways.ts';
import type { SecretEntry } from '../keys/secret-entry.ts';
import { isSlipOfWords, useSecret } from '../keys/use-secret.ts';
import type { EntryMemory } from './entry-memory.ts';

/** As it was entered; it leaves the window in another form. */
export type TypedSecret =
  SecretEntry | { readonly type: 'pin'; readonly pin: string } | { readonly type: 'touch-id' };

export interface Entry {
  /** Null until the ways are known. */
  readonly offered: OfferedWays | null;
  readonly waysError: ApiError | null;
  readonly reload: () => void;
  readonly kind: ApprovalSecretKind;
  readonly secret: SecretEntry;
  readonly pin: string;
  readonly isEntered: boolean;
  readonly typed: TypedSecret;
  /** Why the last one did not do, where it was of the kind that is asked for now. */
  readonly refusal: ApiError | null;
  /** Whether the person is at it already: the field has the focus then. */
  readonly isBegun: boolean;
  readonly choose: (way: WayChoice) => void;
  readonly change: (part: Partial<SecretEntry>) => void;
  readonly setPin: (pin: string) => void;
  /** Forgets what was typed, but for words that may have to be corrected. */
  readonly clear: () => void;
}

const UNKNOWN: VaultWays = { slots: [], quickUnlock: { is: 'off' } };

export function useEntry(api: Api<'approval'>, prompt: ApprovalPrompt, memory: EntryMemory): Entry {
  const { sessionId, refusal } = prompt;
  const [kept] = useState(() => memory.of(sessionId));
  const [error] = useState(() => refusal && new ApiError(refusal.code, refusal.details));
  const { ways, waysError, reload } = useWays(api, prompt, memory);
  const [way, setWay] = useState(kept.way);
  const [hasChosen, setHasChosen] = useState(false);
  const [pin, setPin] = useState('');
  const offered = offeredWays(withoutLost(ways ?? UNKNOWN, error), way);
  const secret = useSecret(
    [offered.type],
    kept.keyFile,
    error && isSlipOfWords(error) ? kept.words : '',
  );
  useEffect(() => {
    memory.keep(sessionId, { words: '' });
  }, [memory, sessionId]);
  const typed = typedSecret(offered, secret.entry, pin);
  return {
    ...{ waysError, reload, pin, setPin, typed },
    offered: ways && offered,
    kind: typed.type,
    secret: secret.entry,
    isEntered: ways !== null && (offered.isQuick ? isQuickEntered(typed) : secret.isEntered),
    refusal: refusal?.kind === typed.type ? error : null,
    isBegun: hasChosen || refusal !== null,
    choose: (next) => {
      memory.keep(sessionId, { way: next });
      setWay(next);
      setHasChosen(true);
    },
    change: (part) => {
      if (part.keyFile) memory.keep(sessionId, { keyFile: part.keyFile });
      secret.change(part);
    },
    clear: () => {
      memory.keep(sessionId, { words: offered.isQuick ? '' : secret.entry.words });
      setPin('');
      secret.clear();
    },
  };
}

/** Main is asked what is left of quick unlock; until it has answered, what was used up is not offered. */
function withoutLost(ways: VaultWays, error: ApiError | null): VaultWays {
  if (error?.code !== 'keys/no-tries-left') return ways;
  return { ...ways, quickUnlock: { is: 'off' } };
}

function typedSecret(offered: OfferedWays, entry: SecretEntry, pin: string): TypedSecret {
  if (!offered.isQuick) return entry;
  return offered.quick?.by === 'pin' ? { type: 'pin', pin } : { type: 'touch-id' };
}

function isQuickEntered(typed: TypedSecret): boolean {
  return typed.type !== 'pin' || typed.pin !== '';
}

function useWays(
  api: Api<'approval'>,
  { asksPassword, sessionId }: ApprovalPrompt,
  memory: EntryMemory,
) {
  const [ways, setWays] = useState(() => memory.of(sessionId).ways);
  const [waysError, setWaysError] = useState<ApiError | null>(null);
  const reload = useCallback((): void => {
    if (!asksPassword) return;
    api['approval:ways']({}).then(
      (found) => {
        memory.keep(sessionId, { ways: found });
        setWays(found);
        setWaysError(null);
      },
      (reason: unknown) => {
        setWaysError(toApiError(reason));
      },
    );
  }, [api, asksPassword, sessionId, memory]);
  useEffect(reload, [reload]);
  return { ways, waysError, reload };
}
