// The secrets of a vault world, as they are presented to it.
// SPDX-License-Identifier: MIT

import { toUtf8 } from '../../src/shared/bytes.ts';

export const PASSWORD = 'test password';
export const NEXT_PASSWORD = 'another password';
/** What a key file that was chosen goes by. */
export const TOKEN = 'ab'.repeat(16);

export const password = (text = PASSWORD) =>
  ({ type: 'password', password: toUtf8(text) }) as const;

export const withKeyFile = (text = PASSWORD, keyFile = TOKEN) =>
  ({ type: 'password-key-file', password: toUtf8(text), keyFile }) as const;
