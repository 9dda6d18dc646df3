// What went wrong with a secret, where it was entered.
// SPDX-License-Identifier: MIT

import type { ApiError } from '../api.ts';
import { SentenceNotice } from '../ui/error-notice.tsx';
import { secretSentence, type SecretKind } from './secret-sentences.ts';

export interface SecretErrorProps {
  readonly error: ApiError;
  readonly kind: SecretKind;
}

export function SecretError({ error, kind }: SecretErrorProps) {
  return <SentenceNotice sentence={secretSentence(error, kind)} />;
}
