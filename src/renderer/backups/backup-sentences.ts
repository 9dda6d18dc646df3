// What the person reads where a backup cannot be opened: the codes are those of vaults.
// SPDX-License-Identifier: MIT

import type { ErrorCode } from '../../shared/errors.ts';
import { errorSentences, type ErrorSentence } from '../error-sentences.ts';

const KEPT = 'The vault is as it was, and so is the backup.';

const ofBackups: Readonly<Partial<Record<ErrorCode, ErrorSentence>>> = {
  'vault/wrong-password': {
    happened: 'This backup was made before the vault got a new key, which cannot open it.',
    kept: KEPT,
    todo: 'Open it as a vault of its own, with what opened the vault then.',
  },
  'vault/in-use': {
    happened: 'Another program has this backup open.',
    kept: KEPT,
    todo: 'Close it there, then try again.',
  },
  'vault/not-found': {
    happened: 'This backup is no longer there.',
    kept: 'The vault is as it was.',
    todo: 'Go back and choose another one.',
  },
  'vault/header-damaged': {
    happened: 'This file is no backup of this vault, or it was changed.',
    kept: KEPT,
    todo: 'Choose another backup.',
  },
  'vault/corrupt': {
    happened: 'This backup is damaged and cannot be opened.',
    kept: KEPT,
    todo: 'Choose another backup, and make a new one now.',
  },
};

export function backupSentence(code: ErrorCode): ErrorSentence {
  return ofBackups[code] ?? errorSentences[code];
}
