// A secret while a person enters it, and its way out of the window: bytes that are zeroed once the answer is there.
// SPDX-License-Identifier: MIT

import type { KeyFileChoice, PresentedSecret, SlotType } from '../../shared/model/keys.ts';
import { withPasswordBytes } from '../password-bytes.ts';
import { toRecoveryText } from './recovery-words.ts';

export interface SecretEntry {
  readonly type: SlotType;
  readonly password: string;
  /** Names a file that the main side knows; no secret by itself. */
  readonly keyFile: KeyFileChoice | null;
  readonly words: string;
}

export function emptyEntry(type: SlotType, keyFile: KeyFileChoice | null = null): SecretEntry {
  return { type, password: '', keyFile, words: '' };
}

/** Whether there is enough in it to be sent. */
export function isEntered({ type, password, keyFile, words }: SecretEntry): boolean {
  switch (type) {
    case 'password':
      return password !== '';
    case 'password-key-file':
      return password !== '' && keyFile !== null;
    case 'recovery':
      return toRecoveryText(words) !== '';
  }
}

/** What is typed of it, in the form that is sent. */
function typedText({ type, password, words }: SecretEntry): string {
  return type === 'recovery' ? toRecoveryText(words) : password;
}

/** Whether both would open the same slot: one sheet given for two. */
export function isSameSecret(a: SecretEntry, b: SecretEntry): boolean {
  return a.type === b.type && typedText(a) === typedText(b);
}

function toPresented({ type, keyFile }: SecretEntry, bytes: Uint8Array): PresentedSecret {
  switch (type) {
    case 'password':
      return { type, password: bytes };
    case 'password-key-file':
      return { type, password: bytes, keyFile: keyFile?.token ?? '' };
    case 'recovery':
      return { type, words: bytes };
  }
}

/** Runs `send` with each of `entries` as bytes and zeroes them all when it has settled. */
export async function withPresented<T>(
  entries: readonly SecretEntry[],
  send: (secrets: PresentedSecret[]) => Promise<T>,
): Promise<T> {
  return withPasswordBytes(entries.map(typedText), (...typed) =>
    send(entries.map((entry, index) => toPresented(entry, typed[index] ?? new Uint8Array()))),
  );
}
