// The state of a secret being entered: which kind, what is typed, and how it is forgotten.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import type { KeyFileChoice, SlotType } from '../../shared/model/keys.ts';
import type { ApiError } from '../api.ts';
import { emptyEntry, isEntered, type SecretEntry } from './secret-entry.ts';

export interface Secret {
  readonly entry: SecretEntry;
  /** The kinds it may be of, the first preset. */
  readonly types: readonly SlotType[];
  readonly isEntered: boolean;
  readonly change: (part: Partial<SecretEntry>) => void;
  readonly choose: (type: SlotType) => void;
  /** Forgets what was typed; a chosen key file stays chosen. */
  readonly clear: () => void;
}

export function useSecret(
  types: readonly SlotType[],
  keyFile: KeyFileChoice | null = null,
  words = '',
): Secret {
  const [state, setState] = useState(() => ({
    ...emptyEntry(types[0] ?? 'password', keyFile),
    words,
  }));
  // A kind that is no longer offered gives way to the first that is.
  const type = types.includes(state.type) ? state.type : (types[0] ?? 'password');
  const entry = { ...state, type };
  return {
    entry,
    types,
    isEntered: isEntered(entry),
    change: (part) => {
      setState((before) => ({ ...before, ...part }));
    },
    choose: (next) => {
      setState((before) => emptyEntry(next, before.keyFile));
    },
    clear: () => {
      setState((before) => emptyEntry(before.type, before.keyFile));
    },
  };
}

/** Whether what was typed should stay to be corrected: 24 words with one slip are not typed twice. */
export function isSlipOfWords({ code }: ApiError): boolean {
  return code === 'keys/unknown-recovery-word' || code === 'keys/recovery-damaged';
}
