// What an error says to a person: what happened, what was kept, what to do.
// SPDX-License-Identifier: MIT

export interface ErrorSentence {
  readonly happened: string;
  readonly kept: string;
  readonly todo: string;
}

export const NOTHING_CHANGED = 'Nothing was changed.';
export const FILE_UNTOUCHED = 'The file was left exactly as it is.';
export const VAULT_SAFE = 'Everything in your vault is as it was.';

export function say(happened: string, kept: string, todo: string): ErrorSentence {
  return { happened, kept, todo };
}
