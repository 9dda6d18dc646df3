// Sends the answer to exactly the prompt that is shown, once; password bytes are zeroed when it has arrived.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import type { ApprovalAnswer, ShownPrompt } from '../../shared/model/approval.ts';
import { toApiError, type Api, type ApiError } from '../api.ts';
import { withPasswordBytes } from '../password-bytes.ts';
import type { ApprovalArming } from './approval-arming.ts';

export interface AnswerState {
  readonly isBusy: boolean;
  readonly error: ApiError | null;
  readonly approve: (credentialId: string | null, password: string | null) => void;
  readonly deny: () => void;
}

export function useAnswer(
  api: Api<'approval'>,
  { prompt, promptHash }: ShownPrompt,
  arming: ApprovalArming,
): AnswerState {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const { sessionId, stage } = prompt;

  const send = (
    decision: ApprovalAnswer['decision'],
    credentialId: string | null,
    password: string | null,
  ): void => {
    if (isBusy) return;
    setIsBusy(true);
    setError(null);
    const answer = { sessionId, stage, promptHash, decision, credentialId };
    const sent =
      password === null
        ? api['approval:answer']({ ...answer, password: null })
        : withPasswordBytes([password], (bytes = new Uint8Array()) =>
            api['approval:answer']({ ...answer, password: bytes }),
          );
    // After success it stays busy: main shows the next stage or takes the window away.
    sent.catch((reason: unknown) => {
      setError(toApiError(reason));
      setIsBusy(false);
      arming.restart();
    });
  };

  return {
    isBusy,
    error,
    approve: (credentialId, password) => {
      send('approve', credentialId, password);
    },
    deny: () => {
      send('deny', null, null);
    },
  };
}
