// Sends the answer to exactly the prompt that is shown, once; bytes of secrets are zeroed when it has arrived.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import type { ApprovalAnswer, ApprovalSecret, ShownPrompt } from '../../shared/model/approval.ts';
import { toApiError, type Api, type ApiError } from '../api.ts';
import { withPresented } from '../keys/secret-entry.ts';
import { withPasswordBytes } from '../password-bytes.ts';
import type { ApprovalArming } from './approval-arming.ts';
import type { TypedSecret } from './use-entry.ts';

export interface AnswerState {
  readonly isBusy: boolean;
  readonly error: ApiError | null;
  readonly approve: (credentialId: string | null, secret: TypedSecret | null) => void;
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
    typed: TypedSecret | null,
  ): void => {
    if (isBusy) return;
    setIsBusy(true);
    setError(null);
    const answer = { sessionId, stage, promptHash, decision, credentialId };
    const sent = withSecret(typed, (secret) => api['approval:answer']({ ...answer, secret }));
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
    approve: (credentialId, secret) => {
      send('approve', credentialId, secret);
    },
    deny: () => {
      send('deny', null, null);
    },
  };
}

type Send = (secret: ApprovalSecret<Uint8Array> | null) => Promise<null>;

async function withSecret(typed: TypedSecret | null, send: Send): Promise<null> {
  if (typed === null || typed.type === 'touch-id') return send(typed);
  if (typed.type === 'pin') {
    return withPasswordBytes([typed.pin], (pin = new Uint8Array()) => send({ type: 'pin', pin }));
  }
  return withPresented([typed], ([secret = null]) => send(secret));
}
