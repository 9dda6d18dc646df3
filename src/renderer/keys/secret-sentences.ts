// What the person reads when a secret did not open the vault, by kind of secret: the code is the same for all.
// SPDX-License-Identifier: MIT

import type { SlotType } from '../../shared/model/keys.ts';
import type { ApiError } from '../api.ts';
import { errorSentences, type ErrorSentence } from '../error-sentences.ts';
import { toWordList } from './recovery-words.ts';

export type SecretKind = SlotType | 'pin' | 'touch-id';

const NOTHING_CHANGED = 'Nothing was changed.';

const wrong: Readonly<Record<SecretKind, ErrorSentence>> = {
  password: errorSentences['vault/wrong-password'],
  'password-key-file': {
    happened: 'This password and this key file do not open the vault together.',
    kept: NOTHING_CHANGED,
    todo: 'Check that it is the right file, then type the password again.',
  },
  recovery: {
    happened: 'This recovery key does not open this vault.',
    kept: NOTHING_CHANGED,
    todo: 'Look on the sheet for the name of its vault and for its date: a newer one may have taken its place.',
  },
  pin: {
    happened: 'That is not the PIN.',
    kept: 'That try is used up; your vault is as it was.',
    todo: 'Type it again, or use the master password.',
  },
  'touch-id': {
    happened: 'Touch ID did not recognise you.',
    kept: NOTHING_CHANGED,
    todo: 'Try again, or use the master password.',
  },
};

export function secretSentence(error: ApiError, kind: SecretKind): ErrorSentence {
  return error.code === 'vault/wrong-password' ? wrong[kind] : errorSentences[error.code];
}

/** Which of the words in `text` is meant: the main side names the place, counted from 1, and never the word. */
export function wordFault(error: ApiError | null, text: string): string | null {
  if (error?.code !== 'keys/unknown-recovery-word') return null;
  const { place } = error.details;
  if (typeof place !== 'number') return null;
  const word = toWordList(text)[place - 1];
  return word === undefined
    ? `Word ${place} is not in the list.`
    : `Word ${place}, “${word}”, is not in the list.`;
}
