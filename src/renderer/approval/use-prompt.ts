// The prompt that this window shows: the one it was opened for, then each further stage.
// SPDX-License-Identifier: MIT

import { useEffect, useState } from 'react';
import type { ShownPrompt } from '../../shared/model/approval.ts';
import { ApiError, toApiError, type Connection } from '../api.ts';

export interface PromptState {
  readonly shown: ShownPrompt | null;
  readonly error: ApiError | null;
}

export function usePrompt({ api, events }: Connection<'approval'>): PromptState {
  const [state, setState] = useState<PromptState>({ shown: null, error: null });
  useEffect(() => {
    let isOld = false;
    const stop = events['approval:prompt-changed']((shown) => {
      // What was asked for first must not overwrite a later stage.
      isOld = true;
      setState({ shown, error: null });
    });
    api['approval:get-prompt']({}).then(
      (shown) => {
        if (isOld) return;
        setState(shown ? { shown, error: null } : { shown, error: new ApiError('approvals/gone') });
      },
      (reason: unknown) => {
        if (!isOld) setState({ shown: null, error: toApiError(reason) });
      },
    );
    return () => {
      isOld = true;
      stop();
    };
  }, [api, events]);
  return state;
}
